#include "stdlib/search/surrogate_trees.h"

namespace mlpc {
namespace {

using namespace surrogate;

struct SurrogateBoostingParams : RefittedParams {
    std::int64_t rounds = 30;
    double rate = 0.1;
    std::int64_t depth = 3;
};

const Schema<SurrogateBoostingParams>& boosting_schema() {
    using P = SurrogateBoostingParams;
    static const Schema<P> schema = [] {
        Schema<P> fields = refitted_schema<P>();
        fields.push_back(field(&P::rounds, {.name = "rounds", .doc = "Trees of each quantile's surrogate", .valid = {.low = 1, .high = 10'000}}));
        fields.push_back(
            field(&P::rate, {.name = "rate", .doc = "How much of each tree the surrogate takes", .valid = {.low = 0, .high = 1, .open_low = true}}));
        fields.push_back(field(&P::depth, {.name = "depth", .doc = "Most cuts from the root to a leaf of the surrogate", .valid = {.low = 1}}));
        return fields;
    }();
    return schema;
}

}  // namespace

void add_surrogate_boosting(Catalog& catalog) {
    ComponentInfo info;
    info.name = "surrogate_boosting";
    info.kind = ComponentKind::Searcher;
    info.summary = "Sequential optimisation with boosted trees for the quantiles 0.16, 0.5 and 0.84 of the values";
    info.source = "Friedman 2001, Greedy function approximation; as scikit-optimize's gbrt_minimize";
    info.example = "method surrogate_boosting(trials: 60)";
    info.params = specs_of(boosting_schema());
    info.uses_time = [](const ParamValues& values) { return is_per_second(read_params(boosting_schema(), values).acquisition); };
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        const SurrogateBoostingParams params = read_params(boosting_schema(), values);
        const QuantileBoostingOptions options{.rounds = static_cast<std::size_t>(params.rounds), .rate = params.rate, .depth = params.depth};
        return refitted_searcher(
            params, task, [options](const Matrix& rows, const Vector& targets, const Rng& rng) { return fit_boosting(rows, targets, options, rng); });
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
