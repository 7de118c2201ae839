// The verdict as data: one of a few findings, and the paragraph that supports it with numbers.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

enum class Finding {
    Good,
    Overfits,
    Underfits,
    Optimistic,     // the search's score is better than what held-out rows confirm
    SelectionOnly,  // no held-out rows and no baseline
    NoBaseline,     // nothing to compare the score with
    BestPoint,      // of an objective: no rows, no model
    Compared,       // models as they stand, beside each other on their folds
    NoWinner,
};
// In words: "good", "overfits", …
std::string name_of(Finding finding);

struct Judgement {
    Finding finding = Finding::NoWinner;
    std::string explanation;  // whole sentences
};
Judgement judge(const RunRecord& run);

}  // namespace mlpc
