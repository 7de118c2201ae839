// What a search has taught, for the JSON report.
#pragma once

#include "runtime/reading/search_reading.h"
#include "runtime/report/json_value.h"

namespace mlpc {

Json json_reading(const SearchReading&);
Json json_space(const std::vector<DimensionRecord>&);

}  // namespace mlpc
