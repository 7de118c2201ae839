// The scale on which a surrogate sees values: mean 0, variance 1, and a long tail of good or bad values drawn in.
#pragma once

#include "runtime/core/table.h"

namespace mlpc::surrogate {

// Good: the least values are drawn in, Bad: the greatest.
enum class Tail { None, Good, Bad };
struct TailShape {
    Tail tail = Tail::None;
    // The distance from the other end, in deviations of the values, from which on distances count by their logarithm.
    double reach = 1;
};

class ValueScale {
public:
    // The values are finite and at least one.
    ValueScale(const Vector& values, TailShape);

    double operator()(double value) const;
    Vector operator()(const Vector& values) const;
    // The logarithm of the product of the scale's slopes at values: what a likelihood on this scale lacks to be one of the values.
    double log_slopes(const Vector& values) const;

private:
    double bent(double value) const;

    Tail tail_ = Tail::None;
    double end_ = 0, unit_ = 1;
    double mean_ = 0, deviation_ = 1;  // of the bent values
};

}  // namespace mlpc::surrogate
