// Fits a model, drops the columns that count least in it, and begins again with the others.
#include "runtime/core/error.h"
#include "stdlib/steps/kept_columns.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

struct RecursiveEliminationParams {
    std::optional<std::int64_t> features;
    std::int64_t step = 1;
};

const Schema<RecursiveEliminationParams>& recursive_elimination_schema() {
    static const Schema<RecursiveEliminationParams> fields{
        field(&RecursiveEliminationParams::features, {.name = "features",
                                                      .doc = "How many columns are left; `none`: half of them",
                                                      .valid = {.low = 1},
                                                      .search = {.low = 1, .high = 50, .log = true}}),
        field(&RecursiveEliminationParams::step,
              {.name = "step", .doc = "How many columns go after each fit", .valid = {.low = 1}, .search = {.low = 1, .high = 10}}),
    };
    return fields;
}

class RecursiveElimination final : public Step {
public:
    RecursiveElimination(RecursiveEliminationParams params, std::shared_ptr<const Learner> learner)
        : params_(std::move(params)), learner_(std::move(learner)) {}

    std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext& context) const override {
        if (y == nullptr) {
            throw RunError("`recursive_elimination` fits a model to the target, and there is none");
        }
        const std::size_t wanted = params_.features ? static_cast<std::size_t>(*params_.features) : std::max<std::size_t>(x.columns() / 2, 1);
        std::vector<std::uint32_t> left(x.columns());
        std::iota(left.begin(), left.end(), 0U);
        for (std::uint64_t round = 0; left.size() > wanted; ++round) {
            context.check_cancelled();
            const std::vector<std::size_t> positions(left.begin(), left.end());
            const std::vector<double> importances =
                steps::importances_of(*learner_, x.select(positions), *y, context, context.rng.child(round), "recursive_elimination");
            drop_least(left, importances, std::min(static_cast<std::size_t>(params_.step), left.size() - wanted));
        }
        return std::make_unique<steps::FittedKeptColumns>("recursive_elimination", x.names(), std::move(left));
    }

private:
    // Of equal ones the earlier columns go first.
    static void drop_least(std::vector<std::uint32_t>& left, const std::vector<double>& importances, std::size_t count) {
        std::vector<std::size_t> order(left.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return importances[a] < importances[b]; });
        std::vector<bool> dropped(left.size(), false);
        for (std::size_t i = 0; i < count; ++i) {
            dropped[order[i]] = true;
        }
        std::vector<std::uint32_t> kept;
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (!dropped[i]) {
                kept.push_back(left[i]);
            }
        }
        left = std::move(kept);
    }

    RecursiveEliminationParams params_;
    std::shared_ptr<const Learner> learner_;
};

}  // namespace

void add_recursive_elimination(Catalog& catalog) {
    ComponentInfo info;
    info.name = "recursive_elimination";
    info.kind = ComponentKind::Step;
    info.summary = "Fits a model, drops the columns that count least in it, and begins again with the others";
    info.source = "Guyon, Weston, Barnhill, Vapnik 2002: Gene selection for cancer classification using support vector machines";
    info.example = "recursive_elimination(logistic(C: 1.0), features: 10)";
    info.params = specs_of(recursive_elimination_schema());
    info.positional = 0;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.least_learners = 1;
    info.most_learners = 1;
    info.make_learner_step = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<RecursiveElimination>(read_params(recursive_elimination_schema(), values), learners.at(0));
    };
    info.blank_learner_step = [](const Learners&) { return std::make_unique<steps::FittedKeptColumns>("recursive_elimination"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
