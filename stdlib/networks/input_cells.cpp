#include "stdlib/networks/input_cells.h"

#include "runtime/core/error.h"
#include "runtime/core/select_columns.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::networks {

namespace {

using Kind = TensorShape::Kind;

ColumnType column_type(const std::string& name) {
    for (const ColumnType type : {ColumnType::Numeric, ColumnType::Category, ColumnType::Ordinal, ColumnType::Boolean, ColumnType::Date}) {
        if (name_of(type) == name) {
            return type;
        }
    }
    return ColumnType::Text;
}

Selector selector_of(const Json& input) {
    Selector selector;
    const Json& select = input.at("select");
    if (select.is_object() && select.contains("type")) {
        selector.kind = Selector::Kind::Type;
        selector.type = column_type(select.at("type").get<std::string>());
    } else if (select.is_object() && select.contains("names")) {
        selector.kind = Selector::Kind::Names;
        selector.names = select.at("names").get<std::vector<std::string>>();
    } else if (select.is_object()) {
        selector.kind = Selector::Kind::Pattern;
        selector.pattern = select.at("pattern").get<std::string>();
    }
    if (const auto except = input.find("except"); except != input.end() && except->is_array()) {
        selector.except = except->get<std::vector<std::string>>();
    }
    return selector;
}

Kind kind_of(const Column& column) {
    return holds_numbers(column.type) ? Kind::Numbers : column.type == ColumnType::Text ? Kind::Texts : Kind::Codes;
}

const char* plural_of(Kind kind) { return kind == Kind::Numbers ? "numbers" : kind == Kind::Texts ? "texts" : "categories"; }

Kind common_kind(const Frame& x, const std::string& model) {
    if (x.columns() == 0) {
        throw RunError(
            fmt::format("an input of `{}` takes no column: those that it names do not reach it, or the pipeline before it keeps none", model));
    }
    const Kind kind = kind_of(x.column(0));
    for (const Column& column : x.all_columns()) {
        if (kind_of(column) != kind) {
            throw RunError(
                fmt::format("an input of `{}` takes {} (`{}`) and {} (`{}`) at once: give each an input of its own, or make numbers of "
                            "them before the network, by `one_hot` or `tfidf`",
                            model, plural_of(kind), x.column(0).name, plural_of(kind_of(column)), column.name));
        }
    }
    return kind;
}

[[noreturn]] void refuse_cell(const Column& column, double cell, const std::string& model) {
    if (std::isnan(cell)) {
        throw RunError(fmt::format("`{}` met a missing value in column `{}`; it takes none, so put `impute(median)` before it", model, column.name));
    }
    throw RunError(
        fmt::format("`{}` met an infinite value, or one beyond {:.1e}, in column `{}`; put `clip` or `scale` before it, or correct the data", model,
                    static_cast<double>(std::numeric_limits<float>::max()), column.name));
}

// Position of the first layer, or null.
const Json* first_layer(const Json& input) {
    const Json& layers = input.at("layers");
    return layers.empty() ? nullptr : &layers.front();
}
bool is_layer(const Json* layer, const char* name) { return layer != nullptr && layer->at("layer") == name; }

// What `tokens` says of the codes that it wants, its defaults filled in.
struct TokensParams {
    std::int64_t length = 0, vocabulary = 0, least = 0;
};
TokensParams tokens_params(const Json& layer) {
    const auto id = layer.value("id", std::uint32_t{0});
    const ComponentInfo* info = standard_library().find(ComponentKind::Layer, "tokens");
    if (info == nullptr) {
        throw NetworkError(id, "there is no layer `tokens`");
    }
    const ParamValues values = params_of(*info, layer.at("params"), id);
    const auto of = [&](const char* name) { return detail::integer_of(values.at(info->find_param(name))); };
    return {.length = of("length"), .vocabulary = of("vocabulary"), .least = of("least")};
}

}  // namespace

NetworkInput::NetworkInput(const Json& input, const Frame& fitted, const std::string& model) {
    const Selector selector = selector_of(input);
    for (const std::size_t c : selected_columns(selector, fitted, DataSpec{})) {
        columns_.push_back(static_cast<std::uint32_t>(c));
    }
    const std::vector<std::size_t> positions(columns_.begin(), columns_.end());
    const Frame x = fitted.select(positions);
    kind_ = common_kind(x, model);
    const Json* first = first_layer(input);
    if (is_layer(first, "pretrained")) {
        source_ = first->at("params").at("source").get<std::string>();
    } else if (kind_ == Kind::Texts && is_layer(first, "tokens")) {
        const TokensParams tokens = tokens_params(*first);
        length_ = tokens.length;
        vocabulary_ = Vocabulary::learned(x, tokens.vocabulary, tokens.least);
    } else if (kind_ == Kind::Codes) {
        for (std::size_t c = 0; c < x.columns(); ++c) {
            levels_.push_back(levels_in_use(x, c).levels);
        }
    }
}

TensorShape NetworkInput::shape() const { return {kind_, {static_cast<std::int64_t>(columns_.size())}}; }

