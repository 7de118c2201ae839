#include "runtime/search/search_run.h"

#include "runtime/engine/node_names.h"
#include "runtime/search/reuse.h"
#include "runtime/search/searcher_of.h"
#include "runtime/search/trial_outcome.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

SearchRun::SearchRun(const Experiment& experiment, std::uint32_t search, Context place, std::size_t folds, const RunOptions& options,
                     std::function<void()> trial_done)
    : experiment_(experiment),
      search_(experiment.searches[search]),
      place_(place),
      folds_(folds),
      options_(options),
      trial_done_(std::move(trial_done)),
      stored_name_(search_.name + (place.outer < 0 ? "" : "/outer " + std::to_string(place.outer + 1))),
      searcher_(searcher_of(experiment, search_, place.seed, place.outer, folds)) {
    if (options.earlier_trials) {
        earlier_ = options.earlier_trials(stored_name_, experiment.seeds.values[place.seed]);
    }
    ask_ahead();
}

std::size_t SearchRun::candidate_of(const Assignment& point) const {
    return search_.candidates.size() == 1 ? 0 : static_cast<std::size_t>(point.at(0).value());
}

// Enough for every thread to have work while the first trial's last fold is computed; more would only hold more values at a time.
std::size_t SearchRun::window(unsigned jobs) const {
    if (search_.batch > 0 || searcher_->adaptive()) {
        return batch_of(search_);
    }
    const std::size_t folds = std::max<std::size_t>(folds_, 1);
    return 1 + (std::size_t{4} * jobs + folds - 1) / folds;
}

// Proposals that depend on no result, unless there are too many to look over or time may end before they do.
void SearchRun::ask_ahead() {
    constexpr std::uint64_t most = 20'000;
    const auto planned = searcher_->planned_trials();
    if (searcher_->adaptive() || !planned || *planned > most || search_.budget_seconds || search_.patience || search_.failures) {
        return;
    }
    for (;;) {
        const Answer answer = searcher_->ask(asked_ahead_.size());
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr) {
            break;
        }
        asked_ahead_.push_back(*suggestion);
    }
    all_asked_ = true;
}

std::optional<std::vector<Proposal>> SearchRun::known() const {
    if (!all_asked_) {
        return std::nullopt;
    }
    std::vector<Proposal> units;
    for (const Suggestion& suggestion : asked_ahead_) {
        const bool runs = folds_ > 0 && !earlier(head_of(units.size(), suggestion.point), suggestion.rung);
        units.push_back({.root = search_.candidates[candidate_of(suggestion.point)].fold.score, .assignment = runs ? &suggestion.point : nullptr});
    }
    return units;
}

TrialRecord SearchRun::head_of(std::size_t number, const Assignment& point) const {
    TrialRecord trial;
    trial.number = number;
    const Candidate& candidate = search_.candidates[candidate_of(point)];
    trial.model = candidate.model;
    trial.reuse = search_.objective ? Reuse::None : reuse_of(experiment_, candidate.fold.model, point);
    for (std::size_t d = 0; d < search_.space.dimensions.size(); ++d) {
        const auto& value = point[d];
        const Dimension& dimension = search_.space.dimensions[d];
        if (value && dimension.name != "model") {
            trial.params.emplace_back(dimension.name, value_of(dimension, *value).to_string());
        }
    }
    return trial;
}

std::optional<TrialRecord> SearchRun::earlier(const TrialRecord& head, const Rung& rung) const {
    const auto known = std::find_if(earlier_.begin(), earlier_.end(), [&](const TrialRecord& t) { return t.number == head.number; });
    const std::size_t folds = rung.folds > 0 ? static_cast<std::size_t>(rung.folds) : folds_;
    if (known == earlier_.end() || known->params != head.params || known->model != head.model) {
        return std::nullopt;
    }
    return cut_back(*known, rung.share, folds);
}

Answer SearchRun::ask() {
    if (all_asked_) {
        return evaluations_.size() < asked_ahead_.size() ? Answer(asked_ahead_[evaluations_.size()]) : Answer(Done{});
    }
    return searcher_->ask(evaluations_.size());
}

