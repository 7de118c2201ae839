// The points of a search's space at which the shapes of a network are looked at.
#pragma once

#include "compiler/sema/networks.h"

#include <vector>

namespace mlpc::sema {

// All choices and both ends of what can change a shape, in every combination, and all whole numbers between the ends, of the shortest ranges
// first, as long as the combinations are few; where the ends alone make too many, a sample that is always the same. What `where` rules out is
// left aside.
class Corners {
public:
    Corners(const NetworkRecord&, const SearchSpace&);
    std::vector<Assignment> all();
    const std::vector<std::size_t>& dimensions() const { return dimensions_; }  // of the network, ascending
    bool is_shaping(std::size_t dimension) const { return shaping_[dimension]; }
    const std::vector<double>& values(std::size_t dimension) const { return values_[dimension]; }
    // The point with another value of that dimension, what depends on it set anew.
    Assignment changed(Assignment point, std::size_t dimension, double value) const;

private:
    void look_between();
    bool visit_all();  // false: they are too many
    bool visit(std::size_t at);
    void clear_point();
    void draw();
    bool is_possible(Assignment point) const;

    const SearchSpace& space_;
    std::vector<std::size_t> dimensions_;
    std::vector<bool> shaping_;
    std::vector<std::vector<double>> values_;  // at which shapes are looked at
    Assignment point_;
    std::vector<Assignment> found_;
};

}  // namespace mlpc::sema
