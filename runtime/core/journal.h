// Everything that searches tried and found, in order, as one hash: what must not depend on threads, machines, or interruptions.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

// SHA-256 in hex of all trials of all searches: points, rungs, scores, failures; no times.
std::string journal_hash(const RunRecord&);

}  // namespace mlpc
