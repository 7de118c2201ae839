// The budgets of successive halving and Hyperband, in whole numbers: log(243) / log(3) is less than 5 in floating point.
#pragma once

#include "runtime/core/component.h"

#include <span>

namespace mlpc {

// How a whole trial is cut: what the searchers and pruners of this family have in common.
struct HalvingParams {
    std::int64_t resource = 81;
    std::int64_t least = 1;
    std::int64_t eta = 3;
};
template <class P>
Schema<P> with_halving_fields(Schema<P> schema) {
    const Range units{.low = 1, .high = 1e6};
    schema.push_back(
        field(static_cast<std::int64_t P::*>(&P::resource),
              {.name = "resource",
               .doc = "Units that the effort of a whole trial is cut into: rounds, trees, epochs or rows of its model, whatever their number",
               .valid = units}));
    schema.push_back(field(static_cast<std::int64_t P::*>(&P::least),
                           {.name = "least", .doc = "Units that a trial is given at least before it is judged", .valid = units}));
    schema.push_back(field(static_cast<std::int64_t P::*>(&P::eta),
                           {.name = "eta", .doc = "One trial in so many goes on, with so many times the effort", .valid = {.low = 2, .high = 100}}));
    return schema;
}
// The shares of a trial at which it is judged, ascending by the factor eta; the last is the whole. Throws RunError where `least` is more than
// the whole.
std::vector<Share> halving_shares(const HalvingParams&);

struct BracketRung {
    std::uint64_t trials = 0;
    Share share;
};
using Bracket = std::vector<BracketRung>;

// So many trials at the first of the shares; of each rung, one in eta goes on to the next.
Bracket halving_bracket(std::uint64_t trials, std::span<const Share>, std::int64_t eta);

// The brackets of Hyperband, from the one that explores most to the one that evaluates every trial whole, `rounds` times over; the last one
// is cut short where there are as many trials as `most_trials`.
struct HyperbandBudget {
    std::uint64_t rounds = 1;
    std::optional<std::uint64_t> most_trials = {};
};
std::vector<Bracket> hyperband_brackets(const HalvingParams&, const HyperbandBudget&);

std::uint64_t new_trials(const std::vector<Bracket>&);
std::vector<PlannedRung> planned_rungs_of(const std::vector<Bracket>&);

}  // namespace mlpc
