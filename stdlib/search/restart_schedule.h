// With which population and step size CMA-ES begins anew once a run has converged.
#pragma once

#include "runtime/core/rng.h"

#include <cstdint>
#include <optional>

namespace mlpc {

struct CmaRunSize {
    std::size_t population = 0;
    double sigma = 0;
};

class RestartSchedule {
public:
    // Ipop: the population doubles (Auger and Hansen 2005). Bipop: runs of doubling populations take turns with short ones of small populations
    // and step sizes, by what either have spent (Hansen 2009).
    enum class Kind { None, Ipop, Bipop };
    RestartSchedule(Kind kind, CmaRunSize first) : kind_(kind), first_(first), large_(first.population) {}

    // After a run that took so many evaluations; nullopt where none follows.
    std::optional<CmaRunSize> next(std::uint64_t evaluations, Rng);

private:
    Kind kind_;
    CmaRunSize first_;
    std::size_t large_;  // population of the latest large run
    bool was_small_ = true;
    std::uint64_t spent_small_ = 0, spent_large_ = 0;
};

}  // namespace mlpc
