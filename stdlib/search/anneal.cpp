#include "stdlib/search/anneal.h"

#include "runtime/core/dimension_values.h"
#include "stdlib/search/parzen_axis.h"
#include "stdlib/search/point_pool.h"
#include "stdlib/search/trial_history.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

using parzen::Axis;

const Schema<AnnealParams>& anneal_schema() {
    static const Schema<AnnealParams> schema = {
        field(&AnnealParams::trials, {.name = "trials", .doc = "How many points are tried; fewer where the space has fewer", .valid = {.low = 1}}),
        field(&AnnealParams::mean_rank,
              {.name = "mean_rank",
               .doc = "A proposal begins at one of the best trials; the mean of its rank, which is geometric, 1 being the best",
               .valid = {.low = 1}}),
        field(&AnnealParams::shrinking,
              {.name = "shrinking",
               .doc = "After n trials values are drawn from 1 / (1 + n times this) of a dimension's range around the trial's",
               .valid = {.low = 0}}),
    };
    return schema;
}

class AnnealSearcher final : public TrialSearcher {
public:
    AnnealSearcher(const AnnealParams& params, const SearchTask& task) : params_(params), rng_(task.rng), pool_(task.space, task.rng) {
        for (const Dimension& dimension : task.space.dimensions) {
            axes_.push_back(parzen::axis_of(dimension));
        }
    }

    std::optional<Assignment> propose(std::uint64_t trial) override {
        if (trial >= static_cast<std::uint64_t>(params_.trials)) {
            return std::nullopt;
        }
        constexpr std::uint64_t most_attempts = 100;
        for (std::uint64_t attempt = 0; attempt < most_attempts && !history_.trials().empty(); ++attempt) {
            Assignment point = neighbour(rng_.child("proposal").child(trial).child(attempt));
            if (pool_.take(point)) {
                return point;
            }
        }
        return pool_.draw(trial);
    }
    void learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) override {
        pool_.take(point);
        history_.told(trial, point, outcome);
    }
    std::optional<std::uint64_t> planned_trials() const override {
        const auto trials = static_cast<std::uint64_t>(params_.trials);
        return std::min(trials, pool_.size().value_or(trials));
    }
    bool adaptive() const override { return true; }

private:
    Assignment neighbour(Rng rng) const {
        const SearchSpace& space = pool_.space();
        std::vector<std::uint32_t> chosen;  // trials that earlier dimensions were taken from
        Assignment point(space.dimensions.size());
        for (std::size_t d = 0; d < point.size(); ++d) {
            if (!is_active(space, d, point)) {
                continue;
            }
            const std::vector<std::uint32_t> having = trials_with(d);
            point[d] =
                having.empty() ? quantile(space.dimensions[d], rng.uniform()) : near(d, base_value(d, having, chosen, rng), having.size(), rng);
        }
        return point;
    }

    // Positions of the trials that have the dimension, best first.
    std::vector<std::uint32_t> trials_with(std::size_t d) const {
        std::vector<std::uint32_t> having;
        std::copy_if(history_.best_first().begin(), history_.best_first().end(), std::back_inserter(having),
                     [&](std::uint32_t i) { return history_.trials()[i].point[d].has_value(); });
        return having;
    }

    // Values are taken from one trial where it has them all, since they need not be good without each other.
    double base_value(std::size_t d, const std::vector<std::uint32_t>& having, std::vector<std::uint32_t>& chosen, Rng& rng) const {
        for (const std::uint32_t i : chosen) {
            if (const auto& value = history_.trials()[i].point[d]) {
                return *value;
            }
        }
        const double goes_on = 1 - 1 / params_.mean_rank;
        const double rank = goes_on > 0 ? std::floor(std::log1p(-rng.uniform()) / std::log(goes_on)) : 0;
        chosen.push_back(having[static_cast<std::size_t>(std::min(rank, static_cast<double>(having.size() - 1)))]);
        return *history_.trials()[chosen.back()].point[d];
    }

    double near(std::size_t d, double value, std::size_t observations, Rng& rng) const {
        const Dimension& dimension = pool_.space().dimensions[d];
        const Axis& axis = axes_[d];
        const double share = 1 / (1 + static_cast<double>(observations) * params_.shrinking);
        if (axis.kind == Axis::Kind::Constant) {
            return value;
        }
        if (axis.kind == Axis::Kind::Category) {
            return rng.uniform() < share ? quantile(dimension, rng.uniform()) : value;
        }
        const double place = parzen::place_of(axis, value);
        if (axis.normal) {
            return parzen::value_at(dimension, axis, std::clamp(place + axis.width * share * rng.normal(), axis.low, axis.high));
        }
        const double half = axis.width * share / 2;
        const double middle = std::clamp(place, axis.low + half, axis.high - half);
        return parzen::value_at(dimension, axis, rng.uniform(middle - half, middle + half));
    }

    AnnealParams params_;
    Rng rng_;
    PointPool pool_;
    std::vector<Axis> axes_;
    TrialHistory history_;
};

}  // namespace

std::unique_ptr<Searcher> make_anneal(const AnnealParams& params, const SearchTask& task) { return std::make_unique<AnnealSearcher>(params, task); }

void add_anneal(Catalog& catalog) {
    ComponentInfo info;
    info.name = "anneal";
    info.kind = ComponentKind::Searcher;
    info.summary = "Draws near one of the best trials so far, ever nearer the more trials there are";
    info.source = "Hyperopt's anneal.suggest: Bergstra, Yamins and Cox 2013, Making a science of model search";
    info.example = "method anneal(trials: 60)";
    info.params = specs_of(anneal_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_anneal(read_params(anneal_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
