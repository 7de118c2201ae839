#include "stdlib/search/halving_pruner.h"

#include <algorithm>

namespace mlpc {

HalvingRule::HalvingRule(std::size_t rungs, std::int64_t eta, std::size_t startup)
    : eta_(static_cast<std::size_t>(eta)), startup_(startup), reached_(rungs) {}

bool HalvingRule::gives_up(std::size_t rung, const Outcome& outcome) {
    const Standing standing = standing_of(outcome);
    if (standing.group == Standing::Class::Failed) {
        return true;
    }
    std::vector<Standing>& reached = reached_[rung];
    reached.insert(std::upper_bound(reached.begin(), reached.end(), standing), standing);
    if (reached.size() <= startup_) {
        return true;
    }
    // The first few go on where they are the best so far: a trial that ends can't be taken up again.
    const std::size_t places = std::max<std::size_t>(reached.size() / eta_, 1);
    return standing > reached[places - 1];
}

std::vector<Rung> rungs_of(std::span<const Share> shares) {
    std::vector<Rung> rungs;
    for (const Share& share : shares) {
        rungs.push_back({.share = share});
    }
    return rungs;
}

}  // namespace mlpc
