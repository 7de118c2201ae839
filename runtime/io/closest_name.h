// "did you mean": the candidate that a mistyped name most likely stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

// "; did you mean `income`?", or nothing where no candidate is near enough.
std::string suggestion(std::string_view wanted, const std::vector<std::string>& candidates);

}  // namespace mlpc