bool SearchRun::is_over() const {
    return (search_.budget_seconds && seconds_since(begin_) > *search_.budget_seconds) ||
           (search_.patience && trials_without_better_ >= *search_.patience) || (search_.failures && failures_in_a_row_ >= *search_.failures);
}

std::size_t SearchRun::trial_of(const Suggestion& suggestion) {
    if (suggestion.continues) {
        return evaluations_.at(*suggestion.continues).trial;
    }
    points_.push_back(suggestion.point);
    trials_.push_back(head_of(trials_.size(), suggestion.point));
    return trials_.size() - 1;
}

void SearchRun::plan_folds(Evaluation& evaluation) const {
    const Rung& rung = evaluation.suggestion.rung;
    const TrialRecord& trial = trials_[evaluation.trial];
    const bool same_share = evaluation.suggestion.continues && trial.share == rung.share;
    const std::size_t folds = rung.folds > 0 ? std::min(static_cast<std::size_t>(rung.folds), folds_) : folds_;
    evaluation.first_fold = same_share ? trial.fold_scores.size() : 0;
    evaluation.folds = folds > evaluation.first_fold ? folds - evaluation.first_fold : 0;
}

void SearchRun::add_requests(const Evaluation& evaluation, std::vector<Request>& requests) const {
    const Assignment& point = points_[evaluation.trial];
    const Stage& stage = search_.candidates[candidate_of(point)].fold;
    const Share share = evaluation.suggestion.rung.share;
    const engine::NodeNames names(experiment_, point);
    const bool by_rows = !search_.objective && !engine::resource_param(experiment_.node(names.resolved(stage.model)));
    for (std::size_t fold = evaluation.first_fold; fold < evaluation.first_fold + evaluation.folds; ++fold) {
        for (int execution = 0; execution < search_.executions; ++execution) {
            Context at = place_;
            at.fold = static_cast<int>(fold);
            at.execution = execution;
            at.rows = by_rows ? share : Share{};
            const Share resource = by_rows ? Share{} : share;
            requests.push_back({stage.score, at, &point, resource, evaluation.trial});
            for (const NodeId measure : stage.measures) {
                requests.push_back({measure, at, &point, resource});
            }
        }
    }
}

std::optional<std::vector<Request>> SearchRun::next() {
    waits_ = false;
    if (is_over()) {
        return std::nullopt;
    }
    const auto begin = std::chrono::steady_clock::now();
    Answer answer = ask();
    if (!std::holds_alternative<Suggestion>(answer)) {
        waits_ = std::holds_alternative<Wait>(answer);
        return std::nullopt;
    }
    Evaluation evaluation{.suggestion = std::move(std::get<Suggestion>(answer)), .kept = {}};
    evaluation.ask_seconds = seconds_since(begin);
    evaluation.trial = trial_of(evaluation.suggestion);
    std::vector<Request> requests;
    if (auto kept = earlier(trials_[evaluation.trial], evaluation.suggestion.rung)) {
        evaluation.kept = std::move(*kept);
        evaluation.is_kept = true;
    } else {
        plan_folds(evaluation);
        add_requests(evaluation, requests);
    }
    evaluations_.push_back(std::move(evaluation));
    return requests;
}

void SearchRun::judge(TrialRecord& trial) const {
    if (trial.failure.empty() && !std::isfinite(trial.mean_score())) {
        trial.failure = "`" + search_.metric.text + "` is " + (std::isnan(trial.mean_score()) ? "undefined" : "infinite") + " on some fold";
    }
    trial.feasible = trial.failure.empty() && is_within(violations_of(search_, trial));
}

