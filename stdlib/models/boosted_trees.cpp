// Gradient boosting on histograms: each tree lessens the loss of those before it.
#include "runtime/core/error.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/fitted_boosting.h"
#include "stdlib/models/grow_gradient_tree.h"
#include "stdlib/models/inner_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

using models::NumberLoss;

struct BoostedTreesParams {
    std::int64_t rounds = 100;
    double rate = 0.1;
    std::optional<std::int64_t> max_leaves = 31;
    std::optional<std::int64_t> depth;
    std::int64_t min_leaf = 20;
    double l2 = 0;
    double rows = 1;
    double columns = 1;
    std::int64_t bins = 255;
    NumberLoss loss = NumberLoss::Squared;
    double quantile = 0.5;
    std::optional<std::int64_t> early_stop;
    double validation = 0.1;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

const Schema<BoostedTreesParams>& boosted_trees_schema() {
    using P = BoostedTreesParams;
    static const Schema<P> schema = {
        field(&P::rounds, {.name = "rounds",
                           .doc = "How many rounds, of one tree each (of more than two classes, one a class); the first ones of a longer fit are "
                                  "the shorter fit",
                           .valid = {.low = 1},
                           .search = {.low = 50, .high = 500},
                           .path = true,
                           .resource = true}),
        field(&P::rate, {.name = "rate",
                         .doc = "What a tree's leaves are multiplied with; a smaller one needs more rounds",
                         .valid = {.low = 0, .open_low = true},
                         .search = {.low = 0.01, .high = 0.3, .log = true}}),
        field(&P::max_leaves, {.name = "max_leaves",
                               .doc = "Most leaves of a tree, which grows where the loss falls most; none: no limit",
                               .valid = {.low = 2},
                               .search = {.low = 7, .high = 127, .log = true}}),
        field(&P::depth,
              {.name = "depth", .doc = "Most cuts from the root to a leaf; none: no limit", .valid = {.low = 1}, .search = {.low = 2, .high = 12}}),
        field(&P::min_leaf,
              {.name = "min_leaf", .doc = "Fewest training rows in a leaf", .valid = {.low = 1}, .search = {.low = 5, .high = 100, .log = true}}),
        field(&P::l2, {.name = "l2",
                       .doc = "Added to the sum of hessians that a leaf's value is divided by",
                       .valid = {.low = 0},
                       .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&P::rows, {.name = "rows",
                         .doc = "Share of the rows, drawn anew for each round without replacement",
                         .valid = {.low = 0, .high = 1, .open_low = true},
                         .search = {.low = 0.5, .high = 1}}),
        field(&P::columns, {.name = "columns",
                            .doc = "Share of the columns, drawn anew for each tree",
                            .valid = {.low = 0, .high = 1, .open_low = true},
                            .search = {.low = 0.3, .high = 1}}),
        field(&P::bins, {.name = "bins", .doc = "Most bins of a column, besides that of missing cells", .valid = {.low = 2, .high = 255}}),
        field(&P::loss, {.name = "loss",
                         .doc = "What is lessened where numbers are predicted; where classes are, always the log loss",
                         .words = {"squared", "absolute", "poisson", "quantile"}}),
        field(&P::quantile, {.name = "quantile",
                             .doc = "Which quantile `loss: quantile` predicts",
                             .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
        field(&P::early_stop, {.name = "early_stop",
                               .doc = "Ends after so many rounds without a smaller loss on training rows set aside, and keeps the rounds up to the "
                                      "smallest one; none: all rounds",
                               .valid = {.low = 1}}),
        field(&P::validation, {.name = "validation",
                               .doc = "Share of the training rows that `early_stop` sets aside, of each class alike",
                               .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
        field(&P::class_weight, models::class_weight_spec()),
    };
    return schema;
}

// `share` of the items, at least one, drawn from the stream; ascending.
std::vector<std::uint32_t> draw_share(const std::vector<std::uint32_t>& items, double share, Rng rng) {
    const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(items.size()) + 0.5));
    if (count >= items.size()) {
        return items;
    }
    std::vector<std::uint32_t> drawn = rng.choose(static_cast<std::uint32_t>(items.size()), static_cast<std::uint32_t>(count));
    std::sort(drawn.begin(), drawn.end());
    for (std::uint32_t& item : drawn) {
        item = items[item];
    }
    return drawn;
}

// One fit: the scores of all rows follow the trees.
class Booster {
public:
    Booster(const BoostedTreesParams& params, const Frame& x, const Target& y, Vector weights, FitContext& context)
        : params_(params),
          x_(x),
          context_(context),
          binned_(models::BinnedColumns::of(x, static_cast<std::size_t>(params.bins))),
          weights_(std::move(weights)),
          loss_(y, params.loss, params.quantile, "boosted_trees"),
          all_columns_(x.columns()) {
        std::iota(all_columns_.begin(), all_columns_.end(), 0u);
        set_rows_aside(y);
        Vector train_weights = weights_;
        for (const std::uint32_t row : split_.validation) {
            train_weights[row] = 0;
        }
        rounds_ = {.outcome = models::OutcomeSchema::of(y),
                   .columns = models::FeatureColumns(*binned_),
                   .loss = params.loss,
                   .first_scores = loss_.first_scores(train_weights)};
        scores_ = rounds_.first_scores.transpose().replicate(weights_.size(), 1);
    }

    // Takes over the first rounds of another fit of the same parameters and rows.
    void repeat(const models::BoostedRounds& earlier, std::size_t rounds) {
        const std::size_t trees = rounds * static_cast<std::size_t>(scores_.cols());
        rounds_.trees.assign(earlier.trees.begin(), earlier.trees.begin() + static_cast<std::ptrdiff_t>(trees));
        rounds_.curve.assign(earlier.curve.begin(), earlier.curve.begin() + static_cast<std::ptrdiff_t>(earlier.curve.empty() ? 0 : rounds));
        scores_ = earlier.scores(x_, rounds);
    }
    std::unique_ptr<FittedModel> run() {
        for (std::size_t round = round_count(); round < static_cast<std::size_t>(params_.rounds) && !has_stalled(); ++round) {
            context_.check_cancelled();
            add_round(context_.rng.child(std::uint64_t{round}));
            if (params_.early_stop) {
                rounds_.curve.push_back(loss_.mean(scores_, weights_, split_.validation));
            }
        }
        return std::make_unique<models::FittedBoosting>(std::make_shared<const models::BoostedRounds>(std::move(rounds_)),
                                                        static_cast<std::size_t>(params_.rounds));
    }

private:
    std::size_t round_count() const { return rounds_.trees.size() / static_cast<std::size_t>(scores_.cols()); }
    void set_rows_aside(const Target& y) {
        if (params_.early_stop) {
            split_ = models::split_inside(y, weights_, params_.validation, context_.rng.child("validation"), "boosted_trees");
            return;
        }
        for (std::uint32_t row = 0; row < y.rows(); ++row) {
            if (weights_[row] > 0) {
                split_.train.push_back(row);
            }
        }
    }

    bool has_stalled() const {
        if (!params_.early_stop || rounds_.curve.empty()) {
            return false;
        }
        const auto best = std::min_element(rounds_.curve.begin(), rounds_.curve.end());
        return rounds_.curve.end() - best > *params_.early_stop;
    }

    void add_round(const Rng& rng) {
        loss_.derivatives(scores_, weights_, gradients_, hessians_);
        const std::vector<std::uint32_t> rows = draw_share(split_.train, params_.rows, rng.child("rows"));
        for (Eigen::Index k = 0; k < scores_.cols(); ++k) {
            const auto columns = draw_share(all_columns_, params_.columns, rng.child(static_cast<std::uint64_t>(k)));
            add_tree(k, rows, columns);
        }
    }
    void add_tree(Eigen::Index k, const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& columns) {
        const models::GradientTreeLimits limits{.max_leaves = params_.max_leaves,
                                                .depth = params_.depth,
                                                .min_leaf = static_cast<std::size_t>(params_.min_leaf),
                                                .l2 = params_.l2,
                                                .rate = params_.rate};
        const auto column_of = [k](const Matrix& m) { return std::span<const double>(m.col(k).data(), static_cast<std::size_t>(m.rows())); };
        models::GrownTree grown = models::grow_gradient_tree(*binned_, column_of(gradients_), column_of(hessians_), rows, columns, limits, pool_);
        if (loss_.sets_leaves()) {
            set_leaves(grown);
        }
        follow(grown, k);
        rounds_.trees.push_back(std::move(grown.tree));
    }
    void set_leaves(models::GrownTree& grown) const {
        for (const models::LeafRows& leaf : grown.leaves) {
            const auto rows = std::span<const std::uint32_t>(grown.rows).subspan(leaf.begin, leaf.end - leaf.begin);
            grown.tree.nodes[leaf.node].value = params_.rate * loss_.leaf_value(scores_, weights_, rows);
        }
    }
    // Rows that the tree was not grown on find their leaves from the root.
    void follow(const models::GrownTree& grown, Eigen::Index k) {
        for (const models::LeafRows& leaf : grown.leaves) {
            for (std::size_t i = leaf.begin; i < leaf.end; ++i) {
                scores_(grown.rows[i], k) += grown.tree.nodes[leaf.node].value;
            }
        }
        if (grown.rows.size() == static_cast<std::size_t>(scores_.rows())) {
            return;
        }
        std::vector<bool> grown_on(static_cast<std::size_t>(scores_.rows()));
        for (const std::uint32_t row : grown.rows) {
            grown_on[row] = true;
        }
        for (std::size_t row = 0; row < grown_on.size(); ++row) {
            if (!grown_on[row]) {
                scores_(static_cast<Eigen::Index>(row), k) += grown.value_of(*binned_, row);
            }
        }
    }

    const BoostedTreesParams& params_;
    const Frame& x_;
    FitContext& context_;
    std::shared_ptr<const models::BinnedColumns> binned_;
    Vector weights_;
    models::BoostingLoss loss_;
    models::InnerSplit split_;
    std::vector<std::uint32_t> all_columns_;
    models::BoostedRounds rounds_;
    Matrix scores_, gradients_, hessians_;
    models::HistogramPool pool_;
};

class BoostedTrees final : public Model {
public:
    explicit BoostedTrees(BoostedTreesParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return booster(x, y, context).run(); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* smaller = dynamic_cast<const models::FittedBoosting*>(&state);
        if (smaller == nullptr) {
            return nullptr;
        }
        Booster longer = booster(x, y, context);
        longer.repeat(smaller->rounds(), std::min(smaller->rounds().count(), static_cast<std::size_t>(params_.rounds)));
        return longer.run();
    }

private:
    Booster booster(const Frame& x, const Target& y, FitContext& context) const {
        if (x.columns() == 0) {
            throw RunError("`boosted_trees` got no feature columns; the pipeline before it keeps none");
        }
        Vector weights = is_classification(y.task) ? models::balanced_row_weights(y, params_.class_weight, "boosted_trees")
                                                   : models::row_weights(y, "boosted_trees");
        return {params_, x, y, std::move(weights), context};
    }

    BoostedTreesParams params_;
};

}  // namespace

void add_boosted_trees(Catalog& catalog) {
    ComponentInfo info;
    info.name = "boosted_trees";
    info.kind = ComponentKind::Model;
    info.summary = "Adds small trees one after the other, each lessening the loss of those before it";
    info.source = "Friedman 2001: Greedy Function Approximation; Ke and others 2017: LightGBM; Fisher 1958: On Grouping for Maximum Homogeneity";
    info.example = "boosted_trees(rounds: 500, rate in 0.01..0.3 log, early_stop: 20)";
    info.random = true;
    info.params = specs_of(boosted_trees_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types | types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<BoostedTrees>(read_params(boosted_trees_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedBoosting>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
