// The order of trials that a population-based search selects by.
#pragma once

#include "runtime/core/searcher.h"
#include "stdlib/search/standing.h"

#include <compare>

namespace mlpc {

// Smaller is better: complete trials by value, then those that a pruner ended by how far they got, then what breaks constraints by how much,
// then what failed.
struct TrialRank {
    Standing::Class group = Standing::Class::Failed;
    double missing = 0;  // share of the effort that was not spent
    double value = 0;
    friend auto operator<=>(const TrialRank&, const TrialRank&) = default;
};
inline TrialRank rank_of(const Outcome& outcome) {
    const Standing standing = standing_of(outcome);
    const bool counts = standing.group == Standing::Class::Sound && outcome.given_up;
    return {standing.group, counts ? 1 - outcome.rung.share.ratio() : 0, standing.value};
}

}  // namespace mlpc
