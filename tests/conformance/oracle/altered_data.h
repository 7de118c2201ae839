// The data of an experiment as they might also have been: some rows hold other cells, all other rows hold what they held.
#pragma once

#include "runtime/search/prepare.h"

namespace mlpc::conformance {

struct AlteredData {
    std::vector<Dataset> datasets;
    std::vector<SplitRows> splits;  // the same rows of the file in every part; those that a filter now drops are in none
};

// Alters `rows` of the prepared table of a split: numbers, also extreme ones; levels, also new ones, and the order of the dictionary;
// what is missing; targets, among the classes that there are.
AlteredData alter_rows(const Experiment&, const PreparedData&, std::uint32_t split, const RowIndex& rows, Rng);

// Rows of the prepared table that `kept` does not hold.
RowIndex rows_outside(const RowsRef& kept, std::size_t table_rows);
RowIndex to_index(const RowsRef&);

}  // namespace mlpc::conformance
