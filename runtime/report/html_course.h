// How a search went, and how scores vary along a parameter, as inline SVG.
#pragma once

#include "runtime/reading/search_reading.h"

#include <string>
#include <vector>

namespace mlpc {

// The best score so far by trial, a line a seed; empty where no trial may win.
std::string html_course(const SearchRecord&, const SearchReading&);
// Mean and best by value, small enough for a table's cell.
std::string html_effect(const std::vector<EffectBin>&, bool greater_is_better);

}  // namespace mlpc
