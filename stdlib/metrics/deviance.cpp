#include "stdlib/metrics/deviance.h"

#include "runtime/core/table.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

bool in_domain(double truth, double predicted, double power) {
    if (power == 0) {
        return true;
    }
    if (power < 0) {
        return predicted > 0;
    }
    return predicted > 0 && power >= 1 && (power < 2 ? truth >= 0 : truth > 0);
}

}  // namespace

double tweedie_deviance(double truth, double predicted, double power) {
    if (!in_domain(truth, predicted, power)) {
        return missing_number;
    }
    if (power == 0) {
        return (truth - predicted) * (truth - predicted);
    }
    if (power == 1) {
        return 2 * ((truth > 0 ? truth * std::log(truth / predicted) : 0) - truth + predicted);
    }
    if (power == 2) {
        return 2 * (std::log(predicted / truth) + truth / predicted - 1);
    }
    const double base = power < 0 ? std::max(truth, 0.0) : truth;
    return 2 * (std::pow(base, 2 - power) / ((1 - power) * (2 - power)) - truth * std::pow(predicted, 1 - power) / (1 - power) +
                std::pow(predicted, 2 - power) / (2 - power));
}

}  // namespace mlpc
