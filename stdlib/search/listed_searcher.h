// A Searcher whose proposals are all known before the first trial.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// Proposes the points in order.
std::unique_ptr<Searcher> listed_searcher(std::vector<Assignment> points);

}  // namespace mlpc
