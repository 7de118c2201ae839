#include "runtime/report/html_chart.h"
#include "runtime/report/html_comparison.h"
#include "runtime/report/html_search.h"
#include "runtime/report/html_style.h"
#include "runtime/report/html_table.h"
#include "runtime/report/html_text.h"
#include "runtime/report/html_training.h"
#include "runtime/report/judgement.h"
#include "runtime/report/leaderboard.h"
#include "runtime/report/pretrained_text.h"
#include "runtime/report/report.h"
#include "runtime/report/score_format.h"
#include "runtime/report/transfer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace mlpc {

namespace {

std::string escaped(std::string_view text) { return html_escaped(text); }

// --- the top of the page
std::string file_name(const RunRecord& run) { return std::filesystem::path(run.file).filename().string(); }

std::string header(const RunRecord& run) {
    const std::string finished = run.finished.empty() ? "" : " to " + run.finished;
    const std::string place = file_name(run) == run.file ? "" : escaped(run.file) + " · ";
    return "<header>\n<h1>" + escaped(file_name(run)) + "</h1>\n<p class=\"meta\">" + place + "run " + escaped(run.id) + " · " + escaped(run.status) +
           " · " + escaped(run.started + finished) + " · mlpc " + escaped(run.version) + "</p>\n</header>\n";
}

const char* tone_of(Finding finding) {
    switch (finding) {
        case Finding::Good:
            return "good";
        case Finding::Overfits:
        case Finding::Underfits:
        case Finding::Optimistic:
        case Finding::NoWinner:
            return "warn";
        case Finding::SelectionOnly:
        case Finding::NoBaseline:
        case Finding::BestPoint:
        case Finding::Compared:
            return "calm";
    }
    return "";
}

std::string tile(const std::string& label, const std::vector<double>& values, const ScoreFormat& score) {
    const Summary s = summarise_known(values);
    if (s.count == 0) {
        return "";
    }
    const std::string spread = s.count == 1 ? "one seed" : score(s.low) == score(s.high) ? "under every seed" : score(s.low) + " to " + score(s.high);
    return "<div><dt>" + escaped(label) + "</dt><dd class=\"big\">" + score(s.mean) + "</dd><dd class=\"small\">" + spread + "</dd></div>\n";
}

std::string held_out_name(const WinnerScores& scores) { return scores.held_out == HeldOut::OuterFolds ? "outer folds" : "test rows"; }

std::string tiles(const RunRecord& run) {
    const SearchRecord* search = main_search(run);
    if (search == nullptr || search->only_compared) {
        return "";
    }
    const WinnerScores scores = winner_scores(run, *search);
    std::vector<double> all = scores.test;
    for (const auto* more : {&scores.validation, &scores.train, &scores.dummy}) {
        all.insert(all.end(), more->begin(), more->end());
    }
    const ScoreFormat score(all);
    const std::string content = tile(scores.held_out_metric + ", " + held_out_name(scores), scores.test, score) +
                                tile(search->metric + ", validation", scores.validation, score) +
                                tile(search->metric + ", train", scores.train, score) + tile(scores.held_out_metric + ", dummy", scores.dummy, score);
    return content.empty() ? "" : "<dl class=\"tiles\">\n" + content + "</dl>\n";
}

std::string verdict_card(const RunRecord& run) {
    const Judgement judgement = judge(run);
    return std::string("<section class=\"verdict ") + tone_of(judgement.finding) + "\">\n<h2>" + escaped(name_of(judgement.finding)) + "</h2>\n<p>" +
           escaped(judgement.explanation) + "</p>\n</section>\n";
}

std::string gates(const RunRecord& run) {
    std::string items;
    for (const GateRecord& gate : run.gates) {
        items += fmt::format("<li><span class=\"{}\">{}</span> {}: {}</li>\n", gate.passed ? "passed" : "missed",
                             gate.passed ? "✓ passed" : "✗ missed", escaped(gate.condition), ScoreFormat({gate.value})(gate.value));
    }
    return items.empty() ? "" : "<ul class=\"plain\">\n" + items + "</ul>\n";
}

// --- a search
std::string direction_of(const SearchRecord& search) { return search.greater_is_better ? "greater is better" : "smaller is better"; }

std::string leaderboard_table(const RunRecord& run, const SearchRecord& search) {
    const std::vector<Standing> standings = leaderboard(run, search);
    const WinnerScores scores = winner_scores(run, search);
    std::vector<double> means;
    for (const Standing& s : standings) {
        means.insert(means.end(), {s.train.mean, s.validation.mean, s.test.mean, s.dummy.mean});
    }
    const ScoreFormat score(means);
    const std::string held_out =
        std::string(scores.held_out == HeldOut::OuterFolds ? "Outer folds" : "Test") + (scores.comparable ? "" : " (" + scores.held_out_metric + ")");
    const std::string head = head_cell("Model") + number_head("Validation") + number_head("Train") + number_head("Gap") + number_head(held_out) +
                             number_head("Dummy") + number_head("Trials") + number_head("Won");
    std::string body;
    for (const Standing& s : standings) {
        const std::string trials = std::to_string(s.trials) + (s.failed == 0 ? "" : fmt::format(" ({} failed)", s.failed));
        body += std::string("<tr") + (s.won > 0 ? " class=\"winner\">" : ">") + row_head(s.model) + score_cell(s.validation, score) +
                score_cell(s.train, score) + number_cell(score(s.gap)) + score_cell(s.test, score) + number_cell(score(s.dummy.mean)) +
                number_cell(trials) + number_cell(fmt::format("{}/{}", s.won, search.seeds.size())) + "</tr>\n";
    }
    return html_table(search.metric + ", " + direction_of(search) + "; " + search.method, head, body) +
           "<p class=\"note\">Of each model the best trial. Validation and train: mean over the folds; ±: half the 95 % interval of the mean over "
           "seeds. Gap: how much better train is than validation. Test: the winner, refitted on all training rows.</p>\n";
}

ChartRow part_row(const std::string& label, MarkKind kind, const std::vector<double>& by_seed, const ScoreFormat& score) {
    const Summary s = summarise_known(by_seed);
    return {.label = label,
            .value = score.with_interval(s),
            .marks = {{.kind = kind, .score = s}},
            .single_kind = kind,
            .singles = s.count > 1 ? by_seed : std::vector<double>{}};
}

void add_if_known(std::vector<ChartRow>& rows, ChartRow row) {
    if (row.marks.front().score.count > 0) {
        rows.push_back(std::move(row));
    }
}

std::string transfer_section(const SearchRecord& search) {
    const std::optional<TransferGain> gain = transfer_gain(search);
    if (!gain) {
        return "";
    }
    const ScoreFormat score = score_format(*gain);
    std::string body, sentences;
    for (const ReuseStanding& standing : gain->standings) {
        body += "<tr>" + row_head(words_for(standing.reuse)) + score_cell(standing.score, score) + number_cell(std::to_string(standing.trials)) +
                number_cell(fmt::format("{:.1f} s", standing.seconds)) + "</tr>\n";
    }
    for (const std::string& sentence : gain_sentences(search, *gain)) {
        sentences += "<li>" + escaped(sentence) + "</li>\n";
    }
    const std::string head =
        head_cell("Pre-trained network") + number_head("Best " + search.metric) + number_head("Trials") + number_head("Processor time");
    return html_table("Trained on, frozen and from scratch", head, body) +
           (sentences.empty() ? "" : "<ul class=\"plain\">\n" + sentences + "</ul>\n") + "<p class=\"note\">" +
           escaped(budget_sentence(search, *gain)) + "</p>\n";
}

// Scores of another metric than the search's own do not belong on its scale.
std::string winner_chart(const SearchRecord& search, const WinnerScores& scores) {
    std::vector<double> all = scores.train;
    all.insert(all.end(), scores.validation.begin(), scores.validation.end());
    const ScoreFormat score(all);
    std::vector<ChartRow> rows;
    add_if_known(rows, part_row("train", MarkKind::Train, scores.train, score));
    add_if_known(rows, part_row("validation", MarkKind::Validation, scores.validation, score));
    if (scores.comparable) {
        add_if_known(rows, part_row(held_out_name(scores), MarkKind::Test, scores.test, score));
        add_if_known(rows, part_row("dummy", MarkKind::Dummy, {summarise_known(scores.dummy).mean}, score));
    }
    const std::string seeds =
        search.seeds.size() > 1 ? "; a faint dot is one seed, the bar the 95 % interval of the mean" : "; one seed, so no interval";
    return rows.empty() ? "" : html_chart("The winner" + seeds, search.metric, rows, {});
}

std::string models_chart(const SearchRecord& search, const std::vector<Standing>& standings, bool comparable) {
    std::vector<double> means;
    for (const Standing& s : standings) {
        means.push_back(s.validation.mean);
    }
    const ScoreFormat score(means);
    std::vector<ChartRow> rows;
    for (const Standing& s : standings) {
        ChartRow row{.label = s.model, .value = score.with_interval(s.validation), .marks = {}, .single_kind = MarkKind::Validation, .singles = {}};
        if (comparable && s.dummy.count > 0) {
            row.marks.push_back({.kind = MarkKind::Dummy, .score = {.mean = s.dummy.mean, .sd = 0, .low = NAN, .high = NAN, .count = 1}});
        }
        row.marks.push_back({.kind = MarkKind::Train, .score = s.train});
        row.marks.push_back({.kind = MarkKind::Validation, .score = s.validation});
        if (comparable && s.test.count > 0) {
            row.marks.push_back({.kind = MarkKind::Test, .score = s.test});
        }
        rows.push_back(std::move(row));
    }
    return html_chart("Every model by its best trial; in numbers: validation", search.metric, rows,
                      {MarkKind::Train, MarkKind::Validation, MarkKind::Test, MarkKind::Dummy});
}

std::string folds_chart(const SearchRecord& search) {
    std::vector<ChartRow> rows;
    for (const SeedRecord& seed : search.seeds) {
        const TrialRecord* winner = winning_trial(seed);
        if (winner == nullptr || winner->fold_scores.size() < 2) {
            continue;
        }
        const ScoreFormat score(winner->fold_scores);
        const auto [low, high] = std::minmax_element(winner->fold_scores.begin(), winner->fold_scores.end());
        rows.push_back(
            {.label = "seed " + std::to_string(seed.seed),
             .value = score(*low) + " to " + score(*high),
             .marks = {{.kind = MarkKind::Validation, .score = {.mean = winner->mean_score(), .sd = 0, .low = NAN, .high = NAN, .count = 1}}},
             .single_kind = MarkKind::Validation,
             .singles = winner->fold_scores});
    }
    return rows.empty() ? "" : html_chart("The winner's folds: a faint dot is one fold, the full one their mean", search.metric, rows, {});
}

std::string winner_tables(const SearchRecord& search) {
    std::string out;
    for (const WinningConfiguration& c : winning_configurations(search)) {
        std::string body;
        for (const auto& [name, value] : c.params) {
            body += "<tr>" + row_head(name) + cell(value) + "</tr>\n";
        }
        const std::string caption = c.model + ", the winner under " + (c.seeds.size() == 1 ? "seed " : "seeds ") + seed_list(c.seeds);
        out += body.empty() ? "<p>" + escaped(caption) + "; nothing was searched in it.</p>\n"
                            : "<p></p>" + html_table(caption, head_cell("Parameter") + head_cell("Value"), body);
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

std::string evaluation_table(const RunRecord& run, const SearchRecord& search) {
    std::string body;
    for (const std::string& metric : run.metrics) {
        const Summary train = summarise_known(scores_by_seed(search, &SeedRecord::train_scores, metric));
        const Summary test = summarise_known(scores_by_seed(search, &SeedRecord::test_scores, metric));
        const Summary dummy = summarise_known(scores_by_seed(search, &SeedRecord::dummy_scores, metric));
        if (test.count > 0) {
            const ScoreFormat score({train.mean, test.mean, dummy.mean});
            body += "<tr>" + row_head(metric) + score_cell(test, score) + score_cell(train, score) + number_cell(score(dummy.mean)) + "</tr>\n";
        }
    }
    const std::string head = head_cell("Metric") + number_head("Test") + number_head("Train") + number_head("Dummy");
    return body.empty() ? "" : html_table("The winner, refitted on all training rows; mean over seeds ± half its 95 % interval", head, body);
}

std::string confusion_cell(double count, double row_total) {
    const double share = row_total > 0 ? count / row_total : 0;
    return fmt::format("<td class=\"{}\" style=\"--share:{:.3f}\">{:.0f}</td>", share > 0.55 ? "strong" : "", share, count);
}

std::string confusion_table(const RunRecord& run, const SearchRecord& search) {
    const Matrix confusion = total_confusion(search);
    if (confusion.size() == 0) {
        return "";
    }
    const std::vector<std::string> names = class_names(run, static_cast<std::size_t>(confusion.rows()));
    std::string head = head_cell("True \\ predicted"), body;
    for (const std::string& name : names) {
        head += head_cell(name);
    }
    for (Eigen::Index truth = 0; truth < confusion.rows(); ++truth) {
        body += "<tr>" + row_head(names[static_cast<std::size_t>(truth)]);
        for (Eigen::Index predicted = 0; predicted < confusion.cols(); ++predicted) {
            body += confusion_cell(confusion(truth, predicted), confusion.row(truth).sum());
        }
        body += "</tr>\n";
    }
    const std::string sum = search.seeds.size() > 1 ? fmt::format(", summed over {} seeds", search.seeds.size()) : "";
    return html_table("Rows by true and predicted class" + sum + "; shade: share of the true class", head, body, "confusion");
}

std::string slices_table(const RunRecord& run, const SearchRecord& search) {
    const std::vector<SliceStanding> slices = slice_standings(search);
    std::vector<double> means;
    std::string body;
    for (const SliceStanding& slice : slices) {
        means.push_back(slice.score.mean);
    }
    const ScoreFormat score(means);
    for (const SliceStanding& slice : slices) {
        body += "<tr>" + row_head(slice.column) + cell(slice.value) + number_cell(std::to_string(slice.rows)) + score_cell(slice.score, score) +
                "</tr>\n";
    }
    const std::string metric = run.metrics.empty() ? search.metric : run.metrics.front();
    const std::string head = head_cell("Column") + head_cell("Value") + number_head("Rows") + number_head(metric);
    return body.empty() ? "" : html_table("Slices of the test rows", head, body);
}

std::string search_sections(const RunRecord& run, const SearchRecord& search) {
    const std::string of = run.searches.size() > 1 ? " of " + search.name : "";
    const WinnerScores scores = winner_scores(run, search);
    return html_section("Leaderboard" + of, leaderboard_table(run, search)) +
           html_section("Scores" + of,
                        winner_chart(search, scores) + models_chart(search, leaderboard(run, search), scores.comparable) + folds_chart(search)) +
           html_section("Transfer" + of, transfer_section(search)) + html_search(search, of) +
           html_section("Evaluation" + of, evaluation_table(run, search)) + html_section("Confusion" + of, confusion_table(run, search)) +
           html_section("Errors by slice" + of, slices_table(run, search)) + html_section("Winning parameters" + of, winner_tables(search)) +
           html_section("Training" + of, html_training(search));
}

// --- the rest of the run
std::string pipeline(const RunRecord& run) {
    std::string items;
    for (const std::string& step : run.pipeline) {
        items += "<li><code>" + escaped(step) + "</code></li>\n";
    }
    return items.empty() ? "" : "<ol class=\"chain\">\n" + items + "</ol>\n";
}

std::string data_table(const RunRecord& run) {
    std::string body;
    for (const DataRecord& d : run.data) {
        body += "<tr>" + row_head(d.name) + number_cell(std::to_string(d.rows)) + number_cell(std::to_string(d.train_rows)) +
                number_cell(std::to_string(d.test_rows)) + number_cell(std::to_string(d.columns)) + cell(d.target) + cell(joined(d.classes)) +
                "</tr>\n";
    }
    const std::string head = head_cell("Name") + number_head("Rows") + number_head("Train") + number_head("Test") + number_head("Columns") +
                             head_cell("Target") + head_cell("Classes");
    return body.empty() ? "" : html_table("Rows and columns after loading", head, body);
}

std::string drift_table(const DataRecord& data) {
    std::string body;
    const auto shown = [](double value) { return std::isnan(value) ? std::string("–") : fmt::format("{:.3g}", value); };
    const auto share = [](double value) { return fmt::format("{:.3g} %", value * 100); };
    for (const FeatureDrift& feature : data.drift) {
        body += "<tr>" + row_head(feature.column) + number_cell(shown(feature.psi)) + number_cell(shown(feature.p_value)) +
                number_cell(share(feature.train_missing)) + number_cell(share(feature.test_missing)) +
                number_cell(std::to_string(feature.unseen_levels)) + cell(feature.finding) + "</tr>\n";
    }
    const std::string head = head_cell("Feature") + number_head("PSI") + number_head("p") + number_head("Missing, train") +
                             number_head("Missing, test") + number_head("New levels") + head_cell("Finding");
    const std::string caption =
        "Test rows beside training rows: population stability index (from 0.1 on worth a look), and how likely such a "
        "difference is by chance (Kolmogorov-Smirnov for numbers, chi-squared for levels)";
    return body.empty() ? "" : html_table(caption, head, body);
}

std::string drift_sections(const RunRecord& run) {
    std::string out;
    for (const DataRecord& data : run.data) {
        out += html_section("Test rows" + (run.data.size() > 1 ? " of " + data.name : ""), drift_table(data));
    }
    return out;
}

std::string warnings(const RunRecord& run) {
    std::string items;
    for (const std::string& warning : run.warnings) {
        items += "<li>" + escaped(warning) + "</li>\n";
    }
    return items.empty() ? "" : "<ul class=\"plain\">\n" + items + "</ul>\n";
}

std::string allowed(const RunRecord& run) {
    std::string items;
    for (const auto& [code, reason] : run.allowed) {
        items += "<li><code>" + escaped(code) + "</code> " + escaped(reason) + "</li>\n";
    }
    return items.empty() ? "" : "<ul class=\"plain\">\n" + items + "</ul>\n";
}

std::string fact(const std::string& name, const std::string& value_html) { return "<dt>" + escaped(name) + "</dt><dd>" + value_html + "</dd>\n"; }
std::string hash_of(const std::string& what, const std::string& sha256) {
    return escaped(what) + "<br><span class=\"hash\">sha256 " + escaped(sha256) + "</span>";
}

std::string reproduction(const RunRecord& run) {
    std::string facts = fact("Command", "<code>" + escaped(run.command) + "</code>");
    for (const auto& [name, value] : run.overrides) {
        facts += fact("Override", "<code>" + escaped(name + " = " + value) + "</code>");
    }
    if (const SearchRecord* search = main_search(run); search != nullptr) {
        facts += fact(search->seeds.size() == 1 ? "Seed" : "Seeds", seed_list(seeds_of(*search)));
    }
    facts += fact("Version", "mlpc " + escaped(run.version)) + fact("Experiment", hash_of(run.file, run.file_sha256));
    for (const DataRecord& d : run.data) {
        facts += fact("Data " + d.name, hash_of(d.path, d.sha256));
    }
    for (const PretrainedRecord& source : run.pretrained) {
        const std::string rows = encoded_text(source);
        facts += fact("Source " + source.name, escaped(source.path) + " (" + escaped(source.format) + "): " + escaped(provenance_text(source)) +
                                                   (rows.empty() ? "" : "<br>" + escaped(rows)) + "<br><span class=\"hash\">sha256 " +
                                                   escaped(pin_text(source)) + "</span>");
    }
    facts += fact("Fits", fmt::format("{} asked for, {} done after sharing", run.fits_requested, run.fits_done)) +
             fact("Time", fmt::format("{:.1f} s, {:.1f} s of processor time", run.wall_seconds, run.cpu_seconds));
    return "<dl class=\"facts\">\n" + facts + "</dl>\n<details>\n<summary>" + escaped(run.file) + "</summary>\n<pre><code>" + escaped(run.source) +
           "</code></pre>\n</details>\n";
}

}  // namespace

std::string report_html(const RunRecord& run) {
    std::string searches;
    for (const SearchRecord& search : run.searches) {
        searches += says_more_than_comparison(search) ? search_sections(run, search) : "";
    }
    // The policy is a second lock: no script and no foreign resource runs even if a name slipped through the escaping.
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(file_name(run)) + " · mlpc report</title>\n<style>" + std::string(html_style) + "</style>\n</head>\n<body>\n<main>\n" +
           header(run) + verdict_card(run) + tiles(run) + html_section("Gates", gates(run)) + html_comparisons(run) + searches +
           html_section("Pipeline of the winner", pipeline(run)) + html_section("Data", data_table(run)) + drift_sections(run) +
           html_section("Warnings", warnings(run)) + html_section("Exceptions allowed in the file", allowed(run)) +
           html_section("Reproduction", reproduction(run)) + "</main>\n</body>\n</html>\n";
}

}  // namespace mlpc
