// What searchers with a surrogate have in common: the initial design, what has been told and what is still asked for, no point twice.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/search/acquisition_search.h"
#include "stdlib/search/unit_cube.h"

#include <map>

namespace mlpc::surrogate {

enum class InitialDesign { Sobol, Halton, LatinHypercube, Random };
struct SurrogateOptions {
    std::uint64_t trials = 60;
    std::optional<std::int64_t> initial_points;  // none: by the size of the space and the budget
    InitialDesign initial = InitialDesign::Sobol;
};

struct ToldTrial {
    Assignment point;
    Vector row;  // encoded
    Outcome outcome;
    // Where it did not fail: its value; of a trial that was given up at least the middle of those that were not, since a part of a trial's effort
    // may flatter it.
    std::optional<double> value;
};

class SurrogateSearcher : public TrialSearcher {
public:
    SurrogateSearcher(const SearchTask&, const SurrogateOptions&);

    std::optional<Assignment> propose(std::uint64_t trial) final;
    void learn(std::uint64_t trial, const Assignment&, const Outcome&) final;
    std::optional<std::uint64_t> planned_trials() const final;
    bool adaptive() const final { return true; }

protected:
    // A point by the surrogate, through best_by; called where two values at least are known.
    virtual std::optional<Assignment> propose_by_model(std::uint64_t trial, const Rng&) = 0;

    std::optional<Assignment> best_by(const Acquisition&, const SearchEffort&, const Rng&) const;
    const UnitCube& cube() const { return cube_; }
    const SurrogateOptions& options() const { return options_; }
    const std::vector<ToldTrial>& told() const { return told_; }
    // Asked for and not told of, encoded, by number.
    std::vector<Vector> pending() const;
    // The constraints hold, as far as they are known.
    static bool is_sound(const ToldTrial& trial) { return trial.value && trial.outcome.feasible(); }

private:
    std::optional<Assignment> fresh_point(const Rng&) const;
    std::vector<Assignment> open_points() const;
    std::vector<Assignment> anchors() const;

    UnitCube cube_;
    SurrogateOptions options_;
    Rng rng_;
    std::optional<std::vector<Assignment>> all_points_;  // of a small finite space
    std::vector<Assignment> initial_;
    std::vector<ToldTrial> told_;
    std::size_t values_ = 0;
    std::map<std::uint64_t, Vector> pending_;
    std::set<Assignment> taken_;
};

// So many points of the design, all different and feasible; fewer where the space has fewer.
std::vector<Assignment> initial_points(const UnitCube&, InitialDesign, std::size_t count, const Rng&);

// The parameters that all of them have, for their schemas.
ParamSpec trials_spec();
ParamSpec initial_points_spec();
ParamSpec initial_spec();

}  // namespace mlpc::surrogate
