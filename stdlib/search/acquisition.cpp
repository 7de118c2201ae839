#include "stdlib/search/acquisition.h"

#include "stdlib/search/normal_tail.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

CriterionValue criterion_value(const CriterionOptions& options, double best, double mean, double deviation) {
    if (options.criterion == Criterion::Lcb) {
        return {.value = options.kappa * deviation - mean, .by_mean = -1, .by_deviation = options.kappa};
    }
    const double margin = options.criterion == Criterion::LogEi ? 0 : options.xi;
    const double z = (best - margin - mean) / deviation;
    if (options.criterion == Criterion::Pi) {
        const LogTail tail = log_normal_cdf(z);
        return {.value = tail.value, .by_mean = -tail.slope / deviation, .by_deviation = -tail.slope * z / deviation};
    }
    const LogTail tail = log_expected_improvement(z);
    return {.value = std::log(deviation) + tail.value, .by_mean = -tail.slope / deviation, .by_deviation = (1 - tail.slope * z) / deviation};
}

double floored(double log_improvement, double& slope) {
    constexpr double log_least = -13.815510557964274;  // log 1e-6
    const double above = std::exp(-std::abs(log_improvement - log_least));
    slope = log_improvement > log_least ? 1 / (1 + above) : above / (1 + above);
    return std::max(log_improvement, log_least) + std::log1p(above);
}

}  // namespace mlpc::surrogate
