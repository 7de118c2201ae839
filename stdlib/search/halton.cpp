#include "stdlib/search/sequence_searcher.h"

namespace mlpc {
namespace {

struct HaltonParams {
    std::int64_t trials = 60;
    bool scramble = true;
    std::int64_t skip = 0;
};

const Schema<HaltonParams>& halton_schema() {
    static const Schema<HaltonParams> schema = {
        field(&HaltonParams::trials, {.name = "trials", .doc = "How many points are taken; fewer where the space has fewer", .valid = {.low = 1}}),
        field(&HaltonParams::scramble,
              {.name = "scramble",
               .doc = "A random permutation of the digits at every place: the seed decides; without it high dimensions are badly mixed"}),
        field(&HaltonParams::skip, {.name = "skip", .doc = "How many leading points of the sequence are left out", .valid = {.low = 0, .high = 1e9}}),
    };
    return schema;
}

std::unique_ptr<Searcher> make_halton(const HaltonParams& params, const SearchTask& task) {
    const auto scramble = params.scramble ? std::optional(task.rng.child("scramble")) : std::nullopt;
    const auto skip = static_cast<std::uint64_t>(params.skip);
    CubeSequence sequence = [points = HaltonSequence(task.space.dimensions.size(), scramble), skip](std::uint64_t index) {
        return points.point(skip + index);
    };
    return sequence_searcher(task.space, std::move(sequence), static_cast<std::uint64_t>(params.trials), task.rng);
}

}  // namespace

void add_halton(Catalog& catalog) {
    ComponentInfo info;
    info.name = "halton";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Goes along a scrambled Halton sequence: evenly spread trials, for any number of them";
    info.source = "Halton 1960; Owen 2017, A randomized Halton algorithm in R";
    info.example = "method halton(trials: 64)";
    info.params = specs_of(halton_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_halton(read_params(halton_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
