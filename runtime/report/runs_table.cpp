#include "runtime/report/comparison_text.h"
#include "runtime/report/leaderboard.h"
#include "runtime/report/report.h"
#include "runtime/report/score_format.h"
#include "runtime/report/text_table.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

std::string best_compared(const ComparisonRecord& comparison) {
    const std::vector<ComparedStanding> standings = read_comparison(comparison);
    const char* folds = comparison.folds == ComparisonRecord::Folds::Outer ? " outer" : " validation";
    return comparison.metric + " " + score_format(standings).with_interval(standings.front().score) + folds;
}

// The test score where there is one, else the score that the search selected by, so labelled.
std::string best_score(const RunRecord& run) {
    const SearchRecord* search = main_search(run);
    if (search == nullptr) {
        return "—";
    }
    if (search->only_compared && !run.comparisons.empty()) {
        return best_compared(run.comparisons.front());
    }
    const WinnerScores scores = winner_scores(run, *search);
    if (const Summary test = summarise_known(scores.test); test.count > 0) {
        return scores.held_out_metric + " " + ScoreFormat(scores.test).with_interval(test) +
               (scores.held_out == HeldOut::TestRows ? " test" : " outer");
    }
    if (const Summary validation = summarise_known(scores.validation); validation.count > 0) {
        return search->metric + " " + ScoreFormat(scores.validation).with_interval(validation) + " validation";
    }
    return "—";
}

}  // namespace

std::string runs_table(const std::vector<RunRecord>& runs) {
    if (runs.empty()) {
        return "  no runs yet\n";
    }
    TextTable table({Align::Left, Align::Left, Align::Left, Align::Left, Align::Left});
    table.add({"run", "file", "status", "started", "best score"});
    for (const RunRecord& run : runs) {
        table.add({run.id, elided(run.file, 30), run.status, run.started, best_score(run)});
    }
    return table.text();
}

}  // namespace mlpc
