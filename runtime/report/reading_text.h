// What a search has taught, for the terminal and for tables of people: lines of at most the report's width.
#pragma once

#include "runtime/reading/search_reading.h"

#include <string>

namespace mlpc {

// Whether there is more to say than that the only trial was run.
bool is_worth_reading(const SearchReading&);
// "60 trials, 3 failed, 2 repeated earlier ones; proposing took 0.4 s, the trials 34.1 s."
std::string course_of(const SearchReading&);
// "The best was found after 13 to 42 of 60 trials, by seed."
std::string place_of_best(const SearchRecord&, const SearchReading&);
std::string p_value_text(double p_value);
// Model and parameters of a trial that the seed has.
std::string configuration_text(const SeedRecord&, std::uint64_t number);
// The members of the fronts under all seeds, a line each; empty where there is one goal.
std::string front_text(const SearchRecord&, const SearchReading&);
// The block below its heading; empty where it is not worth reading.
std::string reading_text(const SearchRecord&, const SearchReading&);

}  // namespace mlpc
