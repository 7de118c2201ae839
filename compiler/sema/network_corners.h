// The points of a search's space at which the shapes of a network are looked at.
#pragma once

#include "compiler/sema/networks.h"

#include <vector>

namespace mlpc::sema {

// All choices and both ends of what can change a shape, in every combination, or a sample of them that is always the same; what `where`
// rules out is left aside.
class Corners {
public:
    Corners(const NetworkRecord&, const SearchSpace&);
    std::vector<Assignment> all();
    const std::vector<std::size_t>& dimensions() const { return dimensions_; }  // of the network, ascending
    bool is_shaping(std::size_t dimension) const { return shaping_[dimension]; }
    std::vector<double> values(std::size_t dimension) const;
    // The point with another value of that dimension, what depends on it set anew.
    Assignment changed(Assignment point, std::size_t dimension, double value) const;

private:
    bool visit(std::size_t at);  // false: they are too many
    void draw();
    bool is_possible(Assignment point) const;

    const SearchSpace& space_;
    std::vector<std::size_t> dimensions_;
    std::vector<bool> shaping_;
    Assignment point_;
    std::vector<Assignment> found_;
};

}  // namespace mlpc::sema
