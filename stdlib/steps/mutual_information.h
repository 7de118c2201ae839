// Mutual information of one column and the target, in nats.
#pragma once

#include "runtime/core/target.h"

#include <vector>

namespace mlpc::steps {

// By distances to the `neighbours` nearest values (Kraskov, Stögbauer, Grassberger 2004; of a number and a class Ross 2014). A column, or a
// target of numbers, with at most one value in 20 rows counts as discrete, and two of these by their frequencies. Not below 0.
double mutual_information(const std::vector<double>& column, const Target&, std::size_t neighbours);

}  // namespace mlpc::steps
