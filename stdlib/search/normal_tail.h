// Logarithms of normal probabilities and of expected improvements, exact far into the tail, with their slopes.
#pragma once

namespace mlpc::surrogate {

struct LogTail {
    double value = 0;
    double slope = 0;  // by z
};

// log Φ(z).
LogTail log_normal_cdf(double z);
// log (φ(z) + z Φ(z)): the improvement below a bound z standard deviations above the mean, by the standard deviation (Ament, Daulton, Eriksson,
// Balandat, Bakshy 2023, Unexpected improvements to expected improvement).
LogTail log_expected_improvement(double z);

}  // namespace mlpc::surrogate
