// How the rows of one part of the data differ from those of another, feature by feature.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/results.h"
#include "runtime/core/table.h"

#include <vector>

namespace mlpc {

// One entry a feature, in the order of the columns; both frames have the columns of the data. Numbers are compared by the population
// stability index over the tenths of the training values and the two-sample Kolmogorov-Smirnov test, coded cells by the index over the
// twenty most frequent levels and the chi-squared test that it amounts to; missing cells are a class of their own in the index.
std::vector<FeatureDrift> feature_drift(const Frame& train, const Frame& test, const DataSpec&);

}  // namespace mlpc
