// The rows of every part of a split, under every seed, outer fold and inner fold; lists are shared by all that take them.
#pragma once

#include "runtime/core/dataflow.h"
#include "runtime/core/digest.h"

#include <memory>
#include <vector>

namespace mlpc {

// Rows of a prepared table, ascending; a null index means all of them. The key names the content of the list.
struct RowsRef {
    std::shared_ptr<const RowIndex> index;
    Key key;
    std::size_t count = 0;
};
RowsRef rows_ref(RowIndex rows);
RowsRef all_rows(std::size_t count);

struct InnerFold {
    RowsRef fit, scored;
};
struct OuterFold {
    RowsRef train, scored;
    std::vector<InnerFold> folds;
};
struct SeedRows {
    std::vector<InnerFold> folds;  // of all training rows
    std::vector<OuterFold> outer;
};
struct SplitRows {
    RowsRef all, train, test;
    std::vector<SeedRows> seeds;  // by position in the list of seeds
    RowRoles roles;               // of all rows of the table: what inner folds keep to
    Key roles_key;                // of their content
};

// A concrete place in an experiment; -1: no such fold (the final fit has neither).
struct Context {
    std::uint32_t split = 0;
    std::uint32_t seed = 0;  // position in the list of seeds
    int outer = -1;
    int fold = -1;
    int execution = 0;  // of a trial that is fitted several times: its random numbers
    Share rows = {};    // of the rows that an inner fold is fitted on
};

// The rows that `parts` stand for in that place. Asserts that the combination is one that stages use.
const RowsRef& rows_of(const SplitRows&, RowParts parts, const Context&);
// The roles of those rows alone, in their order.
RowRoles roles_of(const SplitRows&, const RowsRef&);

}  // namespace mlpc
