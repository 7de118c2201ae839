#include "runtime/core/dimension_values.h"
#include "runtime/core/draw.h"
#include "stdlib/search/low_discrepancy.h"
#include "stdlib/search/surrogate_searcher.h"

#include <functional>

namespace mlpc::surrogate {

namespace {

// Called with 0, 1, 2, …
using PointAt = std::function<UnitPoint(std::uint64_t)>;

PointAt sequence_of(InitialDesign design, std::size_t dimensions, std::size_t count, const Rng& rng) {
    constexpr std::size_t designs = 10;
    switch (design) {
        case InitialDesign::Sobol:
            return [s = SobolSequence(dimensions, rng)](std::uint64_t i) { return s.point(i); };
        case InitialDesign::Halton:
            return [s = HaltonSequence(dimensions, rng)](std::uint64_t i) { return s.point(i); };
        case InitialDesign::LatinHypercube:
            // Points that `where` forbids are made up for from further hypercubes.
            return [=, cube = std::vector<UnitPoint>()](std::uint64_t i) mutable {
                if (i % count == 0) {
                    cube = latin_hypercube(count, dimensions, Placement::Random, designs, rng.child(i / count));
                }
                return cube.at(static_cast<std::size_t>(i % count));
            };
        case InitialDesign::Random:
            break;
    }
    return [=](std::uint64_t i) {
        Rng draws = rng.child(i);
        UnitPoint point(dimensions);
        for (double& coordinate : point) {
            coordinate = draws.uniform();
        }
        return point;
    };
}

Assignment point_at(const SearchSpace& space, const UnitPoint& shares) {
    Assignment point(space.dimensions.size());
    for (std::size_t d = 0; d < point.size(); ++d) {
        if (is_active(space, d, point)) {
            point[d] = quantile(space.dimensions[d], shares[d]);
        }
    }
    return point;
}

}  // namespace

std::vector<Assignment> initial_points(const UnitCube& cube, InitialDesign design, std::size_t count, const Rng& rng) {
    const SearchSpace& space = cube.space();
    const PointAt at = sequence_of(design, space.dimensions.size(), count, rng);
    std::vector<Assignment> points;
    std::set<Assignment> seen;
    const std::uint64_t most_tries = 20 * count;
    for (std::uint64_t i = 0; i < most_tries && points.size() < count; ++i) {
        Assignment point = point_at(space, at(i));
        if (is_feasible(space, point) && seen.insert(point).second) {
            points.push_back(std::move(point));
        }
    }
    return points;
}

}  // namespace mlpc::surrogate
