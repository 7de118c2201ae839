// A searcher of the standard library, driven over a published function by ask and tell alone.
#pragma once

#include "runtime/core/component.h"
#include "tests/reference/search_functions.h"

namespace mlpc {

// `tpe`, or with arguments as they stand in a file: `tpe(variant: hyperopt, startup: 20)`.
struct SearchMethod {
    const ComponentInfo* info = nullptr;
    ParamValues params;
};
// Throws std::invalid_argument where the library has no such searcher or the searcher no such parameter. A parameter `trials` that the text
// does not give is set.
SearchMethod search_method(const std::string& text, std::size_t trials);

struct SearchCourse {
    std::vector<Assignment> points;  // of each trial
    std::vector<double> values;
    std::vector<double> best;  // of the trials so far
};
// At most so many trials, one after the other; fewer where the search ends before. Throws std::logic_error where the searcher waits although
// every result is told, or asks for a part of a trial.
SearchCourse minimise(const std::string& method, const SearchFunction&, std::size_t trials, std::uint64_t seed);

}  // namespace mlpc
