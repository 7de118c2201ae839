// Metrics that compare groups of the scored rows, by a column that need be no feature.
#pragma once

#include "runtime/core/component.h"

#include <string>

namespace mlpc {

class GroupedMetric : public Metric {
public:
    virtual const std::string& group_column() const = 0;
    // `groups` holds that column alone, of the scored rows.
    virtual double score_groups(const Target& truth, const Prediction&, const Frame& groups) const = 0;
    // Without groups nothing is known.
    double score(const Target&, const Prediction&) const final { return missing_number; }
};

// The column that a metric with these parameters compares the rows by; empty where it needs none.
std::string group_column_of(const ComponentInfo& metric, const ParamValues&);
// The score; `groups` is read only where the metric compares groups.
double score_of(const ComponentInfo& metric, const ParamValues&, const Target& truth, const Prediction&, const Frame& groups);

}  // namespace mlpc
