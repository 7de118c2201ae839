#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/text_vocabulary.h"

#include <cmath>

namespace mlpc {

namespace {

struct TfidfParams : text::Analysis, text::VocabularyLimits {
    bool idf = true;
    bool smooth = true;
    bool sublinear = false;
    text::Norm norm = text::Norm::L2;
};
const Schema<TfidfParams>& tfidf_schema() {
    static const Schema<TfidfParams> fields = [] {
        Schema<TfidfParams> all = text::analysis_fields<TfidfParams>();
        const Schema<TfidfParams> limits = text::vocabulary_fields<TfidfParams>();
        all.insert(all.end(), limits.begin(), limits.end());
        all.push_back(
            field(&TfidfParams::idf, {.name = "idf", .doc = "Weighs a term by log(rows / rows with it) + 1, so that what is rare counts more"}));
        all.push_back(field(&TfidfParams::smooth, {.name = "smooth", .doc = "Calculates that weight as if one more row had every term"}));
        all.push_back(field(&TfidfParams::sublinear, {.name = "sublinear", .doc = "Takes 1 + log(count) in place of the count"}));
        all.push_back(
            field(&TfidfParams::norm, {.name = "norm",
                                       .doc = "Divides each row by its length, so that long texts count no more than short ones: the root of the "
                                              "sum of squares (`l2`), the sum of absolute values (`l1`), or not",
                                       .words = {"l2", "l1", "none"}}));
        return all;
    }();
    return fields;
}

class FittedTfidf : public FittedStep {
public:
    FittedTfidf() = default;
    FittedTfidf(std::vector<text::Vocabulary> vocabularies, std::size_t rows, const TfidfParams& params)
        : vocabularies_(std::move(vocabularies)),
          analysis_(params),
          binary_(params.binary),
          sublinear_(params.sublinear),
          norm_(static_cast<std::int32_t>(params.norm)) {
        for (const text::Vocabulary& vocabulary : vocabularies_) {
            weights_.push_back(params.idf ? weights_of(vocabulary, static_cast<double>(rows), params.smooth ? 1 : 0)
                                          : std::vector<double>(vocabulary.terms.size(), 1.0));
        }
        list_names();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, columns_, "tfidf");
        return text::count_terms(x, vocabularies_, names_, analysis_,
                                 [&](std::size_t c, std::span<const std::uint32_t> terms, std::span<double> cells) { weigh(c, terms, cells); });
    }
    void archive(Archive& a) override {
        a.field("vocabularies", vocabularies_);
        text::archive_analysis(a, analysis_);
        a.field("binary", binary_);
        a.field("sublinear", sublinear_);
        a.field("norm", norm_);
        weights_.resize(vocabularies_.size());
        for (std::size_t c = 0; c < vocabularies_.size(); ++c) {
            a.field("weights", weights_[c]);
            text::require_consistent(vocabularies_[c], "tfidf");
            if (weights_[c].size() != vocabularies_[c].terms.size()) {
                throw RunError("the saved state of `tfidf` does not have a weight for each of its terms; save the model again");
            }
        }
        if (norm_ < 0 || norm_ > static_cast<std::int32_t>(text::Norm::None)) {
            throw RunError("the saved state of `tfidf` has a norm that this version does not know; save the model again");
        }
        text::require_lengths(analysis_, "tfidf");
        if (a.reading()) {
            list_names();
        }
    }

private:
    static std::vector<double> weights_of(const text::Vocabulary& vocabulary, double rows, double more) {
        std::vector<double> weights;
        for (const double with_term : vocabulary.row_counts) {
            weights.push_back(std::log((rows + more) / (with_term + more)) + 1);
        }
        return weights;
    }
    void weigh(std::size_t c, std::span<const std::uint32_t> terms, std::span<double> cells) const {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double count = binary_ ? 1 : cells[i];
            cells[i] = (sublinear_ ? std::log(count) + 1 : count) * weights_[c][terms[i]];
        }
        text::normalise(cells, static_cast<text::Norm>(norm_));
    }
    void list_names() {
        columns_.clear();
        for (const text::Vocabulary& vocabulary : vocabularies_) {
            columns_.push_back(vocabulary.column);
        }
        names_ = text::names_of(vocabularies_);
    }
    std::vector<text::Vocabulary> vocabularies_;
    std::vector<std::vector<double>> weights_;  // of each vocabulary's terms
    text::Analysis analysis_;
    bool binary_ = false, sublinear_ = false;
    std::int32_t norm_ = 0;
    std::vector<std::string> columns_, names_;
};

class Tfidf : public Step {
public:
    explicit Tfidf(TfidfParams params) : params_(params) { text::require_lengths(params_, "tfidf"); }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<text::Vocabulary> vocabularies;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            vocabularies.push_back(text::learn_vocabulary(x, c, params_, params_, "tfidf"));
        }
        return std::make_unique<FittedTfidf>(std::move(vocabularies), x.rows(), params_);
    }

private:
    TfidfParams params_;
};

}  // namespace

void add_tfidf(Catalog& catalog) {
    ComponentInfo info;
    info.name = "tfidf";
    info.kind = ComponentKind::Step;
    info.summary =
        "Gives each word, or run of words or characters, that stands in the texts it is fitted on a sparse column `NAME=WORD`: how often it stands "
        "in a row, weighed by how rare it is; a missing text has no words";
    info.source =
        "Spärck Jones: A Statistical Interpretation of Term Specificity and its Application in Retrieval, Journal of Documentation 28 (1972)";
    info.example = "tfidf(words: 1..2, min_rows: 3)";
    info.params = specs_of(tfidf_schema());
    info.positional = 0;
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Text});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Tfidf>(read_params(tfidf_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedTfidf>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
