#include "runtime/core/dimension_values.h"
#include "runtime/core/error.h"
#include "stdlib/search/enumerate.h"
#include "stdlib/search/listed_searcher.h"

#include <fmt/format.h>

namespace mlpc {
namespace {

struct GridParams {
    std::int64_t points = 5;
};

// More trials than any grid is meant to have; enumerating them still takes a second.
constexpr std::int64_t most_points = 1'000'000;

const Schema<GridParams>& grid_schema() {
    static const Schema<GridParams> schema = {
        field(&GridParams::points,
              {.name = "points", .doc = "Values tried of a dimension that is neither a set nor stepped", .valid = {.low = 1, .high = most_points}}),
    };
    return schema;
}

std::unique_ptr<Searcher> make_grid(const GridParams& params, const SearchSpace& space) {
    std::vector<std::vector<double>> values;
    for (const Dimension& dimension : space.dimensions) {
        if (value_count(dimension).value_or(0) > static_cast<std::size_t>(most_points) && dimension.step) {
            throw RunError(fmt::format("`{}` has more than {} steps: take a larger step", dimension.name, most_points));
        }
        values.push_back(grid_values(dimension, static_cast<std::size_t>(params.points)));
    }
    std::vector<Assignment> points;
    if (!enumerate_points(space, values, most_points, [&](const Assignment& point) { points.push_back(point); })) {
        throw RunError(fmt::format("the grid has more than {} points: take fewer `points` a dimension, or the method `random`", most_points));
    }
    if (points.empty()) {
        throw RunError("no point of the grid satisfies `where`: take more `points` a dimension, or a wider constraint");
    }
    return listed_searcher(std::move(points));
}

}  // namespace

void add_grid(Catalog& catalog) {
    ComponentInfo info;
    info.name = "grid";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Tries every combination of values; those of a choice's parameters only under that choice";
    info.example = "method grid(points: 5)";
    info.params = specs_of(grid_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_grid(read_params(grid_schema(), values), task.space); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
