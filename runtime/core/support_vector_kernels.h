// The inner loops of support vector machines: steps of sequential minimal optimisation, decisions.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mlpc::kernels {

// out = |a|² + |b|² - 2 a·b, at least 0, narrowed, for one b (whose square is `own`) and `count` a. The same bits on every variant.
void narrow_distances(const double* products, const double* squares, double own, std::ptrdiff_t count, float* out);

// `count` variables of a dual problem. What each gains to first order where it moves, and which may move: 0 where sign · α may grow (rise) or
// fall, infinity where a bound forbids it.
struct DualVariables {
    double* violation = nullptr;
    const double* rise_barred = nullptr;
    const double* fall_barred = nullptr;
    const double* diagonal = nullptr;  // of the kernel matrix
    std::ptrdiff_t count = 0;
};

struct Violator {
    std::ptrdiff_t index = -1;
    double violation = 0;
};
// The first of the variables that may rise and gain most by it, -1 where none may.
Violator most_violating(const DualVariables&);
// violation -= along · (row_i - row_j); then as most_violating.
Violator move_violations(const DualVariables&, const float* row_i, const float* row_j, double along);

struct Partner {
    std::ptrdiff_t index = -1;  // the first one of greatest gain; -1: none
    double gain = 0;            // to second order
    double least = 0;           // the least violation of those that may fall; infinity where none may
};
// The variable that may fall and gains most together with one of violation `most` and kernel diagonal `own`, whose kernel row `row` is.
Partner best_partner(const DualVariables&, const float* row, double most, double own, double least_curvature);

// out (m) = Σ coefficients[i] · column columns[i] of A (m × …), in order. Row-wise, and the same bits on every variant.
void sum_columns(const double* a, std::ptrdiff_t m, std::ptrdiff_t lda, const std::uint32_t* columns, const double* coefficients,
                 std::ptrdiff_t count, double* out);

}  // namespace mlpc::kernels
