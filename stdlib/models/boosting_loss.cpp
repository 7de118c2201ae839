#include "stdlib/models/boosting_loss.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace mlpc::models {

namespace {

// Probabilities and means are kept this far from 0 before their logarithm is taken.
constexpr double least_share = 1e-12;
// Of a logarithm: beyond it, products leave the range of numbers.
constexpr double greatest_log = 200;

// 1 / (1 + exp(-score)) of each.
Vector logistic(const Vector& scores) {
    Vector small = scores.cwiseAbs();
    kernels::decay(small.data(), small.size(), 1);
    return (scores.array() >= 0).select(1 / (1 + small.array()), small.array() / (1 + small.array()));
}

// The least value at which at least the share `level` of the weight lies at or below it; the middle of two where it falls between them.
double weighted_quantile(std::vector<std::pair<double, double>> values, double level) {
    std::sort(values.begin(), values.end());
    double all = 0, sum = 0;
    for (const auto& [value, weight] : values) {
        all += weight;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i].second;
        if (sum == level * all && i + 1 < values.size()) {
            return values[i].first / 2 + values[i + 1].first / 2;
        }
        if (sum > level * all) {
            return values[i].first;
        }
    }
    return values.back().first;
}

// exp of each score by the sum over its row.
Matrix softmax(const Matrix& scores) {
    const Vector greatest = scores.rowwise().maxCoeff();
    Matrix shares = (-scores).colwise() + greatest;
    kernels::decay(shares.data(), shares.size(), 1);
    Vector sums = shares.col(0);  // by column: a row's sum hangs on the row alone
    for (Eigen::Index k = 1; k < shares.cols(); ++k) {
        sums += shares.col(k);
    }
    shares.array().colwise() /= sums.array();
    return shares;
}

}  // namespace

BoostingLoss::BoostingLoss(const Target& y, NumberLoss loss, double quantile, std::string_view model)
    : y_(y), loss_(loss), quantile_(loss == NumberLoss::Absolute ? 0.5 : quantile) {
    if (is_classification(y.task) || loss != NumberLoss::Poisson) {
        return;
    }
    if (*std::min_element(y.values.begin(), y.values.end()) < 0 || *std::max_element(y.values.begin(), y.values.end()) <= 0) {
        throw RunError(fmt::format("`{}` with `loss: poisson` learns counts, and met a negative one, or only zeros; use `loss: squared`", model));
    }
}

Eigen::Index BoostingLoss::scores() const { return y_.task == Task::Multiclass ? static_cast<Eigen::Index>(y_.class_count()) : 1; }

bool BoostingLoss::sets_leaves() const { return !is_classification(y_.task) && (loss_ == NumberLoss::Absolute || loss_ == NumberLoss::Quantile); }

Vector BoostingLoss::first_scores(const Vector& weights) const {
    if (is_classification(y_.task)) {
        Vector shares = Vector::Zero(static_cast<Eigen::Index>(y_.class_count()));
        for (std::size_t row = 0; row < y_.labels.size(); ++row) {
            shares[y_.labels[row]] += weights[static_cast<Eigen::Index>(row)];
        }
        shares = (shares / weights.sum()).cwiseMax(least_share);
        if (y_.task == Task::Binary) {
            return Vector::Constant(1, std::log(shares[1] / shares[0]));
        }
        return shares.array().log();
    }
    if (sets_leaves()) {
        std::vector<std::uint32_t> rows(y_.rows());
        std::iota(rows.begin(), rows.end(), 0u);
        return Vector::Constant(1, leaf_value(Matrix::Zero(static_cast<Eigen::Index>(rows.size()), 1), weights, rows));
    }
    // Of differences from one value: where all are equal the mean is exactly that.
    const double first = y_.values.front();
    double sum = 0;
    for (std::size_t row = 0; row < y_.values.size(); ++row) {
        sum += weights[static_cast<Eigen::Index>(row)] * (y_.values[row] - first);
    }
    const double mean = first + sum / weights.sum();
    return Vector::Constant(1, loss_ == NumberLoss::Poisson ? std::log(std::max(mean, least_share)) : mean);
}

