// Functions 1 to 14: separable, of moderate and of high conditioning.
#include "tests/reference/bbob_definitions.h"

#include <algorithm>
#include <cmath>

namespace mlpc::bbob_definitions {

namespace {

double rosenbrock_sum(const Vector& z) {
    double sum = 0;
    for (Eigen::Index i = 0; i + 1 < z.size(); ++i) {
        sum += 100 * std::pow(z[i] * z[i] - z[i + 1], 2) + std::pow(z[i] - 1, 2);
    }
    return sum;
}

}  // namespace

Function sphere(Instance& in) {
    return [x0 = in.optimum](const Vector& x) { return (x - x0).squaredNorm(); };
}
Function ellipsoid(Instance& in) {
    return [x0 = in.optimum, weights = scales(in.n, 1e6)](const Vector& x) { return weights.dot(oscillated(x - x0).cwiseAbs2()); };
}
Function separable_rastrigin(Instance& in) {
    return [x0 = in.optimum, stretch = conditioned(in.n, 10)](const Vector& x) { return rastrigin(stretch * asymmetric(oscillated(x - x0), 0.2)); };
}
Function bueche_rastrigin(Instance& in) {
    for (Eigen::Index i = 0; i < in.n; i += 2) {
        in.optimum[i] = std::abs(in.optimum[i]);
    }
    return [x0 = in.optimum, stretch = scales(in.n, std::sqrt(10.0))](const Vector& x) {
        Vector z = oscillated(x - x0);
        for (Eigen::Index i = 0; i < z.size(); ++i) {
            z[i] *= stretch[i] * (z[i] > 0 && i % 2 == 0 ? 10 : 1);
        }
        return rastrigin(z) + 100 * outside(x);
    };
}
Function linear_slope(Instance& in) {
    in.optimum = in.optimum.unaryExpr([](double v) { return std::copysign(5.0, v); });
    return [x0 = in.optimum](const Vector& x) {
        double sum = 0;
        for (Eigen::Index i = 0; i < x.size(); ++i) {
            const double slope = std::copysign(std::pow(10, rank_of(i, x.size())), x0[i]);
            sum += 5 * std::abs(slope) - slope * (x0[i] * x[i] < 25 ? x[i] : x0[i]);
        }
        return sum;
    };
}
Function attractive_sector(Instance& in) {
    return [x0 = in.optimum, warp = in.warp(10)](const Vector& x) {
        Vector z = warp * (x - x0);
        for (Eigen::Index i = 0; i < z.size(); ++i) {
            z[i] *= z[i] * x0[i] > 0 ? 100 : 1;
        }
        return std::pow(oscillated(z.squaredNorm()), 0.9);
    };
}
Function step_ellipsoid(Instance& in) {
    const Matrix inner = conditioned(in.n, 10) * in.q;
    return [x0 = in.optimum, inner, outer = in.r, weights = scales(in.n, 100)](const Vector& x) {
        const Vector turned = inner * (x - x0);
        const Vector steps = turned.unaryExpr([](double v) { return std::abs(v) > 0.5 ? std::floor(v + 0.5) : std::floor(10 * v + 0.5) / 10; });
        return 0.1 * std::max(std::abs(turned[0]) / 1e4, weights.dot((outer * steps).cwiseAbs2())) + outside(x);
    };
}
Function original_rosenbrock(Instance& in) {
    in.optimum *= 0.75;
    return [x0 = in.optimum, wide = widening(in.n)](const Vector& x) { return rosenbrock_sum((wide * (x - x0)).array() + 1); };
}
Function rotated_rosenbrock(Instance& in) {
    const double wide = widening(in.n);
    const Matrix turn = wide * in.q;
    in.optimum = in.q.transpose() * Vector::Constant(in.n, 0.5 / wide);
    return [turn](const Vector& x) { return rosenbrock_sum((turn * x).array() + 0.5); };
}
Function rotated_ellipsoid(Instance& in) {
    return [x0 = in.optimum, r = in.r, weights = scales(in.n, 1e6)](const Vector& x) { return weights.dot(oscillated(r * (x - x0)).cwiseAbs2()); };
}
Function discus(Instance& in) {
    return [x0 = in.optimum, r = in.r](const Vector& x) {
        const Vector z = oscillated(r * (x - x0));
        return 1e6 * z[0] * z[0] + z.tail(z.size() - 1).squaredNorm();
    };
}
Function bent_cigar(Instance& in) {
    return [x0 = in.optimum, r = in.r](const Vector& x) {
        const Vector z = r * asymmetric(r * (x - x0), 0.5);
        return z[0] * z[0] + 1e6 * z.tail(z.size() - 1).squaredNorm();
    };
}
Function sharp_ridge(Instance& in) {
    return [x0 = in.optimum, warp = in.warp(10)](const Vector& x) {
        const Vector z = warp * (x - x0);
        return z[0] * z[0] + 100 * z.tail(z.size() - 1).norm();
    };
}
Function different_powers(Instance& in) {
    return [x0 = in.optimum, r = in.r](const Vector& x) {
        const Vector z = r * (x - x0);
        double sum = 0;
        for (Eigen::Index i = 0; i < z.size(); ++i) {
            sum += std::pow(std::abs(z[i]), 2 + 4 * rank_of(i, z.size()));
        }
        return std::sqrt(sum);
    };
}

}  // namespace mlpc::bbob_definitions
