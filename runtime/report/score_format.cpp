#include "runtime/report/score_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

ScoreFormat::ScoreFormat(const std::vector<double>& values) {
    double largest = 0;
    for (const double v : values) {
        largest = std::isfinite(v) ? std::max(largest, std::abs(v)) : largest;
    }
    // Shares and correlations reach 1 and are read with four decimals like the rest of their column.
    if (largest > 1 || (largest > 0 && largest < 0.1)) {
        decimals_ = std::clamp(3 - static_cast<int>(std::floor(std::log10(largest))), 0, 9);
    }
}

std::string ScoreFormat::operator()(double score) const {
    if (std::isnan(score)) {
        return "—";
    }
    const std::string text = fmt::format("{:.{}f}", score, decimals_);
    const bool negative_zero = text[0] == '-' && text.find_first_of("123456789in") == std::string::npos;
    return negative_zero ? text.substr(1) : text;
}

std::string ScoreFormat::with_interval(const Summary& summary) const {
    if (summary.count < 2) {
        return (*this)(summary.mean);
    }
    return (*this)(summary.mean) + " ±" + (*this)((summary.high - summary.low) / 2);
}

Summary summarise_known(const std::vector<double>& values) {
    std::vector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known), [](double v) { return !std::isnan(v); });
    return summarise(known);
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : separator) + part;
    }
    return text;
}

std::string counted(std::size_t count, const std::string& noun) { return std::to_string(count) + " " + noun + (count == 1 ? "" : "s"); }

}  // namespace mlpc
