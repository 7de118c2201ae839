#include "runtime/report/judgement.h"

#include "runtime/report/comparison_text.h"
#include "runtime/report/leaderboard.h"
#include "runtime/report/report.h"
#include "runtime/report/score_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace mlpc {

namespace {

// Rules of thumb. All are shares, so that they hold for a metric in any unit.
constexpr double overfit_share = 0.25;   // of the gain over the dummy on training rows, lost on held-out rows
constexpr double underfit_share = 0.20;  // of the way from the dummy to a perfect score, gone on training rows
constexpr double optimism_share = 0.10;  // of the gain over the dummy in validation, lost on test rows

// Scores turned so that greater is better, by seed.
struct Evidence {
    std::string metric, model;
    double direction = 1;
    HeldOut held_out = HeldOut::Nothing;
    std::vector<double> train, validation, test, dummy;
    bool validation_known = true;  // in this metric
    Summary folds;                 // of the first seed's winner, where there is one seed
    std::size_t seeds = 0;
};

std::vector<double> turned(std::vector<double> values, double direction) {
    for (double& v : values) {
        v *= direction;
    }
    return values;
}

std::vector<double> differences(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> result;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        result.push_back(a[i] - b[i]);
    }
    return result;
}

std::string winning_models(const SearchRecord& search) {
    std::vector<std::string> names;
    for (const WinningConfiguration& c : winning_configurations(search)) {
        if (std::find(names.begin(), names.end(), c.model) == names.end()) {
            names.push_back(c.model);
        }
    }
    return joined(names, " or ");
}

Evidence evidence_of(const RunRecord& run, const SearchRecord& search) {
    const WinnerScores scores = winner_scores(run, search);
    Evidence e;
    e.metric = scores.held_out_metric;
    e.model = winning_models(search);
    e.direction = scores.held_out_greater ? 1 : -1;
    e.held_out = scores.held_out;
    e.seeds = search.seeds.size();
    e.validation_known = scores.comparable;
    e.test = turned(scores.test, e.direction);
    e.dummy = turned(scores.dummy, e.direction);
    e.train = turned(scores.comparable ? scores.train : scores.refit_train, e.direction);
    e.validation = scores.comparable ? turned(scores.validation, e.direction) : e.test;
    if (const TrialRecord* winner = winning_trial(search.seeds.front()); winner != nullptr && e.seeds == 1) {
        e.folds = summarise_known(turned(winner->fold_scores, e.direction));
    }
    return e;
}

// The best score that the metric can give, turned: 0 for losses, 1 for shares and correlations, nothing where neither is plain.
std::optional<double> perfect_score(const Evidence& e, double train, double dummy) {
    if (e.direction < 0) {
        return train <= 0 && dummy <= 0 ? std::optional(0.0) : std::nullopt;
    }
    return train <= 1 && dummy >= -0.5 ? std::optional(1.0) : std::nullopt;
}

bool is_optimistic(const Evidence& e, double validation, double test, double dummy) {
    if (e.held_out == HeldOut::Nothing || !e.validation_known || std::isnan(test)) {
        return false;
    }
    const bool material = std::isnan(dummy) || validation - test > optimism_share * (validation - dummy);
    const bool beyond_interval = e.seeds > 1 ? summarise_known(differences(e.validation, e.test)).low > 0 : e.folds.low > test;
    return material && beyond_interval;
}

bool beats_dummy(const Evidence& e) {
    const Summary gain = summarise_known(differences(e.held_out == HeldOut::Nothing ? e.validation : e.test, e.dummy));
    return gain.count > 1 ? gain.low > 0 : gain.mean > 0;
}

Finding find(const Evidence& e) {
    const double train = summarise_known(e.train).mean, validation = summarise_known(e.validation).mean;
    const double test = summarise_known(e.test).mean, dummy = summarise_known(e.dummy).mean;
    if (std::isnan(dummy)) {
        const bool optimistic = is_optimistic(e, validation, test, dummy);
        return e.held_out == HeldOut::Nothing ? Finding::SelectionOnly : optimistic ? Finding::Optimistic : Finding::NoBaseline;
    }
    const double learned = train - dummy;
    const auto perfect = perfect_score(e, train, dummy);
    const bool poor_on_train = learned <= 0 || (perfect && learned < underfit_share * (*perfect - dummy));
    const bool loses_much = train - validation > overfit_share * learned;
    if (std::isnan(train)) {
        return beats_dummy(e) ? Finding::Good : Finding::Underfits;
    }
    if (poor_on_train) {
        return Finding::Underfits;
    }
    if (loses_much) {
        return Finding::Overfits;
    }
    if (!beats_dummy(e)) {
        return Finding::Underfits;
    }
    return is_optimistic(e, validation, test, dummy) ? Finding::Optimistic : Finding::Good;
}

