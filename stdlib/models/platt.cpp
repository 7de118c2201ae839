#include "stdlib/models/platt.h"

#include <algorithm>
#include <cmath>

namespace mlpc::models {

double Sigmoid::probability(double decision) const {
    const double z = slope * decision + offset;
    return z >= 0 ? std::exp(-z) / (1 + std::exp(-z)) : 1 / (1 + std::exp(z));
}

namespace {

// Cross entropy of the sigmoid with targets drawn in from 0 and 1 by the number of rows.
struct SigmoidLoss {
    const Vector& decisions;
    const Vector& targets;
    const Vector& weights;

    double value(const Sigmoid& s) const {
        double sum = 0;
        for (Eigen::Index i = 0; i < decisions.size(); ++i) {
            const double z = s.slope * decisions[i] + s.offset;
            sum += weights[i] * (z >= 0 ? targets[i] * z + std::log1p(std::exp(-z)) : (targets[i] - 1) * z + std::log1p(std::exp(z)));
        }
        return sum;
    }
};

}  // namespace

Sigmoid fit_sigmoid(const Vector& decisions, const std::vector<bool>& positive, const Vector& weights) {
    double yes = 0, no = 0;
    for (std::size_t i = 0; i < positive.size(); ++i) {
        (positive[i] ? yes : no) += weights[static_cast<Eigen::Index>(i)];
    }
    Vector targets(decisions.size());
    for (Eigen::Index i = 0; i < targets.size(); ++i) {
        targets[i] = positive[static_cast<std::size_t>(i)] ? (yes + 1) / (yes + 2) : 1 / (no + 2);
    }
    const SigmoidLoss loss{decisions, targets, weights};
    Sigmoid here{.slope = 0, .offset = std::log((no + 1) / (yes + 1))};
    double value = loss.value(here);
    constexpr int most_steps = 100;
    for (int step = 0; step < most_steps; ++step) {
        double h11 = 1e-12, h22 = 1e-12, h21 = 0, g1 = 0, g2 = 0;
        for (Eigen::Index i = 0; i < decisions.size(); ++i) {
            const double p = here.probability(decisions[i]), curvature = weights[i] * p * (1 - p), slope = weights[i] * (targets[i] - p);
            h11 += decisions[i] * decisions[i] * curvature;
            h22 += curvature;
            h21 += decisions[i] * curvature;
            g1 += decisions[i] * slope;
            g2 += slope;
        }
        if (std::abs(g1) < 1e-8 && std::abs(g2) < 1e-8) {
            break;
        }
        const double determinant = h11 * h22 - h21 * h21;
        const double da = -(h22 * g1 - h21 * g2) / determinant, db = -(-h21 * g1 + h11 * g2) / determinant;
        const double fall = g1 * da + g2 * db;
        double along = 1;
        for (; along >= 1e-10; along /= 2) {
            const Sigmoid there{.slope = here.slope + along * da, .offset = here.offset + along * db};
            const double next = loss.value(there);
            if (next < value + 1e-4 * along * fall) {
                here = there;
                value = next;
                break;
            }
        }
        if (along < 1e-10) {
            break;
        }
    }
    return here;
}

Vector couple_pairs(const Matrix& pairs) {
    const Eigen::Index classes = pairs.rows();
    constexpr double least = 1e-7;
    Matrix q = Matrix::Zero(classes, classes);
    for (Eigen::Index a = 0; a < classes; ++a) {
        for (Eigen::Index b = 0; b < classes; ++b) {
            if (a != b) {
                const double against = std::clamp(pairs(b, a), least, 1 - least);
                q(a, a) += against * against;
                q(a, b) = -against * std::clamp(pairs(a, b), least, 1 - least);
            }
        }
    }
    Vector p = Vector::Constant(classes, 1.0 / static_cast<double>(classes));
    const int most_rounds = static_cast<int>(std::max<Eigen::Index>(100, classes));
    for (int round = 0; round < most_rounds; ++round) {
        Vector qp = q * p;
        double pqp = p.dot(qp);
        if ((qp.array() - pqp).abs().maxCoeff() < 0.005 / static_cast<double>(classes)) {
            break;
        }
        for (Eigen::Index a = 0; a < classes; ++a) {
            const double change = (pqp - qp[a]) / q(a, a);
            p[a] += change;
            pqp = (pqp + change * (change * q(a, a) + 2 * qp[a])) / (1 + change) / (1 + change);
            qp = (qp + change * q.col(a)) / (1 + change);
            p /= 1 + change;
        }
    }
    return p / p.sum();
}

}  // namespace mlpc::models
