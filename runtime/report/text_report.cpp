#include "runtime/report/comparison_text.h"
#include "runtime/report/judgement.h"
#include "runtime/report/leaderboard.h"
#include "runtime/report/pretrained_text.h"
#include "runtime/report/reading_text.h"
#include "runtime/report/report.h"
#include "runtime/report/score_format.h"
#include "runtime/report/text_table.h"
#include "runtime/report/training_text.h"
#include "runtime/report/transfer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

constexpr std::size_t setting_name_width = 18;
constexpr std::size_t setting_value_width = 40;

class Painter {
public:
    explicit Painter(Colour colour) : colour_(colour) {}
    std::string bold(const std::string& text) const { return paint("1", text); }
    std::string finding(Finding finding, const std::string& text) const {
        const bool calm = finding == Finding::SelectionOnly || finding == Finding::NoBaseline || finding == Finding::BestPoint;
        return paint(finding == Finding::Good ? "1;32" : calm ? "1" : "1;33", text);
    }
    std::string bad(const std::string& text) const { return paint("1;31", text); }

private:
    std::string paint(const char* code, const std::string& text) const {
        return colour_ == Colour::No ? text : fmt::format("\x1b[{}m{}\x1b[0m", code, text);
    }
    Colour colour_;
};

std::string name_cell(const std::string& name) { return elided(name, setting_name_width); }
std::string value_cell(const std::string& value) { return elided(value, setting_value_width); }

std::string title_block(const RunRecord& run, const Painter& paint) {
    const std::string finished = run.finished.empty() ? "" : " to " + run.finished;
    return paint.bold(printable(run.file)) + fmt::format("  {}\n", printable(run.status)) +
           wrapped("run " + run.id + ", " + run.started + finished, line_width, 2);
}

