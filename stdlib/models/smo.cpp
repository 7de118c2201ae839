#include "stdlib/models/smo.h"

#include "runtime/core/support_vector_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc::models {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_curvature = 1e-12;

class Solver {
public:
    Solver(KernelRows& kernel, const SmoProblem& problem)
        : kernel_(kernel),
          problem_(problem),
          count_(problem.signs.size()),
          alpha_(Vector::Zero(count_)),
          violation_(-problem.signs.cwiseProduct(problem.linear)),
          diagonal_(count_),
          rise_barred_(count_),
          fall_barred_(count_) {
        for (Eigen::Index t = 0; t < count_; ++t) {
            diagonal_[t] = kernel.diagonal(t % kernel.size());
            update_bounds(t);
        }
        most_violating_ = kernels::most_violating(variables(0, count_)).index;
    }

    SmoSolution solve(const FitContext& context) {
        const std::int64_t most_steps = std::max<std::int64_t>(10'000'000, 100 * count_);
        for (std::int64_t step = 0; step < most_steps; ++step) {
            if (step % 1024 == 0) {
                context.check_cancelled();
            }
            if (!take_step()) {
                break;
            }
        }
        return {.alpha = std::move(alpha_), .rho = rho()};
    }

private:
    // Variable t may move so that sign · α grows, or falls.
    void update_bounds(Eigen::Index t) {
        const bool above = alpha_[t] > 0, below = alpha_[t]<problem_.upper[t], positive = problem_.signs[t]> 0;
        rise_barred_[t] = (positive ? below : above) ? 0 : infinity;
        fall_barred_[t] = (positive ? above : below) ? 0 : infinity;
    }
    bool may_rise(Eigen::Index t) const { return rise_barred_[t] == 0; }
    bool may_fall(Eigen::Index t) const { return fall_barred_[t] == 0; }

    // Variables begin … begin + count.
    kernels::DualVariables variables(Eigen::Index begin, Eigen::Index count) {
        return {.violation = violation_.data() + begin,
                .rise_barred = rise_barred_.data() + begin,
                .fall_barred = fall_barred_.data() + begin,
                .diagonal = diagonal_.data() + begin,
                .count = count};
    }

    // The variable with which the objective falls most to second order where i moves too. -1 where no pair violates by more than the tolerance.
    Eigen::Index partner_of(Eigen::Index i, const float* row) {
        const Eigen::Index size = kernel_.size();
        kernels::Partner best{.index = -1, .gain = 0, .least = infinity};
        for (Eigen::Index begin = 0; begin < count_; begin += size) {
            const kernels::Partner found = kernels::best_partner(variables(begin, size), row, violation_[i], diagonal_[i], least_curvature);
            if (found.index >= 0 && found.gain > best.gain) {
                best.index = begin + found.index;
                best.gain = found.gain;
            }
            best.least = std::min(best.least, found.least);
        }
        return violation_[i] - best.least < problem_.tolerance ? -1 : best.index;
    }

    bool take_step() {
        const Eigen::Index i = most_violating_;
        if (i < 0) {
            return false;
        }
        const Eigen::Index size = kernel_.size();
        const float* row_i = kernel_.row(i % size);
        const Eigen::Index j = partner_of(i, row_i);
        if (j < 0) {
            return false;
        }
        const float* row_j = kernel_.row(j % size);
        const double curvature = std::max(diagonal_[i] + diagonal_[j] - 2 * static_cast<double>(row_i[j % size]), least_curvature);
        const double along = std::min({(violation_[i] - violation_[j]) / curvature, room_to_rise(i), room_to_fall(j)});
        move(i, problem_.signs[i] * along);
        move(j, -problem_.signs[j] * along);
        kernels::Violator most;
        for (Eigen::Index begin = 0; begin < count_; begin += size) {
            const kernels::Violator found = kernels::move_violations(variables(begin, size), row_i, row_j, along);
            if (found.index >= 0 && (most.index < 0 || found.violation > most.violation)) {
                most = {.index = begin + found.index, .violation = found.violation};
            }
        }
        most_violating_ = most.index;
        return true;
    }

    double room_to_rise(Eigen::Index t) const { return problem_.signs[t] > 0 ? problem_.upper[t] - alpha_[t] : alpha_[t]; }
    double room_to_fall(Eigen::Index t) const { return problem_.signs[t] > 0 ? alpha_[t] : problem_.upper[t] - alpha_[t]; }

    void move(Eigen::Index t, double by) {
        const double upper = problem_.upper[t];
        alpha_[t] += by;
        // What rounding leaves of a bound would keep a variable free that is not.
        if (alpha_[t] < 1e-15 * upper) {
            alpha_[t] = 0;
        } else if (alpha_[t] > upper * (1 - 1e-15)) {
            alpha_[t] = upper;
        }
        update_bounds(t);
    }

    // The mean over free variables, else the middle of what the bounds allow.
    double rho() const {
        double sum = 0, high = infinity, low = -infinity;
        Eigen::Index free = 0;
        for (Eigen::Index t = 0; t < count_; ++t) {
            const double value = -violation_[t];
            const bool rises = may_rise(t), falls = may_fall(t);
            if (rises && falls) {
                sum += value;
                ++free;
            } else if (rises) {
                high = std::min(high, value);
            } else if (falls) {
                low = std::max(low, value);
            }
        }
        if (free > 0) {
            return sum / static_cast<double>(free);
        }
        return std::isfinite(high) && std::isfinite(low) ? (high + low) / 2 : 0;
    }

    KernelRows& kernel_;
    const SmoProblem& problem_;
    Eigen::Index count_;
    Vector alpha_, violation_, diagonal_;  // violation: -sign · gradient
    Vector rise_barred_, fall_barred_;     // as the kernels want them
    Eigen::Index most_violating_ = -1;
};

}  // namespace

SmoSolution solve_smo(KernelRows& kernel, const SmoProblem& problem, const FitContext& context) { return Solver(kernel, problem).solve(context); }

}  // namespace mlpc::models
