#include "stdlib/search/trial_history.h"

#include <algorithm>

namespace mlpc {

void TrialHistory::asked(std::uint64_t number, const Assignment& point) {
    pending_numbers_.push_back(number);
    pending_.push_back(point);
}

void TrialHistory::told(std::uint64_t number, const Assignment& point, const Outcome& outcome) {
    const auto asked = std::find(pending_numbers_.begin(), pending_numbers_.end(), number);
    if (asked != pending_numbers_.end()) {
        pending_.erase(pending_.begin() + (asked - pending_numbers_.begin()));
        pending_numbers_.erase(asked);
    }
    trials_.push_back({.number = number,
                       .point = point,
                       .standing = standing_of(outcome),
                       .reached = outcome.rung.share,
                       .given_up = outcome.given_up,
                       .goals = outcome.values});
    const auto position = static_cast<std::uint32_t>(trials_.size() - 1);
    const auto place = std::upper_bound(order_.begin(), order_.end(), position, [&](std::uint32_t a, std::uint32_t b) { return better(a, b); });
    order_.insert(place, position);
}

bool TrialHistory::better(std::uint32_t a, std::uint32_t b) const {
    const Trial& first = trials_[a];
    const Trial& second = trials_[b];
    if (first.standing.group != second.standing.group) {
        return first.standing.group < second.standing.group;
    }
    if (first.standing.group == Standing::Class::Sound) {
        if (first.given_up != second.given_up) {
            return second.given_up;
        }
        if (first.given_up && first.reached != second.reached) {
            return first.reached > second.reached;
        }
    }
    return first.standing.value < second.standing.value;
}

}  // namespace mlpc
