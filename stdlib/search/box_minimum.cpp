#include "stdlib/search/box_minimum.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace mlpc::surrogate {

namespace {

struct Correction {
    Vector step, change;
    double inverse = 0;  // 1 / (step · change)
};

// Zero where the point is at a bound and would go beyond it.
Vector projected(const Vector& gradient, const Vector& point, const Box& box) {
    Vector out = gradient;
    for (Eigen::Index i = 0; i < point.size(); ++i) {
        if ((point[i] <= box.low[i] && gradient[i] > 0) || (point[i] >= box.high[i] && gradient[i] < 0)) {
            out[i] = 0;
        }
    }
    return out;
}

// The two-loop recursion (Nocedal, Wright: Numerical Optimization, 2nd ed., algorithm 7.4).
Vector direction_of(const Vector& gradient, const std::deque<Correction>& memory) {
    Vector q = -gradient;
    std::vector<double> factors(memory.size());
    for (std::size_t i = memory.size(); i-- > 0;) {
        factors[i] = memory[i].inverse * memory[i].step.dot(q);
        q -= factors[i] * memory[i].change;
    }
    if (!memory.empty()) {
        q /= memory.back().inverse * memory.back().change.squaredNorm();
    }
    for (std::size_t i = 0; i < memory.size(); ++i) {
        q += (factors[i] - memory[i].inverse * memory[i].change.dot(q)) * memory[i].step;
    }
    return q;
}

class Descent {
public:
    Descent(const SmoothFunction& function, Vector start, const Box& box, int most_evaluations)
        : function_(function), box_(box), left_(most_evaluations), gradient_(start.size()), next_gradient_(start.size()) {
        best_.point = std::move(start);
        best_.value = function_(best_.point, gradient_);
        --left_;
    }

    BoxMinimum run(double enough) {
        while (left_ > 0) {
            const Vector slope = projected(gradient_, best_.point, box_);
            if (!(slope.cwiseAbs().maxCoeff() > 1e-12)) {
                break;
            }
            Vector direction = direction_of(slope, memory_);
            for (Eigen::Index i = 0; i < slope.size(); ++i) {
                direction[i] = slope[i] == 0 ? 0 : direction[i];
            }
            if (!(direction.dot(slope) < 0)) {
                memory_.clear();
                direction = -slope;
            }
            const double before = best_.value;
            if (!step_along(direction, slope)) {
                if (memory_.empty()) {
                    break;
                }
                memory_.clear();
                continue;
            }
            if (before - best_.value <= enough * (1 + std::abs(before))) {
                break;
            }
        }
        return std::move(best_);
    }

private:
    // Halves the step until the value is sufficiently less; false where no step is.
    bool step_along(const Vector& direction, const Vector& slope) {
        constexpr int most_halvings = 20;
        const double widest = (box_.high - box_.low).maxCoeff();
        double along = memory_.empty() ? std::min(1.0, 0.1 * widest / direction.cwiseAbs().maxCoeff()) : 1.0;
        for (int halvings = 0; halvings < most_halvings && left_ > 0; ++halvings, along /= 2) {
            const Vector next = (best_.point + along * direction).cwiseMax(box_.low).cwiseMin(box_.high);
            const Vector step = next - best_.point;
            const double value = function_(next, next_gradient_);
            --left_;
            if (std::isfinite(value) && value <= best_.value + 1e-4 * slope.dot(step)) {
                remember(step);
                best_ = {.point = next, .value = value};
                std::swap(gradient_, next_gradient_);
                return step.cwiseAbs().maxCoeff() > 0;
            }
        }
        return false;
    }

    void remember(const Vector& step) {
        constexpr std::size_t remembered = 10;
        Correction last{.step = step, .change = next_gradient_ - gradient_, .inverse = 0};
        const double curvature = last.step.dot(last.change);
        if (!(curvature > 1e-12 * last.step.norm() * last.change.norm())) {
            return;
        }
        last.inverse = 1 / curvature;
        memory_.push_back(std::move(last));
        if (memory_.size() > remembered) {
            memory_.pop_front();
        }
    }

    const SmoothFunction& function_;
    const Box& box_;
    int left_;
    BoxMinimum best_;
    Vector gradient_, next_gradient_;
    std::deque<Correction> memory_;
};

}  // namespace

BoxMinimum minimise_in_box(const SmoothFunction& function, Vector start, const Box& box, int most_evaluations, double enough) {
    return Descent(function, std::move(start), box, most_evaluations).run(enough);
}

}  // namespace mlpc::surrogate
