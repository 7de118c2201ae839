// The functions of one variant of the kernels, as pointers; kernels.cpp picks a table.
#pragma once

#include "runtime/core/cut_kernels.h"
#include "runtime/core/float_kernels.h"
#include "runtime/core/kernels.h"
#include "runtime/core/support_vector_kernels.h"

namespace mlpc::kernels {

struct Table {
    decltype(&kernels::gram) gram;
    decltype(&kernels::multiply) multiply;
    decltype(&kernels::multiply_transposed) multiply_transposed;
    decltype(&kernels::matvec) matvec;
    decltype(&kernels::matvec_transposed) matvec_transposed;
    decltype(&kernels::squared_distances) squared_distances;
    decltype(&kernels::cholesky) cholesky;
    decltype(&kernels::cholesky_solve) cholesky_solve;
    decltype(&kernels::symmetric_eigen) symmetric_eigen;
    decltype(&kernels::least_squares) least_squares;
    decltype(&kernels::logistic_pass) logistic_pass;
    decltype(&kernels::softmax_pass) softmax_pass;
    decltype(&kernels::softmax_blocks) softmax_blocks;
    decltype(&kernels::group_scores) group_scores;
    decltype(&kernels::positions_up_to) positions_up_to;
    decltype(&kernels::decay) decay;
    decltype(&kernels::decay_floats) decay_floats;
    decltype(&kernels::narrow_distances) narrow_distances;
    decltype(&kernels::move_violations) move_violations;
    decltype(&kernels::most_violating) most_violating;
    decltype(&kernels::best_partner) best_partner;
    decltype(&kernels::best_cut) best_cut;
    decltype(&kernels::sum_columns) sum_columns;
};

namespace baseline {
Table table();
}
namespace v3 {
Table table();
}
namespace v4 {
Table table();
}

}  // namespace mlpc::kernels
