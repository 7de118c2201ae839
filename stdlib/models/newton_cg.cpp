#include "stdlib/models/newton_cg.h"

#include <cmath>
#include <limits>

namespace mlpc::models {

namespace {

// Solves curvature · step = -gradient until the residual, in the metric of the diagonal, is `tolerance` of the gradient.
Vector newton_step(const CurvedLoss& loss, const Vector& gradient, double tolerance, const FitContext& context) {
    constexpr int most_steps = 500;
    const Vector diagonal = loss.curvature_diagonal();
    const double least = 1e-12 * diagonal.maxCoeff();
    const Vector inverse = diagonal.array().max(least > 0 ? least : 1.0).inverse();
    Vector step = Vector::Zero(gradient.size()), residual = -gradient, scaled = inverse.cwiseProduct(residual), direction = scaled;
    double length = residual.dot(scaled);
    const double enough = tolerance * tolerance * length;
    for (int count = 0; count < most_steps && length > enough; ++count) {
        context.check_cancelled();
        const Vector product = loss.curvature_times(direction);
        const double curvature = direction.dot(product);
        if (!(curvature > 0)) {
            break;
        }
        const double along = length / curvature;
        step += along * direction;
        residual -= along * product;
        scaled = inverse.cwiseProduct(residual);
        const double next = residual.dot(scaled);
        direction = scaled + next / length * direction;
        length = next;
    }
    return step;
}

}  // namespace

Minimum minimise_newton_cg(CurvedLoss& loss, Vector point, double floor, const FitContext& context) {
    constexpr int most_steps = 200;
    constexpr double tiny = 1e-20, rounding = 1e-13;
    Vector gradient(point.size());
    double here = loss.at(point, gradient);
    const double first = gradient.norm();
    double last = std::numeric_limits<double>::infinity();
    for (int count = 0; count < most_steps; ++count) {
        if (!(gradient.norm() > 0) || here < floor) {
            return {.point = std::move(point), .converged = true};
        }
        const Vector step = newton_step(loss, gradient, std::min(0.1, std::sqrt(gradient.norm() / first)), context);
        const double length = -step.dot(gradient);
        const bool stuck = length < 1e-12 * (1 + std::abs(here)) && length > 0.25 * last;
        if (!(length > tiny * (1 + std::abs(here))) || stuck) {
            return {.point = std::move(point), .converged = true};
        }
        double along = 1;
        Vector there = point + step;
        double value = loss.at(there, gradient);
        for (int halvings = 0; halvings < 60 && !(value <= here - 1e-4 * along * length + rounding * std::abs(here)); ++halvings) {
            along /= 2;
            there = point + along * step;
            value = loss.at(there, gradient);
        }
        point = std::move(there);
        here = value;
        last = length;
    }
    return {.point = std::move(point), .converged = false};
}

}  // namespace mlpc::models
