// The interfaces of search: what is tried next (Searcher), and which trials are given up before their end (Pruner). Both live on a logical
// clock: evaluations are numbered when they are asked for and told in that order, so that what is proposed depends on no thread and no wall
// clock.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/space.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mlpc {

// part/whole of the effort of a complete trial: of the rounds, trees or epochs of its model, or of the rows that it is fitted on where its
// model has no such parameter. An integer ratio: 1/3 of 243 rounds is exact.
struct Share {
    std::int64_t part = 1, whole = 1;
    double ratio() const { return static_cast<double>(part) / static_cast<double>(whole); }
    bool is_whole() const { return part == whole; }
    friend bool operator==(const Share& a, const Share& b) { return a.part * b.whole == b.part * a.whole; }
    friend auto operator<=>(const Share& a, const Share& b) { return a.part * b.whole <=> b.part * a.whole; }
};
// How far a trial is evaluated.
struct Rung {
    Share share;
    std::int64_t folds = 0;  // on so many leading folds; 0: on all of them
    friend bool operator==(const Rung&, const Rung&) = default;
};

// One evaluation: a new trial, or an earlier one at a higher rung, where it goes on from the state that it has.
struct Suggestion {
    Assignment point;
    Rung rung = {};
    std::optional<std::uint64_t> continues = {};  // number of an earlier evaluation of the same trial that has been told
};
struct Wait {};  // nothing can be proposed before more results are told
struct Done {};
using Answer = std::variant<Suggestion, Wait, Done>;

// What an evaluation found. Smaller is better for every value here.
struct Outcome {
    double value = 0;                     // the first goal: mean over folds; NaN where the evaluation failed
    bool failed = false;                  // also where the value is undefined or infinite
    Rung rung = {};                       // how far it was evaluated
    bool given_up = false;                // a pruner ended the trial here, before its last rung
    std::vector<double> values = {};      // all goals; empty where there is one
    std::vector<double> violations = {};  // of each constraint on results: at most 0 where it holds, else by how much it is broken
    std::vector<double> folds = {};       // of the first goal, those evaluated so far
    double seconds = 0;                   // CPU time; measured, so that whatever depends on it is not the same in every run
    bool feasible() const {
        for (const double v : violations) {
            if (!(v <= 0)) {
                return false;
            }
        }
        return true;
    }
};

// What a searcher is made for.
struct SearchTask {
    SearchSpace space;
    Rng rng;
    std::size_t goals = 1;
    std::size_t result_constraints = 0;  // entries of Outcome::violations
    std::size_t batch = 1;               // how many evaluations may be in flight
    std::size_t folds = 1;
};

// Evaluations that are known to come before any result is: so many trials of a bracket reach this share.
struct PlannedRung {
    std::size_t bracket = 0;
    std::uint64_t trials = 0;
    Share share;
};

class Searcher {
public:
    virtual ~Searcher() = default;
    // Evaluation 0, 1, 2, …: called with every number once a Suggestion was given for the one before. Evaluation n has been told results
    // 0 … n - batch at least; what it proposes depends on the results told so far and on nothing else.
    virtual Answer ask(std::uint64_t evaluation) = 0;
    // In an order that depends on results alone; where no pruner is used, that of the numbers.
    virtual void tell(std::uint64_t evaluation, const Suggestion&, const Outcome&) = 0;
    // How many trials (not evaluations) it will propose, where that is known before.
    virtual std::optional<std::uint64_t> planned_trials() const = 0;
    // Whether a proposal depends on results; one that does not may be asked for far ahead.
    virtual bool adaptive() const = 0;
    // What `mlpc plan` prints of a budget that is spent in brackets and rungs; empty: every trial is evaluated whole.
    virtual std::vector<PlannedRung> planned_rungs() const { return {}; }
    // A sentence for the report, such as what `auto` picked and why; empty: there is nothing to say.
    virtual std::string remark() const { return {}; }
};

// A searcher whose every trial is one whole evaluation; with a pruner, the pruner decides how far a trial goes.
class TrialSearcher : public Searcher {
public:
    // The point of that trial; nullopt when the search is over.
    virtual std::optional<Assignment> propose(std::uint64_t trial) = 0;
    virtual void learn(std::uint64_t trial, const Assignment&, const Outcome&) = 0;

    Answer ask(std::uint64_t trial) final;
    void tell(std::uint64_t trial, const Suggestion&, const Outcome&) final;
};

struct PruneTask {
    Rng rng;
    std::size_t folds = 1;
    std::optional<std::uint64_t> trials;  // planned
    // The best value that a fold's first goal can have, smaller being better; NaN where that is not known or has no bound.
    double best_possible = std::numeric_limits<double>::quiet_NaN();
};
class Pruner {
public:
    virtual ~Pruner() = default;
    // How far that trial is evaluated at a time, ascending; the last rung is the whole trial.
    virtual std::vector<Rung> rungs(std::uint64_t trial) const = 0;
    // Told of each rung that a trial has reached, serially, in an order that results alone decide; true: the trial ends here. After the last
    // rung, and of a failed trial, the answer does not count.
    virtual bool gives_up(std::uint64_t trial, std::size_t rung, const Outcome&) = 0;
    // The value that a trial which is given up with this outcome would have had in the end, as far as one can say; nullopt: one cannot.
    virtual std::optional<double> expected_value(const Outcome&) const { return std::nullopt; }
};

}  // namespace mlpc
