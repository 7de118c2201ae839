// Columns from earlier rows of a table: how a Backward step is run on an experiment's data and in a saved model.
#pragma once

#include "runtime/core/component.h"

#include <string>

namespace mlpc {

struct LookBack {
    const ComponentInfo* component = nullptr;
    ParamValues params;
    std::string time;  // the column by which rows are ordered

    // x with the columns of the step behind it, and as many rows, in order. Throws RunError where the order of a series is not known:
    // a time or the name of a series is missing, or two rows of one series have the same time.
    Frame extend(const Frame& x) const;
    // What tells the series apart: the argument `by`; null where there is one series only.
    const Expression* series_key() const;
    // Every column that its arguments name, and the time.
    std::vector<std::string> columns() const;
    // All but the component, which the caller finds by its name. Throws RunError where a state was not written by this.
    void archive(Archive&);
};

// The rows of x by series, each in order of time.
std::vector<RowIndex> rows_by_series(const Frame& x, const std::string& time, const Expression* key);

}  // namespace mlpc
