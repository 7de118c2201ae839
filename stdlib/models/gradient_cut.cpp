#include "stdlib/models/gradient_cut.h"

#include <algorithm>

namespace mlpc::models {

namespace {

// Added to a category's hessian before categories are put in order, so that rare ones do not come out at the ends by chance (LightGBM's
// cat_smooth, and its default).
constexpr double category_smoothing = 10;

}  // namespace

double CutFinder::score_of(const GradientSum& total) const {
    const auto gradient = static_cast<double>(total.gradient);
    return gradient * gradient / std::max(scale_.hessian(total) + l2_, 1.0);
}

bool CutFinder::is_better(const GradientSum& left, const GradientSum& total, double& score) const {
    GradientSum right = total;
    right.subtract(left);
    const double left_hessian = scale_.hessian(left), right_hessian = scale_.hessian(right);
    if (left_hessian < least_hessian_ || right_hessian < least_hessian_) {
        return false;
    }
    const auto l = static_cast<double>(left.gradient), r = static_cast<double>(right.gradient);
    const double lh = left_hessian + l2_, rh = right_hessian + l2_;
    const double of_cut = (l * l * rh + r * r * lh) / (lh * rh);
    const bool better = of_cut > score;
    score = better ? of_cut : score;
    return better;
}

void CutFinder::scan_numbers(std::size_t column, std::span<const GradientSum> bins, const GradientSum& total, Missing missing, GradientCut& best) {
    const std::size_t last = bins.size() - 1;
    GradientSum left = missing == Missing::Left ? bins[last] : GradientSum{};
    for (std::size_t bin = 0; bin < last; ++bin) {
        left.add(bins[bin]);
        left_[bin] = left;
    }
    const kernels::BestCut cut = kernels::best_cut({.left = left_,
                                                    .count = static_cast<std::ptrdiff_t>(last),
                                                    .count_bits = scale_.count_bits(),
                                                    .gradient = static_cast<double>(total.gradient),
                                                    .hessian = scale_.hessian(total),
                                                    .rows = static_cast<double>(scale_.rows(total)),
                                                    .l2 = l2_,
                                                    .least_hessian = least_hessian_,
                                                    .least_rows = static_cast<double>(min_leaf_)},
                                                   best.score);
    if (cut.index >= 0) {
        best = {.score = cut.score,
                .column = static_cast<std::int32_t>(column),
                .bin = static_cast<std::uint8_t>(cut.index),
                .missing_left = missing == Missing::Left,
                .left = {left_[cut.index]}};
    }
}

// For a convex loss the best of all ways to part categories in two is among the cuts of their order by mean gradient (Fisher 1958). Missing
// cells are a category of their own.
void CutFinder::scan_categories(std::size_t column, std::span<const GradientSum> bins, const GradientSum& total, GradientCut& best) {
    order_.clear();
    for (std::uint32_t bin = 0; bin < bins.size(); ++bin) {
        if (bins[bin].hessian_count != 0) {
            const double hessian = scale_.hessian(bins[bin]) + category_smoothing * scale_.hessian_unit();
            order_.push_back({static_cast<double>(bins[bin].gradient) / hessian, bin});
        }
    }
    std::sort(order_.begin(), order_.end());
    const std::uint64_t rows = scale_.rows(total);
    GradientSum left;
    std::size_t taken = 0;
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
        left.add(bins[order_[i].second]);
        const std::uint64_t left_rows = scale_.rows(left);
        double score = best.score;
        if (left_rows >= min_leaf_ && rows - left_rows >= min_leaf_ && is_better(left, total, score)) {
            best = {.score = score, .column = static_cast<std::int32_t>(column), .categorical = true, .left = left};
            taken = i + 1;
        }
    }
    const std::size_t last = bins.size() - 1;
    for (std::size_t i = 0; i < taken; ++i) {
        best.left_bins.insert(order_[i].second);
    }
    if (taken > 0) {
        best.missing_left = bins[last].hessian_count != 0 ? best.left_bins.has(last) : 2 * scale_.rows(best.left) > rows;
    }
}

void CutFinder::find(std::size_t column, bool categorical, std::span<const GradientSum> bins, const GradientSum& total, GradientCut& best) {
    if (categorical) {
        scan_categories(column, bins, total, best);
        return;
    }
    const double before = best.score;
    scan_numbers(column, bins, total, Missing::Right, best);
    if (bins.back().hessian_count != 0) {
        scan_numbers(column, bins, total, Missing::Left, best);
        return;
    }
    if (best.score > before) {
        // Where no cell was missing, those that will be go with the greater part.
        best.missing_left = 2 * scale_.rows(best.left) > scale_.rows(total);
    }
}

}  // namespace mlpc::models
