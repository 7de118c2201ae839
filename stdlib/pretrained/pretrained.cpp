// The step `pretrained`: a source of the file as it is, a row in, its numbers out.
#include "stdlib/pretrained/pretrained.h"

#include "runtime/core/error.h"
#include "runtime/core/parallel.h"
#include "stdlib/pretrained/encoded_cache.h"
#include "stdlib/pretrained/open_when_asked.h"
#include "stdlib/pretrained/text_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

namespace mlpc {

namespace {

using namespace pretrained;

constexpr std::size_t rows_together = 256;  // asked for by one thread; nothing depends on it

struct PretrainedParams {
    std::string source;
};
const Schema<PretrainedParams>& pretrained_schema() {
    static const Schema<PretrainedParams> fields{
        field(&PretrainedParams::source, {.name = "source", .doc = "The `source` declaration, as the compiler writes it down"}),
    };
    return fields;
}

std::vector<Key> number_keys(const RowInput& input, std::size_t rows) {
    std::vector<Key> keys;
    for (std::size_t row = 0; row < rows; ++row) {
        KeyBuilder key;
        key.add_bytes(std::as_bytes(std::span(input.numbers).subspan(row * input.width, input.width)));
        keys.push_back(key.key());
    }
    return keys;
}

std::vector<Key> text_keys(const Frame& x) {
    std::vector<Key> keys;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        KeyBuilder key;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            key.add(x.text(row, c));
        }
        keys.push_back(key.key());
    }
    return keys;
}

class FittedPretrained : public FittedStep {
public:
    FittedPretrained() = default;
    FittedPretrained(std::string source, std::size_t columns) : text_(std::move(source)), columns_(columns), keeps_(true) {}

    Frame apply(const Frame& x) const override {
        if (x.columns() != columns_) {
            throw RunError(fmt::format("the pre-trained network was given {} columns, and is asked about {}", columns_, x.columns()));
        }
        const Source source = source_from(text_);
        const std::shared_ptr<const RowEncoder> encoder = open(source);
        const std::size_t width = encoder->width();
        std::vector<float> numbers(x.rows() * width);
        const std::size_t parts = (x.rows() + rows_together - 1) / rows_together;
        const std::shared_ptr<EncodedCache> cache = keeps_ ? encoded_cache(encoding_key(source), width) : nullptr;
        parallel_for(parts, [&](std::size_t part) {
            const std::size_t begin = part * rows_together, end = std::min(x.rows(), begin + rows_together);
            encode(source, *encoder, x.take(rows_of(begin, end)), cache.get(), numbers.data() + begin * width);
        });
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(width));
        for (std::size_t row = 0; row < x.rows(); ++row) {
            for (std::size_t c = 0; c < width; ++c) {
                cells(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)) = static_cast<double>(numbers[row * width + c]);
            }
        }
        std::vector<std::string> names;
        for (std::size_t c = 0; c < width; ++c) {
            names.push_back(fmt::format("{}_{}", source.name, c + 1));
        }
        return Frame::from_matrix(std::move(cells), names);
    }
    void archive(Archive& a) override {
        a.field("source", text_);
        std::uint64_t columns = columns_;
        a.field("columns", columns);
        columns_ = static_cast<std::size_t>(columns);
    }

private:
    static RowIndex rows_of(std::size_t begin, std::size_t end) {
        RowIndex rows(end - begin);
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(begin));
        return rows;
    }
    // Asks the network about those rows only that are not in the cache.
    static void encode(const Source& source, const RowEncoder& encoder, const Frame& x, EncodedCache* cache, float* out) {
        if (cache == nullptr) {
            encoder.encode(x, out);
            return;
        }
        const std::size_t count = x.rows(), width = encoder.width();
        const std::vector<Key> keys = takes_texts(source) ? text_keys(x) : number_keys(row_input(source, x), count);
        RowIndex unknown;
        std::vector<Key> unknown_keys;
        for (std::size_t row = 0; row < count; ++row) {
            if (!cache->find(keys[row], out + row * width)) {
                unknown.push_back(static_cast<std::uint32_t>(row));
                unknown_keys.push_back(keys[row]);
            }
        }
        count_encoded(source.name, {.encoded = unknown.size(), .cached = count - unknown.size()});
        if (unknown.empty()) {
            return;
        }
        std::vector<float> numbers(unknown.size() * width);
        encoder.encode(x.take(unknown), numbers.data());
        for (std::size_t i = 0; i < unknown.size(); ++i) {
            std::copy_n(numbers.data() + i * width, width, out + unknown[i] * width);
        }
        cache->add(unknown_keys, numbers.data());
    }

    std::string text_;
    std::size_t columns_ = 0;
    bool keeps_ = false;  // what it has given; a model that was read is asked about new rows
};

class Pretrained : public Step {
public:
    explicit Pretrained(PretrainedParams params) : params_(std::move(params)) { source_from(params_.source); }
    // What is fitted says which file it was, so that no other one answers for it later.
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        Source source = source_from(params_.source);
        source.sha256 = source.sha256.empty() ? file_sha256(source.path) : source.sha256;
        return std::make_unique<FittedPretrained>(to_text(source), x.columns());
    }

private:
    PretrainedParams params_;
};

}  // namespace

void add_pretrained(Catalog& catalog) {
    ComponentInfo info;
    info.name = "pretrained";
    info.kind = ComponentKind::Step;
    info.summary =
        "The numbers that a `source` of the file gives for a row, its weights unchanged; in a chain it stands under the name of the source";
    info.source = "Donahue et al.: DeCAF: A Deep Convolutional Activation Feature for Generic Visual Recognition, ICML 2014";
    info.example = "backbone";
    info.version = encoder_version;
    info.params = specs_of(pretrained_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = number_types | types_of({ColumnType::Text});
    info.gives = ColumnType::Numeric;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Pretrained>(read_params(pretrained_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedPretrained>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
