#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/murmur_hash.h"
#include "stdlib/steps/text_vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace mlpc {

namespace {

constexpr std::uint64_t most_hashed_columns = std::uint64_t{1} << 22;

struct HashWordsParams : text::Analysis {
    std::int64_t columns = 16'384;
    bool signs = true;
    bool binary = false;
    text::Norm norm = text::Norm::L2;
};
const Schema<HashWordsParams>& hash_words_schema() {
    static const Schema<HashWordsParams> fields = [] {
        Schema<HashWordsParams> all = text::analysis_fields<HashWordsParams>();
        all.push_back(field(&HashWordsParams::columns, {.name = "columns",
                                                        .doc = "How many columns the terms of each text column share; more of them, fewer collisions",
                                                        .valid = {.low = 1, .high = most_hashed_columns},
                                                        .search = {.low = 1024, .high = 65'536, .log = true}}));
        all.push_back(field(&HashWordsParams::signs, {.name = "signs",
                                                      .doc = "Counts half of the terms as negative, by their hash, so that collisions cancel out on "
                                                             "average; naive Bayes needs them without"}));
        all.push_back(
            field(&HashWordsParams::binary, {.name = "binary", .doc = "Whether a column's terms stand in the row at all, in place of how often"}));
        all.push_back(
            field(&HashWordsParams::norm, {.name = "norm",
                                           .doc = "Divides each row by its length: the root of the sum of squares (`l2`), the sum of absolute "
                                                  "values (`l1`), or not",
                                           .words = {"l2", "l1", "none"}}));
        return all;
    }();
    return fields;
}

// Where a term is counted, and as what.
struct Bucket {
    std::uint32_t column = 0;
    double count = 1;
};

class FittedHashWords : public FittedStep {
public:
    FittedHashWords() = default;
    FittedHashWords(std::vector<std::string> columns, const HashWordsParams& params)
        : columns_(std::move(columns)),
          analysis_(params),
          width_(static_cast<std::uint64_t>(params.columns)),
          signs_(params.signs),
          binary_(params.binary),
          norm_(static_cast<std::int32_t>(params.norm)) {
        list_names();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, columns_, "hash_words");
        std::vector<std::shared_ptr<const text::Terms>> terms;
        std::vector<std::vector<Bucket>> buckets;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            terms.push_back(text::terms_of(x.column(c).levels, analysis_));
            std::vector<Bucket>& of_column = buckets.emplace_back();
            for (const std::string& term : terms.back()->spellings) {
                of_column.push_back(bucket_of(term));
            }
        }
        auto cells = std::make_shared<SparseRows>();
        cells->columns = names_.size();
        std::vector<Bucket> counts;
        for (std::size_t row = 0; row < x.rows(); ++row) {
            for (std::size_t c = 0; c < x.columns(); ++c) {
                if (const std::int32_t text = x.code(row, c); text != missing_code) {
                    count(*terms[c], static_cast<std::size_t>(text), buckets[c], counts);
                    append(counts, c, *cells);
                }
            }
            cells->offsets.push_back(cells->indices.size());
        }
        return Frame::from_sparse(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", columns_);
        text::archive_analysis(a, analysis_);
        a.field("width", width_);
        a.field("signs", signs_);
        a.field("binary", binary_);
        a.field("norm", norm_);
        if (width_ == 0 || width_ > most_hashed_columns || norm_ < 0 || norm_ > static_cast<std::int32_t>(text::Norm::None)) {
            throw RunError("the saved state of `hash_words` has a number of columns or a norm that this version does not know; save the model again");
        }
        text::require_lengths(analysis_, "hash_words");
        list_names();
    }

private:
    Bucket bucket_of(const std::string& term) const {
        const auto hash = static_cast<std::int32_t>(text::murmur_hash(term, 0));
        const auto magnitude = static_cast<std::uint64_t>(std::abs(static_cast<std::int64_t>(hash)));
        return {.column = static_cast<std::uint32_t>(magnitude % width_), .count = signs_ && hash < 0 ? -1.0 : 1.0};
    }
    // The buckets of the text's terms with their counts as signs, by column, each column once.
    static void count(const text::Terms& terms, std::size_t code, const std::vector<Bucket>& bucket_of_term, std::vector<Bucket>& out) {
        out.clear();
        for (std::uint64_t i = terms.offsets[code]; i < terms.offsets[code + 1]; ++i) {
            const Bucket& bucket = bucket_of_term[terms.ids[i]];
            out.push_back({.column = bucket.column, .count = bucket.count * terms.counts[i]});
        }
        std::stable_sort(out.begin(), out.end(), [](const Bucket& a, const Bucket& b) { return a.column < b.column; });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (kept > 0 && out[kept - 1].column == out[i].column) {
                out[kept - 1].count += out[i].count;
            } else {
                out[kept++] = out[i];
            }
        }
        out.resize(kept);
    }
    void append(const std::vector<Bucket>& counts, std::size_t c, SparseRows& cells) const {
        const std::size_t begin = cells.values.size();
        for (const Bucket& bucket : counts) {
            cells.indices.push_back(static_cast<std::uint32_t>(c * width_) + bucket.column);
            cells.values.push_back(binary_ ? 1 : bucket.count);
        }
        text::normalise(std::span(cells.values).subspan(begin), static_cast<text::Norm>(norm_));
    }
    void list_names() {
        if (columns_.size() > most_hashed_columns / width_) {
            throw RunError(
                fmt::format("`hash_words` would make {} columns of each of {} texts, more than {} in all; give it a smaller number of "
                            "`columns`, or join the texts before",
                            width_, columns_.size(), most_hashed_columns));
        }
        names_.clear();
        for (const std::string& column : columns_) {
            for (std::uint64_t bucket = 0; bucket < width_; ++bucket) {
                names_.push_back(fmt::format("{}#{}", column, bucket));
            }
        }
    }
    std::vector<std::string> columns_, names_;
    text::Analysis analysis_;
    std::uint64_t width_ = 1;
    bool signs_ = true, binary_ = false;
    std::int32_t norm_ = 0;
};

class HashWords : public Step {
public:
    explicit HashWords(HashWordsParams params) : params_(params) { text::require_lengths(params_, "hash_words"); }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedHashWords>(x.names(), params_);
    }

private:
    HashWordsParams params_;
};

}  // namespace

void add_hash_words(Catalog& catalog) {
    ComponentInfo info;
    info.name = "hash_words";
    info.kind = ComponentKind::Step;
    info.summary =
        "Counts the words of a text, or runs of words or characters, in sparse columns `NAME#0`, `NAME#1`, … chosen by a hash of the word, so that "
        "nothing is learned and no word is unknown; a missing text has no words";
    info.source = "Weinberger, Dasgupta, Langford, Smola & Attenberg: Feature Hashing for Large Scale Multitask Learning, ICML (2009)";
    info.example = "hash_words(columns: 4096)";
    info.params = specs_of(hash_words_schema());
    info.positional = 0;
    info.effect = always(Effect::RowWise);
    info.accepts = types_of({ColumnType::Text});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<HashWords>(read_params(hash_words_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedHashWords>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
