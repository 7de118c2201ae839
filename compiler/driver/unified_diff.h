// The difference of two texts as a unified diff, for `mlpc fmt --diff`.
#pragma once

#include <string>

namespace mlpc {

// Three lines of context; empty where the texts are equal.
std::string unified_diff(const std::string& before, const std::string& after, const std::string& path);

}  // namespace mlpc
