// How the training of a winner went, in words.
#pragma once

#include "runtime/core/results.h"

#include <string>
#include <vector>

namespace mlpc {

// Of the winner refitted on all training rows, else of the folds of its trial; empty where it is not trained in epochs.
std::vector<const Training*> winner_trainings(const SeedRecord&);
// "stopped after 14 of 30 epochs, best at 9"; empty where it is not trained in epochs.
std::string training_text(const SeedRecord&);
// The same for every seed, each with its number where there are several.
std::vector<std::string> training_lines(const SearchRecord&);

}  // namespace mlpc
