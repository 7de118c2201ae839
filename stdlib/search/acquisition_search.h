// Finds the point of a space that an acquisition function likes best.
#pragma once

#include "stdlib/search/acquisition.h"
#include "stdlib/search/unit_cube.h"

#include <optional>
#include <set>

namespace mlpc::surrogate {

struct SearchEffort {
    std::size_t candidates = 1000;  // random points and neighbours of the anchors that are looked at first
    int starts = 6;                 // of them improved step by step
    int evaluations = 60;           // of the acquisition function and its slope, by each start
};

// Of random points, points around the anchors (the best trials, best first), and what local improvement makes of the best of them, the best
// one that is feasible and not taken; nullopt where no such point was found.
std::optional<Assignment> best_point(const UnitCube&, const Acquisition&, const std::vector<Assignment>& anchors, const std::set<Assignment>& taken,
                                     const SearchEffort&, Rng);
// The best of the points listed.
const Assignment& best_of(const UnitCube&, const Acquisition&, const std::vector<Assignment>& points);

}  // namespace mlpc::surrogate
