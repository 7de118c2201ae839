// What a search has taught, as sections of the HTML report.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

// `of` ends the headings where there are several searches.
std::string html_search(const SearchRecord&, const std::string& of);

}  // namespace mlpc
