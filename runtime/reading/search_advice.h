// What to change in the next search, in sentences.
#pragma once

#include "runtime/reading/search_reading.h"

#include <string>
#include <vector>

namespace mlpc {

// From all of the reading but its advice; the most useful sentence first.
std::vector<std::string> search_advice(const SearchRecord&, const SearchReading&);

}  // namespace mlpc
