#include "stdlib/models/penalised_logistic.h"

#include "runtime/core/kernels.h"

#include <cmath>

namespace mlpc::models {

namespace {

// Block coordinate descent over the predictors: each takes the proximal Newton step of its own coefficients, with a line search.
class Descent {
public:
    Descent(const DesignMatrix& x, const std::vector<int>& labels, Eigen::Index classes, const Vector& weights, const ElasticPenalty& penalty,
            const FitContext& context)
        : x_(x), labels_(labels), weights_(weights), penalty_(penalty), context_(context), predictors_(classes == 2 ? 1 : classes) {
        beta_ = Matrix::Zero(x.columns() + 1, predictors_);
        z_ = Matrix::Zero(x.rows(), predictors_);
        residuals_.resize(x.rows());
        curvature_.resize(x.rows());
    }

    Matrix solve() {
        constexpr int most_rounds = 2000;
        constexpr double tiny = 1e-15;
        for (int round = 0; round < most_rounds; ++round) {
            double greatest = 0, loss = 0;
            for (Eigen::Index k = 0; k < predictors_; ++k) {
                context_.check_cancelled();
                loss = differentiate(k);
                greatest = std::max(greatest, improve(k, loss));
            }
            if (!(greatest > tiny * (1 + loss))) {
                break;
            }
        }
        return std::move(beta_);
    }

private:
    // The log loss of a row with predictor k at `value`; `p`: the probability of its class k (binary: of class 1).
    double row_loss(Eigen::Index row, Eigen::Index k, double value, double& p) const {
        const auto label = labels_[static_cast<std::size_t>(row)];
        if (predictors_ == 1) {
            const double small = std::exp(-std::abs(value));
            p = value > 0 ? 1 / (1 + small) : small / (1 + small);
            return std::log1p(small) + std::max(0.0, label == 1 ? -value : value);
        }
        double largest = value;
        for (Eigen::Index c = 0; c < predictors_; ++c) {
            largest = c == k ? largest : std::max(largest, z_(row, c));
        }
        double sum = 0;
        for (Eigen::Index c = 0; c < predictors_; ++c) {
            sum += std::exp((c == k ? value : z_(row, c)) - largest);
        }
        p = std::exp(value - largest) / sum;
        return std::log(sum) + largest - (label == k ? value : z_(row, label));
    }
    // First and second derivatives by predictor k; returns the loss without the penalty.
    double differentiate(Eigen::Index k) {
        double loss = 0;
        for (Eigen::Index row = 0; row < x_.rows(); ++row) {
            double p = 0;
            loss += weights_[row] * row_loss(row, k, z_(row, k), p);
            const bool own = labels_[static_cast<std::size_t>(row)] == (predictors_ == 1 ? 1 : k);
            residuals_[row] = weights_[row] * (p - (own ? 1.0 : 0.0));
            // A row that is certain must not leave its columns without any curvature.
            curvature_[row] = weights_[row] * std::max(p * (1 - p), 1e-10);
        }
        return loss;
    }
    double loss_at(Eigen::Index k, const Vector& z) const {
        double loss = 0, p = 0;
        for (Eigen::Index row = 0; row < x_.rows(); ++row) {
            loss += weights_[row] * row_loss(row, k, z[row], p);
        }
        return loss;
    }
    double penalty_of(const Vector& beta) const { return penalty_.l1 * beta.cwiseAbs().sum() + penalty_.l2 / 2 * beta.squaredNorm(); }

    // Returns how much one coordinate changed the quadratic model at most.
    double improve(Eigen::Index k, double loss) {
        const Eigen::Index columns = x_.columns();
        const Vector from = beta_.col(k).head(columns);
        constexpr double share = 1e-6;
        const Step step = descend_by_columns({.x = x_, .residuals = residuals_, .weights = curvature_}, penalty_, from, share, context_);
        const double least = step.shift * step.shift * curvature_.sum();
        Vector change = x_.times(step.change);
        change.array() += step.shift;
        const double here = loss + penalty_of(from);
        const double slope = residuals_.dot(change) + penalty_of(from + step.change) - penalty_of(from);
        double along = 1;
        Vector z = z_.col(k) + change;
        for (int halvings = 0; halvings < 40; ++halvings) {
            if (loss_at(k, z) + penalty_of(from + along * step.change) <= here + 1e-4 * along * slope + 1e-13 * std::abs(here)) {
                break;
            }
            along /= 2;
            z = z_.col(k) + along * change;
        }
        beta_.col(k).head(columns) += along * step.change;
        beta_(columns, k) += along * step.shift;
        z_.col(k) = z;
        return std::max(step.greatest, least);
    }

    const DesignMatrix& x_;
    const std::vector<int>& labels_;
    const Vector& weights_;
    ElasticPenalty penalty_;
    const FitContext& context_;
    Eigen::Index predictors_;
    Matrix beta_, z_;
    Vector residuals_, curvature_;
};

// Dense columns with their means taken off: coefficients are the same, and steps of one column do not disturb the others.
struct Centred {
    Vector means;
    Frame frame;
    std::size_t bytes() const { return frame.bytes(); }
};

std::shared_ptr<const Centred> centred(const Frame& x) {
    return x.derived<Centred>("logistic, centred", [&] {
        auto out = std::make_shared<Centred>();
        Matrix cells = checked_features(x, "logistic").matrix();
        out->means.resize(cells.cols());
        const Vector ones = Vector::Ones(cells.rows());
        kernels::matvec_transposed(cells.data(), cells.rows(), cells.cols(), cells.rows(), ones.data(), out->means.data());
        out->means /= static_cast<double>(cells.rows());
        cells.rowwise() -= out->means.transpose();
        out->frame = Frame::from_matrix(std::move(cells), x.names());
        return out;
    });
}

}  // namespace

Matrix fit_penalised_logistic(const Frame& x, const std::vector<int>& labels, Eigen::Index classes, const Vector& weights,
                              const ElasticPenalty& penalty, const FitContext& context) {
    if (x.has_sparse()) {
        DesignMatrix matrix(x, "logistic");
        matrix.prepare_columns(x);
        return Descent(matrix, labels, classes, weights, penalty, context).solve();
    }
    const auto shifted = centred(x);
    const DesignMatrix matrix(shifted->frame, "logistic");
    Matrix coefficients = Descent(matrix, labels, classes, weights, penalty, context).solve();
    const Eigen::Index columns = matrix.columns();
    coefficients.row(columns) -= shifted->means.transpose() * coefficients.topRows(columns);
    return coefficients;
}

}  // namespace mlpc::models
