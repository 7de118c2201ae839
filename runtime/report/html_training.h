// The losses of a winner by epoch, as inline SVG.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

// Under each seed; empty where no winner is trained in epochs.
std::string html_training(const SearchRecord&);

}  // namespace mlpc
