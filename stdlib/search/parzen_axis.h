// A dimension as Parzen estimators see it: a line that kernels stand on, or a set of categories.
#pragma once

#include "runtime/core/space.h"

#include <cmath>
#include <numbers>

namespace mlpc::parzen {

inline const double log_root_two_pi = 0.5 * std::log(2 * std::numbers::pi);

struct Axis {
    enum class Kind { Line, Category, Constant };  // Constant: there is one value, and so nothing to learn
    Kind kind = Kind::Line;
    std::size_t categories = 0;
    bool logarithmic = false;  // places are logarithms of values
    bool normal = false;       // the prior is normal along the line, else uniform
    double low = 0, high = 0;  // ends of the line; infinite where the prior has none. Discrete values own half a step to either side
    double centre = 0;         // the prior's mean
    double width = 1;          // the length of the line, or the standard deviation of a normal prior
    double step = 0;           // between values; 0: a continuum
};

Axis axis_of(const Dimension&);
// Where the value of a line lies.
double place_of(const Axis&, double value);
// The value of the dimension that is nearest to a place on its line.
double value_at(const Dimension&, const Axis&, double place);
// What lies nearer to a discrete value than to any other, cut off at the ends of the line.
struct Cell {
    double low = 0, high = 0;
};
Cell cell_of(const Axis&, double value);
// The logarithm of the prior's density at a place, or of the probability of one category.
double log_prior(const Axis&, double place);
// The share of a standard normal between two bounds, exact in both tails.
double normal_share(double low, double high);

}  // namespace mlpc::parzen
