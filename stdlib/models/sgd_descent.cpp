#include "stdlib/models/sgd_descent.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::models {

namespace {

struct Term {
    double loss = 0, slope = 0;
};

// Of a prediction p where the truth is y: a sign, or a number.
Term term_of(SgdLoss loss, double p, double y, double epsilon) {
    const double margin = p * y, error = p - y;
    switch (loss) {
        case SgdLoss::Auto:
        case SgdLoss::Hinge:
            return margin < 1 ? Term{1 - margin, -y} : Term{};
        case SgdLoss::Log:
            return {margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin,
                    margin > 0 ? -y * std::exp(-margin) / (1 + std::exp(-margin)) : -y / (1 + std::exp(margin))};
        case SgdLoss::ModifiedHuber:
            return margin >= 1 ? Term{} : margin >= -1 ? Term{(1 - margin) * (1 - margin), -2 * y * (1 - margin)} : Term{-4 * margin, -4 * y};
        case SgdLoss::SquaredHinge:
            return margin < 1 ? Term{(1 - margin) * (1 - margin), -2 * y * (1 - margin)} : Term{};
        case SgdLoss::Squared:
            return {error * error / 2, error};
        case SgdLoss::Huber:
            return std::abs(error) <= epsilon ? Term{error * error / 2, error}
                                              : Term{epsilon * std::abs(error) - epsilon * epsilon / 2, error > 0 ? epsilon : -epsilon};
        case SgdLoss::EpsilonInsensitive:
            return std::abs(error) <= epsilon ? Term{} : Term{std::abs(error) - epsilon, error > 0 ? 1.0 : -1.0};
    }
    return {};
}

double l1_share_of(const SgdParams& params) {
    return params.penalty == SgdPenalty::L1 ? 1 : params.penalty == SgdPenalty::ElasticNet ? params.l1_ratio : 0;
}

class Descent {
public:
    Descent(SgdState state, const DesignMatrix& x, const Vector& y, const Vector& weights, const SgdParams& params)
        : x_(x), y_(y), weights_(weights), params_(params), at_(std::move(state)) {
        if (!x.is_sparse()) {
            transposed_ = x.dense().transpose();
        }
        l1_share_ = l1_share_of(params);
        l2_share_ = params.penalty == SgdPenalty::None ? 0 : 1 - l1_share_;
        const double typical = std::sqrt(1 / std::sqrt(params.alpha));
        const double slope = term_of(params.loss, -typical, 1, params.epsilon).slope;
        offset_ = 1 / (typical / std::max(1.0, slope) * params.alpha) - 1;
    }

    SgdState run(const Rng& rng, const FitContext& context) {
        constexpr int patience = 5;
        std::vector<std::uint32_t> order(static_cast<std::size_t>(x_.rows()));
        for (; at_.epochs < params_.epochs && at_.without_gain < patience; ++at_.epochs) {
            context.check_cancelled();
            std::iota(order.begin(), order.end(), 0u);
            rng.child(static_cast<std::uint64_t>(at_.epochs)).shuffle(order);
            double loss = 0;
            for (const std::uint32_t row : order) {
                loss += step(row);
            }
            loss /= static_cast<double>(x_.rows());
            if (!std::isfinite(loss) || !std::isfinite(at_.scale * at_.beta.sum())) {
                throw RunError("`sgd` left the range of numbers; put `scale(standard)` before it, or lower `eta0`");
            }
            at_.without_gain = loss > at_.best - params_.tolerance ? at_.without_gain + 1 : 0;
            at_.best = std::min(at_.best, loss);
        }
        return std::move(at_);
    }

private:
    double rate() const {
        switch (params_.rate) {
            case SgdRate::Auto:
            case SgdRate::Optimal:
                return 1 / (params_.alpha * (offset_ + static_cast<double>(at_.steps)));
            case SgdRate::Constant:
                return params_.eta0;
            case SgdRate::InverseScaling:
                return params_.eta0 / std::pow(static_cast<double>(at_.steps), params_.power);
        }
        return params_.eta0;
    }
    template <class Visit>
    void visit(std::uint32_t row, const Visit& visit_cell) const {
        if (!x_.is_sparse()) {
            const double* cells = transposed_.data() + row * transposed_.rows();
            for (Eigen::Index c = 0; c < transposed_.rows(); ++c) {
                if (cells[c] != 0) {
                    visit_cell(c, cells[c]);
                }
            }
            return;
        }
        const SparseRows& cells = x_.sparse();
        for (std::uint64_t i = cells.offsets[row]; i < cells.offsets[row + 1]; ++i) {
            visit_cell(static_cast<Eigen::Index>(cells.indices[i]), cells.values[i]);
        }
    }

