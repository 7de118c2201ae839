// `mlpc new NAME --from x.csv`: a first experiment on a table, complete and ready to run.
#pragma once

#include "runtime/io/read.h"

#include <string>

namespace mlpc {

// The text of the `.mlp` file in the canonical format. `path` is written into it as given; an empty `target` is guessed, and a comment
// says so. Throws RunError where the column can't be a target, or no column is left to predict it from.
std::string new_experiment(const TableDescription& table, const std::string& name, const std::string& path, const std::string& target);

}  // namespace mlpc
