// A search space as a box that regressions can be fitted on: numbers by their share of the prior, choices as indicators.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/space.h"
#include "runtime/core/table.h"

#include <vector>

namespace mlpc::surrogate {

// The columns of one dimension.
struct Axis {
    enum class Kind { Continuous, Stepped, Choice };  // Stepped: integers, multiples of a step and ordered sets
    Kind kind = Kind::Continuous;
    Eigen::Index column = 0, columns = 1;
    std::uint64_t values = 0;  // how many there are; 0: a continuum
};

class UnitCube {
public:
    explicit UnitCube(SearchSpace);

    const SearchSpace& space() const { return space_; }
    const std::vector<Axis>& axes() const { return axes_; }  // one a dimension
    Eigen::Index columns() const { return columns_; }
    bool has_constraints() const { return !space_.constraints.empty(); }

    // Where the point lies; an inactive dimension stands at the middle of its axis, so that it makes no difference between two points without it.
    Vector encode(const Assignment&) const;
    Matrix encode(const std::vector<Assignment>&) const;  // a row a point
    // The value of a dimension of numbers at a place in [0, 1], rounded to what the dimension can take.
    double value_at(std::size_t dimension, double place) const;
    // Draws a value by the prior for each active dimension that has none, and takes away those of inactive ones.
    void complete(Assignment&, Rng&) const;
    Assignment draw(Rng&) const;

private:
    SearchSpace space_;
    std::vector<Axis> axes_;
    Eigen::Index columns_ = 0;
};

}  // namespace mlpc::surrogate