Json NetworkInput::learned(Json input) const {
    if (!levels_.empty()) {
        Json counts = Json::array();
        for (const Levels& levels : levels_) {
            counts.push_back(levels.size());
        }
        input["levels"] = std::move(counts);
    }
    if (vocabulary_) {
        Json& tokens = input.at("layers").at(0).at("params");
        tokens["vocabulary"] = vocabulary_->codes();
        tokens["length"] = length_;
    }
    if (!source_.empty()) {
        input.at("layers").at(0).at("params")["source"] = source_;
    }
    return input;
}

Frame NetworkInput::columns_of(const Frame& x, const std::string& model) const {
    for (const std::uint32_t c : columns_) {
        if (c >= x.columns() || kind_of(x.column(c)) != kind_) {
            throw RunError(
                fmt::format("`{}` was fitted on {} in column {}, and is asked to predict from other columns", model, plural_of(kind_), c + 1));
        }
    }
    return x.select(std::vector<std::size_t>(columns_.begin(), columns_.end()));
}

CellBlock NetworkInput::cells(const Frame& x, std::span<const std::uint32_t> rows, const std::string& model) const {
    const Frame columns = columns_of(x, model);
    if (!source_.empty()) {
        pretrained::RowInput input = pretrained::row_input(pretrained::source_from(source_), columns.take(RowIndex(rows.begin(), rows.end())));
        return {input.width, std::move(input.numbers), std::move(input.codes)};
    }
    switch (kind_) {
        case Kind::Codes:
            return level_cells(columns, rows);
        case Kind::Texts:
            return word_cells(columns, rows);
        default:
            return number_cells(columns, rows, model);
    }
}

// Tiles of rows, so that the cells of a row that are written lie in the cache while its columns are read one after the other.
CellBlock NetworkInput::number_cells(const Frame& x, std::span<const std::uint32_t> rows, const std::string& model) const {
    constexpr std::size_t tile = 64;
    CellBlock block{.width = x.columns(), .numbers = std::vector<float>(rows.size() * x.columns()), .codes = {}};
    for (std::size_t begin = 0; begin < rows.size(); begin += tile) {
        const std::size_t end = std::min(rows.size(), begin + tile);
        for (std::size_t c = 0; c < x.columns(); ++c) {
            for (std::size_t i = begin; i < end; ++i) {
                const double cell = x.number(rows[i], c);
                const auto narrow = static_cast<float>(cell);
                if (!std::isfinite(narrow)) {
                    refuse_cell(x.column(c), cell, model);
                }
                block.numbers[i * block.width + c] = narrow;
            }
        }
    }
    return block;
}

CellBlock NetworkInput::level_cells(const Frame& x, std::span<const std::uint32_t> rows) const {
    CellBlock block{.width = x.columns(), .numbers = {}, .codes = std::vector<std::int64_t>(rows.size() * x.columns())};
    for (std::size_t c = 0; c < x.columns(); ++c) {
        const std::vector<std::int32_t> positions = match_levels(x, c, levels_[c]);
        const auto unknown = static_cast<std::int64_t>(levels_[c].size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int32_t code = x.code(rows[i], c);
            const std::int32_t position = code == missing_code ? -1 : positions[static_cast<std::size_t>(code)];
            block.codes[i * block.width + c] = position < 0 ? unknown : position;
        }
    }
    return block;
}

CellBlock NetworkInput::word_cells(const Frame& x, std::span<const std::uint32_t> rows) const {
    const auto length = static_cast<std::size_t>(length_);
    CellBlock block{.width = length, .numbers = {}, .codes = std::vector<std::int64_t>(rows.size() * length)};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        vocabulary_->encode(x, rows[i], std::span(block.codes).subspan(i * length, length));
    }
    return block;
}

void NetworkInput::archive(Archive& a) {
    auto kind = static_cast<std::int32_t>(kind_);
    bool has_words = vocabulary_.has_value();
    auto level_lists = static_cast<std::uint64_t>(levels_.size());
    a.field("kind", kind);
    a.field("columns", columns_);
    a.field("level_lists", level_lists);
    a.field("has_words", has_words);
    a.field("length", length_);
    a.field("source", source_);
    if (a.reading()) {
        const auto largest = static_cast<std::int32_t>(Kind::Texts);
        const bool counts_fit = level_lists == 0 || level_lists == columns_.size();
        const bool is_read = !source_.empty() || (kind == static_cast<std::int32_t>(Kind::Texts)   ? has_words && length_ > 0 && length_ < (1 << 24)
                                                  : kind == static_cast<std::int32_t>(Kind::Codes) ? level_lists == columns_.size()
                                                                                                   : true);
        if (kind < 0 || kind > largest || columns_.empty() || !counts_fit || !is_read) {
            throw RunError("the saved network does not say how its cells are made");
        }
        kind_ = static_cast<Kind>(kind);
        levels_.resize(static_cast<std::size_t>(level_lists));
        vocabulary_ = has_words ? std::optional<Vocabulary>(Vocabulary()) : std::nullopt;
    }
    for (Levels& levels : levels_) {
        a.field("levels", levels);
    }
    if (vocabulary_) {
        vocabulary_->archive(a);
    }
}

}  // namespace mlpc::networks
