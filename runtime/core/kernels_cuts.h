// The inner loop of trees that are grown on gradients; part of kernels_variant.h.
#include "runtime/core/kernels_packets.h"

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

using Words = std::uint64_t __attribute__((vector_size(width * sizeof(std::uint64_t))));

// Whole numbers below 2^51 in magnitude, which stand in the last bits of a double that is this large.
Pack whole_numbers(Words words) {
    constexpr double large = 0x1.8p52;
    return psub(reinterpret_cast<Pack>(words + __builtin_bit_cast(std::uint64_t, large)), pset1<Pack>(large));
}

// The first and the second words of `width` cuts. They stand in another order: that of lane i is cut_of_lane(i).
struct SumsOfCuts {
    Words gradients, hessian_counts;
};
constexpr Index cut_of_lane(Index i) { return i / 2 + i % 2 * (width / 2); }
template <std::size_t... lane>
SumsOfCuts sums_of_cuts(const CutSums* from, std::index_sequence<lane...>) {
    Words low, high;
    __builtin_memcpy(&low, from, sizeof low);
    __builtin_memcpy(&high, from + width / 2, sizeof high);
    return {__builtin_shuffle(low, high, Words{(lane % 2 * width + lane / 2 * 2)...}),
            __builtin_shuffle(low, high, Words{(lane % 2 * width + lane / 2 * 2 + 1)...})};
}

BestCut best_cut(const Cuts& of, double floor) {
    Greatest greatest(floor);
    const Pack gradient = pset1<Pack>(of.gradient), hessian = pset1<Pack>(of.hessian), rows = pset1<Pack>(of.rows);
    const Pack l2 = pset1<Pack>(of.l2), least_hessian = pset1<Pack>(of.least_hessian), least_rows = pset1<Pack>(of.least_rows);
    const Pack none = pset1<Pack>(-infinite), step = pset1<Pack>(static_cast<double>(width));
    const std::uint64_t count_mask = (std::uint64_t{1} << of.count_bits) - 1;
    EIGEN_ALIGN_MAX double lanes[width];
    for (Index i = 0; i < width; ++i) {
        lanes[i] = static_cast<double>(cut_of_lane(i));
    }
    Pack at = pload<Pack>(lanes);
    // Most cuts score less than the best one by more than products are rounded, and need no division.
    constexpr double less_than_rounding = 1 - 0x1p-50;
    Pack enough = pset1<Pack>(less_than_rounding * floor);
    const auto take = [&](const CutSums* from) {
        const SumsOfCuts sums = sums_of_cuts(from, std::make_index_sequence<width>());
        const Pack left = whole_numbers(sums.gradients), left_hessian = whole_numbers(sums.hessian_counts >> of.count_bits);
        const Pack left_rows = whole_numbers(sums.hessian_counts & count_mask);
        const Pack right = psub(gradient, left), right_hessian = psub(hessian, left_hessian);
        const Pack under_left = padd(left_hessian, l2), under_right = padd(right_hessian, l2);
        const Pack sum = padd(pmul(pmul(left, left), under_right), pmul(pmul(right, right), under_left));
        const Pack divisor = pmul(under_left, under_right);
        if (!holds_somewhere(is_less(pmul(enough, divisor), sum))) {
            at = padd(at, step);
            return;
        }
        const Pack score = Eigen::internal::pdiv(sum, divisor);
        const Pack fewer = Eigen::internal::pmin(left_rows, psub(rows, left_rows)), smaller = Eigen::internal::pmin(left_hessian, right_hessian);
        greatest.take(choose(is_less(fewer, least_rows), none, choose(is_less(smaller, least_hessian), none, score)), at);
        enough = pset1<Pack>(less_than_rounding * Eigen::internal::predux_max(greatest.values));
        at = padd(at, step);
    };
    Index t = 0;
    for (; t + width <= of.count; t += width) {
        take(of.left + t);
    }
    if (t < of.count) {
        CutSums last[width];  // those behind the end have no hessian
        for (Index i = t; i < of.count; ++i) {
            last[i - t] = of.left[i];
        }
        take(last);
    }
    BestCut best;
    best.index = first_of_greatest(greatest, greatest, floor, best.score);
    return best;
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE
