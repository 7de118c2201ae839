// How the bins of columns become bytes of rows that a histogram counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mlpc::models {

// One byte a row, and where a histogram counts it. Byte b counts in the slots from b * parts on, which are
// - the bins of one column,
// - the unusual bins of several columns of which no row has two, as of the columns that `one_hot` makes of one (Ke and others 2017: exclusive
//   feature bundling), or
// - a slot of each of several such lanes of few bytes, whose every combination has a byte.
struct Lane {
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};  // a row without an unusual bin
    std::vector<std::uint32_t> columns;                          // ascending
    std::vector<std::uint32_t> slots;
    std::size_t parts = 1;
    bool in_place = false;  // the slots of one column in their order: what is counted is part of the histogram already
    std::size_t bytes() const { return slots.size() / parts; }
};

struct LaneOfRows {
    Lane lane;
    std::vector<std::uint8_t> bytes;  // by row
};

// Columns with a usual bin, one after the other as long as no row has two unusual bins and a byte tells them apart.
class Bundle {
public:
    explicit Bundle(std::size_t rows) { out_.bytes.resize(rows); }

    const LaneOfRows& lane() const { return out_; }
    // How many rows have an unusual bin.
    std::size_t filled() const { return filled_; }

    // False, and as before, where the column does not go with the others.
    bool add(std::uint32_t column, const std::uint8_t* bins, std::size_t bin_count, std::uint8_t usual, std::size_t first_slot);

private:
    LaneOfRows out_{.lane = {.columns = {}, .slots = {Lane::nowhere}}, .bytes = {}};
    std::size_t filled_ = 0;
};

// Without the bytes that no row has.
LaneOfRows compact(LaneOfRows);
// The lanes, the greatest first, each joined to the first with which it has at most `most` bytes.
std::vector<LaneOfRows> join_small(std::vector<LaneOfRows>, std::size_t most);

}  // namespace mlpc::models
