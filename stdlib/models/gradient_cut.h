// The best cut of one column of one leaf, from its histogram.
#pragma once

#include "stdlib/models/gradient_histogram.h"
#include "stdlib/models/gradient_tree.h"

#include <span>

namespace mlpc::models {

struct GradientCut {
    double score = 0;  // greater is better; comparable within a leaf
    std::int32_t column = -1;
    std::uint8_t bin = 0;  // of numbers, the last that goes left
    bool categorical = false;
    BinSet left_bins;  // of categories
    bool missing_left = false;
    GradientSum left;
};

class CutFinder {
public:
    CutFinder(const GradientScale& scale, std::size_t min_leaf, double l2)
        : scale_(scale), min_leaf_(min_leaf), l2_(l2 * scale.hessian_unit()), least_hessian_(1e-3 * scale.hessian_unit()) {}

    // Replaces `best` where a cut of this column has a greater score. `bins`: the column's part of the leaf's histogram.
    void find(std::size_t column, bool categorical, std::span<const GradientSum> bins, const GradientSum& total, GradientCut& best);
    // What all rows together score; a cut must score more.
    double score_of(const GradientSum& total) const;

private:
    enum class Missing { Left, Right };
    void scan_numbers(std::size_t column, std::span<const GradientSum> bins, const GradientSum& total, Missing, GradientCut& best);
    void scan_categories(std::size_t column, std::span<const GradientSum> bins, const GradientSum& total, GradientCut& best);
    // Whether the cut scores more than `score`, which is then what it scores.
    bool is_better(const GradientSum& left, const GradientSum& total, double& score) const;

    const GradientScale& scale_;
    std::size_t min_leaf_;
    double l2_, least_hessian_;
    std::vector<std::pair<double, std::uint32_t>> order_;
    kernels::CutSums left_[BinnedColumns::most_bins + 1];  // of the cuts of a column of numbers, by the last bin that goes left
};

}  // namespace mlpc::models
