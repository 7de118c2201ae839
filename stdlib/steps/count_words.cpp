#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/text_vocabulary.h"

namespace mlpc {

namespace {

struct CountWordsParams : text::Analysis, text::VocabularyLimits {};
const Schema<CountWordsParams>& count_words_schema() {
    static const Schema<CountWordsParams> fields = [] {
        Schema<CountWordsParams> all = text::analysis_fields<CountWordsParams>();
        const Schema<CountWordsParams> limits = text::vocabulary_fields<CountWordsParams>();
        all.insert(all.end(), limits.begin(), limits.end());
        return all;
    }();
    return fields;
}

class FittedCountWords : public FittedStep {
public:
    FittedCountWords() = default;
    FittedCountWords(std::vector<text::Vocabulary> vocabularies, const CountWordsParams& params)
        : vocabularies_(std::move(vocabularies)), analysis_(params), binary_(params.binary) {
        list_names();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, columns_, "count_words");
        return text::count_terms(x, vocabularies_, names_, analysis_, [&](std::size_t, std::span<const std::uint32_t>, std::span<double> cells) {
            if (binary_) {
                std::fill(cells.begin(), cells.end(), 1.0);
            }
        });
    }
    void archive(Archive& a) override {
        a.field("vocabularies", vocabularies_);
        text::archive_analysis(a, analysis_);
        a.field("binary", binary_);
        for (const text::Vocabulary& vocabulary : vocabularies_) {
            text::require_consistent(vocabulary, "count_words");
        }
        text::require_lengths(analysis_, "count_words");
        if (a.reading()) {
            list_names();
        }
    }

private:
    void list_names() {
        columns_.clear();
        for (const text::Vocabulary& vocabulary : vocabularies_) {
            columns_.push_back(vocabulary.column);
        }
        names_ = text::names_of(vocabularies_);
    }
    std::vector<text::Vocabulary> vocabularies_;
    text::Analysis analysis_;
    bool binary_ = false;
    std::vector<std::string> columns_, names_;
};

class CountWords : public Step {
public:
    explicit CountWords(CountWordsParams params) : params_(params) { text::require_lengths(params_, "count_words"); }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<text::Vocabulary> vocabularies;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            vocabularies.push_back(text::learn_vocabulary(x, c, params_, params_, "count_words"));
        }
        return std::make_unique<FittedCountWords>(std::move(vocabularies), params_);
    }

private:
    CountWordsParams params_;
};

}  // namespace

void add_count_words(Catalog& catalog) {
    ComponentInfo info;
    info.name = "count_words";
    info.kind = ComponentKind::Step;
    info.summary =
        "Gives each word, or run of words or characters, that stands in the texts it is fitted on a sparse column `NAME=WORD` with how often it "
        "stands in a row; a missing text has no words";
    info.source = "Salton, Wong & Yang: A Vector Space Model for Automatic Indexing, Communications of the ACM 18 (1975)";
    info.example = "count_words(words: 1..2, min_rows: 3)";
    info.params = specs_of(count_words_schema());
    info.positional = 0;
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Text});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<CountWords>(read_params(count_words_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedCountWords>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
