#include "stdlib/models/binned_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::models {

namespace {

// Between all neighbours where the values are few, else as near as ties allow to `bins` equal shares of the rows.
std::vector<double> edges_of(const std::vector<double>& sorted, std::size_t bins) {
    std::vector<double> edges;
    std::vector<double> distinct;
    for (const double value : sorted) {
        if (distinct.empty() || value > distinct.back()) {
            distinct.push_back(value);
        }
    }
    if (distinct.size() <= bins) {
        for (std::size_t i = 1; i < distinct.size(); ++i) {
            edges.push_back(threshold_between(distinct[i - 1], distinct[i]));
        }
        return edges;
    }
    for (std::size_t b = 1; b < bins; ++b) {
        const double low = sorted[b * sorted.size() / bins - 1];
        const auto high = std::upper_bound(distinct.begin(), distinct.end(), low);
        const double edge = high == distinct.end() ? low : threshold_between(low, *high);
        if (high != distinct.end() && (edges.empty() || edge > edges.back())) {
            edges.push_back(edge);
        }
    }
    return edges;
}

// Positions of the `most` largest counts, ascending; of equal counts the first.
std::vector<std::size_t> most_frequent(const std::vector<std::size_t>& counts, std::size_t most) {
    std::vector<std::size_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    order.resize(std::min(most, order.size()));
    std::sort(order.begin(), order.end());
    return order;
}

}  // namespace

double threshold_between(double low, double high) {
    const double middle = low / 2 + high / 2;
    return middle < high && middle >= low ? middle : low;
}

std::shared_ptr<const BinnedColumns> BinnedColumns::of(const Frame& x, std::size_t bins) {
    return x.derived<BinnedColumns>(fmt::format("binned columns, {} bins", bins),
                                    [&] { return std::shared_ptr<const BinnedColumns>(new BinnedColumns(x, bins)); });
}

BinnedColumns::BinnedColumns(const Frame& x, std::size_t bins) : rows_(x.rows()), columns_(x.columns()), bins_(x.rows() * x.columns()) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (holds_numbers(x.column(c).type)) {
            bin_numbers(x, c, bins);
        } else {
            bin_codes(x, c, bins);
        }
    }
    find_usual_bins();
    make_lanes();
}

void BinnedColumns::find_usual_bins() {
    slots_.assign(1, 0);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        std::vector<std::size_t> counts(columns_[c].bins() + 1);
        for (std::size_t row = 0; row < rows_; ++row) {
            ++counts[bins(c)[row]];
        }
        const auto most = std::max_element(counts.begin(), counts.end());
        const bool is_usual = 2 * *most >= rows_;
        // Of two bins the lower one, unless nearly all rows have the other: the columns that `one_hot` makes of one stay exclusive.
        const bool is_lower = counts.size() == 3 && counts[2] == 0 && 4 * counts[1] < 3 * rows_;
        const auto bin = static_cast<std::uint8_t>(is_lower ? 0 : most - counts.begin());
        usual_.push_back(is_usual ? std::optional(bin) : std::nullopt);
        slots_.push_back(slots_.back() + counts.size());
    }
}

// A lane costs an addition for each row, whatever it holds; a list costs about two for each unusual bin.
void BinnedColumns::make_lanes() {
    std::vector<bool> has_lane(columns_.size(), false);
    std::vector<LaneOfRows> some;
    const auto add = [&](const LaneOfRows& lane) {
        for (const std::uint32_t c : lane.lane.columns) {
            has_lane[c] = true;
        }
        some.push_back(compact(lane));
    };
    Bundle bundle(rows_);
    const auto close = [&] {
        if (2 * bundle.filled() >= rows_ && bundle.filled() > 0) {
            add(bundle.lane());
        }
        bundle = Bundle(rows_);
    };
    for (std::uint32_t c = 0; c < columns_.size(); ++c) {
        const std::size_t bin_count = slots_[c + 1] - slots_[c];
        if (usual_[c]) {
            const auto add_to_bundle = [&] { return bundle.add(c, bins(c), bin_count, *usual_[c], slots_[c]); };
            if (!add_to_bundle()) {
                close();
                add_to_bundle();
            }
            continue;
        }
        LaneOfRows lane{.lane = {.columns = {c}, .slots = std::vector<std::uint32_t>(bin_count)}, .bytes = {bins(c), bins(c) + rows_}};
        std::iota(lane.lane.slots.begin(), lane.lane.slots.end(), static_cast<std::uint32_t>(slots_[c]));
        add(lane);
    }
    close();
    // The combinations are parted again in each leaf; most leaves have many rows less than all.
    constexpr std::size_t rows_a_combination = 32;
    for (const LaneOfRows& lane : join_small(std::move(some), std::min<std::size_t>(256, rows_ / rows_a_combination))) {
        add_lane(lane.lane, lane.bytes);
    }
    list_unusual_bins(has_lane);
}

