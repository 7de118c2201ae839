// Many CART trees, each on a bootstrap sample and with random columns at each cut, averaged.
#include "stdlib/models/fitted_trees.h"
#include "stdlib/models/grow_tree.h"

namespace mlpc {

namespace {

struct RandomForestParams {
    std::int64_t trees = 100;
    std::optional<std::int64_t> depth;
    WordOrReal features = {"auto", 0};
    std::int64_t min_leaf = 1;
    bool bootstrap = true;
};

const Schema<RandomForestParams>& random_forest_schema() {
    static const Schema<RandomForestParams> schema = {
        field(&RandomForestParams::trees, {.name = "trees",
                                           .doc = "How many trees; the first ones of a larger forest are the smaller forest",
                                           .valid = {.low = 1},
                                           .search = {.low = 50, .high = 500},
                                           .path = true}),
        field(&RandomForestParams::depth,
              {.name = "depth", .doc = "Most cuts from the root to a leaf; none: no limit", .valid = {.low = 1}, .search = {.low = 3, .high = 20}}),
        field(&RandomForestParams::features,
              {.name = "features",
               .doc = "Columns tried for each cut: all, sqrt or log2 of their number, or a share; auto is sqrt for classes and all for numbers",
               .valid = {.low = 0, .high = 1, .open_low = true},
               .words = {"auto", "sqrt", "log2", "all"},
               .search = {.words = {"sqrt", "log2", "all"}}}),
        field(&RandomForestParams::min_leaf,
              {.name = "min_leaf", .doc = "Fewest training rows in a leaf", .valid = {.low = 1}, .search = {.low = 1, .high = 20, .log = true}}),
        field(&RandomForestParams::bootstrap,
              {.name = "bootstrap", .doc = "Each tree sees as many rows as there are, drawn with replacement; else all"}),
    };
    return schema;
}

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

class RandomForest final : public Model {
public:
    explicit RandomForest(RandomForestParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Dense dense = models::checked_features(x, "random_forest");
        const Vector weights = models::row_weights(y, "random_forest");
        const models::RankedColumns columns(dense.matrix());
        const models::TreeLimits limits{.criterion = is_classification(y.task) ? models::Criterion::Gini : models::Criterion::SquaredError,
                                        .depth = params_.depth,
                                        .min_leaf = static_cast<std::size_t>(params_.min_leaf),
                                        .columns_per_cut = models::columns_per_cut(params_.features, x.columns(), y.task)};
        std::vector<models::Tree> trees;
        for (std::int64_t t = 0; t < params_.trees; ++t) {
            context.check_cancelled();
            Rng rng = context.rng.child(static_cast<std::uint64_t>(t));
            trees.push_back(models::grow_tree(columns, y, params_.bootstrap ? bootstrap_weights(weights, rng) : weights, limits, rng));
        }
        return std::make_unique<models::FittedTrees>("random_forest", models::OutcomeSchema::of(y), x.columns(), std::move(trees));
    }

private:
    RandomForestParams params_;
};

}  // namespace

void add_random_forest(Catalog& catalog) {
    ComponentInfo info;
    info.name = "random_forest";
    info.kind = ComponentKind::Model;
    info.summary = "Averages many trees, grown on resampled rows and random columns";
    info.source = "Breiman 2001: Random Forests";
    info.example = "random_forest(trees: 300, depth in 3..20, features in {sqrt, log2, 0.5})";
    info.random = true;
    info.params = specs_of(random_forest_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<RandomForest>(read_params(random_forest_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedTrees>("random_forest"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
