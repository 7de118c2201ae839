// What a point is worth trying, by what is believed of it.
#pragma once

#include "runtime/core/table.h"

namespace mlpc::surrogate {

class Acquisition {
public:
    virtual ~Acquisition() = default;
    // Of rows of encoded points; greater is better, and none is NaN.
    virtual Vector values(const Matrix& rows) const = 0;
    // Whether `value` fills slopes; where it does not, only `values` is asked.
    virtual bool has_slopes() const = 0;
    virtual double value(const Vector& row, Vector& slope) const = 0;
};

// Ei and Pi: of improving on the best by `xi` at least; Lcb: the mean less `kappa` deviations.
enum class Criterion { LogEi, Ei, Lcb, Pi };
struct CriterionOptions {
    Criterion criterion = Criterion::LogEi;
    double xi = 0.01;
    double kappa = 1.96;
};
// The criterion, of expected improvement and of the probability its logarithm, and its slopes.
struct CriterionValue {
    double value = 0, by_mean = 0, by_deviation = 0;
};
CriterionValue criterion_value(const CriterionOptions&, double best, double mean, double deviation);

// A logarithm of an improvement where bounds count too: below a millionth, one point is no better than another and the bounds decide. Else the
// only points that promise anything, those where all trials break the bounds, would be tried for ever. `slope` becomes the factor of its slope.
double floored(double log_improvement, double& slope);

}  // namespace mlpc::surrogate
