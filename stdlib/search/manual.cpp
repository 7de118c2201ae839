#include "runtime/core/error.h"
#include "stdlib/search/listed_searcher.h"

#include <fmt/format.h>

#include <cassert>

namespace mlpc {
namespace {

struct ManualParams {
    std::vector<ParamValue> points;
};

const Schema<ManualParams>& manual_schema() {
    static const Schema<ManualParams> schema = {
        field(&ManualParams::points, {.name = "points", .doc = "Records of parameter values, one trial each, in the order given"}),
    };
    return schema;
}

// The compiler hands each record over as a list with an element per dimension: its number, or none where it is inactive.
Assignment assignment_of(const ParamValue& record, std::size_t dimensions) {
    Assignment point;
    for (const ParamValue& element : std::get<std::vector<ParamValue>>(record.value)) {
        point.push_back(element.is_none() ? std::nullopt : std::optional(detail::number_of(element)));
    }
    assert(point.size() == dimensions && "a listed point has an element per dimension");
    static_cast<void>(dimensions);
    return point;
}

std::unique_ptr<Searcher> make_manual(const ParamValues& values, const SearchSpace& space) {
    std::vector<Assignment> points;
    for (const ParamValue& record : read_params(manual_schema(), values).points) {
        points.push_back(assignment_of(record, space.dimensions.size()));
        if (!is_feasible(space, points.back())) {
            throw RunError(
                fmt::format("point {} of `manual` ({}) breaks `where`: change one of the two", points.size(), to_string(space, points.back())));
        }
    }
    return listed_searcher(std::move(points));
}

}  // namespace

void add_manual(Catalog& catalog) {
    ComponentInfo info;
    info.name = "manual";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Tries the listed points";
    info.example = "method manual [{C: 0.1}, {C: 10.0}]";
    info.params = specs_of(manual_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_manual(values, task.space); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
