#include "stdlib/models/gradient_histogram.h"

#include <algorithm>
#include <cmath>

namespace mlpc::models {

namespace {

// The power of two that brings numbers up to `largest` below 2^bits.
double unit_for(double largest, int bits) { return largest > 0 ? std::ldexp(1.0, std::clamp(bits - 1 - std::ilogb(largest), -1000, 1000)) : 1; }

}  // namespace

GradientScale::GradientScale(std::span<const double> gradients, std::span<const double> hessians, std::span<const std::uint32_t> rows)
    : count_bits_(static_cast<unsigned>(std::bit_width(rows.size()))) {
    double gradient = 0, hessian = 0;
    for (const std::uint32_t row : rows) {
        gradient = std::max(gradient, std::abs(gradients[row]));
        hessian = std::max(hessian, hessians[row]);
    }
    const auto bits = static_cast<int>(count_bits_);
    gradient_unit_ = unit_for(gradient, std::min(60 - bits, 52));
    hessian_unit_ = unit_for(hessian, std::min(62 - 2 * bits, 52));
}

namespace {

// Several columns at a time: a row's sum is read once for all of them, and additions to one column wait for each other less.
template <std::size_t together>
void count_columns(const BinnedColumns& x, const std::uint32_t* columns, std::span<const std::uint32_t> rows, const GradientSum* sums,
                   Histogram& histogram) {
    const std::uint8_t* bins[together];
    GradientSum* cells[together];
    for (std::size_t k = 0; k < together; ++k) {
        bins[k] = x.bins(columns[k]);
        cells[k] = histogram.data() + x.slot(columns[k]);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const GradientSum sum = sums[i];
        for (std::size_t k = 0; k < together; ++k) {
            cells[k][bins[k][rows[i]]].add(sum);
        }
    }
}

}  // namespace

void count_bins(const BinnedColumns& x, std::span<const std::uint32_t> columns, std::span<const std::uint32_t> rows, const GradientSum* sums,
                const GradientSum& total, Histogram& histogram) {
    std::vector<std::uint32_t> dense, sparse;
    for (const std::uint32_t c : columns) {
        (x.usual_bin(c) ? sparse : dense).push_back(c);
    }
    std::size_t k = 0;
    for (; k + 4 <= dense.size(); k += 4) {
        count_columns<4>(x, dense.data() + k, rows, sums, histogram);
    }
    for (; k < dense.size(); ++k) {
        count_columns<1>(x, dense.data() + k, rows, sums, histogram);
    }
    if (sparse.empty()) {
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const std::uint32_t slot : x.unusual_slots(rows[i])) {
            histogram[slot].add(sums[i]);
        }
    }
    // Sums are whole numbers, so what the other bins leave of the whole is the usual one's to the bit.
    for (const std::uint32_t c : sparse) {
        GradientSum usual = total;
        for (std::size_t slot = x.slot(c); slot < x.slot(c + 1); ++slot) {
            usual.subtract(histogram[slot]);
        }
        histogram[x.slot(c) + *x.usual_bin(c)] = usual;
    }
}

}  // namespace mlpc::models
