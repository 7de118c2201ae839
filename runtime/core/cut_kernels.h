// The inner loop of trees that are grown on gradients.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mlpc::kernels {

// What lies left of a cut, in whole numbers of which none reaches 2^51: the gradients' sum, and that of the hessians above the count of rows.
struct CutSums {
    std::int64_t gradient = 0;
    std::uint64_t hessian_count = 0;
};
struct Cuts {
    const CutSums* left = nullptr;
    std::ptrdiff_t count = 0;
    unsigned count_bits = 0;                     // of hessian_count, the lowest
    double gradient = 0, hessian = 0, rows = 0;  // of both sides together
    double l2 = 0;                               // is added to either side's hessian
    double least_hessian = 0, least_rows = 0;    // of a side; of the hessian above 0
};
struct BestCut {
    std::ptrdiff_t index = -1;
    double score = 0;
};
// The first cut of greatest score, gradient² / (hessian + l2) of the left and of the right; -1 where none scores more than `floor`. The same bits
// on every variant.
BestCut best_cut(const Cuts&, double floor);

}  // namespace mlpc::kernels
