#include "stdlib/search/bracket_searcher.h"

#include "stdlib/search/standing.h"

#include <algorithm>
#include <map>

namespace mlpc {
namespace {

class RandomPoints final : public PointSource {
public:
    explicit RandomPoints(PointPool pool) : pool_(std::move(pool)) {}
    std::optional<Assignment> next(std::uint64_t trial) override { return pool_.draw(trial); }
    void learn(const Suggestion&, const Outcome&) override {}

private:
    PointPool pool_;
};

// One bracket on its way.
class BracketRun {
public:
    explicit BracketRun(Bracket plan) : plan_(std::move(plan)), seats_(plan_.front().trials) {}

    bool takes_new() const { return rung_ == 0 && entries_.size() < seats_; }
    bool takes_promoted() const { return rung_ > 0 && entries_.size() < seats_; }

    Suggestion start(std::uint64_t evaluation, Assignment point) { return enter({.evaluation = evaluation, .point = std::move(point)}); }
    Suggestion promote(std::uint64_t evaluation) {
        const Entry& from = promoted_[entries_.size()];
        Suggestion suggestion = enter({.evaluation = evaluation, .point = from.point});
        suggestion.continues = from.evaluation;
        return suggestion;
    }
    // No more points are to be had.
    void close_entrance() {
        seats_ = entries_.size();
        finish_rung();
    }
    void tell(std::uint64_t evaluation, const Outcome& outcome) {
        const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.evaluation == evaluation; });
        entry->standing = standing_of(outcome);
        entry->goes_on = !outcome.failed && !outcome.given_up;
        ++told_;
        finish_rung();
    }

private:
    struct Entry {
        std::uint64_t evaluation;
        Assignment point;
        Standing standing = {};
        bool goes_on = false;
    };

    Suggestion enter(Entry entry) {
        entries_.push_back(std::move(entry));
        return {.point = entries_.back().point, .rung = {.share = plan_[rung_].share}};
    }

    void finish_rung() {
        if (told_ < seats_ || rung_ + 1 == plan_.size()) {
            return;
        }
        std::erase_if(entries_, [](const Entry& e) { return !e.goes_on; });
        std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.standing < b.standing; });
        ++rung_;
        seats_ = std::min<std::uint64_t>(plan_[rung_].trials, entries_.size());
        promoted_ = std::move(entries_);
        entries_.clear();
        told_ = 0;
    }

    Bracket plan_;
    std::size_t rung_ = 0;
    std::uint64_t seats_;          // of the rung
    std::vector<Entry> promoted_;  // into the rung, the best first
    std::vector<Entry> entries_;   // of the rung, in the order of their evaluations
    std::uint64_t told_ = 0;
};

class BracketSearcher final : public Searcher {
public:
    BracketSearcher(std::vector<Bracket> plan, std::unique_ptr<PointSource> source) : plan_(std::move(plan)), source_(std::move(source)) {}

    Answer ask(std::uint64_t evaluation) override {
        for (std::size_t b = 0; b < plan_.size(); ++b) {
            if (b == runs_.size()) {
                runs_.emplace_back(plan_[b]);
            }
            if (std::optional<Suggestion> suggestion = ask_bracket(runs_[b], evaluation)) {
                bracket_of_[evaluation] = b;
                return std::move(*suggestion);
            }
        }
        return bracket_of_.empty() ? Answer(Done{}) : Answer(Wait{});
    }

    void tell(std::uint64_t evaluation, const Suggestion& suggestion, const Outcome& outcome) override {
        const auto at = bracket_of_.find(evaluation);
        runs_[at->second].tell(evaluation, outcome);
        bracket_of_.erase(at);
        source_->learn(suggestion, outcome);
    }

    std::optional<std::uint64_t> planned_trials() const override { return new_trials(plan_); }
    bool adaptive() const override { return true; }
    std::vector<PlannedRung> planned_rungs() const override { return planned_rungs_of(plan_); }

private:
    std::optional<Suggestion> ask_bracket(BracketRun& run, std::uint64_t evaluation) {
        if (run.takes_promoted()) {
            return run.promote(evaluation);
        }
        if (!run.takes_new()) {
            return std::nullopt;
        }
        if (std::optional<Assignment> point = source_->next(trials_)) {
            ++trials_;
            return run.start(evaluation, std::move(*point));
        }
        run.close_entrance();
        return run.takes_promoted() ? std::optional(run.promote(evaluation)) : std::nullopt;
    }

    std::vector<Bracket> plan_;
    std::unique_ptr<PointSource> source_;
    std::vector<BracketRun> runs_;
    std::map<std::uint64_t, std::size_t> bracket_of_;  // evaluations in flight
    std::uint64_t trials_ = 0;
};

}  // namespace

std::unique_ptr<PointSource> random_points(PointPool pool) { return std::make_unique<RandomPoints>(std::move(pool)); }

HyperbandBudget budget_of(std::int64_t rounds, std::optional<std::int64_t> trials, const PointPool& pool) {
    HyperbandBudget budget{.rounds = static_cast<std::uint64_t>(trials.value_or(rounds)), .most_trials = pool.size()};
    if (trials) {
        const auto asked = static_cast<std::uint64_t>(*trials);
        budget.most_trials = std::min(budget.most_trials.value_or(asked), asked);
    }
    return budget;
}

std::unique_ptr<Searcher> bracket_searcher(std::vector<Bracket> plan, std::unique_ptr<PointSource> source) {
    return std::make_unique<BracketSearcher>(std::move(plan), std::move(source));
}

}  // namespace mlpc
