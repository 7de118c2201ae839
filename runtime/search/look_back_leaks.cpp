#include "runtime/search/look_back_leaks.h"

#include "runtime/core/error.h"
#include "runtime/core/look_back.h"
#include "runtime/search/file_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mlpc {

namespace {

constexpr std::uint32_t no_row = UINT32_MAX;

void collect(const Experiment& e, NodeId id, std::set<std::uint32_t>& found) {
    const Node& node = e.node(id);
    if (node.kind == NodeKind::LookBack) {
        found.insert(id.index);
    }
    for (const NodeId input : node.inputs) {
        collect(e, input, found);
    }
}

LookBack step_of(const Experiment& e, const Node& node) {
    LookBack step{node.component, {}, e.data[node.data.index].time()->name};
    for (const Binding& b : node.params) {
        step.params.push_back(std::get<ParamValue>(b));
    }
    return step;
}

// One step that looks back, and the rows that it saw.
struct Place {
    const Node* node = nullptr;
    LookBack step;
    Frame before;
    std::vector<RowIndex> series;      // rows of `before`
    std::vector<std::uint32_t> final;  // of each row of `before` its row in the table that is split, or no_row
};

enum class Side : std::uint8_t { None, Fitted, Scored };

void mark(std::vector<Side>& sides, const RowsRef& rows, Side side) {
    for (std::size_t i = 0; i < rows.count; ++i) {
        sides[rows.index != nullptr ? (*rows.index)[i] : i] = side;
    }
}

// How many rows are fitted on although an earlier row of their series is scored.
std::size_t fitted_after_scored(const Place& place, const std::vector<Side>& sides) {
    std::size_t count = 0;
    for (const RowIndex& series : place.series) {
        bool scored = false;
        for (const std::uint32_t row : series) {
            const Side side = place.final[row] == no_row ? Side::None : sides[place.final[row]];
            count += scored && side == Side::Fitted ? 1 : 0;
            scored = scored || side == Side::Scored;
        }
    }
    return count;
}

struct Cut {
    std::string name;
    const RowsRef *fitted, *scored;
};

std::vector<Cut> cuts_of(const SplitRows& rows) {
    std::vector<Cut> cuts{{"the test partition", &rows.train, &rows.test}};
    for (const SeedRows& seed : rows.seeds) {
        for (std::size_t f = 0; f < seed.folds.size(); ++f) {
            cuts.push_back({fmt::format("fold {}", f + 1), &seed.folds[f].fit, &seed.folds[f].scored});
        }
        for (std::size_t o = 0; o < seed.outer.size(); ++o) {
            cuts.push_back({fmt::format("outer fold {}", o + 1), &seed.outer[o].train, &seed.outer[o].scored});
            for (std::size_t f = 0; f < seed.outer[o].folds.size(); ++f) {
                const InnerFold& fold = seed.outer[o].folds[f];
                cuts.push_back({fmt::format("fold {} of outer fold {}", f + 1, o + 1), &fold.fit, &fold.scored});
            }
        }
    }
    return cuts;
}

void find_cut_out_of_time(const Place& place, const SplitRows& rows, std::size_t table_rows, const SplitSpec& split, std::vector<Finding>& findings) {
    for (const Cut& cut : cuts_of(rows)) {
        std::vector<Side> sides(table_rows, Side::None);
        mark(sides, *cut.fitted, Side::Fitted);
        mark(sides, *cut.scored, Side::Scored);
        const std::size_t count = fitted_after_scored(place, sides);
        if (count == 0) {
            continue;
        }
        Finding finding;
        finding.kind = Finding::Kind::CutOutOfTime;
        finding.subject = place.step.time;
        finding.other = place.step.component->name;
        finding.count = count;
        finding.detail = fmt::format("in {}, {} row{} that {} fitted on come{} after scored rows of the same series", cut.name, count,
                                     count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "s" : "");
        finding.span = split.span;
        findings.push_back(std::move(finding));
        return;
    }
}

bool looks_at_target(const LookBack& step, const DataSpec& data) {
    const std::vector<std::string> used = step.columns();
    return std::any_of(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& c) {
        return (c.target || c.known_after_target || c.from_target) && std::find(used.begin(), used.end(), c.name) != used.end();
    });
}

// A target becomes known when the gap has passed; a row must not use one that is younger.
void find_target_too_late(const Place& place, const DataSpec& data, const SplitSpec& split, std::vector<Finding>& findings) {
    const double gap = std::max(split.folds ? split.folds->gap_days : 0, split.outer ? split.outer->gap_days : 0);
    if (gap <= 0 || !looks_at_target(place.step, data)) {
        return;
    }
    const std::int64_t latest = place.step.component->make_backward(place.step.params, {})->latest();
    const std::size_t time = place.before.find(place.step.time);
    std::size_t count = 0;
    double nearest = gap;
    for (const RowIndex& series : place.series) {
        for (auto i = static_cast<std::size_t>(std::max<std::int64_t>(latest, 0)); i < series.size(); ++i) {
            const double days = place.before.number(series[i], time) - place.before.number(series[i - static_cast<std::size_t>(latest)], time);
            count += days <= gap ? 1 : 0;
            nearest = std::min(nearest, days);
        }
    }
    if (count == 0) {
        return;
    }
    Finding finding;
    finding.kind = Finding::Kind::TargetTooLate;
    finding.subject = place.step.component->name;
    finding.other = data.target() != nullptr ? data.target()->name : "";
    finding.detail =
        fmt::format("looks at targets that are not known yet: in {} row{} the target it uses is {:g} days old, within the gap of {:g} days", count,
                    count == 1 ? "" : "s", nearest, gap);
    finding.span = place.node->span;
    findings.push_back(std::move(finding));
}

}  // namespace

std::vector<Finding> look_back_leaks(Engine& engine, const Experiment& e, std::uint32_t s, const SplitRows& rows, const RowIndex& table_rows,
                                     std::size_t file_rows) {
    const SplitSpec& split = e.splits[s];
    const DataSpec& data = e.data[split.data.index];
    const Context whole{s, 0, -1, -1};
    std::set<std::uint32_t> steps;
    collect(e, data.value, steps);
    std::vector<std::uint32_t> final_row(file_rows, no_row);
    for (std::uint32_t row = 0; row < table_rows.size(); ++row) {
        final_row[table_rows[row]] = row;
    }
    std::vector<Finding> findings;
    for (const std::uint32_t index : steps) {
        Place place;
        place.node = &e.nodes[index];
        place.step = step_of(e, *place.node);
        place.before = std::get<Frame>(engine.values({{place.node->inputs.front(), whole, nullptr}}).front().value);
        place.series = rows_by_series(place.before, place.step.time, place.step.series_key());
        for (const std::uint32_t row : file_rows_of(engine, e, place.node->inputs.front(), whole, file_rows)) {
            place.final.push_back(final_row[row]);
        }
        find_cut_out_of_time(place, rows, table_rows.size(), split, findings);
        find_target_too_late(place, data, split, findings);
    }
    return findings;
}

}  // namespace mlpc