// --- in words
class Writer {
public:
    Writer(const Evidence& e, const SearchRecord& search) : e_(e), search_(search), format_(all_scores(e)) {}

    std::string scores() const {
        std::vector<std::string> parts;
        add(parts, e_.train, "on its training rows");
        if (e_.validation_known) {
            add(parts, e_.validation, "in validation");
        }
        add(parts, e_.test, e_.held_out == HeldOut::OuterFolds ? "on the outer folds" : "on the test rows");
        std::string text = "The winner, " + e_.model + ", has " + e_.metric + " " + joined(parts);
        const double dummy = summarise_known(e_.dummy).mean;
        return text + (std::isnan(dummy) ? "." : "; a dummy that ignores the features has " + score(dummy) + ".");
    }

    std::string meaning(Finding finding) const {
        const double train = mean(e_.train), validation = mean(e_.validation), test = mean(e_.test), dummy = mean(e_.dummy);
        switch (finding) {
            case Finding::Good:
                return std::isnan(train) ? "It is better than the dummy." : good(train, validation, dummy);
            case Finding::Overfits:
                return fmt::format(
                    "{:.0f} % of what it gains over the dummy on its training rows is lost on rows that it has not seen: it "
                    "learns the rows by heart. More rows, stronger regularisation or a simpler model would narrow the gap.",
                    100 * (train - validation) / (train - dummy));
            case Finding::Underfits:
                return underfits(train, dummy);
            case Finding::Optimistic:
                return fmt::format(
                    "Validation is better than the held-out rows confirm, by {}: the search has fitted the folds, or those "
                    "rows are harder. Quote the {} score.",
                    format_(validation - test), e_.held_out == HeldOut::OuterFolds ? "outer" : "test");
            case Finding::SelectionOnly:
            case Finding::NoBaseline:
                return gap_without_baseline(train, validation);
            case Finding::BestPoint:
            case Finding::Compared:
            case Finding::NoWinner:
                break;
        }
        return "";
    }

    std::string caveats() const {
        std::string text;
        if (e_.held_out == HeldOut::Nothing) {
            text += " No rows were held out of the search: this is a selection score, not a performance (L101).";
        } else if (!e_.validation_known) {
            text += " The search went by " + search_.metric + ", which was not evaluated, so its validation score is not compared here.";
        }
        if (e_.seeds == 1) {
            text += " One seed only: how much these numbers vary from seed to seed is not known.";
        }
        return text;
    }

private:
    static double mean(const std::vector<double>& values) { return summarise_known(values).mean; }

    static std::vector<double> all_scores(const Evidence& e) {
        std::vector<double> all = e.train;
        for (const auto* more : {&e.validation, &e.test, &e.dummy}) {
            all.insert(all.end(), more->begin(), more->end());
        }
        return all;
    }

    std::string score(double turned_score) const { return format_(turned_score * e_.direction); }

    void add(std::vector<std::string>& parts, const std::vector<double>& turned_scores, const std::string& where) const {
        const Summary s = summarise_known(turned(turned_scores, e_.direction));
        if (s.count == 0) {
            return;
        }
        const std::string interval =
            s.count > 1 && format_(s.low) != format_(s.high) ? fmt::format(" ({} to {})", format_(s.low), format_(s.high)) : "";
        parts.push_back(format_(s.mean) + interval + " " + where);
    }

    static std::string good(double train, double validation, double dummy) {
        const double lost = 100 * (train - validation) / (train - dummy);
        if (lost < 1) {
            return "What it gains over the dummy on its training rows carries over to rows that it has not seen.";
        }
        return fmt::format("{:.0f} % of what it gains over the dummy on its training rows carries over to rows that it has not seen.", 100 - lost);
    }

    std::string underfits(double train, double dummy) const {
        if (train - dummy <= 0) {
            return "Even on its training rows it is no better than the dummy: the features say nothing about the target, or the model cannot "
                   "use them.";
        }
        if (!beats_dummy(e_)) {
            return "On held-out rows it cannot be told from the dummy.";
        }
        return "Even on its training rows it is little better than the dummy: a richer model, better features or less regularisation may "
               "help, or the target is mostly noise.";
    }

