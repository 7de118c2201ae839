// What `mlpc plan` shows of a network.
#pragma once

#include "compiler/plan/plan.h"
#include "runtime/core/network.h"

#include <string>
#include <vector>

namespace mlpc::sema {

// `selectors`: as written, by input.
plan::NetworkTable table_of(const networks::Json& described, const std::vector<std::string>& selectors, const Catalog&);
// "adam(0.001), 30 epochs in batches of 64"
std::string training_text(const networks::Json& train, const Catalog&);

}  // namespace mlpc::sema
