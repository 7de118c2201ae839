// Functions 15 to 24: of many optima.
#include "tests/reference/bbob_definitions.h"

#include "tests/reference/bbob_instance.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace mlpc::bbob_definitions {

namespace {

using std::numbers::pi;

double weierstrass_wave(double z) {
    double sum = 0;
    for (int k = 0; k < 12; ++k) {
        sum += std::pow(0.5, k) * std::cos(2 * pi * std::pow(3, k) * (z + 0.5));
    }
    return sum;
}
Function schaffers(const Instance& in, double condition) {
    const Matrix outer = conditioned(in.n, condition) * in.q;
    return [x0 = in.optimum, r = in.r, outer](const Vector& x) {
        const Vector z = outer * asymmetric(r * (x - x0), 0.5);
        double sum = 0;
        for (Eigen::Index i = 0; i + 1 < z.size(); ++i) {
            const double s = std::hypot(z[i], z[i + 1]);
            sum += std::sqrt(s) * (1 + std::pow(std::sin(50 * std::pow(s, 0.2)), 2));
        }
        return std::pow(sum / static_cast<double>(z.size() - 1), 2) + 10 * outside(x);
    };
}
// Signs drawn for functions 20 and 24, whose optimum lies on a corner of a cube.
Vector signs_of(const Instance& in) {
    const std::vector<double> numbers = bbob_uniform(static_cast<std::size_t>(in.n), in.seed);
    return Vector::NullaryExpr(in.n, [&](Eigen::Index i) { return numbers[static_cast<std::size_t>(i)] < 0.5 ? -1.0 : 1.0; });
}
// Positions ordered by random numbers.
std::vector<std::size_t> permutation(const std::vector<double>& numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
    return order;
}
struct Peaks {
    std::size_t count;
    double condition, widest, wide, wide_best;  // of the best peak, of the others at most; the others' range; the best one's, as a share
};
Function gallagher(Instance& in, const Peaks& peaks) {
    const auto n = static_cast<std::size_t>(in.n);
    const auto order = permutation(bbob_uniform(peaks.count - 1, in.seed));
    const std::vector<double> places = bbob_uniform(n * peaks.count, in.seed);
    std::vector<Vector> centres, widths;
    std::vector<double> heights;
    for (std::size_t p = 0; p < peaks.count; ++p) {
        const double share = p == 0 ? 0 : static_cast<double>(order[p - 1]) / static_cast<double>(peaks.count - 2);
        const double condition = p == 0 ? peaks.condition : std::pow(peaks.widest, share);
        const auto axes = permutation(bbob_uniform(n, in.seed + 1000 * static_cast<std::int64_t>(p)));
        widths.push_back(Vector::NullaryExpr(in.n, [&](Eigen::Index d) {
            return std::pow(condition, rank_of(static_cast<Eigen::Index>(axes[static_cast<std::size_t>(d)]), in.n) / 2 - 0.25);
        }));
        const double reach = p == 0 ? peaks.wide * peaks.wide_best : peaks.wide;
        centres.push_back(Vector::NullaryExpr(in.n, [&](Eigen::Index d) { return reach * (2 * places[p * n + static_cast<std::size_t>(d)] - 1); }));
        heights.push_back(p == 0 ? 10 : 1.1 + 8 * static_cast<double>(p - 1) / static_cast<double>(peaks.count - 2));
    }
    in.optimum = centres[0];
    return [r = in.r, centres, widths, heights](const Vector& x) {
        double highest = 0;
        for (std::size_t p = 0; p < centres.size(); ++p) {
            const double distance = widths[p].dot((r * (x - centres[p])).cwiseAbs2());
            highest = std::max(highest, heights[p] * std::exp(-distance / (2 * static_cast<double>(x.size()))));
        }
        return std::pow(oscillated(10 - highest), 2) + outside(x);
    };
}

}  // namespace