    std::string gap_without_baseline(double train, double validation) const {
        if (std::isnan(train)) {
            return "Without a dummy's score there is nothing to compare it with.";
        }
        return fmt::format("The training rows are scored {} by {}; without a dummy's score there is no saying how much of the gain is lost.",
                           train >= validation ? "better" : "worse", format_(std::abs(train - validation)));
    }

    const Evidence& e_;
    const SearchRecord& search_;
    ScoreFormat format_;
};

std::string status_sentence(const RunRecord& run) {
    if (run.status == "interrupted") {
        return " The run was interrupted: this is where it stood.";
    }
    if (run.status == "failed") {
        return " The run failed: this is where it stood.";
    }
    return run.status == "running" ? " The run has not finished: this is where it stands." : "";
}

}  // namespace

std::string name_of(Finding finding) {
    switch (finding) {
        case Finding::Good:
            return "good";
        case Finding::Overfits:
            return "overfits";
        case Finding::Underfits:
            return "underfits";
        case Finding::Optimistic:
            return "selection is optimistic";
        case Finding::SelectionOnly:
            return "selection score only";
        case Finding::NoBaseline:
            return "no baseline";
        case Finding::BestPoint:
            return "best point found";
        case Finding::Compared:
            return "models compared";
        case Finding::NoWinner:
            return "no winner";
    }
    return "";
}

// A search without data is one over an objective.
std::string best_point(const RunRecord& run, const SearchRecord& search) {
    const std::vector<double> values = winner_scores(run, search).validation;
    const Summary s = summarise_known(values);
    const ScoreFormat format(values);
    const bool spread = s.count > 1 && format(s.low) != format(s.high);
    const std::string interval = spread ? fmt::format(" on average ({} to {})", format(s.low), format(s.high)) : "";
    const std::string& objective = search.models.empty() ? search.name : search.models.front();
    return fmt::format("The best points found of {} have {} {}{}, under {}. Nothing was fitted: these are the objective's own values.", objective,
                       search.metric, format(s.mean), interval, counted(search.seeds.size(), "seed"));
}

std::string no_winner(const SearchRecord& search) {
    std::size_t below = 0;
    for (const SeedRecord& seed : search.seeds) {
        for (const TrialRecord& trial : seed.trials) {
            if (!trial.failure.empty()) {
                return fmt::format("No trial succeeded, so there is no score to judge. The first failure: {}.", trial.failure);
            }
            below += trial.given_up || !trial.feasible ? 1 : 0;
        }
    }
    const char* why = below > 0 ? " No trial was both evaluated whole and within the conditions on results." : "";
    return std::string("No trial may win, so there is no score to judge.") + why;
}

// Nothing was chosen, and no test rows were opened.
std::string compared(const RunRecord& run) {
    std::string text;
    for (const ComparisonRecord& comparison : run.comparisons) {
        text += (text.empty() ? "" : " ") + comparison_sentences(comparison, read_comparison(comparison)).front();
    }
    const bool kept = std::any_of(run.data.begin(), run.data.end(), [](const DataRecord& data) { return data.test_rows > 0; });
    return text + (kept ? " No test rows were opened: `evaluate` scores a model on them." : "");
}

Judgement judge(const RunRecord& run) {
    const SearchRecord* search = main_search(run);
    if (search != nullptr && search->only_compared && !run.comparisons.empty()) {
        return {.finding = Finding::Compared, .explanation = compared(run) + status_sentence(run)};
    }
    if (search == nullptr || search->seeds.empty()) {
        return {.finding = Finding::NoWinner, .explanation = "No model was searched for." + status_sentence(run)};
    }
    if (winning_configurations(*search).empty()) {
        return {.finding = Finding::NoWinner, .explanation = no_winner(*search) + status_sentence(run)};
    }
    if (run.data.empty()) {
        return {.finding = Finding::BestPoint, .explanation = best_point(run, *search) + status_sentence(run)};
    }
    const Evidence evidence = evidence_of(run, *search);
    const Writer writer(evidence, *search);
    const Finding finding = find(evidence);
    return {.finding = finding, .explanation = writer.scores() + " " + writer.meaning(finding) + writer.caveats() + status_sentence(run)};
}

std::string verdict(const RunRecord& run) {
    const Judgement judgement = judge(run);
    std::string name = name_of(judgement.finding);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name + ". " + judgement.explanation;
}

}  // namespace mlpc