void BinnedColumns::add_lane(const Lane& lane, const std::vector<std::uint8_t>& bytes) {
    const std::size_t place = lanes_.size() % lanes_a_word;
    if (place == 0) {
        words_.resize(words_.size() + rows_);
    }
    std::uint32_t* word = words_.data() + words_.size() - rows_;
    for (std::size_t row = 0; row < rows_; ++row) {
        word[row] |= std::uint32_t{bytes[row]} << (8 * place);
    }
    lanes_.push_back(lane);
    const auto follows = [](std::uint32_t a, std::uint32_t b) { return b != a + 1; };
    lanes_.back().in_place = lane.parts == 1 && lane.slots.front() != Lane::nowhere &&
                             std::adjacent_find(lane.slots.begin(), lane.slots.end(), follows) == lane.slots.end();
}

void BinnedColumns::list_unusual_bins(const std::vector<bool>& has_lane) {
    unusual_begins_.assign(1, 0);
    for (std::size_t row = 0; row < rows_; ++row) {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (!has_lane[c] && bins(c)[row] != *usual_[c]) {
                unusual_.push_back(static_cast<std::uint32_t>(slots_[c] + bins(c)[row]));
            }
        }
        unusual_begins_.push_back(unusual_.size());
    }
}

void BinnedColumns::bin_numbers(const Frame& x, std::size_t c, std::size_t most) {
    BinnedColumn& column = columns_[c];
    const std::vector<double> cells = x.numbers(c);
    std::vector<double> sorted;
    sorted.reserve(rows_);
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(sorted), [](double cell) { return !std::isnan(cell); });
    column.has_missing = sorted.size() < rows_;
    std::sort(sorted.begin(), sorted.end());
    column.edges = edges_of(sorted, most);
    std::uint8_t* bins = bins_.data() + c * rows_;
    for (std::size_t row = 0; row < rows_; ++row) {
        const auto bin = std::lower_bound(column.edges.begin(), column.edges.end(), cells[row]) - column.edges.begin();
        bins[row] = static_cast<std::uint8_t>(std::isnan(cells[row]) ? column.bins() : static_cast<std::size_t>(bin));
    }
}

void BinnedColumns::bin_codes(const Frame& x, std::size_t c, std::size_t most) {
    BinnedColumn& column = columns_[c];
    column.coded = true;
    column.categorical = x.column(c).type != ColumnType::Ordinal;
    const LevelsInUse in_use = levels_in_use(x, c);
    const std::vector<std::size_t> kept = most_frequent(in_use.counts, most);
    std::vector<std::int32_t> bin_of(in_use.levels.size(), missing_code);
    for (std::size_t b = 0; b < kept.size(); ++b) {
        column.levels.push_back(in_use.levels[kept[b]]);
        bin_of[kept[b]] = static_cast<std::int32_t>(b);
    }
    const std::vector<std::int32_t> codes = x.codes(c);
    std::uint8_t* bins = bins_.data() + c * rows_;
    for (std::size_t row = 0; row < rows_; ++row) {
        const std::int32_t bin = codes[row] < 0 ? missing_code : bin_of[static_cast<std::size_t>(in_use.rank[static_cast<std::size_t>(codes[row])])];
        column.has_missing = column.has_missing || bin < 0;
        bins[row] = static_cast<std::uint8_t>(bin < 0 ? column.levels.size() : static_cast<std::size_t>(bin));
    }
}

}  // namespace mlpc::models
