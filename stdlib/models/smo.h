// Sequential minimal optimisation with second-order working sets (Fan, Chen, Lin 2005), the solver of support vector machines.
#pragma once

#include "runtime/core/component.h"

namespace mlpc::models {

// Rows of a symmetric kernel matrix. A pointer holds until the next but one call.
class KernelRows {
public:
    virtual ~KernelRows() = default;
    virtual Eigen::Index size() const = 0;
    virtual const float* row(Eigen::Index) = 0;
    virtual double diagonal(Eigen::Index) const = 0;
};

// Minimises αᵀQα / 2 + linearᵀα with Q_st = sign_s sign_t K(s mod size, t mod size), Σ sign α = 0 and 0 ≤ α ≤ upper. There are size, or
// 2 size, variables.
struct SmoProblem {
    Vector signs, linear, upper;
    double tolerance = 1e-3;  // of the violation of the optimality conditions
};

struct SmoSolution {
    Vector alpha;
    double rho = 0;  // the decision is Σ sign α K(x, ·) - rho
};

SmoSolution solve_smo(KernelRows&, const SmoProblem&, const FitContext&);

}  // namespace mlpc::models
