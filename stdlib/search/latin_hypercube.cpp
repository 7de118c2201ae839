#include "stdlib/search/sequence_searcher.h"

#include <utility>

namespace mlpc {
namespace {

struct LatinHypercubeParams {
    std::int64_t trials = 60;
    Placement place = Placement::Random;
    std::int64_t designs = 10;
};

const Schema<LatinHypercubeParams>& latin_hypercube_schema() {
    static const Schema<LatinHypercubeParams> schema = {
        field(&LatinHypercubeParams::trials,
              {.name = "trials", .doc = "How many points are taken, and into how many equal parts each dimension is cut", .valid = {.low = 1}}),
        field(&LatinHypercubeParams::place, {.name = "place", .doc = "Where a point lies within its part", .words = {"random", "centred"}}),
        field(&LatinHypercubeParams::designs,
              {.name = "designs", .doc = "Of so many random designs that one is taken whose nearest points are farthest apart", .valid = {.low = 1}}),
    };
    return schema;
}

// Design after design, so that points that are passed over are made up for.
class Designs {
public:
    Designs(const LatinHypercubeParams& params, std::size_t dimensions, const Rng& rng) : params_(params), dimensions_(dimensions), rng_(rng) {}

    UnitPoint point(std::uint64_t index) {
        const auto size = static_cast<std::uint64_t>(params_.trials);
        if (points_.empty() || std::exchange(design_, index / size) != index / size) {
            points_ = latin_hypercube(static_cast<std::size_t>(size), dimensions_, params_.place, static_cast<std::size_t>(params_.designs),
                                      rng_.child(index / size));
        }
        return points_[static_cast<std::size_t>(index % size)];
    }

private:
    LatinHypercubeParams params_;
    std::size_t dimensions_;
    Rng rng_;
    std::uint64_t design_ = 0;
    std::vector<UnitPoint> points_;
};

std::unique_ptr<Searcher> make_latin_hypercube(const LatinHypercubeParams& params, const SearchTask& task) {
    CubeSequence sequence = [designs = Designs(params, task.space.dimensions.size(), task.rng.child("designs"))](std::uint64_t index) mutable {
        return designs.point(index);
    };
    return sequence_searcher(task.space, std::move(sequence), static_cast<std::uint64_t>(params.trials), task.rng);
}

}  // namespace

void add_latin_hypercube(Catalog& catalog) {
    ComponentInfo info;
    info.name = "latin_hypercube";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Cuts every dimension into as many parts as there are trials, and has one trial in each part";
    info.source = "McKay, Beckman and Conover 1979; Johnson, Moore and Ylvisaker 1990, Minimax and maximin distance designs";
    info.example = "method latin_hypercube(trials: 60)";
    info.params = specs_of(latin_hypercube_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return make_latin_hypercube(read_params(latin_hypercube_schema(), values), task);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