Function rotated_rastrigin(Instance& in) {
    return [x0 = in.optimum, r = in.r, warp = in.warp(10)](const Vector& x) { return rastrigin(warp * asymmetric(oscillated(r * (x - x0)), 0.2)); };
}
Function weierstrass(Instance& in) {
    return [x0 = in.optimum, r = in.r, warp = in.warp(0.01)](const Vector& x) {
        const Vector z = warp * oscillated(r * (x - x0));
        const double mean = z.unaryExpr([](double v) { return weierstrass_wave(v); }).mean();
        return 10 * std::pow(mean - weierstrass_wave(0), 3) + 10 / static_cast<double>(x.size()) * outside(x);
    };
}
Function round_schaffers(Instance& in) { return schaffers(in, 10); }
Function stretched_schaffers(Instance& in) { return schaffers(in, 1000); }
Function griewank_rosenbrock(Instance& in) {
    const double wide = widening(in.n);
    const Matrix turn = wide * in.q;
    in.optimum = in.q.transpose() * Vector::Constant(in.n, 0.5 / wide);
    return [turn](const Vector& x) {
        const Vector z = (turn * x).array() + 0.5;
        double sum = 0;
        for (Eigen::Index i = 0; i + 1 < z.size(); ++i) {
            const double s = 100 * std::pow(z[i] * z[i] - z[i + 1], 2) + std::pow(z[i] - 1, 2);
            sum += s / 4000 - std::cos(s);
        }
        return 10 * sum / static_cast<double>(z.size() - 1) + 10;
    };
}
Function schwefel(Instance& in) {
    static constexpr double corner = 4.2096874633, floor_value = 4.189828872724339;
    const Vector signs = signs_of(in);
    in.optimum = corner / 2 * signs;
    return [signs, stretch = scales(in.n, std::sqrt(10.0))](const Vector& x) {
        const Vector mirrored = 2 * signs.cwiseProduct(x);
        Vector z = mirrored;
        for (Eigen::Index i = 0; i + 1 < z.size(); ++i) {
            z[i + 1] += 0.25 * (mirrored[i] - corner);
        }
        z = 100 * (stretch.array() * (z.array() - corner) + corner);
        double sum = 0;
        for (const double v : z) {
            sum += v * std::sin(std::sqrt(std::abs(v)));
        }
        return floor_value - sum / (100 * static_cast<double>(z.size())) + 100 * outside(z / 100);
    };
}

Function gallagher_101(Instance& in) { return gallagher(in, {.count = 101, .condition = 1e3, .widest = 1e6, .wide = 5, .wide_best = 0.8}); }
Function gallagher_21(Instance& in) { return gallagher(in, {.count = 21, .condition = 1e6, .widest = 1e6, .wide = 4.9, .wide_best = 0.8}); }
Function katsuura(Instance& in) {
    return [x0 = in.optimum, warp = in.warp(100)](const Vector& x) {
        const Vector z = warp * (x - x0);
        const auto n = static_cast<double>(z.size());
        double product = 1;
        for (Eigen::Index i = 0; i < z.size(); ++i) {
            double sum = 0;
            for (int j = 1; j <= 32; ++j) {
                const double scaled = std::ldexp(z[i], j);
                sum += std::ldexp(std::abs(scaled - std::floor(scaled + 0.5)), -j);
            }
            product *= std::pow(1 + static_cast<double>(i + 1) * sum, 10 / std::pow(n, 1.2));
        }
        return 10 / (n * n) * (product - 1) + outside(x);
    };
}
Function lunacek(Instance& in) {
    constexpr double first = 2.5;
    const auto n = static_cast<double>(in.n);
    const double s = 1 - 1 / (2 * std::sqrt(n + 20) - 8.2), second = -std::sqrt((first * first - 1) / s);
    const Vector signs = signs_of(in);
    in.optimum = first / 2 * signs;
    return [=, warp = in.warp(100)](const Vector& x) {
        const Vector mirrored = 2 * signs.cwiseProduct(x);
        const Vector from_first = mirrored.array() - first;
        const double funnels = std::min(from_first.squaredNorm(), n + s * (mirrored.array() - second).matrix().squaredNorm());
        return funnels + 10 * (n - (2 * pi * (warp * from_first).array()).cos().sum()) + 1e4 * outside(x);
    };
}

}  // namespace mlpc::bbob_definitions
