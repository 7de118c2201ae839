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

// Columns with a usual bin, one after the other as long as no row has two unusual bins and a byte tells them apart.
class Bundle {
public:
    explicit Bundle(std::size_t rows) : bytes_(rows) {}

    const Lane& lane() const { return lane_; }
    const std::vector<std::uint8_t>& bytes() const { return bytes_; }
    // How many rows have an unusual bin.
    std::size_t filled() const { return filled_; }

    // False, and as before, where the column does not go with the others.
    bool add(std::uint32_t column, const std::uint8_t* bins, std::size_t bin_count, std::uint8_t usual, std::size_t first_slot) {
        if (lane_.slots.size() + bin_count - 1 > 256) {
            return false;
        }
        for (std::size_t row = 0; row < bytes_.size(); ++row) {
            if (bins[row] != usual && bytes_[row] != 0) {
                return false;
            }
        }
        std::vector<std::uint8_t> byte_of(bin_count);
        for (std::size_t bin = 0; bin < bin_count; ++bin) {
            if (bin != usual) {
                byte_of[bin] = static_cast<std::uint8_t>(lane_.slots.size());
                lane_.slots.push_back(static_cast<std::uint32_t>(first_slot + bin));
            }
        }
        for (std::size_t row = 0; row < bytes_.size(); ++row) {
            bytes_[row] = static_cast<std::uint8_t>(bytes_[row] + byte_of[bins[row]]);
            filled_ += bins[row] != usual ? 1 : 0;
        }
        lane_.columns.push_back(column);
        return true;
    }

private:
    Lane lane_{.columns = {}, .slots = {Lane::nowhere}};
    std::vector<std::uint8_t> bytes_;
    std::size_t filled_ = 0;
};

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
        usual_.push_back(is_usual ? std::optional(static_cast<std::uint8_t>(most - counts.begin())) : std::nullopt);
        slots_.push_back(slots_.back() + counts.size());
    }
}

// A lane costs an addition for each row, whatever it holds; a list costs about two for each unusual bin.
void BinnedColumns::make_lanes() {
    std::vector<bool> has_lane(columns_.size(), false);
    Bundle bundle(rows_);
    const auto close = [&] {
        if (2 * bundle.filled() >= rows_ && bundle.filled() > 0) {
            for (const std::uint32_t c : bundle.lane().columns) {
                has_lane[c] = true;
            }
            add_lane(bundle.lane(), bundle.bytes());
        }
        bundle = Bundle(rows_);
    };
    for (std::uint32_t c = 0; c < columns_.size(); ++c) {
        const std::size_t bin_count = slots_[c + 1] - slots_[c];
        if (usual_[c]) {
            const auto add = [&] { return bundle.add(c, bins(c), bin_count, *usual_[c], slots_[c]); };
            if (!add()) {
                close();
                add();
            }
            continue;
        }
        Lane lane{.columns = {c}, .slots = std::vector<std::uint32_t>(bin_count)};
        std::iota(lane.slots.begin(), lane.slots.end(), static_cast<std::uint32_t>(slots_[c]));
        has_lane[c] = true;
        add_lane(std::move(lane), {bins(c), bins(c) + rows_});
    }
    close();
    list_unusual_bins(has_lane);
}

void BinnedColumns::add_lane(Lane lane, const std::vector<std::uint8_t>& bytes) {
    const std::size_t place = lanes_.size() % lanes_a_word;
    if (place == 0) {
        words_.resize(words_.size() + rows_);
    }
    std::uint32_t* word = words_.data() + words_.size() - rows_;
    for (std::size_t row = 0; row < rows_; ++row) {
        word[row] |= std::uint32_t{bytes[row]} << (8 * place);
    }
    lanes_.push_back(std::move(lane));
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
