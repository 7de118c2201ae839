#include "tests/reference/bbob_definitions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc::bbob_definitions {

using std::numbers::pi;

double rank_of(Eigen::Index i, Eigen::Index n) { return static_cast<double>(i) / static_cast<double>(n - 1); }

Vector scales(Eigen::Index n, double base) {
    return Vector::NullaryExpr(n, [=](Eigen::Index i) { return std::pow(base, rank_of(i, n)); });
}
Matrix conditioned(Eigen::Index n, double condition) { return scales(n, std::sqrt(condition)).asDiagonal(); }

double oscillated(double x) {
    if (x == 0) {
        return 0;
    }
    const double logarithm = std::log(std::abs(x)), first = x > 0 ? 10 : 5.5, second = x > 0 ? 7.9 : 3.1;
    return std::copysign(std::exp(logarithm + 0.049 * (std::sin(first * logarithm) + std::sin(second * logarithm))), x);
}
Vector oscillated(const Vector& x) {
    return x.unaryExpr([](double v) { return oscillated(v); });
}
Vector asymmetric(const Vector& x, double beta) {
    return Vector::NullaryExpr(x.size(),
                               [&](Eigen::Index i) { return x[i] > 0 ? std::pow(x[i], 1 + beta * rank_of(i, x.size()) * std::sqrt(x[i])) : x[i]; });
}
double outside(const Vector& x) { return (x.cwiseAbs().array() - 5).cwiseMax(0).square().sum(); }

double rastrigin(const Vector& z) { return 10 * (static_cast<double>(z.size()) - (2 * pi * z.array()).cos().sum()) + z.squaredNorm(); }

double widening(Eigen::Index n) { return std::max(1.0, std::sqrt(static_cast<double>(n)) / 8); }
Matrix Instance::warp(double condition) const { return r * conditioned(n, condition) * q; }

}  // namespace mlpc::bbob_definitions
