#include "compiler/driver/run_store.h"

#include "compiler/driver/load_files.h"

namespace mlpc {

std::string store_path(const std::string& path) { return project_root(path) + "/.mlpc/runs.db"; }

}  // namespace mlpc
