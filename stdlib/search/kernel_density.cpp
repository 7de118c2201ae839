#include "stdlib/search/kernel_density.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc {
namespace {

double standard_deviation(const std::vector<std::vector<double>>& data, std::size_t axis) {
    const auto count = static_cast<double>(data.size());
    double mean = 0, squares = 0;
    for (const auto& row : data) {
        mean += row[axis] / count;
    }
    for (const auto& row : data) {
        squares += (row[axis] - mean) * (row[axis] - mean) / count;
    }
    return std::sqrt(squares);
}

}  // namespace

KernelDensity::KernelDensity(std::vector<std::size_t> categories, std::vector<std::vector<double>> data, double least_bandwidth)
    : categories_(std::move(categories)), data_(std::move(data)) {
    const double rate = std::pow(static_cast<double>(data_.size()), -1.0 / (4 + static_cast<double>(categories_.size())));
    for (std::size_t axis = 0; axis < categories_.size(); ++axis) {
        const auto levels = static_cast<double>(categories_[axis]);
        // Beyond (c - 1) / c a category would speak for the others more than for itself.
        const double most = levels > 0 ? (levels - 1) / levels : std::numeric_limits<double>::infinity();
        const double width = std::min(std::max(1.06 * standard_deviation(data_, axis) * rate, least_bandwidth), most);
        bandwidths_.push_back(width);
        log_peaks_.push_back(levels > 0 ? std::log1p(-width) : -std::log(width * std::sqrt(2 * std::numbers::pi)));
        log_others_.push_back(levels > 0 ? std::log(width / (levels - 1)) : 0);
    }
}

double KernelDensity::log_density(const std::vector<double>& x) const {
    std::vector<double> logs;
    for (const auto& row : data_) {
        double sum = 0;
        for (std::size_t axis = 0; axis < x.size(); ++axis) {
            if (categories_[axis] == 0) {
                const double z = (x[axis] - row[axis]) / bandwidths_[axis];
                sum += log_peaks_[axis] - 0.5 * z * z;
            } else {
                sum += x[axis] == row[axis] ? log_peaks_[axis] : log_others_[axis];
            }
        }
        logs.push_back(sum);
    }
    const double greatest = *std::max_element(logs.begin(), logs.end());
    double sum = 0;
    for (const double log : logs) {
        sum += std::exp(log - greatest);
    }
    return greatest + std::log(sum / static_cast<double>(data_.size()));
}

std::vector<double> KernelDensity::draw(Rng& rng, double widening) const {
    const auto& centres = data_[rng.below(data_.size())];
    std::vector<double> x;
    for (std::size_t axis = 0; axis < categories_.size(); ++axis) {
        if (categories_[axis] > 0) {
            x.push_back(rng.uniform() < 1 - bandwidths_[axis] ? centres[axis] : static_cast<double>(rng.below(categories_[axis])));
            continue;
        }
        double value = -1;
        // The centre lies within, so that no more than a few draws fall outside.
        while (!(value >= 0 && value <= 1)) {
            value = centres[axis] + widening * bandwidths_[axis] * rng.normal();
        }
        x.push_back(value);
    }
    return x;
}

}  // namespace mlpc
