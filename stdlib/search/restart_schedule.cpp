#include "stdlib/search/restart_schedule.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

// Beyond it no budget lets a run converge.
constexpr std::size_t largest_population = 1 << 16;

}  // namespace

std::optional<CmaRunSize> RestartSchedule::next(std::uint64_t evaluations, Rng rng) {
    if (kind_ == Kind::None) {
        return std::nullopt;
    }
    (was_small_ ? spent_small_ : spent_large_) += evaluations;
    was_small_ = kind_ == Kind::Bipop && large_ > first_.population && spent_small_ < spent_large_;
    if (!was_small_) {
        large_ = std::min(2 * large_, largest_population);
        return CmaRunSize{large_, first_.sigma};
    }
    const double ratio = static_cast<double>(large_) / static_cast<double>(first_.population), u = rng.uniform();
    const double population = static_cast<double>(first_.population) * std::pow(ratio / 2, u * u);
    return CmaRunSize{std::max(first_.population, static_cast<std::size_t>(population)), first_.sigma * std::pow(10, -2 * rng.uniform())};
}

}  // namespace mlpc
