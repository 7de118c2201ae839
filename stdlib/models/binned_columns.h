// The training columns as small integers: numbers by quantile, categories by level. Made once a frame and shared by all that fits on it.
#pragma once

#include "runtime/core/archive.h"
#include "runtime/core/table.h"
#include "stdlib/models/histogram_lanes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace mlpc::models {

// How the cells of one column become numbers that a tree compares, and those numbers bins.
struct BinnedColumn {
    bool coded = false;         // cells are levels: category or ordinal
    bool categorical = false;   // coded, and without an order
    Levels levels;              // of a coded column; a cell of another level is as a missing one
    std::vector<double> edges;  // of the others, ascending: bin b holds the numbers up to edges[b] and above edges[b - 1]
    bool has_missing = false;   // in the rows that were binned

    // Without that of the missing cells, which comes after them.
    std::size_t bins() const { return coded ? levels.size() : edges.size() + 1; }
};

class BinnedColumns {
public:
    static constexpr std::size_t most_bins = 255;

    // At most `bins` (2 … most_bins) a column; of more levels than that the most frequent ones, the others are as missing.
    static std::shared_ptr<const BinnedColumns> of(const Frame&, std::size_t bins);

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_.size(); }
    std::size_t bytes() const {
        return bins_.size() + (words_.size() + unusual_.size()) * sizeof unusual_[0] + unusual_begins_.size() * sizeof unusual_begins_[0];
    }
    const BinnedColumn& column(std::size_t c) const { return columns_[c]; }
    // By row; column(c).bins() stands for a missing cell.
    const std::uint8_t* bins(std::size_t c) const { return bins_.data() + c * rows_; }

    // Where a column's bins begin when those of all columns stand side by side, that of missing cells behind the others; slot(columns()): the end.
    std::size_t slot(std::size_t c) const { return slots_[c]; }
    // The bin of at least half the rows, as of most levels' own columns, or the lower one of two; none: neither is there.
    std::optional<std::uint8_t> usual_bin(std::size_t c) const { return usual_[c]; }
    const std::vector<Lane>& lanes() const { return lanes_; }
    static constexpr std::size_t lanes_a_word = 4;
    // By row, the bytes of the lanes from lanes_a_word * `word` on, the first one lowest.
    const std::uint32_t* words(std::size_t word) const { return words_.data() + word * rows_; }
    bool has_lists() const { return !unusual_.empty(); }
    // The slots of a row's unusual bins, of the columns that have a usual bin and no lane.
    std::span<const std::uint32_t> unusual_slots(std::size_t row) const {
        return std::span(unusual_).subspan(unusual_begins_[row], unusual_begins_[row + 1] - unusual_begins_[row]);
    }

private:
    BinnedColumns(const Frame&, std::size_t bins);
    void bin_numbers(const Frame&, std::size_t c, std::size_t most);
    void bin_codes(const Frame&, std::size_t c, std::size_t most);
    void find_usual_bins();
    void make_lanes();
    void add_lane(const Lane& lane, const std::vector<std::uint8_t>& bytes);
    void list_unusual_bins(const std::vector<bool>& has_lane);

    std::size_t rows_;
    std::vector<BinnedColumn> columns_;
    std::vector<std::uint8_t> bins_;
    std::vector<std::size_t> slots_;
    std::vector<std::optional<std::uint8_t>> usual_;
    std::vector<Lane> lanes_;
    std::vector<std::uint32_t> words_;
    std::vector<std::uint32_t> unusual_;
    std::vector<std::size_t> unusual_begins_;  // by row
};

// Halfway between two neighbouring numbers; the lower one where no number lies between.
double threshold_between(double low, double high);

}  // namespace mlpc::models
