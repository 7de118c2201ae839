#include "stdlib/models/optimise.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels.h"

#include <cmath>
#include <deque>
#include <utility>

namespace mlpc::models {

namespace {

struct Evaluation {
    double loss = 0;
    Vector gradient;
};

// --- Newton -------------------------------------------------------------------------------------------------------

// Replaces the Hessian by a Cholesky factor; where it is singular, of the Hessian with a little more on its diagonal.
void factorise(Matrix& hessian) {
    const Matrix original = hessian;
    const Eigen::Index size = hessian.rows();
    if (!original.allFinite()) {
        throw RunError("the loss of these columns is too large for a number; `scale` them before the model");
    }
    const double scale = original.diagonal().cwiseAbs().maxCoeff();
    double extra = 1e-14 * (scale > 0 ? scale : 1);
    while (!kernels::cholesky(hessian.data(), size)) {
        hessian = original;
        hessian.diagonal().array() += extra;
        extra *= 10;
    }
}

// The loss cannot be told apart from a smaller one beyond its rounding.
double rounding_of(double loss) { return 1e-13 * std::abs(loss); }

}  // namespace

Minimum minimise_newton(const SmoothLoss& loss, Vector start, const NewtonLimits& limits, const FitContext& context) {
    constexpr double least_gain = 0.05;  // a stale Hessian must still bring the squared length of a step down to this
    const Eigen::Index size = start.size();
    Matrix factor(size, size);
    Evaluation here{.loss = 0, .gradient = Vector(size)}, there = here;
    here.loss = loss(start, here.gradient, &factor);
    factorise(factor);
    bool fresh = true;
    double last_length = std::numeric_limits<double>::infinity();
    for (int count = 0; count < limits.most_steps; ++count) {
        context.check_cancelled();
        Vector step = -here.gradient;
        kernels::cholesky_solve(factor.data(), size, step.data(), 1);
        const double length = -step.dot(here.gradient);  // squared
        // At the end of the digits steps stop shrinking.
        const bool stuck = fresh && length < 1e-12 * (1 + std::abs(here.loss)) && length > 0.25 * last_length;
        if (!(length > limits.tiny * (1 + std::abs(here.loss))) || stuck || here.loss < limits.floor) {
            start += length < 1e-12 ? step : Vector::Zero(size);
            return {.point = std::move(start), .converged = true};
        }
        if (!fresh && length > least_gain * last_length) {
            here.loss = loss(start, here.gradient, &factor);
            factorise(factor);
            fresh = true;
            continue;
        }
        // A step this short changes the curvature by some per cent: the Hessian of this point is good for the next.
        const bool keep = length < 1e-3 * (1 + std::abs(here.loss));
        Matrix next;
        double along = 1;
        for (int halvings = 0; halvings < 60; ++halvings, along /= 2) {
            next.resize(keep ? 0 : size, keep ? 0 : size);
            there.loss = loss(start + along * step, there.gradient, keep ? nullptr : &next);
            if (there.loss <= here.loss - 1e-4 * along * length + rounding_of(here.loss)) {
                break;
            }
        }
        start += along * step;
        std::swap(here, there);
        fresh = !keep;
        if (!keep) {
            factor = std::move(next);
            factorise(factor);
        }
        last_length = length;
    }
    return {.point = std::move(start), .converged = false};
}

// --- L-BFGS -------------------------------------------------------------------------------------------------------

namespace {

struct Correction {
    Vector step, change;
    double inverse = 0;  // 1 / (step · change)
};

// The two-loop recursion; `scale` applies the inverse Hessian that it starts from.
template <class Scale>
Vector direction_of(const Vector& gradient, const std::deque<Correction>& memory, Scale scale) {
    Vector q = -gradient;
    std::vector<double> factors(memory.size());
    for (std::size_t i = memory.size(); i-- > 0;) {
        factors[i] = memory[i].inverse * memory[i].step.dot(q);
        q -= factors[i] * memory[i].change;
    }
    scale(q);
    for (std::size_t i = 0; i < memory.size(); ++i) {
        q += (factors[i] - memory[i].inverse * memory[i].change.dot(q)) * memory[i].step;
    }
    return q;
}

void scale_by_last(Vector& q, const std::deque<Correction>& memory) {
    if (!memory.empty()) {
        q /= memory.back().inverse * memory.back().change.squaredNorm();
    }
}

// The correction that a step taught, if it tells anything of the curvature.
bool is_telling(const Correction& last, double curvature) { return curvature > 1e-14 * last.step.norm() * last.change.norm(); }

// A step length with sufficient decrease and a flatter slope (weak Wolfe), by bisection; leaves the evaluation there in `there`.
double search_line(const SmoothLoss& loss, const Vector& point, const Evaluation& here, const Vector& direction, double first, Evaluation& there) {
    const double slope = here.gradient.dot(direction);
    double low = 0, high = std::numeric_limits<double>::infinity(), along = first;
    for (int tries = 0; tries < 60; ++tries) {
        there.loss = loss(point + along * direction, there.gradient, nullptr);
        if (!(there.loss <= here.loss + 1e-4 * along * slope + rounding_of(here.loss))) {
            high = along;
        } else if (there.gradient.dot(direction) < 0.9 * slope) {
            low = along;
        } else {
            return along;
        }
        along = std::isinf(high) ? 2 * low : (low + high) / 2;
    }
    return along;
}

}  // namespace

Minimum minimise_lbfgs(const SmoothLoss& loss, Vector start, double floor, const FitContext& context, double share, int most_steps) {
    constexpr std::size_t remembered = 20;
    Evaluation here{.loss = 0, .gradient = Vector(start.size())}, there = here;
    here.loss = loss(start, here.gradient, nullptr);
    const double enough = share * here.gradient.cwiseAbs().maxCoeff();
    std::deque<Correction> memory;
    for (int count = 0; count < most_steps; ++count) {
        context.check_cancelled();
        if (here.gradient.cwiseAbs().maxCoeff() <= enough || here.loss < floor) {
            return {.point = std::move(start), .converged = true};
        }
        const Vector direction = direction_of(here.gradient, memory, [&](Vector& q) { scale_by_last(q, memory); });
        const double first = memory.empty() ? 1 / here.gradient.norm() : 1;
        const double along = search_line(loss, start, here, direction, first, there);
        Correction last{.step = along * direction, .change = there.gradient - here.gradient, .inverse = 0};
        const double curvature = last.step.dot(last.change);
        start += last.step;
        std::swap(here, there);
        if (is_telling(last, curvature)) {
            last.inverse = 1 / curvature;
            memory.push_back(std::move(last));
        } else if (memory.empty()) {
            break;  // not even along the gradient is there a step that changes anything
        } else {
            memory.clear();
        }
        if (memory.size() > remembered) {
            memory.pop_front();
        }
    }
    return {.point = std::move(start), .converged = false};
}

namespace {

// BFGS steps with halvings, from the inverse Hessian that `scale` applies. Before each step `renew(point, count, digits)` may change that one
// (true, and the steps before are forgotten): `digits`, the powers of e by which the squared length of a step exceeds what is tiny.
template <class Scale, class Renew>
Minimum take_scaled_steps(const SmoothLoss& loss, Vector point, Evaluation here, Scale scale, Renew renew, double tiny, int most_steps,
                          const FitContext& context) {
    constexpr std::size_t remembered = 30;
    constexpr int most_halvings = 30;
    Evaluation there{.loss = 0, .gradient = Vector(point.size())};
    std::deque<Correction> memory;
    for (int count = 0; count < most_steps; ++count) {
        context.check_cancelled();
        Vector direction = direction_of(here.gradient, memory, scale);
        double length = -direction.dot(here.gradient);
        const double enough = tiny * (1 + std::abs(here.loss));
        if (!(length > enough)) {
            return {.point = point + direction, .converged = true};
        }
        if (renew(point, count, std::log(length / enough))) {
            memory.clear();
            direction = direction_of(here.gradient, memory, scale);
            length = -direction.dot(here.gradient);
        }
        double along = 1;
        for (int halvings = 0; halvings < most_halvings; ++halvings, along /= 2) {
            there.loss = loss(point + along * direction, there.gradient, nullptr);
            if (there.loss <= here.loss - 1e-4 * along * length + rounding_of(here.loss)) {
                break;
            }
        }
        Correction last{.step = along * direction, .change = there.gradient - here.gradient, .inverse = 0};
        const double curvature = last.step.dot(last.change);
        point += last.step;
        std::swap(here, there);
        if (is_telling(last, curvature)) {
            last.inverse = 1 / curvature;
            memory.push_back(std::move(last));
        }
        if (memory.size() > remembered) {
            memory.pop_front();
        }
    }
    return {.point = std::move(point), .converged = false};
}

// Cholesky factors of the blocks of a Hessian.
class BlockFactors {
public:
    explicit BlockFactors(Matrix blocks) : size_(blocks.rows()) {
        for (Eigen::Index first = 0; first < blocks.cols(); first += size_) {
            factors_.push_back(blocks.middleCols(first, size_));
            factorise(factors_.back());
        }
    }
    // Solves, and takes from each column what its predictors sum to.
    void apply(Vector& q) const {
        for (std::size_t b = 0; b < factors_.size(); ++b) {
            kernels::cholesky_solve(factors_[b].data(), size_, q.data() + static_cast<Eigen::Index>(b) * size_, 1);
        }
        auto by_column = q.reshaped(size_, static_cast<Eigen::Index>(factors_.size()));
        const Vector means = by_column.rowwise().mean();
        by_column.colwise() -= means;
    }

private:
    Eigen::Index size_;
    std::vector<Matrix> factors_;
};

// When new blocks pay, which cost about as much as ten gradients: after ten steps, then after twice as many each time, as long as at the pace of
// the last steps many are left.
class RenewalTimes {
public:
    bool is_one(int count, double digits) {
        constexpr std::size_t looked_back = 5;
        constexpr double most_left = 30, least_pace = 1e-3;
        digits_.push_back(digits);
        if (count < next_ || digits_.size() <= looked_back) {
            return false;
        }
        const double pace = (digits_[digits_.size() - 1 - looked_back] - digits) / looked_back;
        if (digits <= most_left * std::max(pace, least_pace)) {
            return false;
        }
        wait_ *= 2;
        next_ = count + wait_;
        digits_.clear();
        return true;
    }

private:
    int wait_ = 10, next_ = wait_;
    std::vector<double> digits_;  // since the last renewal
};

}  // namespace

Minimum minimise_near(const SmoothLoss& loss, QuadraticModel model, double tiny, const FitContext& context) {
    constexpr int most_steps = 30;
    factorise(model.hessian);
    const auto scale = [&](Vector& q) { kernels::cholesky_solve(model.hessian.data(), q.size(), q.data(), 1); };
    const auto never = [](const Vector&, int, double) { return false; };
    return take_scaled_steps(loss, std::move(model.point), {.loss = model.loss, .gradient = std::move(model.gradient)}, scale, never, tiny,
                             most_steps, context);
}

Minimum minimise_in_blocks(const SmoothLoss& loss, Vector start, const HessianBlocks& blocks, double tiny, int most_steps,
                           const FitContext& context) {
    BlockFactors factors(blocks(start));
    RenewalTimes times;
    Evaluation here{.loss = 0, .gradient = Vector(start.size())};
    here.loss = loss(start, here.gradient, nullptr);
    const auto scale = [&](Vector& q) { factors.apply(q); };
    const auto renew = [&](const Vector& point, int count, double digits) {
        const bool now = times.is_one(count, digits);
        if (now) {
            factors = BlockFactors(blocks(point));
        }
        return now;
    };
    return take_scaled_steps(loss, std::move(start), std::move(here), scale, renew, tiny, most_steps, context);
}

}  // namespace mlpc::models
