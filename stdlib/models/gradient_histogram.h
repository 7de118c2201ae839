// Sums of gradients, hessians and rows per bin, in whole numbers: exact, so that the histogram of one child is that of the parent less that
// of its sibling, bit for bit.
#pragma once

#include "runtime/core/cut_kernels.h"
#include "stdlib/models/binned_columns.h"

#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace mlpc::models {

// Two words a row or a bin: the gradient; and the hessian above the count of rows.
struct GradientSum : kernels::CutSums {
    // By value: where sums might overlap the compiler could not add both words at once.
    void add(GradientSum other) { *this = {gradient + other.gradient, hessian_count + other.hessian_count}; }
    void subtract(GradientSum other) { *this = {gradient - other.gradient, hessian_count - other.hessian_count}; }
};

// The scale on which every sum over the rows stays below 2^51, as the kernel of cuts reads it: the largest gradient has 51 bits less those of the row
// count, the largest hessian as many, or 62 less twice those where these are fewer.
class GradientScale {
public:
    GradientScale(std::span<const double> gradients, std::span<const double> hessians, std::span<const std::uint32_t> rows);

    GradientSum of_row(double gradient, double hessian) const {
        const double g = gradient * gradient_unit_;
        return {static_cast<std::int64_t>(g + (g < 0 ? -0.5 : 0.5)),
                static_cast<std::uint64_t>(static_cast<std::int64_t>(hessian * hessian_unit_ + 0.5)) << count_bits_ | 1};
    }
    std::uint64_t rows(const GradientSum& sum) const { return sum.hessian_count & ((std::uint64_t{1} << count_bits_) - 1); }
    // In units of the scale.
    double hessian(const GradientSum& sum) const { return static_cast<double>(static_cast<std::int64_t>(sum.hessian_count >> count_bits_)); }
    double gradient_unit() const { return gradient_unit_; }
    double hessian_unit() const { return hessian_unit_; }
    unsigned count_bits() const { return count_bits_; }

private:
    unsigned count_bits_;
    double gradient_unit_ = 1, hessian_unit_ = 1;
};

using Histogram = std::vector<GradientSum>;

// The sums of `sums` by bin, position i being that of row rows[i]: `columns` of the histogram, whose cells are zero before.
void count_bins(const BinnedColumns&, std::span<const std::uint32_t> columns, std::span<const std::uint32_t> rows, const GradientSum* sums,
                const GradientSum& total, Histogram&);

// Histograms that are used again, from leaf to leaf and from tree to tree.
class HistogramPool {
public:
    // All zero, of that size.
    Histogram take(std::size_t size) {
        if (free_.empty()) {
            return Histogram(size);
        }
        Histogram histogram = std::move(free_.back());
        free_.pop_back();
        histogram.assign(size, {});
        return histogram;
    }
    void give_back(Histogram&& histogram) {
        if (!histogram.empty()) {
            free_.push_back(std::move(histogram));
        }
    }

private:
    std::vector<Histogram> free_;
};

}  // namespace mlpc::models
