// One CART tree.
#include "stdlib/models/class_weight.h"
#include "stdlib/models/fitted_trees.h"
#include "stdlib/models/grow_tree.h"

namespace mlpc {

namespace {

enum class TreeCriterion { Gini, Entropy };

struct DecisionTreeParams {
    std::optional<std::int64_t> depth;
    TreeCriterion criterion = TreeCriterion::Gini;
    std::int64_t min_leaf = 1;
    std::int64_t min_split = 2;
    WordOrReal features = {"all", 0};
    std::optional<std::int64_t> max_leaves;
    double min_gain = 0;
    double prune = 0;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

const Schema<DecisionTreeParams>& decision_tree_schema() {
    static const Schema<DecisionTreeParams> schema = {
        field(&DecisionTreeParams::depth,
              {.name = "depth", .doc = "Most cuts from the root to a leaf; none: no limit", .valid = {.low = 1}, .search = {.low = 2, .high = 20}}),
        field(&DecisionTreeParams::criterion, {.name = "criterion",
                                               .doc = "Impurity that a cut lessens, for classes; for numbers always the squared error",
                                               .words = {"gini", "entropy"},
                                               .search = {.words = {"gini", "entropy"}}}),
        field(&DecisionTreeParams::min_leaf,
              {.name = "min_leaf", .doc = "Fewest training rows in a leaf", .valid = {.low = 1}, .search = {.low = 1, .high = 50, .log = true}}),
        field(&DecisionTreeParams::min_split, {.name = "min_split",
                                               .doc = "Fewest training rows in a node that is cut",
                                               .valid = {.low = 2},
                                               .search = {.low = 2, .high = 100, .log = true}}),
        field(&DecisionTreeParams::features, {.name = "features",
                                              .doc = "Columns tried for each cut: all, sqrt or log2 of their number, or a share",
                                              .valid = {.low = 0, .high = 1, .open_low = true},
                                              .words = {"all", "sqrt", "log2"},
                                              .search = {.words = {"all", "sqrt", "log2"}}}),
        field(&DecisionTreeParams::max_leaves, {.name = "max_leaves",
                                                .doc = "Most leaves; the tree then grows where a cut takes most impurity away; none: no limit",
                                                .valid = {.low = 2},
                                                .search = {.low = 4, .high = 256, .log = true}}),
        field(&DecisionTreeParams::min_gain, {.name = "min_gain",
                                              .doc = "Impurity that a cut must take away, times the node's share of the weight",
                                              .valid = {.low = 0},
                                              .search = {.low = 1e-5, .high = 1e-1, .log = true}}),
        field(&DecisionTreeParams::prune, {.name = "prune",
                                           .doc = "Branches whose cuts take at most this impurity away per leaf are cut off (cost-complexity)",
                                           .valid = {.low = 0},
                                           .search = {.low = 1e-5, .high = 1e-1, .log = true}}),
        field(&DecisionTreeParams::class_weight, models::class_weight_spec()),
    };
    return schema;
}

class DecisionTree final : public Model {
public:
    explicit DecisionTree(DecisionTreeParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Dense dense = models::checked_features(x, "decision_tree");
        const Vector weights = is_classification(y.task) ? models::balanced_row_weights(y, params_.class_weight, "decision_tree")
                                                         : models::row_weights(y, "decision_tree");
        const auto columns = models::RankedColumns::of(x, dense.matrix());
        const models::TreeLimits limits{.criterion = criterion_for(y.task),
                                        .depth = params_.depth,
                                        .min_leaf = static_cast<std::size_t>(params_.min_leaf),
                                        .min_split = static_cast<std::size_t>(params_.min_split),
                                        .columns_per_cut = models::columns_per_cut(params_.features, x.columns(), y.task),
                                        .max_leaves = params_.max_leaves,
                                        .min_gain = params_.min_gain,
                                        .prune = params_.prune};
        Rng rng = context.rng;
        std::vector<models::Tree> trees = {models::grow_tree(*columns, y, weights, limits, rng)};
        return std::make_unique<models::FittedTrees>("decision_tree", models::OutcomeSchema::of(y), x.columns(), std::move(trees));
    }

private:
    models::Criterion criterion_for(Task task) const {
        if (!is_classification(task)) {
            return models::Criterion::SquaredError;
        }
        return params_.criterion == TreeCriterion::Gini ? models::Criterion::Gini : models::Criterion::Entropy;
    }

    DecisionTreeParams params_;
};

}  // namespace

void add_decision_tree(Catalog& catalog) {
    ComponentInfo info;
    info.name = "decision_tree";
    info.kind = ComponentKind::Model;
    info.summary = "Cuts the rows by one column at a time";
    info.source = "Breiman, Friedman, Olshen, Stone 1984: Classification and Regression Trees";
    info.example = "decision_tree(depth in 2..20)";
    info.random = true;
    info.params = specs_of(decision_tree_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<DecisionTree>(read_params(decision_tree_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedTrees>("decision_tree"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