void SearchRun::keep_results(Evaluation& evaluation, const std::vector<Result>& results, double seconds) {
    TrialRecord& trial = trials_[evaluation.trial];
    const Rung& rung = evaluation.suggestion.rung;
    if (evaluation.suggestion.continues && !(trial.share == rung.share)) {
        trial.rungs.push_back({.share = trial.share, .fold_scores = std::move(trial.fold_scores), .seconds = trial.seconds});
        trial.fold_scores.clear();
        trial.measures.clear();
        trial.trainings.clear();
    }
    trial.share = rung.share;
    trial.seconds += seconds;
    trial.ask_seconds += evaluation.ask_seconds;
    FoldResults found = fold_results(search_, evaluation.folds, results);
    add_measures(trial, found);
    for (FoldTraining& training : found.trainings) {
        training.fold += static_cast<std::int64_t>(evaluation.first_fold);
        trial.trainings.push_back(std::move(training));
    }
    trial.fold_scores.insert(trial.fold_scores.end(), found.scores.begin(), found.scores.end());
    if (found.failed != nullptr && trial.failure.empty()) {
        trial.failure = options_.place ? options_.place(found.failed->span) + ": " + found.failed->failure : found.failed->failure;
        evaluation.beyond_limits = found.failed->beyond_limits;
    }
    if (const std::string name = unreported(search_, results, rung.share.is_whole()); trial.failure.empty() && !name.empty()) {
        trial.failure = "the program reported no `" + name + "`";
    }
    judge(trial);
}

Outcome SearchRun::outcome_of(const TrialRecord& trial, const Suggestion& suggestion) const {
    Outcome outcome;
    outcome.failed = !trial.failure.empty();
    outcome.value = outcome.failed ? not_a_number : oriented(trial.mean_score());
    outcome.rung = suggestion.rung;
    outcome.seconds = trial.seconds;
    for (const double score : trial.fold_scores) {
        outcome.folds.push_back(oriented(score));
    }
    if (!outcome.failed) {
        outcome.values = goals_of(search_, trial, outcome.value);
        outcome.violations = violations_of(search_, trial);
    }
    return outcome;
}

void SearchRun::finished(std::uint64_t number, std::vector<Result> results, double seconds) {
    Evaluation& evaluation = evaluations_[number];
    TrialRecord& trial = trials_[evaluation.trial];
    if (evaluation.is_kept) {
        trial = std::move(evaluation.kept);
        trial.train_scores.clear();  // of each model's best trial only, which more trials may change
    } else {
        keep_results(evaluation, results, seconds);
    }
    const bool is_whole = trial.share.is_whole() && trial.fold_scores.size() == folds_;
    trial.given_up = trial.failure.empty() && !is_whole;  // unless it goes on
    const Outcome outcome = outcome_of(trial, evaluation.suggestion);
    const bool is_better = trial.may_win() && (!best_ || outcome.value < *best_);
    best_ = is_better ? outcome.value : best_;
    trials_without_better_ = is_better ? 0 : trials_without_better_ + (is_whole ? 1 : 0);
    if (!evaluation.beyond_limits) {
        failures_in_a_row_ = outcome.failed ? failures_in_a_row_ + 1 : 0;
    }
    const auto begin = std::chrono::steady_clock::now();
    searcher_->tell(number, evaluation.suggestion, outcome);
    trial.ask_seconds += seconds_since(begin);
    if (options_.keep_trial && !evaluation.is_kept) {
        options_.keep_trial(stored_name_, experiment_.seeds.values[place_.seed], trial);
    }
    if (!evaluation.suggestion.continues) {
        trial_done_();
    }
}

bool SearchRun::may_ask_again(std::uint64_t trial) const {
    if (trial >= trials_.size()) {
        return false;  // of an earlier search
    }
    const TrialRecord& asked = trials_[trial];
    const bool is_whole = asked.share.is_whole() && asked.fold_scores.size() == folds_;
    return !is_whole || winner(candidate_of(points_[trial])) == trial;
}

std::size_t SearchRun::winner(std::optional<std::size_t> candidate) const {
    std::size_t best = trials_.size();
    for (std::size_t t = 0; t < trials_.size(); ++t) {
        const bool counts = trials_[t].may_win() && (!candidate || candidate_of(points_[t]) == *candidate);
        if (counts && (best == trials_.size() || oriented(trials_[t].mean_score()) < oriented(trials_[best].mean_score()))) {
            best = t;
        }
    }
    return best;
}

}  // namespace mlpc
