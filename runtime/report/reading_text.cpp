#include "runtime/report/reading_text.h"

#include "runtime/report/score_format.h"
#include "runtime/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

constexpr std::size_t shown_parameters = 6;
constexpr std::size_t shown_pairs = 2;
constexpr std::size_t shown_advice = 3;
constexpr std::size_t shown_members = 10;
constexpr std::size_t goal_width = 14;
constexpr std::size_t parameter_name_width = 30;
constexpr std::size_t parameter_value_width = 28;

std::string share_text(double share) { return std::isnan(share) ? "—" : fmt::format("{:.2f}", share); }

std::string seconds_text(double seconds) { return seconds < 0.05 ? "under 0.1 s" : fmt::format("{:.1f} s", seconds); }

std::string percent_text(double share) { return share > 0.995 && share < 1 ? "99 %" : fmt::format("{:.0f} %", 100 * share); }

// One that is only known to exist says nothing.
bool is_known(const ParameterReading& p) { return !std::isnan(p.importance); }

std::string parameters_table(const SearchReading& reading) {
    const auto known = static_cast<std::size_t>(std::count_if(reading.parameters.begin(), reading.parameters.end(), is_known));
    if (known == 0) {
        return "";
    }
    const bool conditional =
        std::any_of(reading.parameters.begin(), reading.parameters.end(), [](const ParameterReading& p) { return p.share_of_trials < 1; });
    std::vector<Align> align = {Align::Left, Align::Right, Align::Right, Align::Right, Align::Left};
    align.insert(align.end() - 1, conditional ? 1 : 0, Align::Right);
    TextTable table(align);
    const auto add = [&](std::vector<std::string> cells, const std::string& in_trials) {
        cells.insert(cells.end() - 1, conditional ? 1 : 0, in_trials);
        table.add(std::move(cells));
    };
    add({"parameter", "importance", "for the best", "p", "best values"}, "in trials");
    for (std::size_t i = 0; i < std::min(known, shown_parameters); ++i) {
        const ParameterReading& p = reading.parameters[i];
        add({elided(p.name, parameter_name_width), share_text(p.importance), share_text(p.importance_at_best), p_value_text(p.p_value),
             elided(p.best_values, parameter_value_width)},
            percent_text(p.share_of_trials));
    }
    return table.text() + (known > shown_parameters ? fmt::format("  and {} more, which explain less\n", known - shown_parameters) : "");
}

std::string pairs_line(const SearchReading& reading) {
    std::string text;
    for (std::size_t i = 0; i < std::min(reading.pairs.size(), shown_pairs); ++i) {
        const PairReading& pair = reading.pairs[i];
        text += fmt::format("{}{} and {} {}", i == 0 ? "Together, beyond that: " : "; ", elided(pair.first, parameter_name_width),
                            elided(pair.second, parameter_name_width), share_text(pair.importance));
    }
    return text.empty() ? "" : wrapped(text + ".", line_width, 2);
}

std::string legend(const SearchReading& reading) {
    if (std::none_of(reading.parameters.begin(), reading.parameters.end(), is_known)) {
        return "";
    }
    return wrapped("Importance: share of the variance explained alone. For the best: of what tells the best tenth from the others. p: by chance.",
                   line_width, 2);
}

}  // namespace

bool is_worth_reading(const SearchReading& reading) { return reading.counts.trials > reading.seeds.size(); }

std::string p_value_text(double p_value) {
    return std::isnan(p_value) ? "—" : p_value < 0.001 ? "<0.001" : fmt::format("{:.{}f}", p_value, p_value < 0.1 ? 3 : 2);
}

std::string course_of(const SearchReading& reading) {
    const TrialCounts& counts = reading.counts;
    std::string text = counted(counts.trials, "trial");
    const auto add = [&](std::size_t count, const char* what) { text += count == 0 ? "" : fmt::format(", {} {}", count, what); };
    add(counts.failed, "failed");
    add(counts.given_up, "given up");
    add(counts.partial, "evaluated in part");
    add(counts.infeasible, "not feasible");
    add(counts.repeated, "repeated");
    return text + fmt::format("; proposing took {}, the trials {}.", seconds_text(reading.ask_seconds), seconds_text(reading.trial_seconds));
}

std::string place_of_best(const SearchRecord& search, const SearchReading& reading) {
    std::vector<std::uint64_t> counts;
    std::size_t most = 0;
    for (std::size_t s = 0; s < reading.seeds.size(); ++s) {
        most = std::max(most, search.seeds[s].trials.size());
        if (!reading.seeds[s].best_so_far.empty()) {
            counts.push_back(reading.seeds[s].best_so_far.back().trial + 1);
        }
    }
    if (counts.empty()) {
        return "None of them may win.";
    }
    const auto [first, last] = std::minmax_element(counts.begin(), counts.end());
    const std::string after = *first == *last ? std::to_string(*first) : fmt::format("{} to {}", *first, *last);
    return fmt::format("The best was found after {} of {}{}.", after, counted(most, "trial"), counts.size() > 1 ? ", by seed" : "");
}

std::string configuration_text(const SeedRecord& seed, std::uint64_t number) {
    const auto trial = std::find_if(seed.trials.begin(), seed.trials.end(), [&](const TrialRecord& t) { return t.number == number; });
    std::string text = trial->model;
    for (const auto& [name, value] : trial->params) {
        text += (text.empty() ? "" : ", ") + name + " " + value;
    }
    return text;
}

std::string front_text(const SearchRecord& search, const SearchReading& reading) {
    std::vector<Align> align(search.goals.size() + 2, Align::Right);
    align.push_back(Align::Left);
    TextTable table(align);
    std::vector<std::string> heading = {"seed", "trial"};
    for (const GoalRecord& goal : search.goals) {
        heading.push_back(elided(goal.metric, goal_width));
    }
    heading.push_back("parameters");
    table.add(heading);
    const std::size_t configuration_width = std::max<std::size_t>(20, 80 - std::min<std::size_t>(80, 16 * search.goals.size()));
    std::size_t members = 0;
    for (std::size_t s = 0; s < reading.seeds.size(); ++s) {
        for (const FrontMember& member : reading.seeds[s].front) {
            if (++members > shown_members) {
                continue;
            }
            std::vector<std::string> cells = {std::to_string(reading.seeds[s].seed), std::to_string(member.trial)};
            for (const double value : member.goals) {
                cells.push_back(fmt::format("{:.4g}", value));
            }
            cells.push_back(elided(configuration_text(search.seeds[s], member.trial), configuration_width));
            table.add(cells);
        }
    }
    const std::string more = members > shown_members ? fmt::format("  and {} more\n", members - shown_members) : "";
    return members == 0 ? "" : table.text() + more;
}

std::string reading_text(const SearchRecord& search, const SearchReading& reading) {
    if (!is_worth_reading(reading)) {
        return "";
    }
    std::string out = wrapped(course_of(reading) + " " + place_of_best(search, reading), line_width, 2);
    out += search.remark.empty() ? "" : wrapped(search.remark, line_width, 2);
    out += parameters_table(reading) + pairs_line(reading) + legend(reading);
    for (std::size_t i = 0; i < std::min(reading.advice.size(), shown_advice); ++i) {
        out += wrapped("- " + reading.advice[i], line_width, 2);
    }
    return out;
}

}  // namespace mlpc