std::string verdict_block(const RunRecord& run, const Painter& paint) {
    const Judgement judgement = judge(run);
    std::string label = name_of(judgement.finding);
    std::transform(label.begin(), label.end(), label.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return "\n" + paint.bold("Verdict: ") + paint.finding(judgement.finding, label) + "\n" + wrapped(judgement.explanation, line_width, 2);
}

std::string gates_block(const RunRecord& run, const Painter& paint) {
    if (run.gates.empty()) {
        return "";
    }
    std::string out = "\n" + paint.bold("Gates") + "\n";
    for (const GateRecord& gate : run.gates) {
        out += fmt::format("  {}  {}: {}\n", gate.passed ? "passed" : paint.bad("MISSED"), printable(gate.condition),
                           ScoreFormat({gate.value})(gate.value));
    }
    return out;
}

std::string comparisons_block(const RunRecord& run, const Painter& paint) {
    std::string out;
    for (const ComparisonRecord& comparison : run.comparisons) {
        out += "\n" + paint.bold("Comparison by " + printable(comparison.metric)) + "\n" + comparison_text(comparison);
    }
    return out;
}

// --- a search
ScoreFormat format_of(const std::vector<Standing>& standings) {
    std::vector<double> scores;
    for (const Standing& s : standings) {
        scores.insert(scores.end(), {s.train.mean, s.validation.mean, s.test.mean, s.dummy.mean});
    }
    return ScoreFormat(scores);
}

std::string held_out_heading(const WinnerScores& winners) {
    const std::string where = winners.held_out == HeldOut::OuterFolds ? "outer" : "test";
    return winners.comparable ? where : where + " " + elided(winners.held_out_metric, 9);
}

std::string leaderboard_block(const RunRecord& run, const SearchRecord& search, const Painter& paint) {
    const std::vector<Standing> standings = leaderboard(run, search);
    const WinnerScores winners = winner_scores(run, search);
    const ScoreFormat score = format_of(standings);
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    table.add({"model", "trials", "won", "train", "validation", held_out_heading(winners), "gap", "dummy"});
    for (const Standing& s : standings) {
        table.add({name_cell(s.model), std::to_string(s.trials), fmt::format("{}/{}", s.won, search.seeds.size()), score.with_interval(s.train),
                   score.with_interval(s.validation), score.with_interval(s.test), score(s.gap), score(s.dummy.mean)});
    }
    std::string out = "\n" + paint.bold("Leaderboard of " + printable(search.name)) + "\n";
    out += wrapped(fmt::format("{} {}, {}, {}", search.greater_is_better ? "maximize" : "minimize", search.metric, search.method,
                               counted(search.seeds.size(), "seed")),
                   line_width, 2);
    out += table.text();
    for (const Standing& s : standings) {
        out += s.failed == 0 ? "" : fmt::format("  {} of {} trials of {} failed\n", s.failed, s.trials, printable(name_cell(s.model)));
    }
    return out;
}

std::string leaderboard_legend() {
    return wrapped(
        "Of each model the best trial. Train and validation: mean over the folds; ±: half the 95 % interval of the mean over seeds. Test: the "
        "winner, refitted on all training rows. Gap: how much better train is than validation.",
        line_width, 2);
}

std::string winner_block(const SearchRecord& search, const Painter& paint) {
    std::string out;
    for (const WinningConfiguration& c : winning_configurations(search)) {
        out += "\n" + paint.bold("Winner " + printable(name_cell(c.model))) + "\n";
        out += wrapped((c.seeds.size() == 1 ? "under seed " : "under seeds ") + seed_list(c.seeds), line_width, 2);
        TextTable table({Align::Left, Align::Left});
        for (const auto& [name, value] : c.params) {
            table.add({value_cell(name), value_cell(value)});
        }
        out += table.text();
    }
    for (const std::string& line : training_lines(search)) {
        out += wrapped(line, line_width, 2);
    }
    return out;
}

std::vector<double> scores_by_seed(const SearchRecord& search, std::map<std::string, double> SeedRecord::*scores, const std::string& metric) {
    std::vector<double> values;
    for (const SeedRecord& seed : search.seeds) {
        if (const auto found = (seed.*scores).find(metric); found != (seed.*scores).end()) {
            values.push_back(found->second);
        }
    }
    return values;
}

std::string test_scores_block(const RunRecord& run, const SearchRecord& search, const Painter& paint) {
    if (winner_scores(run, search).held_out != HeldOut::TestRows) {
        return "";
    }
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right});
    table.add({"metric", "train", "test", "dummy"});
    for (const std::string& metric : run.metrics) {
        const Summary train = summarise_known(scores_by_seed(search, &SeedRecord::train_scores, metric));
        const Summary test = summarise_known(scores_by_seed(search, &SeedRecord::test_scores, metric));
        const Summary dummy = summarise_known(scores_by_seed(search, &SeedRecord::dummy_scores, metric));
        if (test.count == 0) {
            continue;
        }
        const ScoreFormat score({train.mean, test.mean, dummy.mean});
        table.add({value_cell(metric), score.with_interval(train), score.with_interval(test), score(dummy.mean)});
    }
    return "\n" + paint.bold("Scores of the winner, refitted on all training rows") + "\n" + table.text();
}

std::string largest_confusions(const Matrix& confusion, const std::vector<std::string>& names) {
    struct Cell {
        double count;
        Eigen::Index truth, predicted;
    };
    std::vector<Cell> cells;
    for (Eigen::Index truth = 0; truth < confusion.rows(); ++truth) {
        for (Eigen::Index predicted = 0; predicted < confusion.cols(); ++predicted) {
            if (truth != predicted && confusion(truth, predicted) > 0) {
                cells.push_back({confusion(truth, predicted), truth, predicted});
            }
        }
    }
    std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.count > b.count; });
    cells.resize(std::min<std::size_t>(cells.size(), 10));
    TextTable table({Align::Right, Align::Left, Align::Left});
    table.add({"count", "true", "predicted"});
    for (const Cell& cell : cells) {
        table.add({fmt::format("{:.0f}", cell.count), name_cell(names[static_cast<std::size_t>(cell.truth)]),
                   name_cell(names[static_cast<std::size_t>(cell.predicted)])});
    }
    return table.text();
}

