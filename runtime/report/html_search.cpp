#include "runtime/report/html_search.h"

#include "runtime/report/html_course.h"
#include "runtime/report/html_table.h"
#include "runtime/report/html_text.h"
#include "runtime/report/reading_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

std::string share_cell(double share) {
    if (std::isnan(share)) {
        return number_cell("–");
    }
    return fmt::format("<td class=\"number\">{:.2f}<span class=\"share\" style=\"--share:{:.3f}\"></span></td>", share, share);
}

std::string advice_list(const SearchReading& reading) {
    std::string items;
    for (const std::string& sentence : reading.advice) {
        items += "<li>" + html_escaped(sentence) + "</li>\n";
    }
    return items.empty() ? "" : "<ul class=\"advice\">\n" + items + "</ul>\n";
}

std::string parameters_table(const SearchRecord& search, const SearchReading& reading) {
    std::string body;
    for (const ParameterReading& p : reading.parameters) {
        const std::string trials = fmt::format("{} ({:.0f} %)", p.trials, 100 * p.share_of_trials);
        body += "<tr>" + row_head(p.name) + share_cell(p.importance) + share_cell(p.importance_at_best) + number_cell(p_value_text(p.p_value)) +
                cell(p.best_values) + "<td>" + html_effect(p.effect, search.greater_is_better) + "</td>" + number_cell(trials) + "</tr>\n";
    }
    const std::string head = head_cell("Parameter") + number_head("Importance") + number_head("For the best") + number_head("p") +
                             head_cell("Best values") + head_cell("Scores by value") + number_head("Trials");
    const std::string caption =
        "Importance: share of the scores' variance that the parameter explains alone, within the trials that have it (functional ANOVA). For the "
        "best: its share in telling the best tenth from the others (PED-ANOVA). p: chance of such a difference where there is none. Scores by value: "
        "full, the mean; ring, the best; better is higher";
    return body.empty() ? "" : html_table(caption, head, body);
}

std::string effects_table(const SearchReading& reading) {
    std::string body;
    for (const ParameterReading& p : reading.parameters) {
        std::vector<double> scores;
        for (const EffectBin& bin : p.effect) {
            scores.insert(scores.end(), {bin.mean, bin.best});
        }
        const ScoreFormat score(scores);
        for (const EffectBin& bin : p.effect) {
            body += "<tr>" + row_head(p.name) + cell(bin.value) + number_cell(std::to_string(bin.trials)) + number_cell(std::to_string(bin.failed)) +
                    number_cell(score(bin.mean)) + number_cell(score(bin.best)) + "</tr>\n";
        }
    }
    const std::string head =
        head_cell("Parameter") + head_cell("Value") + number_head("Trials") + number_head("Failed") + number_head("Mean") + number_head("Best");
    return body.empty() ? ""
                        : "<details>\n<summary>Scores by value</summary>\n" + html_table("Mean and best score by value", head, body) + "</details>\n";
}

std::vector<std::string> values_of(const std::vector<PairCell>& cells, std::string PairCell::*value) {
    std::vector<std::string> values;
    for (const PairCell& cell : cells) {
        if (std::find(values.begin(), values.end(), cell.*value) == values.end()) {
            values.push_back(cell.*value);
        }
    }
    return values;
}

// Shaded from the worst mean to the best.
std::string pair_cell(const PairCell& cell, double worst, double best, const ScoreFormat& score) {
    const double share = std::isnan(cell.mean) || best == worst ? 0 : 0.9 * (cell.mean - worst) / (best - worst);
    return fmt::format("<td class=\"{}\" style=\"--share:{:.3f}\">{}</td>", share > 0.55 ? "strong" : "", share, score(cell.mean));
}

std::string pair_table(const SearchRecord& search, const PairReading& pair) {
    std::vector<double> means;
    for (const PairCell& cell : pair.cells) {
        if (!std::isnan(cell.mean)) {
            means.push_back(cell.mean);
        }
    }
    if (means.empty()) {
        return "";
    }
    const auto [least, greatest] = std::minmax_element(means.begin(), means.end());
    const double worst = search.greater_is_better ? *least : *greatest, best = search.greater_is_better ? *greatest : *least;
    const ScoreFormat score(means);
    const std::vector<std::string> rows = values_of(pair.cells, &PairCell::first), columns = values_of(pair.cells, &PairCell::second);
    std::string head = head_cell(pair.first + " \\ " + pair.second), body;
    for (const std::string& column : columns) {
        head += head_cell(column);
    }
    for (const std::string& row : rows) {
        body += "<tr>" + row_head(row);
        for (const std::string& column : columns) {
            const auto at =
                std::find_if(pair.cells.begin(), pair.cells.end(), [&](const PairCell& c) { return c.first == row && c.second == column; });
            body += pair_cell(*at, worst, best, score);
        }
        body += "</tr>\n";
    }
    const std::string caption = fmt::format("{} and {} together: {:.2f} of the variance beyond what each explains alone; mean score by their values",
                                            pair.first, pair.second, pair.importance);
    return "<p></p>" + html_table(caption, head, body, "confusion");
}

std::string pair_tables(const SearchRecord& search, const SearchReading& reading) {
    std::string out;
    for (const PairReading& pair : reading.pairs) {
        out += pair_table(search, pair);
    }
    return out;
}

std::string front_table(const SearchRecord& search, const SearchReading& reading) {
    std::string head = number_head("Seed") + number_head("Trial"), body;
    for (const GoalRecord& goal : search.goals) {
        head += number_head(goal.metric + (goal.greater_is_better ? " ↑" : " ↓"));
    }
    for (std::size_t s = 0; s < reading.seeds.size(); ++s) {
        for (const FrontMember& member : reading.seeds[s].front) {
            body += "<tr>" + number_cell(std::to_string(reading.seeds[s].seed)) + number_cell(std::to_string(member.trial));
            for (const double value : member.goals) {
                body += number_cell(fmt::format("{:.4g}", value));
            }
            body += cell(configuration_text(search.seeds[s], member.trial)) + "</tr>\n";
        }
    }
    return body.empty() ? "" : html_table("Trials that no other beats in every goal", head + head_cell("Parameters"), body);
}

}  // namespace

std::string html_search(const SearchRecord& search, const std::string& of) {
    const SearchReading reading = read_search(search);
    if (!is_worth_reading(reading)) {
        return "";
    }
    const std::string course = course_of(reading) + " " + place_of_best(search, reading) + (search.remark.empty() ? "" : " " + search.remark);
    return html_section("Front" + of, front_table(search, reading)) +
           html_section("The search" + of, "<p>" + html_escaped(course) + "</p>\n" + advice_list(reading) + html_course(search, reading) +
                                               parameters_table(search, reading) + pair_tables(search, reading) + effects_table(reading));
}

}  // namespace mlpc
