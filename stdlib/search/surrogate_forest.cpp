#include "stdlib/search/surrogate_trees.h"

namespace mlpc {
namespace {

using namespace surrogate;

struct SurrogateForestParams : RefittedParams {
    ForestKind forest = ForestKind::ExtraTrees;
    std::int64_t trees = 100;
    std::int64_t min_leaf = 3;
};

const Schema<SurrogateForestParams>& forest_schema() {
    using P = SurrogateForestParams;
    static const Schema<P> schema = [] {
        Schema<P> fields = refitted_schema<P>();
        fields.push_back(field(&P::forest, {.name = "forest",
                                            .doc = "Trees of random cuts on all trials, or of the best cuts on trials drawn with replacement",
                                            .words = {"extra_trees", "random_forest"}}));
        fields.push_back(field(&P::trees, {.name = "trees", .doc = "How many trees the surrogate has", .valid = {.low = 1, .high = 10'000}}));
        fields.push_back(field(&P::min_leaf, {.name = "min_leaf", .doc = "Fewest trials in a leaf of the surrogate", .valid = {.low = 1}}));
        return fields;
    }();
    return schema;
}

}  // namespace

void add_surrogate_forest(Catalog& catalog) {
    ComponentInfo info;
    info.name = "surrogate_forest";
    info.kind = ComponentKind::Searcher;
    info.summary = "Sequential optimisation with a forest of regression trees, for spaces of many choices and conditions";
    info.source = "Hutter, Hoos, Leyton-Brown 2011, Sequential model-based optimization for general algorithm configuration";
    info.example = "method surrogate_forest(trials: 60)";
    info.params = specs_of(forest_schema());
    info.uses_time = [](const ParamValues& values) { return is_per_second(read_params(forest_schema(), values).acquisition); };
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        const SurrogateForestParams params = read_params(forest_schema(), values);
        const ForestOptions options{
            .kind = params.forest, .trees = static_cast<std::size_t>(params.trees), .min_leaf = static_cast<std::size_t>(params.min_leaf)};
        return refitted_searcher(
            params, task, [options](const Matrix& rows, const Vector& targets, const Rng& rng) { return fit_forest(rows, targets, options, rng); });
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
