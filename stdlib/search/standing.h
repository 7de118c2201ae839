// How outcomes compare as reasons to go on with a trial.
#pragma once

#include "runtime/core/searcher.h"

#include <compare>

namespace mlpc {

// The smaller, the better: by value where all constraints hold, behind those by how much they are broken, and behind all what failed.
struct Standing {
    enum class Class { Sound, BreaksConstraints, Failed };
    Class group = Class::Failed;
    double value = 0;
    friend auto operator<=>(const Standing&, const Standing&) = default;
};
Standing standing_of(const Outcome&);

}  // namespace mlpc
