// What a search has taught, as rows for whoever asks the store by SQL. Not read back: it follows from the trials.
#pragma once

#include "runtime/core/results.h"
#include "runtime/store/sqlite.h"

namespace mlpc {

void write_reading(Database&, const std::string& run_id, const SearchRecord&);

}  // namespace mlpc
