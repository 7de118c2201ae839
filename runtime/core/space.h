// Search spaces: a flat list of dimensions, some of them active only under a choice of another.
#pragma once

#include "runtime/core/param.h"
#include "runtime/core/span.h"

#include <optional>
#include <string>
#include <vector>

namespace mlpc {

struct DimensionId {
    std::uint32_t index = 0;
    friend bool operator==(DimensionId, DimensionId) = default;
};

// The dimension exists only where `dimension` takes one of `choices`.
struct Condition {
    DimensionId dimension;
    std::vector<std::uint32_t> choices;
};

struct Dimension {
    enum class Kind { Integer, Real, Choice, Ordered };  // Choice and Ordered: index into `choices`
    enum class Prior { Uniform, LogUniform, Normal, LogNormal };
    std::string name;  // "forest.depth", "prep.2"
    Kind kind = Kind::Real;
    Prior prior = Prior::Uniform;
    double low = 0, high = 0;  // both included
    std::optional<double> step = {};
    double mean = 0, sd = 1;                 // Normal, LogNormal
    std::vector<ParamValue> choices = {};    // Choice and Ordered; alternatives of a chain are words
    std::vector<Condition> conditions = {};  // all must hold; they name earlier dimensions only
    Span span = {};
};

struct SearchSpace {
    std::vector<Dimension> dimensions;
    std::vector<Expression> constraints;  // over dimension names; an assignment with an inactive name in one passes it
};

// The value of every dimension: a number, or the index of a choice; nullopt where inactive.
using Assignment = std::vector<std::optional<double>>;

// Whether dimension d exists under the values chosen for the dimensions before it.
bool is_active(const SearchSpace&, std::size_t d, const Assignment&);
// Whether all constraints hold.
bool is_feasible(const SearchSpace&, const Assignment&);
ParamValue value_of(const Dimension&, double value);
// "forest.depth=7 forest.features=sqrt", active dimensions in order.
std::string to_string(const SearchSpace&, const Assignment&);

}  // namespace mlpc
