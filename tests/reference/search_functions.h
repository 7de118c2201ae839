// Published functions to minimise, with the spaces that they are minimised over, and what a good search finds of them.
#pragma once

#include "runtime/core/space.h"

#include <functional>
#include <string>
#include <vector>

namespace mlpc {

struct SearchFunction {
    std::string name;
    std::string source;
    SearchSpace space;
    // `noise` is a standard normal draw; most functions have none and do not look at it.
    std::function<double(const Assignment&, double noise)> value;
    double optimum = 0;      // the least value, or the least expected one where there is noise
    std::size_t trials = 0;  // after so many …
    double target = 0;       // … a good search has seen this value
};

// Smooth functions of real numbers: branin, hartmann6, ackley5, rosenbrock5, levy5.
const std::vector<SearchFunction>& classic_functions();
// What Hyperopt is accepted by (hyperopt/tests/test_domains.py and test_tpe.py): quadratic1, q1_choice, q1_lognormal, n_arms, distractor,
// gauss_wave, gauss_wave2, many_dists, hyperopt_branin.
const std::vector<SearchFunction>& hyperopt_functions();
// Jenatton's conditional tree, whose leaves share a parameter with their sibling.
const SearchFunction& jenatton();
// All of the above; throws std::out_of_range where none has that name.
const SearchFunction& search_function(const std::string& name);
std::vector<SearchFunction> all_search_functions();

// The noise of that evaluation: the same for every method, so that none is luckier than another.
double noise_of(std::uint64_t seed, std::uint64_t evaluation);

}  // namespace mlpc
