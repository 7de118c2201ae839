#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/series_column.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

struct LagParams {
    std::shared_ptr<const Expression> column, by;
    std::vector<ParamValue> steps{ParamValue{std::int64_t{1}}};
};
const Schema<LagParams>& lag_schema() {
    static const Schema<LagParams> fields{
        field(&LagParams::column, {.name = "column", .doc = "The column whose earlier cells are wanted; of any type"}),
        field(&LagParams::by,
              {.name = "by", .doc = "What tells the series apart, for instance a column `store`; without it all rows are one series"}),
        field(&LagParams::steps, {.name = "steps", .doc = "How many rows of its series back, at least 1; a list gives a column for each"}),
    };
    return fields;
}

class Lag : public Backward {
public:
    explicit Lag(const LagParams& params) : column_(steps::series_column(params.column, "lag")) {
        for (const ParamValue& step : params.steps) {
            const auto* whole = std::get_if<std::int64_t>(&step.value);
            if (whole == nullptr || *whole == 0) {
                throw RunError(fmt::format("`lag` goes a whole number of rows back, at least 1, and not `{}`", step.to_string()));
            }
            if (std::count(steps_.begin(), steps_.end(), *whole) > 0) {
                throw RunError(fmt::format("`lag` is given the step {} twice", *whole));
            }
            steps_.push_back(*whole);
        }
        if (steps_.empty()) {
            throw RunError("`lag` is given no steps: `steps: 1` is the row before");
        }
    }

    Frame extend(const Frame& x, const Series& series) const override {
        const Frame flat = x.materialised();
        std::vector<Column> columns = flat.all_columns();
        const std::size_t c = steps::series_column_in(flat, column_, "lag");
        for (const std::int64_t step : steps_) {
            const std::vector<std::int64_t> source = source_rows(flat.rows(), series, step);
            columns.push_back(shifted(flat, c, source, fmt::format("{}_lag_{}", column_, step)));
        }
        return {std::move(columns), flat.rows()};
    }

    std::int64_t latest() const override { return *std::min_element(steps_.begin(), steps_.end()); }

private:
    // The row that each row's cell comes from, -1 where its series has none.
    static std::vector<std::int64_t> source_rows(std::size_t rows, const Series& series, std::int64_t step) {
        std::vector<std::int64_t> source(rows, -1);
        for (const RowIndex& order : series.rows) {
            const auto size = static_cast<std::int64_t>(order.size());
            for (std::int64_t i = 0; i < size; ++i) {
                if (i - step >= 0 && i - step < size) {
                    source[order[static_cast<std::size_t>(i)]] = order[static_cast<std::size_t>(i - step)];
                }
            }
        }
        return source;
    }

    static Column shifted(const Frame& x, std::size_t c, const std::vector<std::int64_t>& source, const std::string& name) {
        const Column& column = x.column(c);
        const auto cell = [&](auto missing, auto get) {
            std::vector<decltype(missing)> cells;
            cells.reserve(source.size());
            for (const std::int64_t row : source) {
                cells.push_back(row < 0 ? missing : get(static_cast<std::size_t>(row)));
            }
            return cells;
        };
        if (holds_numbers(column.type)) {
            return Column::of_numbers(name, cell(missing_number, [&](std::size_t row) { return x.number(row, c); }), column.type);
        }
        return Column::of_codes(name, cell(missing_code, [&](std::size_t row) { return x.code(row, c); }), column.levels, column.type);
    }

    std::string column_;
    std::vector<std::int64_t> steps_;
};

}  // namespace

void add_lag(Catalog& catalog) {
    ComponentInfo info;
    info.name = "lag";
    info.kind = ComponentKind::Step;
    info.summary =
        "Adds a column's cell of an earlier row of the same series, in order of the `time` column; missing where the series has no such row. "
        "It stands in a `data` declaration, and the split must be ordered in time";
    info.source = "Box, Jenkins: Time Series Analysis, Forecasting and Control (1970), on the backward shift operator";
    info.example = "lag(units, by: store, steps: [1, 7])";
    info.params = specs_of(lag_schema());
    info.effect = always(Effect::Backward);
    info.takes_missing = true;
    info.make_backward = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Lag>(read_params(lag_schema(), values));
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
