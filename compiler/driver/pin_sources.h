// `mlpc check --fix` writes down the SHA-256 of pre-trained networks that the file does not pin.
#pragma once

#include "compiler/driver/compile.h"

#include <vector>

namespace mlpc {

// One for each `source` of the compiled files that has no `sha256` and whose file is there. Throws RunError where that cannot be read.
std::vector<Fix> pins(const Compilation&);

}  // namespace mlpc
