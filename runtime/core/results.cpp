#include "runtime/core/results.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace mlpc {
namespace {

double mean_of(const std::vector<double>& values) {
    if (values.empty()) {
        return not_a_number;
    }
    double sum = 0;
    for (const double v : values) {
        sum += v;
    }
    return sum / static_cast<double>(values.size());
}

// P(|T| < t) for t = sqrt(freedom) tan(angle): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
double central_probability(double angle, std::size_t freedom) {
    const double cosine = std::cos(angle), sine = std::sin(angle);
    const bool odd = freedom % 2 == 1;
    double term = odd ? cosine : 1.0;
    double sum = freedom == 1 ? 0.0 : term;
    for (std::size_t i = odd ? 3 : 2; i + 1 < freedom; i += 2) {
        term *= cosine * cosine * static_cast<double>(i - 1) / static_cast<double>(i);
        sum += term;
    }
    return odd ? 2 / std::numbers::pi * (angle + sine * sum) : sine * sum;
}

// The t that a Student's t variable stays below in size with probability 0.95.
double two_sided_95(std::size_t freedom) {
    double low = 0, high = std::numbers::pi / 2;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (central_probability(middle, freedom) < 0.95 ? low : high) = middle;
    }
    return std::sqrt(static_cast<double>(freedom)) * std::tan(low);
}

}  // namespace

std::string_view name_of(Reuse reuse) {
    switch (reuse) {
        case Reuse::None:
            return "none";
        case Reuse::Frozen:
            return "frozen";
        case Reuse::FineTuned:
            return "fine-tuned";
    }
    return "";
}

double two_sided_p_value(double t, std::size_t freedom) {
    return std::isnan(t) ? not_a_number : 1 - central_probability(std::atan(std::abs(t) / std::sqrt(static_cast<double>(freedom))), freedom);
}

double TrialRecord::mean_score() const { return mean_of(fold_scores); }
double TrialRecord::mean_train_score() const { return mean_of(train_scores); }

Summary summarise(const std::vector<double>& values) {
    const double mean = mean_of(values);
    Summary summary{.mean = mean, .sd = not_a_number, .low = not_a_number, .high = not_a_number, .count = values.size()};
    if (values.size() < 2) {
        return summary;
    }
    double squares = 0;
    for (const double v : values) {
        squares += (v - mean) * (v - mean);
    }
    const auto n = static_cast<double>(values.size());
    summary.sd = std::sqrt(squares / (n - 1));
    const double half_width = two_sided_95(values.size() - 1) * summary.sd / std::sqrt(n);
    summary.low = mean - half_width;
    summary.high = mean + half_width;
    return summary;
}

}  // namespace mlpc
