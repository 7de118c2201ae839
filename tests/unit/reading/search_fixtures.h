// Search records whose trials score a known function, for the tests of reading a search.
#pragma once

#include "runtime/core/results.h"
#include "runtime/core/rng.h"

#include <functional>
#include <map>
#include <string>

namespace mlpc::test {

DimensionRecord real_dimension(const std::string& name, double low, double high);
DimensionRecord log_dimension(const std::string& name, double low, double high);
DimensionRecord integer_dimension(const std::string& name, double low, double high);
DimensionRecord choice_dimension(const std::string& name, std::vector<std::string> choices);

// The values of a point by dimension: numbers, and indexes of choices. A dimension that is left out does not exist in the trial.
using Point = std::map<std::string, double>;

TrialRecord trial_at(const SearchRecord&, std::uint64_t number, const Point&, double score);
// Every dimension uniform on its scale.
Point random_point(const SearchRecord&, Rng&);
// To be minimised; `trials` points at random under each seed from 1 on, scored by the function.
SearchRecord sampled_search(std::vector<DimensionRecord> space, std::size_t trials, std::size_t seeds,
                            const std::function<double(const Point&)>& function);

}  // namespace mlpc::test
