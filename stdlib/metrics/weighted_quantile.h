// A quantile of weighted values, for the metrics that compare with one.
#pragma once

#include <vector>

namespace mlpc {

// `weights` empty: every value weighs 1, and the quantile is interpolated between neighbours (Hyndman and Fan 1996, type 7); else the first
// value at which the weight so far reaches the share. NaN without values or weight.
double weighted_quantile(std::vector<double> values, const std::vector<double>& weights, double share);

}  // namespace mlpc
