#include "stdlib/search/tpe.h"

#include "runtime/core/dimension_values.h"
#include "stdlib/search/low_discrepancy.h"
#include "stdlib/search/point_pool.h"

#include <algorithm>

namespace mlpc {
namespace {

using parzen::TpeParams;
using parzen::Variant;

const Schema<TpeParams>& tpe_schema() {
    static const Schema<TpeParams> schema = {
        field(&TpeParams::trials, {.name = "trials", .doc = "How many points are tried; fewer where the space has fewer", .valid = {.low = 1}}),
        field(&TpeParams::variant,
              {.name = "variant",
               .doc = "`joint` draws whole points, also across the branches of a conditional space; `independent` and `multivariate` (in groups) are "
                      "Optuna's, `hyperopt` is Hyperopt's",
               .words = {"joint", "independent", "multivariate", "hyperopt"}}),
        field(&TpeParams::startup, {.name = "startup",
                                    .doc = "Trials before any is learned from; none: 8, of Optuna's variants 10, of Hyperopt's 20",
                                    .valid = {.low = 1, .high = 100'000}}),
        field(&TpeParams::candidates, {.name = "candidates", .doc = "Draws of which the most promising is tried", .valid = {.low = 1}}),
        field(
            &TpeParams::gamma,
            {.name = "gamma",
             .doc = "How many trials are good, 25 at most: this times √n of n trials (none: 0.75, of Hyperopt's variant 0.25), of Optuna's variants "
                    "times n (none: 0.1)",
             .valid = {.low = 0, .open_low = true}}),
        field(&TpeParams::prior_weight,
              {.name = "prior_weight", .doc = "How much the priors of the space weigh, in observations", .valid = {.low = 0, .open_low = true}}),
        field(&TpeParams::forgetting, {.name = "forgetting",
                                       .doc = "So many of the newest trials count whole, older ones the less the older; not of `joint`",
                                       .valid = {.low = 1}}),
        field(&TpeParams::constant_liar,
              {.name = "constant_liar", .doc = "Whether trials that are still running count as bad, so that others stay away from them"}),
    };
    return schema;
}

class TpeSearcher final : public TrialSearcher {
public:
    TpeSearcher(const TpeParams& params, const SearchTask& task)
        : params_(params),
          rng_(task.rng),
          space_(std::make_unique<SearchSpace>(task.space)),
          pool_(task.space, task.rng),
          proposals_(parzen::tpe_proposals(*space_, params)),
          first_points_(latin_hypercube(parzen::startup_of(params), task.space.dimensions.size(), Placement::Random, 1, task.rng.child("startup"))) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        if (trial >= static_cast<std::uint64_t>(params_.trials)) {
            return std::nullopt;
        }
        std::optional<Assignment> point = history_.trials().size() < first_points_.size() ? first_point(trial) : promising_point(trial);
        if (!point) {
            point = pool_.draw(trial);
        }
        if (point) {
            history_.asked(trial, *point);
        }
        return point;
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
    std::optional<Assignment> first_point(std::uint64_t trial) {
        if (params_.variant != Variant::Joint || trial >= first_points_.size()) {
            return std::nullopt;
        }
        Assignment point(space_->dimensions.size());
        for (std::size_t d = 0; d < point.size(); ++d) {
            if (is_active(*space_, d, point)) {
                point[d] = quantile(space_->dimensions[d], first_points_[trial][d]);
            }
        }
        return pool_.take(point) ? std::optional(point) : std::nullopt;
    }
    std::optional<Assignment> promising_point(std::uint64_t trial) {
        // A proposal that breaks a constraint or was made before is made anew; where all are, the priors decide.
        constexpr std::uint64_t most_attempts = 10;
        const Rng stream = rng_.child("proposal").child(trial);
        for (std::uint64_t attempt = 0; attempt < most_attempts; ++attempt) {
            for (const Assignment& point : proposals_->ranked(history_, stream.child(attempt))) {
                if (pool_.take(point)) {
                    return point;
                }
            }
        }
        return std::nullopt;
    }

    TpeParams params_;
    Rng rng_;
    std::unique_ptr<SearchSpace> space_;  // the proposals refer to it
    PointPool pool_;
    TrialHistory history_;
    std::unique_ptr<parzen::TpeProposals> proposals_;
    std::vector<UnitPoint> first_points_;
};

}  // namespace

std::unique_ptr<Searcher> make_tpe(const TpeParams& params, const SearchTask& task) { return std::make_unique<TpeSearcher>(params, task); }

void add_tpe(Catalog& catalog) {
    ComponentInfo info;
    info.name = "tpe";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Tree-structured Parzen estimator: tries what is likely among good trials and unlikely among the others";
    info.source =
        "Bergstra, Bardenet, Bengio and Kégl 2011, Algorithms for hyper-parameter optimization; kernels with the good trials' covariance by Scott "
        "1992, "
        "Multivariate density estimation; several goals by Ozaki, Tanigaki, Watanabe, Nomura and Onishi 2022, Multiobjective tree-structured Parzen "
        "estimator";
    info.example = "method tpe(trials: 60)";
    info.params = specs_of(tpe_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_tpe(read_params(tpe_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
