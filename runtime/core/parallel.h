// Loops over several threads whose results do not depend on how many there are.
#pragma once

#include <cstddef>
#include <functional>

namespace mlpc {

// Calls body(0) … body(count - 1) in any order, each once; they must share nothing that one of them writes. Throws what the first by index
// has thrown, after all have ended.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace mlpc
