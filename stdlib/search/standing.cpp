#include "stdlib/search/standing.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

Standing standing_of(const Outcome& outcome) {
    if (outcome.failed || std::isnan(outcome.value)) {
        return {Standing::Class::Failed, 0};
    }
    if (outcome.feasible()) {
        return {Standing::Class::Sound, outcome.value};
    }
    double broken = 0;
    for (const double violation : outcome.violations) {
        // One that could not be measured is not known to hold.
        broken += std::isnan(violation) ? std::numeric_limits<double>::infinity() : std::max(violation, 0.0);
    }
    return {Standing::Class::BreaksConstraints, broken};
}

}  // namespace mlpc
