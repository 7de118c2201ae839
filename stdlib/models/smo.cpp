#include "stdlib/models/smo.h"

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
        : kernel_(kernel), problem_(problem), count_(problem.signs.size()), alpha_(Vector::Zero(count_)), violation_(count_) {
        violation_ = -problem.signs.cwiseProduct(problem.linear);
        may_rise_.resize(static_cast<std::size_t>(count_));
        may_fall_.resize(static_cast<std::size_t>(count_));
        diagonal_.resize(count_);
        for (Eigen::Index t = 0; t < count_; ++t) {
            diagonal_[t] = kernel.diagonal(t % kernel.size());
            update_bounds(t);
        }
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
        const bool above = alpha_[t] > 0, below = alpha_[t] < problem_.upper[t];
        may_rise_[static_cast<std::size_t>(t)] = problem_.signs[t] > 0 ? below : above;
        may_fall_[static_cast<std::size_t>(t)] = problem_.signs[t] > 0 ? above : below;
    }

    // The variable whose rise gains most to first order.
    Eigen::Index most_violating() const {
        Eigen::Index best = -1;
        double most = -infinity;
        for (Eigen::Index t = 0; t < count_; ++t) {
            if (may_rise_[static_cast<std::size_t>(t)] != 0 && violation_[t] > most) {
                most = violation_[t];
                best = t;
            }
        }
        return best;
    }

    // Its partner: the one with which the objective falls most to second order. -1 where no pair violates by more than the tolerance.
    Eigen::Index partner_of(Eigen::Index i, const float* row) const {
        const double most = violation_[i], own = diagonal_[i];
        double least = infinity, best_gain = 0;
        Eigen::Index best = -1;
        const Eigen::Index size = kernel_.size();
        for (Eigen::Index begin = 0; begin < count_; begin += size) {
            for (Eigen::Index k = 0; k < size; ++k) {
                const Eigen::Index t = begin + k;
                if (may_fall_[static_cast<std::size_t>(t)] == 0) {
                    continue;
                }
                least = std::min(least, violation_[t]);
                const double difference = most - violation_[t];
                if (difference <= 0) {
                    continue;
                }
                const double curvature = std::max(own + diagonal_[t] - 2 * static_cast<double>(row[k]), least_curvature);
                const double gain = difference * difference / curvature;
                if (gain > best_gain) {
                    best_gain = gain;
                    best = t;
                }
            }
        }
        return most - least < problem_.tolerance ? -1 : best;
    }

    bool take_step() {
        const Eigen::Index i = most_violating();
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
        for (Eigen::Index begin = 0; begin < count_; begin += size) {
            double* violation = violation_.data() + begin;
            for (Eigen::Index k = 0; k < size; ++k) {
                violation[k] -= along * (static_cast<double>(row_i[k]) - static_cast<double>(row_j[k]));
            }
        }
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
            const bool rises = may_rise_[static_cast<std::size_t>(t)] != 0, falls = may_fall_[static_cast<std::size_t>(t)] != 0;
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
    std::vector<char> may_rise_, may_fall_;
};

}  // namespace

SmoSolution solve_smo(KernelRows& kernel, const SmoProblem& problem, const FitContext& context) { return Solver(kernel, problem).solve(context); }

}  // namespace mlpc::models
