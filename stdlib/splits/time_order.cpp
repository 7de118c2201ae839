#include "stdlib/splits/time_order.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace mlpc {

const std::vector<double>& complete_times(const SplitInput& input) {
    assert(input.times != nullptr && input.times->size() == input.rows && "the compiler hands a splitter the columns that its split names");
    const auto missing = std::count_if(input.times->begin(), input.times->end(), [](double time) { return std::isnan(time); });
    if (missing > 0) {
        throw RunError(
            fmt::format("{} of {} rows have no time: fill the `time` column, or `filter` the rows out before the split", missing, input.rows));
    }
    return *input.times;
}

}  // namespace mlpc
