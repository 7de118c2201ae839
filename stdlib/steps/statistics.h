// Statistics of one column, summed in a fixed order: the same cells give the same bits wherever they lie in memory.
#pragma once

#include <span>
#include <vector>

namespace mlpc::steps {

double sum_of(std::span<const double> values);
double mean_of(std::span<const double> values);  // of at least one value
// Mean of the squared differences from `mean`, over the count; of at least one value.
double variance_of(std::span<const double> values, double mean);
// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7); of at least one value, whose order it changes.
double quantile_of(std::vector<double>& values, double share);

}  // namespace mlpc::steps
