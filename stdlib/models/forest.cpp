#include "stdlib/models/forest.h"

#include "stdlib/models/fitted_trees.h"

namespace mlpc::models {

namespace {

// How often each row is drawn, times its weight.
Vector bootstrap_weights(const Vector& weights, Rng& rng) {
    Vector drawn = Vector::Zero(weights.size());
    for (Eigen::Index i = 0; i < weights.size(); ++i) {
        drawn[static_cast<Eigen::Index>(rng.below(static_cast<std::uint64_t>(weights.size())))] += 1;
    }
    const Vector scaled = drawn.cwiseProduct(weights);
    // Where nearly all rows weigh nothing a sample may miss the others; the tree then sees all rows.
    return scaled.maxCoeff() > 0 ? scaled : weights;
}

class Forest final : public Model {
public:
    explicit Forest(ForestPlan plan) : plan_(std::move(plan)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return with_trees({}, x, y, context); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* smaller = dynamic_cast<const FittedTrees*>(&state);
        if (smaller == nullptr || smaller->trees().size() > static_cast<std::size_t>(plan_.trees)) {
            return nullptr;
        }
        return with_trees({smaller->trees().begin(), smaller->trees().end()}, x, y, context);
    }

private:
    std::unique_ptr<FittedModel> with_trees(std::vector<Tree> trees, const Frame& x, const Target& y, FitContext& context) const {
        const bool classifies = is_classification(y.task);
        const Dense dense = checked_features(x, plan_.name);
        const Vector weights = classifies ? balanced_row_weights(y, plan_.class_weight, plan_.name) : row_weights(y, plan_.name);
        const auto columns = RankedColumns::of(x, dense.matrix());
        TreeLimits limits = plan_.limits;
        limits.criterion = classifies ? Criterion::Gini : Criterion::SquaredError;
        limits.columns_per_cut = columns_per_cut(plan_.features, x.columns(), y.task);
        trees.reserve(static_cast<std::size_t>(plan_.trees));
        for (std::uint64_t t = trees.size(); t < static_cast<std::uint64_t>(plan_.trees); ++t) {
            context.check_cancelled();
            Rng rng = context.rng.child(t);
            trees.push_back(grow_tree(*columns, y, plan_.bootstrap ? bootstrap_weights(weights, rng) : weights, limits, rng));
        }
        return std::make_unique<FittedTrees>(plan_.name, OutcomeSchema::of(y), x.columns(), std::move(trees));
    }

    ForestPlan plan_;
};

}  // namespace

std::unique_ptr<Model> make_forest(ForestPlan plan) { return std::make_unique<Forest>(std::move(plan)); }

ComponentInfo forest_info(std::string name) {
    ComponentInfo info;
    info.name = name;
    info.kind = ComponentKind::Model;
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.blank_model = [name] { return std::make_unique<FittedTrees>(name); };
    return info;
}

}  // namespace mlpc::models
