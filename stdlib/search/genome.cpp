#include "stdlib/search/genome.h"

#include "runtime/core/dimension_values.h"
#include "runtime/core/draw.h"

namespace mlpc {

Genome random_genome(const SearchSpace& space, const Rng& rng) {
    const Assignment point = draw_feasible(space, rng.child("point"));
    Rng hidden = rng.child("hidden");
    Genome genome;
    for (std::size_t d = 0; d < point.size(); ++d) {
        const double unused = hidden.uniform();
        genome.push_back(point[d] ? position(space.dimensions[d], *point[d]) : unused);
    }
    return genome;
}

}  // namespace mlpc