std::string confusion_block(const RunRecord& run, const SearchRecord& search, const Painter& paint) {
    const Matrix confusion = total_confusion(search);
    if (confusion.size() == 0) {
        return "";
    }
    const auto classes = static_cast<std::size_t>(confusion.rows());
    const std::vector<std::string> names = class_names(run, classes);
    std::vector<Align> align(classes + 1, Align::Right);
    align[0] = Align::Left;
    TextTable table(align);
    std::vector<std::string> heading = {"true \\ predicted"};
    for (const std::string& name : names) {
        heading.push_back(name_cell(name));
    }
    table.add(heading);
    for (std::size_t truth = 0; truth < classes; ++truth) {
        std::vector<std::string> row = {name_cell(names[truth])};
        for (std::size_t predicted = 0; predicted < classes; ++predicted) {
            row.push_back(fmt::format("{:.0f}", confusion(static_cast<Eigen::Index>(truth), static_cast<Eigen::Index>(predicted))));
        }
        table.add(row);
    }
    const bool fits = table.width() <= line_width;
    const std::string sum = search.seeds.size() > 1 ? fmt::format(", summed over {} seeds", search.seeds.size()) : "";
    return "\n" + paint.bold(fits ? "Confusion on the test rows" : "Largest confusions on the test rows") + sum + "\n" +
           (fits ? table.text() : largest_confusions(confusion, names));
}

std::string slices_block(const RunRecord& run, const SearchRecord& search, const Painter& paint) {
    const std::vector<SliceStanding> slices = slice_standings(search);
    if (slices.empty()) {
        return "";
    }
    std::vector<double> means;
    for (const SliceStanding& slice : slices) {
        means.push_back(slice.score.mean);
    }
    const ScoreFormat score(means);
    TextTable table({Align::Left, Align::Left, Align::Right, Align::Right});
    table.add({"column", "value", "rows", run.metrics.empty() ? search.metric : run.metrics.front()});
    for (const SliceStanding& slice : slices) {
        table.add({name_cell(slice.column), value_cell(slice.value), std::to_string(slice.rows), score.with_interval(slice.score)});
    }
    return "\n" + paint.bold("Errors by slice of the test rows") + "\n" + table.text();
}

std::string reading_block(const SearchRecord& search, const Painter& paint) {
    const SearchReading reading = read_search(search);
    const std::string text = reading_text(search, reading), front = front_text(search, reading);
    const std::string name = printable(name_cell(search.name));
    return (text.empty() ? "" : "\n" + paint.bold("The search " + name) + "\n" + text) +
           (front.empty() ? "" : "\n" + paint.bold("Trials of " + name + " that no other beats in every goal") + "\n" + front);
}

std::string transfer_block(const SearchRecord& search, const Painter& paint) {
    const std::optional<TransferGain> gain = transfer_gain(search);
    if (!gain) {
        return "";
    }
    const ScoreFormat score = score_format(*gain);
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right});
    table.add({"pre-trained network", "trials", "processor time", "best " + elided(search.metric, setting_name_width)});
    for (const ReuseStanding& standing : gain->standings) {
        table.add({words_for(standing.reuse), std::to_string(standing.trials), fmt::format("{:.1f} s", standing.seconds),
                   score.with_interval(standing.score)});
    }
    std::string out = "\n" + paint.bold("What transfer gained in " + printable(name_cell(search.name))) + "\n" + table.text();
    for (const std::string& sentence : gain_sentences(search, *gain)) {
        out += wrapped(sentence, line_width, 2);
    }
    return out + wrapped(budget_sentence(search, *gain), line_width, 2);
}

std::string search_block(const RunRecord& run, const SearchRecord& search, const Painter& paint) {
    return leaderboard_block(run, search, paint) + leaderboard_legend() + transfer_block(search, paint) + reading_block(search, paint) +
           winner_block(search, paint) + test_scores_block(run, search, paint) + confusion_block(run, search, paint) +
           slices_block(run, search, paint);
}

