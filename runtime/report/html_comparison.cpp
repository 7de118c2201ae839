#include "runtime/report/html_comparison.h"

#include "runtime/report/comparison_text.h"
#include "runtime/report/html_chart.h"
#include "runtime/report/html_table.h"
#include "runtime/report/html_text.h"
#include "runtime/report/reading_text.h"

namespace mlpc {

namespace {

using Standings = std::vector<ComparedStanding>;

std::string chart(const ComparisonRecord& comparison, const Standings& standings) {
    const ScoreFormat score = score_format(standings);
    const MarkKind kind = comparison.folds == ComparisonRecord::Folds::Outer ? MarkKind::Test : MarkKind::Validation;
    std::vector<ChartRow> rows;
    for (const ComparedStanding& s : standings) {
        const ComparedRecord& model = comparison.models[s.model];
        if (s.score.count > 0) {
            rows.push_back({.label = model.name,
                            .value = score.with_interval(s.score),
                            .marks = {{.kind = kind, .score = s.score}},
                            .single_kind = kind,
                            .singles = values_by_fold(model.scores, comparison.folds_differ)});
        }
    }
    const std::string direction = comparison.greater_is_better ? ", greater is better" : ", smaller is better";
    return rows.empty() ? "" : html_chart("A faint dot is one fold, the bar the 95 % interval of the mean", comparison.metric + direction, rows, {});
}

std::string table(const ComparisonRecord& comparison, const Standings& standings) {
    const ScoreFormat score = score_format(standings);
    std::string body;
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const ComparedStanding& s = standings[i];
        const ComparedRecord& model = comparison.models[s.model];
        body += std::string("<tr") + (i == 0 && s.score.count > 0 ? " class=\"winner\">" : ">") + row_head(model.name) + score_cell(s.score, score) +
                score_cell(s.behind.gain, score) + number_cell(p_value_text(s.adjusted_p_value)) + cell(standing_words(standings, i)) +
                number_cell(std::to_string(model.trials)) + "</tr>\n";
    }
    const std::string head = head_cell("Model") + number_head(comparison.metric) + number_head("Behind the best") + number_head("p") + head_cell("") +
                             number_head("Trials");
    return html_table("Mean over the folds, and the difference fold by fold", head, body);
}

std::string section(const ComparisonRecord& comparison) {
    const Standings standings = read_comparison(comparison);
    const std::vector<std::string> sentences = comparison_sentences(comparison, standings);
    std::string notes;
    for (std::size_t i = 1; i < sentences.size(); ++i) {
        notes += "<p class=\"note\">" + html_escaped(sentences[i]) + "</p>\n";
    }
    return "<p>" + html_escaped(sentences.front()) + "</p>\n" + chart(comparison, standings) + table(comparison, standings) + notes;
}

}  // namespace

std::string html_comparisons(const RunRecord& run) {
    std::string out;
    for (const ComparisonRecord& comparison : run.comparisons) {
        out += html_section("Comparison by " + comparison.metric, section(comparison));
    }
    return out;
}

}  // namespace mlpc
