#include "runtime/search/pruned_searcher.h"

#include <cassert>
#include <deque>
#include <map>

namespace mlpc {

namespace {

class PrunedSearcher final : public Searcher {
public:
    PrunedSearcher(std::unique_ptr<TrialSearcher> searcher, std::unique_ptr<Pruner> pruner)
        : searcher_(std::move(searcher)), pruner_(std::move(pruner)) {}

    Answer ask(std::uint64_t evaluation) override {
        if (!going_on_.empty()) {
            const std::uint64_t trial = going_on_.front();
            going_on_.pop_front();
            return next_rung(evaluation, trial);
        }
        if (!ended_) {
            if (std::optional<Assignment> point = searcher_->propose(trials_)) {
                const std::uint64_t trial = trials_++;
                climbing_[trial] = {.point = std::move(*point), .rungs = pruner_->rungs(trial)};
                return next_rung(evaluation, trial);
            }
            ended_ = true;
        }
        return climbing_.empty() ? Answer(Done{}) : Answer(Wait{});
    }

    void tell(std::uint64_t evaluation, const Suggestion&, const Outcome& found) override {
        const auto at = climbing_.find(trial_of_.at(evaluation));
        trial_of_.erase(evaluation);
        const std::uint64_t trial = at->first;
        Climb& climb = at->second;
        const std::size_t rung = climb.reached++;
        climb.last_evaluation = evaluation;
        const bool is_last = rung + 1 == climb.rungs.size();
        const bool stops = pruner_->gives_up(trial, rung, found);
        if (!found.failed && !is_last && !stops) {
            going_on_.push_back(trial);
            return;
        }
        Outcome end = found;
        end.given_up = !found.failed && !is_last;
        const bool may_expect = end.given_up && found.values.empty() && found.feasible();
        if (const auto expected = may_expect ? pruner_->expected_value(found) : std::nullopt) {
            end.value = *expected;
            end.given_up = false;
        }
        searcher_->learn(trial, climb.point, end);
        climbing_.erase(at);
    }

    std::optional<std::uint64_t> planned_trials() const override { return searcher_->planned_trials(); }
    bool adaptive() const override { return true; }
    std::string remark() const override { return searcher_->remark(); }

private:
    struct Climb {
        Assignment point;
        std::vector<Rung> rungs;
        std::size_t reached = 0;
        std::optional<std::uint64_t> last_evaluation = {};
    };

    Answer next_rung(std::uint64_t evaluation, std::uint64_t trial) {
        const Climb& climb = climbing_.at(trial);
        trial_of_[evaluation] = trial;
        return Suggestion{.point = climb.point, .rung = climb.rungs.at(climb.reached), .continues = climb.last_evaluation};
    }

    std::unique_ptr<TrialSearcher> searcher_;
    std::unique_ptr<Pruner> pruner_;
    std::map<std::uint64_t, Climb> climbing_;          // by trial
    std::map<std::uint64_t, std::uint64_t> trial_of_;  // evaluations in flight
    std::deque<std::uint64_t> going_on_;
    std::uint64_t trials_ = 0;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<Searcher> pruned_searcher(std::unique_ptr<TrialSearcher> searcher, std::unique_ptr<Pruner> pruner) {
    return std::make_unique<PrunedSearcher>(std::move(searcher), std::move(pruner));
}

}  // namespace mlpc
