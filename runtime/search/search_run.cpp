#include "runtime/search/search_run.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

Rng searcher_rng(const Experiment& e, const SearchSpec& search, const Context& place) {
    const std::uint64_t seed = e.seeds.values[e.seeds.vary_search ? place.seed : 0];
    return Rng::of_seed(seed).child("search").child(search.name).child(static_cast<std::uint64_t>(place.outer + 1));
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
      searcher_(search_.method->make_searcher(search_.method_params,
                                              {.space = search_.space, .rng = searcher_rng(experiment, search_, place), .folds = folds})) {
    if (options.earlier_trials) {
        earlier_ = options.earlier_trials(stored_name_, experiment.seeds.values[place.seed]);
    }
    ask_ahead();
}

std::size_t SearchRun::candidate(std::size_t trial) const {
    return search_.candidates.size() == 1 ? 0 : static_cast<std::size_t>(assignments_[trial].at(0).value());
}

// Enough for every thread to have work while the first trial's last fold is computed; more would only hold more values at a time.
std::size_t SearchRun::window(unsigned jobs) const {
    if (search_.batch > 0) {
        return static_cast<std::size_t>(search_.batch);
    }
    const std::size_t folds = std::max<std::size_t>(folds_, 1);
    return searcher_->adaptive() ? 1 : 1 + (std::size_t{4} * jobs + folds - 1) / folds;
}

std::optional<Assignment> SearchRun::ask() {
    const Answer answer = searcher_->ask(assignments_.size());
    const auto* suggestion = std::get_if<Suggestion>(&answer);
    return suggestion != nullptr ? std::optional(suggestion->point) : std::nullopt;
}

// Proposals that depend on no result, unless there are too many to look over or time may end before they do.
void SearchRun::ask_ahead() {
    constexpr std::uint64_t most = 20'000;
    const auto planned = searcher_->planned_trials();
    if (searcher_->adaptive() || !planned || *planned > most || search_.budget_seconds) {
        return;
    }
    while (const std::optional<Assignment> next = ask()) {
        assignments_.push_back(*next);
    }
    all_asked_ = true;
}

std::optional<std::vector<Proposal>> SearchRun::known() const {
    if (!all_asked_) {
        return std::nullopt;
    }
    std::vector<Proposal> units;
    for (std::size_t number = 0; number < assignments_.size(); ++number) {
        const bool runs = folds_ > 0 && earlier(number) == nullptr;
        units.push_back({.root = search_.candidates[candidate(number)].fold.score, .assignment = runs ? &assignments_[number] : nullptr});
    }
    return units;
}

const TrialRecord* SearchRun::earlier(std::size_t number) const {
    const auto known = std::find_if(earlier_.begin(), earlier_.end(), [&](const TrialRecord& t) { return t.number == number; });
    if (known == earlier_.end()) {
        return nullptr;
    }
    const TrialRecord trial = head_of(number);
    return known->params == trial.params && known->model == trial.model && known->fold_scores.size() == folds_ ? &*known : nullptr;
}

TrialRecord SearchRun::head_of(std::size_t number) const {
    TrialRecord trial;
    trial.number = number;
    trial.model = search_.candidates[candidate(number)].model;
    for (std::size_t d = 0; d < search_.space.dimensions.size(); ++d) {
        const auto& value = assignments_[number][d];
        const Dimension& dimension = search_.space.dimensions[d];
        if (value && dimension.name != "model") {
            trial.params.emplace_back(dimension.name, value_of(dimension, *value).to_string());
        }
    }
    return trial;
}

std::optional<std::vector<Request>> SearchRun::next() {
    const std::size_t number = trials_.size();
    if (search_.budget_seconds && std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count() > *search_.budget_seconds) {
        return std::nullopt;
    }
    if (number == assignments_.size() && !all_asked_) {
        if (std::optional<Assignment> proposal = ask()) {
            assignments_.push_back(std::move(*proposal));
        }
    }
    if (number == assignments_.size()) {
        return std::nullopt;
    }
    const TrialRecord* known = earlier(number);
    trials_.push_back(known != nullptr ? *known : head_of(number));
    trials_.back().train_scores.clear();  // of each model's best trial only, which more trials may change
    from_store_.push_back(known != nullptr);
    std::vector<Request> requests;
    for (std::size_t fold = 0; fold < folds_ && known == nullptr; ++fold) {
        Context at = place_;
        at.fold = static_cast<int>(fold);
        requests.push_back({search_.candidates[candidate(number)].fold.score, at, &assignments_[number]});
    }
    return requests;
}

void SearchRun::finished(std::uint64_t number, std::vector<Result> results, double seconds) {
    TrialRecord& trial = trials_[number];
    if (!from_store_[number]) {
        trial.seconds = seconds;
        for (const Result& result : results) {
            trial.fold_scores.push_back(result.failure.empty() ? std::get<double>(result.value) : std::numeric_limits<double>::quiet_NaN());
            if (!result.failure.empty() && trial.failure.empty()) {
                trial.failure = options_.place ? options_.place(result.span) + ": " + result.failure : result.failure;
            }
        }
        if (trial.failure.empty() && std::isnan(trial.mean_score())) {
            trial.failure = "`" + search_.metric.text + "` is undefined on some fold";
        }
    }
    const double mean = trial.mean_score();
    searcher_->tell(number, {.point = assignments_[number]},
                    {.value = search_.maximize ? -mean : mean, .failed = !trial.failure.empty(), .seconds = trial.seconds});
    if (options_.keep_trial && !from_store_[number]) {
        options_.keep_trial(stored_name_, experiment_.seeds.values[place_.seed], trial);
    }
    trial_done_();
}

std::size_t SearchRun::winner() const {
    std::size_t best = trials_.size();
    for (std::size_t t = 0; t < trials_.size(); ++t) {
        const double mean = trials_[t].mean_score();
        if (!trials_[t].failure.empty() || std::isnan(mean)) {
            continue;
        }
        const bool better = best == trials_.size() || (search_.maximize ? mean > trials_[best].mean_score() : mean < trials_[best].mean_score());
        best = better ? t : best;
    }
    return best;
}

}  // namespace mlpc
