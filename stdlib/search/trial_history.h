// What a searcher has been told, in the order that a good trial is told from a bad one by.
#pragma once

#include "runtime/core/pareto.h"
#include "stdlib/search/standing.h"

#include <cstdint>
#include <vector>

namespace mlpc {

class TrialHistory {
public:
    struct Trial {
        std::uint64_t number = 0;
        Assignment point;
        Standing standing;
        Share reached;
        bool given_up = false;
        Goals goals = {};  // all of them, smaller being better; empty where there is one, or none is known
    };

    void asked(std::uint64_t number, const Assignment&);
    void told(std::uint64_t number, const Assignment&, const Outcome&);

    const std::vector<Trial>& trials() const { return trials_; }             // as they were told
    const std::vector<std::uint32_t>& best_first() const { return order_; }  // positions in trials()
    const std::vector<Assignment>& pending() const { return pending_; }      // asked for and not told, by number

private:
    // Complete trials come before those that were given up, which come by how far they got; then what breaks constraints, then what failed.
    // Of equals the earlier one.
    bool better(std::uint32_t a, std::uint32_t b) const;

    std::vector<Trial> trials_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint64_t> pending_numbers_;
    std::vector<Assignment> pending_;
};

}  // namespace mlpc
