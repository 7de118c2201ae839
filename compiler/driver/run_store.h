// Where the run store of a project lies.
#pragma once

#include <string>

namespace mlpc {

// `.mlpc/runs.db` below the root of the project that `path` belongs to.
std::string store_path(const std::string& path);

}  // namespace mlpc
