// The chain of a search's winner as people read it: as it is declared, with the values that were found.
#pragma once

#include "compiler/syntax/ast.h"
#include "runtime/core/experiment.h"
#include "runtime/core/results.h"

#include <string>
#include <vector>

namespace mlpc {

// A line a step; the branches of a pipeline, which run side by side, are one line, separated by ` | `.
std::vector<std::string> winner_chain(const std::vector<ast::File>&, const SearchSpec&, const TrialRecord& winner);

}  // namespace mlpc
