// The tables of the run store and their migrations.
#pragma once

#include "runtime/store/sqlite.h"

#include <string_view>
#include <vector>

namespace mlpc {

// Creates the tables where absent, migrates older ones, throws RunError where the file is newer or somebody else's.
void migrate(Database& database);
// Tables whose rows a run's record owns and that finishing a run writes anew.
const std::vector<std::string_view>& record_tables();

}  // namespace mlpc
