// Keeps the columns that count most in a model.
#include "runtime/core/error.h"
#include "stdlib/steps/kept_columns.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

struct SelectFromModelParams {
    WordOrReal threshold = {.word = "mean", .number = 0};
    std::optional<std::int64_t> at_most;
};

const Schema<SelectFromModelParams>& select_from_model_schema() {
    static const Schema<SelectFromModelParams> fields{
        field(&SelectFromModelParams::threshold,
              {.name = "threshold",
               .doc = "A column is kept whose importance (absolute coefficient, or impurity taken away) is at least this: that of the mean or of "
                      "the median column, or a number",
               .valid = {.low = 0},
               .words = {"mean", "median"},
               .search = {.words = {"mean", "median"}}}),
        field(&SelectFromModelParams::at_most, {.name = "at_most",
                                                .doc = "How many columns are kept at most, the most important first; `none`: as many as pass",
                                                .valid = {.low = 1},
                                                .search = {.low = 1, .high = 50, .log = true}}),
    };
    return fields;
}

double median_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

class SelectFromModel final : public Step {
public:
    SelectFromModel(SelectFromModelParams params, std::shared_ptr<const Learner> learner)
        : params_(std::move(params)), learner_(std::move(learner)) {}

    std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext& context) const override {
        if (y == nullptr) {
            throw RunError("`select_from_model` fits a model to the target, and there is none");
        }
        const std::vector<double> importances = steps::importances_of(*learner_, x, *y, context, context.rng.child("model"), "select_from_model");
        const double least = threshold(importances);
        std::vector<std::uint32_t> kept(importances.size());
        std::iota(kept.begin(), kept.end(), 0U);
        std::erase_if(kept, [&](std::uint32_t c) { return !(importances[c] >= least); });
        std::stable_sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) { return importances[a] > importances[b]; });
        if (params_.at_most && kept.size() > static_cast<std::size_t>(*params_.at_most)) {
            kept.resize(static_cast<std::size_t>(*params_.at_most));
        }
        std::sort(kept.begin(), kept.end());
        if (kept.empty()) {
            throw RunError("`select_from_model` keeps no column: take a lower `threshold`");
        }
        return std::make_unique<steps::FittedKeptColumns>("select_from_model", x.names(), std::move(kept));
    }

private:
    double threshold(const std::vector<double>& importances) const {
        if (params_.threshold.word.empty() || importances.empty()) {
            return params_.threshold.number;
        }
        if (params_.threshold.word == "median") {
            return median_of(importances);
        }
        return std::accumulate(importances.begin(), importances.end(), 0.0) / static_cast<double>(importances.size());
    }

    SelectFromModelParams params_;
    std::shared_ptr<const Learner> learner_;
};

}  // namespace

void add_select_from_model(Catalog& catalog) {
    ComponentInfo info;
    info.name = "select_from_model";
    info.kind = ComponentKind::Step;
    info.summary = "Keeps the columns that count most in a model fitted on them";
    info.source = "Guyon, Elisseeff 2003: An introduction to variable and feature selection";
    info.example = "select_from_model(random_forest(trees: 100), threshold: median)";
    info.params = specs_of(select_from_model_schema());
    info.positional = 0;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.least_learners = 1;
    info.most_learners = 1;
    info.make_learner_step = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<SelectFromModel>(read_params(select_from_model_schema(), values), learners.at(0));
    };
    info.blank_learner_step = [](const Learners&) { return std::make_unique<steps::FittedKeptColumns>("select_from_model"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
