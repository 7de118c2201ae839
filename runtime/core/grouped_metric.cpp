#include "runtime/core/grouped_metric.h"

namespace mlpc {

std::string group_column_of(const ComponentInfo& info, const ParamValues& params) {
    const std::unique_ptr<Metric> metric = info.make_metric ? info.make_metric(params) : nullptr;
    const auto* grouped = dynamic_cast<const GroupedMetric*>(metric.get());
    return grouped != nullptr ? grouped->group_column() : "";
}

double score_of(const ComponentInfo& info, const ParamValues& params, const Target& truth, const Prediction& prediction, const Frame& groups) {
    const std::unique_ptr<Metric> metric = info.make_metric(params);
    const auto* grouped = dynamic_cast<const GroupedMetric*>(metric.get());
    return grouped != nullptr ? grouped->score_groups(truth, prediction, groups) : metric->score(truth, prediction);
}

}  // namespace mlpc
