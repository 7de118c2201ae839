// What forests have in common: many trees, each from a stream of its own, averaged.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/grow_tree.h"

#include <string>

namespace mlpc::models {

template <bool Bootstrap>
struct ForestParams {
    std::int64_t trees = 100;
    std::optional<std::int64_t> depth;
    WordOrReal features = {"auto", 0};
    std::int64_t min_leaf = 1;
    std::int64_t min_split = 2;
    std::optional<std::int64_t> max_leaves;
    double min_gain = 0;
    bool bootstrap = Bootstrap;
    ClassWeight class_weight = ClassWeight::None;
};

template <bool Bootstrap>
const Schema<ForestParams<Bootstrap>>& forest_schema() {
    using P = ForestParams<Bootstrap>;
    static const Schema<P> schema = {
        field(&P::trees, {.name = "trees",
                          .doc = "How many trees; the first ones of a larger forest are the smaller forest",
                          .valid = {.low = 1},
                          .search = {.low = 50, .high = 500},
                          .path = true,
                          .resource = true}),
        field(&P::depth,
              {.name = "depth", .doc = "Most cuts from the root to a leaf; none: no limit", .valid = {.low = 1}, .search = {.low = 3, .high = 20}}),
        field(&P::features,
              {.name = "features",
               .doc = "Columns tried for each cut: all, sqrt or log2 of their number, or a share; auto is sqrt for classes and all for numbers",
               .valid = {.low = 0, .high = 1, .open_low = true},
               .words = {"auto", "sqrt", "log2", "all"},
               .search = {.words = {"sqrt", "log2", "all"}}}),
        field(&P::min_leaf,
              {.name = "min_leaf", .doc = "Fewest training rows in a leaf", .valid = {.low = 1}, .search = {.low = 1, .high = 20, .log = true}}),
        field(&P::min_split, {.name = "min_split",
                              .doc = "Fewest training rows in a node that is cut",
                              .valid = {.low = 2},
                              .search = {.low = 2, .high = 40, .log = true}}),
        field(&P::max_leaves, {.name = "max_leaves",
                               .doc = "Most leaves of a tree, which then grows where a cut takes most impurity away; none: no limit",
                               .valid = {.low = 2},
                               .search = {.low = 16, .high = 1024, .log = true}}),
        field(&P::min_gain, {.name = "min_gain",
                             .doc = "Impurity that a cut must take away, times the node's share of the weight",
                             .valid = {.low = 0},
                             .search = {.low = 1e-6, .high = 1e-2, .log = true}}),
        field(&P::bootstrap, {.name = "bootstrap", .doc = "Each tree sees as many rows as there are, drawn with replacement; else all"}),
        field(&P::class_weight, class_weight_spec()),
    };
    return schema;
}

// How a forest is grown, without the random part.
struct ForestPlan {
    std::string name;
    std::int64_t trees = 0;
    bool bootstrap = true;
    ClassWeight class_weight = ClassWeight::None;
    WordOrReal features;
    TreeLimits limits;
};
template <bool Bootstrap>
ForestPlan forest_plan(std::string name, TreeLimits::Cuts cuts, const ForestParams<Bootstrap>& params) {
    return {.name = std::move(name),
            .trees = params.trees,
            .bootstrap = params.bootstrap,
            .class_weight = params.class_weight,
            .features = params.features,
            .limits = {.depth = params.depth,
                       .min_leaf = static_cast<std::size_t>(params.min_leaf),
                       .min_split = static_cast<std::size_t>(params.min_split),
                       .cuts = cuts,
                       .max_leaves = params.max_leaves,
                       .min_gain = params.min_gain}};
}

std::unique_ptr<Model> make_forest(ForestPlan);
// All of a forest's entry in the catalog but summary, source, example, parameters and make_model.
ComponentInfo forest_info(std::string name);

}  // namespace mlpc::models