    // Returns the loss of the row before the step.
    double step(std::uint32_t row) {
        ++at_.steps;
        double p = 0;
        visit(row, [&](Eigen::Index c, double cell) { p += at_.beta[c] * cell; });
        p = p * at_.scale + at_.intercept;
        const double eta = rate();
        const Term term = term_of(params_.loss, p, y_[row], params_.epsilon);
        constexpr double steepest = 1e12;
        const double update = -eta * weights_[row] * std::clamp(term.slope, -steepest, steepest);
        if (l2_share_ > 0) {
            shrink(std::max(0.0, 1 - l2_share_ * eta * params_.alpha));
        }
        if (update != 0) {
            const double by = update / at_.scale;
            visit(row, [&](Eigen::Index c, double cell) { at_.beta[c] += by * cell; });
            // scikit-learn takes shorter steps of the intercept where rows are sparse; here the way cells are kept changes no result.
            at_.intercept += update;
        }
        if (l1_share_ > 0) {
            at_.due += l1_share_ * eta * params_.alpha;
            visit(row, [&](Eigen::Index c, double) { pull(c); });
        }
        if (params_.average) {
            const double share = 1 / static_cast<double>(at_.steps);
            at_.mean += share * (at_.scale * at_.beta - at_.mean);
            at_.mean_intercept += share * (at_.intercept - at_.mean_intercept);
        }
        return weights_[row] * term.loss;
    }
    void shrink(double by) {
        constexpr double least = 1e-9;
        at_.scale *= by;
        if (at_.scale < least) {
            at_.beta *= at_.scale;
            at_.scale = 1;
        }
    }
    // Tsuruoka, Tsujii, Ananiadou 2009: Stochastic gradient descent training for L1-regularized log-linear models with cumulative penalty.
    void pull(Eigen::Index c) {
        const double before = at_.scale * at_.beta[c];
        const double after = before > 0 ? std::max(0.0, before - (at_.due + at_.penalised[c])) : std::min(0.0, before + (at_.due - at_.penalised[c]));
        at_.beta[c] = after / at_.scale;
        at_.penalised[c] += after - before;
    }

    const DesignMatrix& x_;
    const Vector& y_;
    const Vector& weights_;
    const SgdParams& params_;
    SgdState at_;
    Matrix transposed_;
    double l1_share_ = 0, l2_share_ = 0, offset_ = 0;
};

}  // namespace

LinearState SgdState::coefficients(bool average) const {
    return average ? LinearState{.coefficients = mean, .intercept = mean_intercept}
                   : LinearState{.coefficients = scale * beta, .intercept = intercept};
}

SgdState sgd_start(const DesignMatrix& x, const SgdParams& params) {
    return {.beta = Vector::Zero(x.columns()),
            .penalised = Vector::Zero(l1_share_of(params) > 0 ? x.columns() : 0),
            .mean = Vector::Zero(params.average ? x.columns() : 0)};
}

SgdState sgd_descend(SgdState state, const DesignMatrix& x, const Vector& y, const Vector& weights, const SgdParams& params, const Rng& rng,
                     const FitContext& context) {
    return Descent(std::move(state), x, y, weights, params).run(rng, context);
}

}  // namespace mlpc::models
