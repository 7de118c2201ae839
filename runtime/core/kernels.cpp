#include "runtime/core/kernels.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels_table.h"

#include <cstdlib>
#include <string>

namespace mlpc::kernels {

namespace {

struct Choice {
    std::string_view name;
    Table table;
};

bool supports_v3() {
#ifdef MLPC_KERNELS_X86
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
#else
    return false;
#endif
}

bool supports_v4() {
#ifdef MLPC_KERNELS_X86
    return supports_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd");
#else
    return false;
#endif
}

Choice choice_of(std::string_view name) {
    if (!supports(name)) {
        throw RunError("the environment asks for MLPC_KERNELS=" + std::string(name) +
                       ", which is none of `baseline`, `v3`, `v4` or more than this processor has; unset it to use the best there is");
    }
#ifdef MLPC_KERNELS_X86
    if (name == "v4") {
        return {"v4", v4::table()};
    }
    if (name == "v3") {
        return {"v3", v3::table()};
    }
#endif
    return {"baseline", baseline::table()};
}

Choice choose() {
    if (const char* asked = std::getenv("MLPC_KERNELS"); asked != nullptr && *asked != '\0') {
        return choice_of(asked);
    }
    if (supports_v4()) {
        return choice_of("v4");
    }
    return choice_of(supports_v3() ? "v3" : "baseline");
}

const Choice& chosen() {
    static const Choice choice = choose();
    return choice;
}

}  // namespace

std::string_view variant() { return chosen().name; }

bool supports(std::string_view variant) { return variant == "baseline" || (variant == "v3" && supports_v3()) || (variant == "v4" && supports_v4()); }

void gram(const double* x, Index rows, Index cols, Index ld, const double* weights, double* out) {
    chosen().table.gram(x, rows, cols, ld, weights, out);
}

void multiply(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout) {
    chosen().table.multiply(a, m, k, lda, b, n, ldb, out, ldout);
}

void multiply_transposed(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out) {
    chosen().table.multiply_transposed(a, m, k, lda, b, n, ldb, out);
}

void matvec(const double* a, Index m, Index n, Index lda, const double* v, double* out) { chosen().table.matvec(a, m, n, lda, v, out); }

void matvec_transposed(const double* a, Index m, Index n, Index lda, const double* v, double* out) {
    chosen().table.matvec_transposed(a, m, n, lda, v, out);
}

void squared_distances(const double* a, Index m, Index d, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout) {
    chosen().table.squared_distances(a, m, d, lda, b, n, ldb, out, ldout);
}

bool cholesky(double* a, Index n) { return chosen().table.cholesky(a, n); }

void cholesky_solve(const double* factor, Index n, double* b, Index k) { chosen().table.cholesky_solve(factor, n, b, k); }

bool symmetric_eigen(const double* a, Index n, double* values, double* vectors) { return chosen().table.symmetric_eigen(a, n, values, vectors); }

void least_squares(const double* a, Index m, Index n, Index lda, const double* b, double* out) { chosen().table.least_squares(a, m, n, lda, b, out); }

double logistic_pass(const LogisticInput& in, double* gradient, double* hessian) { return chosen().table.logistic_pass(in, gradient, hessian); }

double softmax_pass(const SoftmaxInput& in, double* gradient, double* hessian) { return chosen().table.softmax_pass(in, gradient, hessian); }

void softmax_blocks(const SoftmaxInput& in, double* blocks) { chosen().table.softmax_blocks(in, blocks); }

void group_scores(const float* groups, const float* offsets, Index group_count, Index d, const float* queries, float* out, Index ldout) {
    chosen().table.group_scores(groups, offsets, group_count, d, queries, out, ldout);
}

Index positions_up_to(const float* scores, Index count, float limit, std::uint32_t* positions) {
    return chosen().table.positions_up_to(scores, count, limit, positions);
}

void decay(double* cells, Index count, double rate) { chosen().table.decay(cells, count, rate); }

void decay_floats(float* cells, Index count, float rate) { chosen().table.decay_floats(cells, count, rate); }

void narrow_distances(const double* products, const double* squares, double own, Index count, float* out) {
    chosen().table.narrow_distances(products, squares, own, count, out);
}

Violator move_violations(const DualVariables& of, const float* row_i, const float* row_j, double along) {
    return chosen().table.move_violations(of, row_i, row_j, along);
}

Violator most_violating(const DualVariables& of) { return chosen().table.most_violating(of); }

BestCut best_cut(const Cuts& of, double floor) { return chosen().table.best_cut(of, floor); }

Partner best_partner(const DualVariables& of, const float* row, double most, double own, double least_curvature) {
    return chosen().table.best_partner(of, row, most, own, least_curvature);
}

void sum_columns(const double* a, Index m, Index lda, const std::uint32_t* columns, const double* coefficients, Index count, double* out) {
    chosen().table.sum_columns(a, m, lda, columns, coefficients, count, out);
}

}  // namespace mlpc::kernels