// --- the run
std::string list_block(const std::string& heading, const std::vector<std::string>& lines, const Painter& paint) {
    if (lines.empty()) {
        return "";
    }
    std::string out = "\n" + paint.bold(heading) + "\n";
    for (const std::string& line : lines) {
        out += wrapped(line, line_width, 2);
    }
    return out;
}

std::string data_block(const RunRecord& run, const Painter& paint) {
    if (run.data.empty()) {
        return "";
    }
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left});
    table.add({"name", "rows", "train", "test", "columns", "target"});
    for (const DataRecord& d : run.data) {
        const std::string classes = d.classes.empty() ? "" : fmt::format(" ({} classes)", d.classes.size());
        table.add({name_cell(d.name), std::to_string(d.rows), std::to_string(d.train_rows), std::to_string(d.test_rows), std::to_string(d.columns),
                   value_cell(d.target) + classes});
    }
    return "\n" + paint.bold("Data") + "\n" + table.text();
}

// What is to be said of features whose test rows differ; the numbers of all of them are in the other reports.
std::string drift_block(const RunRecord& run, const Painter& paint) {
    std::string out;
    for (const DataRecord& d : run.data) {
        std::vector<std::string> lines;
        for (const FeatureDrift& feature : d.drift) {
            if (!feature.finding.empty()) {
                lines.push_back(feature.finding);
            }
        }
        const std::string of = run.data.size() > 1 ? " of " + d.name : "";
        if (lines.empty() && !d.drift.empty()) {
            lines.push_back(fmt::format("none of {} features differs noticeably from the training rows", d.drift.size()));
        }
        out += list_block("Test rows" + of, lines, paint);
    }
    return out;
}

std::string allowed_block(const RunRecord& run, const Painter& paint) {
    std::vector<std::string> lines;
    for (const auto& [code, reason] : run.allowed) {
        lines.push_back(code + ": " + reason);
    }
    return list_block("Exceptions allowed in the file", lines, paint);
}

std::string reproduction_block(const RunRecord& run, const Painter& paint) {
    TextTable table({Align::Left, Align::Left});
    table.add({"command", run.command});
    for (const auto& [name, value] : run.overrides) {
        table.add({"override", name + " = " + value});
    }
    if (const SearchRecord* search = main_search(run); search != nullptr) {
        table.add({search->seeds.size() == 1 ? "seed" : "seeds", seed_list(seeds_of(*search))});
    }
    table.add({"version", "mlpc " + run.version});
    table.add({"file", run.file});
    table.add({"sha256", run.file_sha256});
    for (const DataRecord& d : run.data) {
        table.add({"data", d.path});
        table.add({"sha256", d.sha256});
    }
    for (const PretrainedRecord& source : run.pretrained) {
        table.add({"source", fmt::format("{}: {} ({})", source.name, source.path, source.format)});
        table.add({"", provenance_text(source)});
        table.add({"sha256", pin_text(source)});
        if (const std::string rows = encoded_text(source); !rows.empty()) {
            table.add({"", rows});
        }
    }
    table.add({"fits", fmt::format("{} asked for, {} done after sharing", run.fits_requested, run.fits_done)});
    table.add({"time", fmt::format("{:.1f} s, {:.1f} s of processor time", run.wall_seconds, run.cpu_seconds)});
    return "\n" + paint.bold("Reproduction") + "\n" + table.text();
}

}  // namespace

std::string report_text(const RunRecord& run, Colour colour) {
    const Painter paint(colour);
    std::string out = title_block(run, paint) + verdict_block(run, paint) + gates_block(run, paint) + comparisons_block(run, paint);
    for (const SearchRecord& search : run.searches) {
        out += says_more_than_comparison(search) ? search_block(run, search, paint) : "";
    }
    return out + list_block("Pipeline", run.pipeline, paint) + data_block(run, paint) + drift_block(run, paint) +
           list_block("Warnings", run.warnings, paint) + allowed_block(run, paint) + reproduction_block(run, paint);
}

}  // namespace mlpc
