#include "runtime/core/component.h"
#include "runtime/core/dimension_values.h"
#include "runtime/core/draw.h"
#include "stdlib/search/cma_run.h"
#include "stdlib/search/cube_coordinates.h"
#include "stdlib/search/point_pool.h"
#include "stdlib/search/restart_schedule.h"
#include "stdlib/search/trial_rank.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mlpc {
namespace {

struct CmaEsParams {
    std::int64_t trials = 60;
    std::optional<std::int64_t> population;
    double sigma0 = 0.15;
    RestartSchedule::Kind restarts = RestartSchedule::Kind::Bipop;
    CmaCovariance covariance = CmaCovariance::Auto;
};

const Schema<CmaEsParams>& cma_es_schema() {
    static const Schema<CmaEsParams> schema = {
        field(&CmaEsParams::trials, {.name = "trials", .doc = "How many points are tried", .valid = {.low = 1}}),
        field(
            &CmaEsParams::population,
            {.name = "population", .doc = "Members of a generation; none: 4 + 3 ln(dimensions), rounded down", .valid = {.low = 2, .high = 100'000}}),
        field(&CmaEsParams::sigma0, {.name = "sigma0",
                                     .doc = "The first standard deviation of every dimension, as a share of its range",
                                     .valid = {.low = 0, .high = 10, .open_low = true}}),
        field(&CmaEsParams::restarts,
              {.name = "restarts",
               .doc = "Once a run has converged: none ends the search, ipop begins anew with twice the population, bipop has small runs besides",
               .words = {"none", "ipop", "bipop"}}),
        field(&CmaEsParams::covariance, {.name = "covariance",
                                         .doc = "Whether correlations are learned, or a deviation per dimension only; auto: correlations up to 100",
                                         .words = {"auto", "full", "diagonal"}}),
    };
    return schema;
}

class CmaEsSearcher final : public TrialSearcher {
public:
    CmaEsSearcher(const CmaEsParams& params, const SearchTask& task)
        : params_(params),
          pool_(task.space, task.rng.child("pool")),
          rng_(task.rng),
          trials_(std::min<std::uint64_t>(static_cast<std::uint64_t>(params.trials), pool_.size().value_or(~std::uint64_t{0}))),
          first_{population(params, task.space.dimensions.size()), params.sigma0},
          schedule_(params.restarts, first_),
          run_(std::in_place, task.space, first_, params.covariance, std::nullopt) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        constexpr std::uint64_t most_attempts = 200;
        if (trial >= trials_) {
            return std::nullopt;
        }
        for (std::uint64_t attempt = 0; attempt < most_attempts && run_; ++attempt) {
            Rng rng = rng_.child(trial).child(attempt);
            CmaRun::Member member = run_->sample(rng);
            if (auto point = accepted(member, attempt)) {
                in_flight_.emplace(trial, Asked{std::move(member), run_number_});
                return point;
            }
        }
        return run_ ? drawn(trial) : std::nullopt;
    }

    void learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) override {
        const TrialRank rank = rank_of(outcome);
        seen_.insert_or_assign(point, rank);
        const auto asked = in_flight_.extract(trial);
        if (run_ && asked && asked.mapped().run == run_number_) {
            tell(std::move(asked.mapped().member), rank);
        }
    }

    std::optional<std::uint64_t> planned_trials() const override {
        return params_.restarts == RestartSchedule::Kind::None ? std::nullopt : std::optional(trials_);
    }
    bool adaptive() const override { return true; }

private:
    struct Asked {
        CmaRun::Member member;
        std::uint64_t run = 0;
    };

    // In a space of n dimensions, numbers and choices alike.
    static std::size_t population(const CmaEsParams& params, std::size_t dimensions) {
        const double n = static_cast<double>(std::max<std::size_t>(dimensions, 1));
        return params.population ? static_cast<std::size_t>(*params.population) : 4 + static_cast<std::size_t>(3 * std::log(n));
    }

    // The member's point, where it lies in the space and is new. A known one's result is told again, for nothing is won by evaluating it.
    std::optional<Assignment> accepted(CmaRun::Member& member, std::uint64_t attempt) {
        constexpr std::uint64_t resamplings = 20;
        std::vector<double> coordinates;
        if (!fits(member, attempt < resamplings, coordinates)) {
            return std::nullopt;
        }
        Assignment point = point_at(pool_.space(), coordinates);
        if (!is_feasible(pool_.space(), point)) {
            return std::nullopt;
        }
        const auto [known, fresh] = seen_.emplace(point, std::nullopt);
        if (fresh) {
            pool_.take(point);
            return point;
        }
        if (known->second) {
            tell(std::move(member), *known->second);
        }
        return std::nullopt;
    }

    // Whether the member's numbers lie in the cube; where they need not, those beyond are set on its face.
    bool fits(CmaRun::Member& member, bool strictly, std::vector<double>& coordinates) const {
        const Vector places = run_->places(member);
        Eigen::Index number = 0;
        std::size_t choice = 0;
        for (const Dimension& dimension : pool_.space().dimensions) {
            if (dimension.kind == Dimension::Kind::Choice) {
                coordinates.push_back((member.choices[choice++] + 0.5) / static_cast<double>(dimension.choices.size()));
                continue;
            }
            const double place = places(number), inside = std::clamp(place, 0.0, 1.0);
            if (place != inside && !cell_of(dimension, quantile(dimension, inside))) {
                if (strictly) {
                    return false;
                }
                member.x(number) = inside;
            }
            coordinates.push_back(inside);
            ++number;
        }
        return true;
    }

    // By the prior, where the distribution gives nothing new; it is not learned from.
    std::optional<Assignment> drawn(std::uint64_t trial) {
        std::optional<Assignment> point = pool_.draw(trial);
        if (point) {
            seen_.emplace(*point, std::nullopt);
        }
        return point;
    }

    void tell(CmaRun::Member member, const TrialRank& rank) {
        run_->tell(std::move(member), rank);
        if (run_->converged()) {
            restart();
        }
    }

    void restart() {
        const auto next = schedule_.next(run_->evaluations(), rng_.child("schedule").child(run_number_));
        ++run_number_;
        if (!next) {
            run_.reset();
            return;
        }
        run_.emplace(pool_.space(), *next, params_.covariance, draw_feasible(pool_.space(), rng_.child("start").child(run_number_)));
    }

    CmaEsParams params_;
    PointPool pool_;
    Rng rng_;
    std::uint64_t trials_;
    CmaRunSize first_;
    RestartSchedule schedule_;
    std::optional<CmaRun> run_;  // none once the last has converged
    std::uint64_t run_number_ = 0;
    std::map<std::uint64_t, Asked> in_flight_;
    std::map<Assignment, std::optional<TrialRank>> seen_;  // without a rank while in flight
};

}  // namespace

void add_cma_es(Catalog& catalog) {
    ComponentInfo info;
    info.name = "cma_es";
    info.kind = ComponentKind::Searcher;
    info.summary = "Moves a normal distribution over the space to where trials are good, and learns its shape; integers keep a margin";
    info.source =
        "Hansen 2016, The CMA evolution strategy: a tutorial; Hamano and others 2022, CMA-ES with margin; Hansen 2009, BI-population CMA-ES";
    info.example = "method cma_es(trials: 200)";
    info.params = specs_of(cma_es_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return std::make_unique<CmaEsSearcher>(read_params(cma_es_schema(), values), task);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
