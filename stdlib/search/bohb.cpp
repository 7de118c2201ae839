#include "runtime/core/dimension_values.h"
#include "stdlib/search/bracket_searcher.h"
#include "stdlib/search/kernel_density.h"
#include "stdlib/search/standing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mlpc {
namespace {

// Defaults of HpBandSter, the authors' implementation.
struct BohbParams : HalvingParams {
    std::int64_t rounds = 1;
    std::optional<std::int64_t> trials;
    std::optional<std::int64_t> min_points;
    double top_share = 0.15;
    std::int64_t candidates = 64;
    double random_share = 1.0 / 3;
    double widening = 3;
    double least_bandwidth = 1e-3;
};

const Schema<BohbParams>& bohb_schema() {
    static const Schema<BohbParams> schema = [] {
        Schema<BohbParams> fields = with_halving_fields(Schema<BohbParams>{});
        const Schema<BohbParams> own = {
            field(&BohbParams::rounds, {.name = "rounds", .doc = "How often all brackets are run", .valid = {.low = 1, .high = 1'000}}),
            field(&BohbParams::trials,
                  {.name = "trials", .doc = "Instead of `rounds`: brackets until so many points have been drawn", .valid = {.low = 1}}),
            field(&BohbParams::min_points,
                  {.name = "min_points",
                   .doc = "Trials that a density is fitted to at least; none: one more than there are dimensions, which is the least",
                   .valid = {.low = 1}}),
            field(&BohbParams::top_share, {.name = "top_share",
                                           .doc = "Share of the trials that count as good",
                                           .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
            field(&BohbParams::candidates,
                  {.name = "candidates", .doc = "Points that are drawn to choose a proposal from", .valid = {.low = 1, .high = 1e5}}),
            field(&BohbParams::random_share,
                  {.name = "random_share", .doc = "Share of the proposals that are drawn by the prior", .valid = {.low = 0, .high = 1}}),
            field(&BohbParams::widening, {.name = "widening",
                                          .doc = "Candidates are drawn with bandwidths so many times as wide",
                                          .valid = {.low = 0, .high = 1e3, .open_low = true}}),
            field(&BohbParams::least_bandwidth,
                  {.name = "least_bandwidth", .doc = "Bandwidth where all good trials agree", .valid = {.low = 0, .high = 1, .open_low = true}}),
        };
        fields.insert(fields.end(), own.begin(), own.end());
        return fields;
    }();
    return schema;
}

// Proposes what is likely among good trials and unlikely among bad ones, by what was found at the largest share that enough trials reached.
class DensityPoints final : public PointSource {
public:
    DensityPoints(const BohbParams& params, PointPool pool, const Rng& rng) : params_(params), pool_(std::move(pool)), rng_(rng) {
        for (const Dimension& dimension : space().dimensions) {
            categories_.push_back(dimension.kind == Dimension::Kind::Choice && dimension.choices.size() > 1 ? dimension.choices.size() : 0);
        }
        const auto least = static_cast<std::int64_t>(categories_.size()) + 1;
        min_points_ = static_cast<std::size_t>(std::max(params_.min_points.value_or(least), least));
    }

    std::optional<Assignment> next(std::uint64_t trial) override {
        Rng rng = rng_.child(trial);
        if (rng.uniform() >= params_.random_share) {
            if (std::optional<Assignment> point = likely_good(rng)) {
                return point;
            }
        }
        return pool_.draw(trial);
    }

    void learn(const Suggestion& suggestion, const Outcome& outcome) override {
        results_[suggestion.rung.share].push_back({places_of(suggestion.point), standing_of(outcome)});
    }

private:
    using Places = std::vector<std::optional<double>>;  // in [0, 1], or the index of a category; none where inactive
    struct Result {
        Places places;
        Standing standing;
    };

    const SearchSpace& space() const { return pool_.space(); }

    Places places_of(const Assignment& point) const {
        Places places = point;
        for (std::size_t d = 0; d < places.size(); ++d) {
            if (places[d] && categories_[d] == 0) {
                places[d] = position(space().dimensions[d], *places[d]);
            }
        }
        return places;
    }
    Assignment point_at(const std::vector<double>& places) const {
        Assignment point(places.size());
        for (std::size_t d = 0; d < places.size(); ++d) {
            if (is_active(space(), d, point)) {
                point[d] = categories_[d] > 0 ? places[d] : quantile(space().dimensions[d], places[d]);
            }
        }
        return point;
    }

    // Inactive places are those of another of the trials, or random where none has one.
    std::vector<std::vector<double>> completed(const std::vector<const Result*>& results, Rng rng) const {
        std::vector<std::vector<double>> rows;
        for (const Result* result : results) {
            Places places = result->places;
            for (std::size_t d = 0; d < places.size(); ++d) {
                if (!places[d]) {
                    lend(places, d, results, rng);
                }
            }
            rows.emplace_back();
            for (const auto& place : places) {
                rows.back().push_back(*place);
            }
        }
        return rows;
    }
    void lend(Places& places, std::size_t dimension, const std::vector<const Result*>& results, Rng& rng) const {
        std::vector<const Result*> donors;
        std::copy_if(results.begin(), results.end(), std::back_inserter(donors), [&](const Result* r) { return r->places[dimension].has_value(); });
        if (donors.empty()) {
            places[dimension] = categories_[dimension] > 0 ? static_cast<double>(rng.below(categories_[dimension])) : rng.uniform();
            return;
        }
        const Places& donor = donors[rng.below(donors.size())]->places;
        for (std::size_t d = dimension; d < places.size(); ++d) {
            places[d] = places[d] ? places[d] : donor[d];
        }
    }

    std::optional<Assignment> likely_good(Rng& rng) {
        for (auto at = results_.rbegin(); at != results_.rend(); ++at) {
            const std::vector<Result>& results = at->second;
            const auto share = static_cast<std::size_t>(params_.top_share * static_cast<double>(results.size()));
            const std::size_t good = std::max(min_points_, share);
            const auto ran =
                std::count_if(results.begin(), results.end(), [](const Result& r) { return r.standing.group != Standing::Class::Failed; });
            if (results.size() >= good + min_points_ && static_cast<std::size_t>(ran) >= good) {
                return best_candidate(results, good, rng);
            }
        }
        return std::nullopt;
    }

    std::optional<Assignment> best_candidate(const std::vector<Result>& results, std::size_t good_count, Rng& rng) {
        std::vector<const Result*> order;
        for (const Result& result : results) {
            order.push_back(&result);
        }
        std::stable_sort(order.begin(), order.end(), [](const Result* a, const Result* b) { return a->standing < b->standing; });
        const auto density = [&](auto begin, auto end, std::uint64_t stream) {
            return KernelDensity(categories_, completed({begin, end}, rng.child(stream)), params_.least_bandwidth);
        };
        const auto middle = order.begin() + static_cast<std::ptrdiff_t>(good_count);
        const KernelDensity good = density(order.begin(), middle, 0), bad = density(middle, order.end(), 1);
        return first_free(ranked(good, bad, rng));
    }

    std::vector<Assignment> ranked(const KernelDensity& good, const KernelDensity& bad, Rng& rng) const {
        static const double least_log = std::log(1e-32);
        std::vector<std::pair<double, Assignment>> candidates;
        for (std::int64_t i = 0; i < params_.candidates; ++i) {
            const std::vector<double> places = good.draw(rng, params_.widening);
            const double ratio = std::max(bad.log_density(places), least_log) - std::max(good.log_density(places), least_log);
            candidates.emplace_back(ratio, point_at(places));
        }
        std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<Assignment> points;
        for (auto& [ratio, point] : candidates) {
            points.push_back(std::move(point));
        }
        return points;
    }

    std::optional<Assignment> first_free(const std::vector<Assignment>& points) {
        const auto free = std::find_if(points.begin(), points.end(), [&](const Assignment& point) { return pool_.take(point); });
        return free == points.end() ? std::nullopt : std::optional(*free);
    }

    BohbParams params_;
    PointPool pool_;
    Rng rng_;
    std::vector<std::size_t> categories_;  // of each dimension, 0 for numbers
    std::size_t min_points_ = 0;
    std::map<Share, std::vector<Result>> results_;
};

std::unique_ptr<Searcher> make_bohb(const BohbParams& params, const SearchTask& task) {
    PointPool pool(task.space, task.rng.child("prior"));
    std::vector<Bracket> brackets = hyperband_brackets(params, budget_of(params.rounds, params.trials, pool));
    return bracket_searcher(std::move(brackets), std::make_unique<DensityPoints>(params, std::move(pool), task.rng.child("model")));
}

}  // namespace

void add_bohb(Catalog& catalog) {
    ComponentInfo info;
    info.name = "bohb";
    info.kind = ComponentKind::Searcher;
    info.summary = "The brackets of `hyperband` with points that kernel densities of good and bad trials propose";
    info.source = "Falkner, Klein and Hutter 2018, BOHB: robust and efficient hyperparameter optimization at scale";
    info.example = "method bohb(resource: 27, rounds: 2)";
    info.params = specs_of(bohb_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_bohb(read_params(bohb_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
