// The scores along one parameter, and of two together.
#pragma once

#include "runtime/reading/observations.h"
#include "runtime/reading/search_reading.h"

namespace mlpc {

// About `most` parts of a number's range, half as many more at most, and each choice, in order; parts that no trial can have are left out.
std::vector<EffectBin> marginal_effect(const SearchRecord&, const Axis&, std::size_t most);
// Every part of one with every part of the other, of those that have trials.
std::vector<PairCell> joint_effect(const SearchRecord&, const Axis& first, const Axis& second);

// How likely the ranks of the observations would differ as much between the parts of an axis if it made no difference: Kruskal and Wallis
// 1952, over the observations that have the axis; 1 where there is nothing to compare.
double chance_of_difference(const Observations&, std::size_t axis);

}  // namespace mlpc
