// The trials of a search with several goals that no other beats in all of them.
#pragma once

#include "runtime/reading/search_reading.h"

namespace mlpc {

// By number; empty where there is one goal. Trials that may not win, or miss a goal's value, are left out.
std::vector<FrontMember> front_of(const SearchRecord&, const SeedRecord&);

}  // namespace mlpc
