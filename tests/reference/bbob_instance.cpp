#include "tests/reference/bbob_instance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace mlpc {
namespace {

// Park and Miller 1988, Random number generators: good ones are hard to find.
std::int64_t next_of(std::int64_t state) {
    const std::int64_t next = 16'807 * (state % 127'773) - 2'836 * (state / 127'773);
    return next < 0 ? next + 2'147'483'647 : next;
}

}  // namespace

std::vector<double> bbob_uniform(std::size_t count, std::int64_t seed) {
    std::int64_t state = std::max<std::int64_t>(std::abs(seed), 1);
    std::array<std::int64_t, 32> shuffled = {};
    for (int i = 39; i >= 0; --i) {
        state = next_of(state);
        if (i < 32) {
            shuffled[static_cast<std::size_t>(i)] = state;
        }
    }
    std::vector<double> numbers(count);
    std::int64_t drawn = shuffled[0];
    for (double& number : numbers) {
        state = next_of(state);
        const auto place = static_cast<std::size_t>(drawn / 67'108'865);
        drawn = shuffled[place];
        shuffled[place] = state;
        number = drawn == 0 ? 1e-99 : static_cast<double>(drawn) / 2.147483647e9;
    }
    return numbers;
}

std::vector<double> bbob_normal(std::size_t count, std::int64_t seed) {
    const std::vector<double> uniform = bbob_uniform(2 * count, seed);
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double number = std::sqrt(-2 * std::log(uniform[i])) * std::cos(2 * std::numbers::pi * uniform[count + i]);
        numbers[i] = number == 0 ? 1e-99 : number;
    }
    return numbers;
}

Eigen::VectorXd bbob_optimum(std::size_t dimensions, std::int64_t seed) {
    const std::vector<double> uniform = bbob_uniform(dimensions, seed);
    Eigen::VectorXd optimum(static_cast<Eigen::Index>(dimensions));
    for (std::size_t d = 0; d < dimensions; ++d) {
        const double x = 8 * std::floor(1e4 * uniform[d]) / 1e4 - 4;
        optimum[static_cast<Eigen::Index>(d)] = x == 0 ? -1e-5 : x;
    }
    return optimum;
}

std::int64_t bbob_seed(int function, int instance) {
    const int named = function == 4 ? 3 : function == 18 ? 17 : function;
    return named + 10'000 * std::int64_t{instance};
}

double bbob_height(int function, int instance) {
    const std::int64_t seed = bbob_seed(function, instance);
    const double ratio = bbob_normal(1, seed)[0] / bbob_normal(1, seed + 1)[0];
    return std::clamp(std::floor(100 * 100 * ratio + 0.5) / 100, -1000.0, 1000.0);
}

Eigen::MatrixXd bbob_rotation(std::size_t dimensions, std::int64_t seed) {
    const std::vector<double> numbers = bbob_normal(dimensions * dimensions, seed);
    const auto n = static_cast<Eigen::Index>(dimensions);
    Eigen::MatrixXd rotation = Eigen::Map<const Eigen::MatrixXd>(numbers.data(), n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < i; ++j) {
            rotation.col(i) -= rotation.col(i).dot(rotation.col(j)) * rotation.col(j);
        }
        rotation.col(i).normalize();
    }
    return rotation;
}

}  // namespace mlpc
