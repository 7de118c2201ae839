// Runs a search without fitting anything: evaluations are in flight and come back in an order of chance, as a trial loop would have them.
#pragma once

#include "runtime/core/searcher.h"

#include <functional>
#include <map>
#include <vector>

namespace mlpc::budget {

struct Evaluation {
    Suggestion suggestion;
    Outcome outcome;
};
struct Loop {
    std::size_t batch = 1;
    std::uint64_t delays = 0;  // seed of the order in which results come back
};
struct Report {
    std::map<std::uint64_t, Evaluation> evaluations;  // by number
    std::size_t waits = 0;                            // answers Wait
    // Numbers of the evaluations that are new trials, in order.
    std::vector<std::uint64_t> trials() const;
    // How many evaluations were at each share, by bracket-independent ratio.
    std::map<double, std::size_t> by_share() const;
    double best_whole() const;  // of values; infinity where there is none
    double effort() const;      // whole trials' worth, what was continued from taken off
};

// Every answer is checked: what is continued was told, is the same point at a lower share, and is continued once; points are feasible and
// active where they should be.
Report run(Searcher&, const SearchSpace&, const Loop&, const std::function<Outcome(const Suggestion&)>& evaluate);

Outcome found(double value);
Outcome failure();

}  // namespace mlpc::budget
