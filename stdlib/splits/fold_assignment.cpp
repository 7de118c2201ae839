#include "stdlib/splits/fold_assignment.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <numeric>
#include <unordered_map>

namespace mlpc {

const std::vector<std::int32_t>& complete_codes(const std::vector<std::int32_t>* codes, const SplitInput& input, std::string_view what) {
    assert(codes != nullptr && codes->size() == input.rows && "the compiler hands a splitter the columns that its split names");
    const auto missing = std::count_if(codes->begin(), codes->end(), [](std::int32_t code) { return code < 0; });
    if (missing > 0) {
        throw RunError(
            fmt::format("{} of {} rows have no {}: fill that column, or `filter` the rows out before the split", missing, input.rows, what));
    }
    return *codes;
}

DenseCodes dense_codes(const std::vector<std::int32_t>& codes) {
    DenseCodes dense;
    std::unordered_map<std::int32_t, std::uint32_t> number_of;
    dense.code.reserve(codes.size());
    for (const std::int32_t code : codes) {
        const auto [entry, is_new] = number_of.try_emplace(code, static_cast<std::uint32_t>(number_of.size()));
        if (is_new) {
            dense.rows.push_back(0);
        }
        ++dense.rows[entry->second];
        dense.code.push_back(entry->second);
    }
    return dense;
}

void check_smallest_stratum(const DenseCodes& strata, std::size_t parts) {
    if (strata.count() == 0) {
        return;
    }
    const std::size_t smallest = *std::min_element(strata.rows.begin(), strata.rows.end());
    if (smallest < parts) {
        throw RunError(
            fmt::format("the rarest class has {} row{}, too few to stratify over {} parts: take fewer folds, join rare classes, or leave out "
                        "`stratified`",
                        smallest, smallest == 1 ? "" : "s", parts));
    }
}

std::vector<Part> parts_of_folds(const std::vector<std::uint32_t>& fold_of_row, std::size_t folds) {
    std::vector<Part> parts(folds);
    for (std::uint32_t row = 0; row < fold_of_row.size(); ++row) {
        for (std::size_t fold = 0; fold < folds; ++fold) {
            (fold_of_row[row] == fold ? parts[fold].scored : parts[fold].train).push_back(row);
        }
    }
    return parts;
}

Part part_of_test(const std::vector<std::uint32_t>& side_of_row) {
    Part part;
    for (std::uint32_t row = 0; row < side_of_row.size(); ++row) {
        (side_of_row[row] == 0 ? part.scored : part.train).push_back(row);
    }
    return part;
}

RowIndex row_order(std::size_t rows, bool shuffled, Rng& rng) {
    RowIndex order(rows);
    std::iota(order.begin(), order.end(), 0u);
    if (shuffled) {
        rng.shuffle(order);
    }
    return order;
}

}  // namespace mlpc
