#include "stdlib/search/percentile_pruner.h"

namespace mlpc {
namespace {

const Schema<PercentileParams>& percentile_schema() {
    static const Schema<PercentileParams> schema = [] {
        Schema<PercentileParams> fields = percentile_fields();
        fields.insert(fields.begin(),
                      field(&PercentileParams::keep,
                            {.name = "keep", .doc = "A trial goes on where it is among this share of the best", .valid = {.low = 0, .high = 1}}));
        return fields;
    }();
    return schema;
}

}  // namespace

void add_percentile(Catalog& catalog) {
    ComponentInfo info;
    info.name = "percentile";
    info.kind = ComponentKind::Pruner;
    info.summary = "Gives up a trial whose best value so far is not among this share of the best that whole trials had at the same rung";
    info.source = "Akiba et al. 2019, Optuna: a next-generation hyperparameter optimization framework";
    info.example = "prune percentile(25%)";
    info.params = specs_of(percentile_schema());
    info.make_pruner = [](const ParamValues& values, const PruneTask& task) -> std::unique_ptr<Pruner> {
        return std::make_unique<PercentilePruner>(read_params(percentile_schema(), values), task.folds);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
