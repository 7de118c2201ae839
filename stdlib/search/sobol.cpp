#include "stdlib/search/sequence_searcher.h"

namespace mlpc {
namespace {

struct SobolParams {
    std::int64_t trials = 60;
    bool scramble = true;
    std::int64_t skip = 0;
};

const Schema<SobolParams>& sobol_schema() {
    static const Schema<SobolParams> schema = {
        field(&SobolParams::trials, {.name = "trials", .doc = "How many points are taken; fewer where the space has fewer", .valid = {.low = 1}}),
        field(&SobolParams::scramble,
              {.name = "scramble",
               .doc = "Owen scrambling: the seed decides, and no point is a corner; without it the sequence begins where every prior does"}),
        field(&SobolParams::skip, {.name = "skip", .doc = "How many leading points of the sequence are left out", .valid = {.low = 0, .high = 1e9}}),
    };
    return schema;
}

std::unique_ptr<Searcher> make_sobol(const SobolParams& params, const SearchTask& task) {
    const auto scramble = params.scramble ? std::optional(task.rng.child("scramble")) : std::nullopt;
    const auto skip = static_cast<std::uint64_t>(params.skip);
    CubeSequence sequence = [points = SobolSequence(task.space.dimensions.size(), scramble), skip](std::uint64_t index) {
        return points.point(skip + index);
    };
    return sequence_searcher(task.space, std::move(sequence), static_cast<std::uint64_t>(params.trials), task.rng);
}

}  // namespace

void add_sobol(Catalog& catalog) {
    ComponentInfo info;
    info.name = "sobol";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Goes along a scrambled Sobol sequence: any 2^k trials lie evenly in the space";
    info.source = "Sobol 1967; direction numbers of Joe and Kuo 2008; Owen 1995, Randomly permuted (t,m,s)-nets and (t,s)-sequences";
    info.example = "method sobol(trials: 64)";
    info.params = specs_of(sobol_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_sobol(read_params(sobol_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
