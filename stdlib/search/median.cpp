#include "stdlib/search/percentile_pruner.h"

namespace mlpc {
namespace {

const Schema<PercentileParams>& median_schema() {
    static const Schema<PercentileParams> schema = percentile_fields();
    return schema;
}

std::unique_ptr<Pruner> make_median(PercentileParams params, std::size_t folds) {
    params.keep = 0.5;
    return std::make_unique<PercentilePruner>(params, folds);
}

}  // namespace

void add_median(Catalog& catalog) {
    ComponentInfo info;
    info.name = "median";
    info.kind = ComponentKind::Pruner;
    info.summary = "Gives up a trial whose best value so far is worse than the median of what whole trials had at the same rung";
    info.source = "Golovin et al. 2017, Google Vizier: a service for black-box optimization";
    info.example = "prune median";
    info.params = specs_of(median_schema());
    info.positional = 0;
    info.make_pruner = [](const ParamValues& values, const PruneTask& task) { return make_median(read_params(median_schema(), values), task.folds); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
