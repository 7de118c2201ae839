// The points of a search that avoids to propose one twice.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/space.h"

#include <cstdint>
#include <set>

namespace mlpc {

// Of a small finite space it knows all points; any other is taken to be endless, though one of its branches may have few.
class PointPool {
public:
    PointPool(SearchSpace, const Rng&);

    const SearchSpace& space() const { return space_; }
    // How many points there are; nullopt where there is no end to them.
    std::optional<std::uint64_t> size() const;
    // A feasible point by the prior that has not been taken, and takes it; nullopt where all have been. Depends on what has been taken and on
    // the trial.
    std::optional<Assignment> draw(std::uint64_t trial);
    // Takes that point; false where it breaks a constraint or has been taken before.
    bool take(const Assignment&);

private:
    Assignment draw_from_endless(const Rng&);

    SearchSpace space_;
    Rng rng_;
    std::optional<std::vector<Assignment>> points_;  // in the order of draws
    std::size_t next_ = 0;                           // all before have been taken
    std::set<Assignment> taken_;
};

}  // namespace mlpc
