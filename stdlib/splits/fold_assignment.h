// What the splitters share: checks of what they are given, and parts made from a fold per row, disjoint and covering by construction.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// The codes, which the caller must have given. Throws RunError where a row has none; `what` says what they are: "group", "fold".
const std::vector<std::int32_t>& complete_codes(const std::vector<std::int32_t>* codes, const SplitInput&, std::string_view what);

// Codes renumbered 0, 1, 2, … in order of first appearance, and how many there are.
struct DenseCodes {
    std::vector<std::uint32_t> code;
    std::vector<std::size_t> rows;  // per code
    std::size_t count() const { return rows.size(); }
};
DenseCodes dense_codes(const std::vector<std::int32_t>& codes);
// Throws RunError where a stratum has fewer rows than there are parts to spread it over.
void check_smallest_stratum(const DenseCodes& strata, std::size_t parts);

// The rows of each fold are scored once, by what the rows of the others teach.
std::vector<Part> parts_of_folds(const std::vector<std::uint32_t>& fold_of_row, std::size_t folds);
// The rows marked 0 are scored, the others train.
Part part_of_test(const std::vector<std::uint32_t>& side_of_row);

// The rows 0 … rows-1, in random order where shuffled.
RowIndex row_order(std::size_t rows, bool shuffled, Rng& rng);

}  // namespace mlpc