void BoostingLoss::derivatives(const Matrix& scores, const Vector& weights, Matrix& gradients, Matrix& hessians) const {
    gradients.resize(scores.rows(), scores.cols());
    hessians.resize(scores.rows(), scores.cols());
    if (y_.task == Task::Multiclass) {
        const Matrix shares = softmax(scores);
        gradients = shares.array().colwise() * weights.array();
        hessians = gradients.array() * (1 - shares.array());
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            gradients(row, y_.labels[static_cast<std::size_t>(row)]) -= weights[row];
        }
        return;
    }
    if (y_.task == Task::Binary) {
        const Vector shares = logistic(scores.col(0));
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            gradients(row, 0) = weights[row] * (shares[row] - y_.labels[static_cast<std::size_t>(row)]);
            hessians(row, 0) = weights[row] * shares[row] * (1 - shares[row]);
        }
        return;
    }
    for (Eigen::Index row = 0; row < scores.rows(); ++row) {
        const auto [gradient, hessian] = number_gradient(scores(row, 0), y_.values[static_cast<std::size_t>(row)]);
        gradients(row, 0) = weights[row] * gradient;
        hessians(row, 0) = weights[row] * hessian;
    }
}

double BoostingLoss::mean(const Matrix& scores, const Vector& weights, std::span<const std::uint32_t> rows) const {
    double sum = 0, weight = 0;
    for (const std::uint32_t row : rows) {
        sum += weights[row] * loss_of(scores, row);
        weight += weights[row];
    }
    return sum / weight;
}

double BoostingLoss::leaf_value(const Matrix& scores, const Vector& weights, std::span<const std::uint32_t> rows) const {
    std::vector<std::pair<double, double>> rests;
    for (const std::uint32_t row : rows) {
        if (weights[row] > 0) {
            rests.push_back({y_.values[row] - scores(row, 0), weights[row]});
        }
    }
    return weighted_quantile(std::move(rests), quantile_);
}

Matrix boosted_probabilities(const Matrix& scores) {
    if (scores.cols() > 1) {
        return softmax(scores);
    }
    Matrix shares(scores.rows(), 2);
    shares.col(0) = logistic(-scores.col(0));
    shares.col(1) = 1 - shares.col(0).array();
    return shares;
}

Vector boosted_numbers(const Matrix& scores, NumberLoss loss) {
    if (loss != NumberLoss::Poisson) {
        return scores.col(0);
    }
    Vector numbers(scores.rows());
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        numbers[i] = std::exp(std::min(scores(i, 0), greatest_log));
    }
    return numbers;
}

double BoostingLoss::loss_of(const Matrix& scores, std::size_t row) const {
    const auto i = static_cast<Eigen::Index>(row);
    if (y_.task == Task::Multiclass) {
        const double greatest = scores.row(i).maxCoeff();
        double sum = 0;
        for (Eigen::Index k = 0; k < scores.cols(); ++k) {
            sum += std::exp(scores(i, k) - greatest);
        }
        return greatest + std::log(sum) - scores(i, y_.labels[row]);
    }
    const double score = scores(i, 0);
    if (y_.task == Task::Binary) {
        const double against = y_.labels[row] == 1 ? -score : score;
        return std::max(against, 0.0) + std::log1p(std::exp(-std::abs(against)));
    }
    const double rest = y_.values[row] - score;
    switch (loss_) {
        case NumberLoss::Squared:
            return rest * rest / 2;
        case NumberLoss::Poisson:
            return std::exp(std::min(score, greatest_log)) - y_.values[row] * score;
        case NumberLoss::Absolute:
        case NumberLoss::Quantile:
            break;
    }
    return rest >= 0 ? quantile_ * rest : (quantile_ - 1) * rest;
}

std::pair<double, double> BoostingLoss::number_gradient(double score, double y) const {
    switch (loss_) {
        case NumberLoss::Squared:
            return {score - y, 1};
        case NumberLoss::Poisson: {
            const double mean = std::exp(std::min(score, greatest_log));
            return {mean - y, mean};
        }
        case NumberLoss::Absolute:
        case NumberLoss::Quantile:
            break;
    }
    return {y > score ? -quantile_ : 1 - quantile_, 1};
}

}  // namespace mlpc::models
