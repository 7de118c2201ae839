// The inner loop of trees that are grown on gradients.
#pragma once

#include <cstddef>

namespace mlpc::kernels {

// The sums of gradients and hessians that lie left of each of `count` cuts, and those of both sides together; a hessian of l2 more stands under
// either side's square.
struct Cuts {
    const double* gradients = nullptr;
    const double* hessians = nullptr;
    std::ptrdiff_t count = 0;
    double gradient = 0, hessian = 0;
    double l2 = 0;
    double least_hessian = 0;  // of a side
};
struct BestCut {
    std::ptrdiff_t index = -1;
    double score = 0;
};
// The first cut of greatest score, gradient² / (hessian + l2) of the left and of the right; -1 where none scores more than `floor`. The same bits
// on every variant.
BestCut best_cut(const Cuts&, double floor);

}  // namespace mlpc::kernels
