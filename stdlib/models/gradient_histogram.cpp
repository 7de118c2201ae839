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

HistogramLayout::HistogramLayout(const BinnedColumns& x) : begins_(x.columns() + 1) {
    for (std::size_t c = 0; c < x.columns(); ++c) {
        begins_[c + 1] = begins_[c] + x.column(c).bins() + 1;
    }
}

}  // namespace mlpc::models
