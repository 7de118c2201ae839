#include "tests/conformance/oracle/altered_data.h"

#include "runtime/core/look_back.h"
#include "runtime/search/file_rows.h"
#include "runtime/search/prepare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>

namespace mlpc::conformance {

namespace {

std::vector<SplitRows> whole_splits(const Experiment& e, std::size_t rows) {
    SplitRows whole;
    whole.all = all_rows(rows);
    whole.train = whole.all;
    whole.seeds.resize(e.seeds.values.size());
    return std::vector<SplitRows>(e.splits.size(), whole);
}

// The table after the steps of `data`, and the row of the file that each of its rows is.
struct Table {
    Frame frame;
    RowIndex file_rows;
};
Table run_data_steps(const Experiment& e, const std::vector<Dataset>& datasets, std::uint32_t split) {
    const DataId data = e.splits[split].data;
    const std::size_t rows = datasets[root_of(e, data).index].file.rows();
    const std::vector<SplitRows> splits = whole_splits(e, rows);
    Engine engine(e, datasets, splits, {});
    const Context whole{split, 0, -1, -1};
    const auto frame_of = [&](NodeId id) {
        const Result result = engine.values({{id, whole, nullptr}}).front();
        if (!result.failure.empty()) {
            throw std::runtime_error(result.failure);
        }
        return std::get<Frame>(result.value);
    };
    const NodeId value = e.data[data.index].value;
    return {frame_of(value), file_rows_of(engine, e, value, whole, rows)};
}

// Numbers keep their sign where none is negative, so that a logarithm has one still.
Column alter_numbers(const Frame& file, std::size_t c, const RowIndex& rows, Rng& rng) {
    std::vector<double> cells = file.numbers(c);
    const bool no_negative = std::none_of(cells.begin(), cells.end(), [](double cell) { return cell < 0; });
    for (const std::uint32_t row : rows) {
        const double other = rng.below(8) == 0 ? rng.normal() * 1e100 : rng.normal() * 50;
        cells[row] = rng.below(10) == 0 ? missing_number : no_negative ? std::abs(other) : other;
    }
    return Column::of_numbers(file.column(c).name, std::move(cells), file.column(c).type);
}

Column alter_truths(const Frame& file, std::size_t c, const RowIndex& rows, Rng& rng) {
    std::vector<double> cells = file.numbers(c);
    for (const std::uint32_t row : rows) {
        cells[row] = rng.below(10) == 0 ? missing_number : static_cast<double>(rng.below(2));
    }
    return Column::of_numbers(file.column(c).name, std::move(cells), ColumnType::Boolean);
}

// The order of an ordinal's levels is schema; every other dictionary is turned round and begins with levels that are new.
Column alter_levels(const Frame& file, std::size_t c, const RowIndex& rows, Rng& rng) {
    const Column& column = file.column(c);
    Levels levels = *column.levels;
    std::vector<std::int32_t> cells = file.codes(c);
    if (column.type != ColumnType::Ordinal) {
        levels.insert(levels.end(), {"zzz never seen", "aaa never seen"});
        std::reverse(levels.begin(), levels.end());
        const auto last = static_cast<std::int32_t>(levels.size()) - 1;
        std::transform(cells.begin(), cells.end(), cells.begin(), [&](std::int32_t code) { return code == missing_code ? code : last - code; });
    }
    for (const std::uint32_t row : rows) {
        cells[row] = rng.below(10) == 0 ? missing_code : static_cast<std::int32_t>(rng.below(levels.size()));
    }
    return Column::of_codes(column.name, std::move(cells), std::make_shared<const Levels>(std::move(levels)), column.type);
}

// Other values among those of the column, so that the classes stay: they are schema.
Column alter_target(const Frame& file, std::size_t c, const RowIndex& rows, Rng& rng) {
    const Column& column = file.column(c);
    if (column.type == ColumnType::Numeric) {
        std::vector<double> cells = file.numbers(c);
        for (const std::uint32_t row : rows) {
            cells[row] = rng.normal() * 1000;
        }
        return Column::of_numbers(column.name, std::move(cells));
    }
    RowIndex source(file.rows());
    std::iota(source.begin(), source.end(), 0U);
    for (const std::uint32_t row : rows) {
        source[row] = static_cast<std::uint32_t>(rng.below(file.rows()));
    }
    const std::size_t chosen[] = {c};
    return file.select(chosen).take(std::move(source)).materialised().column(0);
}

Column alter_column(const Frame& file, std::size_t c, const ColumnSpec* target, const RowIndex& rows, Rng rng) {
    const Column& column = file.column(c);
    if (target != nullptr && column.name == target->name) {
        return alter_target(file, c, rows, rng);
    }
    if (!holds_numbers(column.type)) {
        return alter_levels(file, c, rows, rng);
    }
    return column.type == ColumnType::Boolean ? alter_truths(file, c, rows, rng) : alter_numbers(file, c, rows, rng);
}

// The columns that say which rows come earlier. Where steps look back they decide which rows are held out, and so they stay.
std::set<std::string> order_of_series(const Experiment& e, DataId id) {
    std::set<std::string> columns;
    const ColumnSpec* time = e.data[id.index].time();
    for (std::optional<DataId> at = id; at; at = e.data[at->index].base) {
        for (const DataStep& step : e.data[at->index].steps) {
            if (step.component->effect(step.params) != Effect::Backward) {
                continue;
            }
            const LookBack look_back{step.component, step.params, time->name};
            columns.insert(time->name);
            if (const Expression* key = look_back.series_key()) {
                const std::vector<std::string> used = columns_of(*key);
                columns.insert(used.begin(), used.end());
            }
        }
    }
    return columns;
}

Target target_like(const Target& before, const Frame& table, const std::string& name) {
    Target target = before;
    const std::size_t c = table.find(name);
    if (!is_classification(before.task)) {
        target.values = table.numbers(c);
        return target;
    }
    target.labels.clear();
    if (holds_numbers(table.column(c).type)) {
        for (const double value : table.numbers(c)) {
            target.labels.push_back(value != 0 ? 1 : 0);
        }
        return target;
    }
    const std::vector<std::int32_t> match = match_levels(table, c, *before.classes);
    for (const std::int32_t code : table.codes(c)) {
        target.labels.push_back(match.at(static_cast<std::size_t>(code)));
    }
    return target;
}

// Rewrites rows of one table as rows of another, which holds some of the same rows of the file.
class Moved {
public:
    Moved(const RowIndex& before, const RowIndex& after) : before_(before) {
        for (std::uint32_t row = 0; row < after.size(); ++row) {
            position_.emplace(after[row], row);
        }
    }
    void move(RowsRef& rows) const {
        RowIndex moved;
        for (const std::uint32_t row : to_index(rows)) {
            if (const auto at = position_.find(before_.at(row)); at != position_.end()) {
                moved.push_back(at->second);
            }
        }
        rows = rows_ref(std::move(moved));
    }
    void move(InnerFold& fold) const {
        move(fold.fit);
        move(fold.scored);
    }
    void move(SplitRows& split) const {
        move(split.all);
        move(split.train);
        move(split.test);
        for (SeedRows& seed : split.seeds) {
            for (InnerFold& fold : seed.folds) {
                move(fold);
            }
            for (OuterFold& outer : seed.outer) {
                move(outer.train);
                move(outer.scored);
                for (InnerFold& fold : outer.folds) {
                    move(fold);
                }
            }
        }
    }

private:
    const RowIndex& before_;
    std::map<std::uint32_t, std::uint32_t> position_;  // by row of the file
};

}  // namespace

RowIndex to_index(const RowsRef& rows) {
    if (rows.index != nullptr) {
        return *rows.index;
    }
    RowIndex all(rows.count);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

RowIndex rows_outside(const RowsRef& kept, std::size_t table_rows) {
    std::vector<bool> inside(table_rows, false);
    for (const std::uint32_t row : to_index(kept)) {
        inside.at(row) = true;
    }
    RowIndex outside;
    for (std::uint32_t row = 0; row < table_rows; ++row) {
        if (!inside[row]) {
            outside.push_back(row);
        }
    }
    return outside;
}

AlteredData alter_rows(const Experiment& e, const PreparedData& prepared, std::uint32_t split, const RowIndex& rows, Rng rng) {
    AlteredData altered{prepared.datasets, prepared.splits};
    const DataId data = e.splits[split].data;
    const ColumnSpec* target = e.data[data.index].target();
    const Table before = run_data_steps(e, prepared.datasets, split);
    RowIndex file_rows;
    for (const std::uint32_t row : rows) {
        file_rows.push_back(before.file_rows.at(row));
    }
    const std::set<std::string> order = order_of_series(e, data);
    Frame& file = altered.datasets[root_of(e, data).index].file;
    std::vector<Column> columns;
    for (std::size_t c = 0; c < file.columns(); ++c) {
        const bool stays = order.contains(file.column(c).name);
        columns.push_back(stays ? file.column(c) : alter_column(file, c, target, file_rows, rng.child(c)));
    }
    file = Frame(std::move(columns), file.rows());

    const Table after = run_data_steps(e, altered.datasets, split);
    if (target != nullptr) {
        altered.datasets[data.index].target = target_like(prepared.datasets[data.index].target, after.frame, target->name);
    }
    Moved(before.file_rows, after.file_rows).move(altered.splits[split]);
    return altered;
}

}  // namespace mlpc::conformance
