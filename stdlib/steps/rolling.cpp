#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/series_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Statistic { Mean, Sum, Min, Max, Std, Median, Count };
const std::vector<std::string> statistic_words{"mean", "sum", "min", "max", "std", "median", "count"};

struct RollingParams {
    std::shared_ptr<const Expression> column;
    Statistic statistic = Statistic::Mean;
    std::shared_ptr<const Expression> by;
    std::int64_t window = 7;
    std::int64_t least = 1;
    std::int64_t skip = 0;
    bool current = false;
};
const Schema<RollingParams>& rolling_schema() {
    static const Schema<RollingParams> fields{
        field(&RollingParams::column, {.name = "column", .doc = "The column of numbers whose earlier cells are summarised"}),
        field(&RollingParams::statistic,
              {.name = "statistic", .doc = "What is taken over the window; `std` divides by one less than the count", .words = statistic_words}),
        field(&RollingParams::by,
              {.name = "by", .doc = "What tells the series apart, for instance a column `store`; without it all rows are one series"}),
        field(&RollingParams::window, {.name = "window", .doc = "How many rows of the series the window has", .valid = {.low = 1}}),
        field(&RollingParams::least, {.name = "least",
                                      .doc = "How many cells of the window must be there and not missing; with fewer the result is missing",
                                      .valid = {.low = 1}}),
        field(&RollingParams::skip, {.name = "skip",
                                     .doc = "How many of the rows just before are left out, because they are not known yet when forecasting",
                                     .valid = {.low = 0}}),
        field(&RollingParams::current, {.name = "current", .doc = "Whether the window ends with the row itself; otherwise it ends before it"}),
    };
    return fields;
}

double standard_deviation(const std::vector<double>& cells) {
    if (cells.size() < 2) {
        return missing_number;
    }
    double sum = 0, squares = 0;
    for (const double cell : cells) {
        sum += cell;
    }
    const double mean = sum / static_cast<double>(cells.size());
    for (const double cell : cells) {
        squares += (cell - mean) * (cell - mean);
    }
    return std::sqrt(squares / static_cast<double>(cells.size() - 1));
}

double median(std::vector<double>& cells) {
    std::sort(cells.begin(), cells.end());
    const std::size_t middle = cells.size() / 2;
    return cells.size() % 2 == 1 ? cells[middle] : (cells[middle - 1] + cells[middle]) / 2;
}

double summary_of(Statistic statistic, std::vector<double>& cells) {
    double sum = 0;
    switch (statistic) {
        case Statistic::Mean:
        case Statistic::Sum:
            for (const double cell : cells) {
                sum += cell;
            }
            return statistic == Statistic::Sum ? sum : sum / static_cast<double>(cells.size());
        case Statistic::Min:
            return *std::min_element(cells.begin(), cells.end());
        case Statistic::Max:
            return *std::max_element(cells.begin(), cells.end());
        case Statistic::Std:
            return standard_deviation(cells);
        case Statistic::Median:
            return median(cells);
        case Statistic::Count:
            return static_cast<double>(cells.size());
    }
    return missing_number;
}

class Rolling : public Backward {
public:
    explicit Rolling(RollingParams params) : params_(std::move(params)), column_(steps::series_column(params_.column, "rolling")) {
        if (params_.current && params_.skip > 0) {
            throw RunError("`rolling` cannot both end with the row itself (`current: true`) and leave out rows before it (`skip`)");
        }
    }

    Frame extend(const Frame& x, const Series& series) const override {
        const Frame flat = x.materialised();
        const std::size_t c = steps::series_column_in(flat, column_, "rolling");
        if ((number_types & types_of({flat.column(c).type})) == 0) {
            throw RunError(fmt::format("`rolling` summarises numbers, and `{}` is {}", column_, name_of(flat.column(c).type)));
        }
        std::vector<double> result(flat.rows(), missing_number);
        for (const RowIndex& order : series.rows) {
            for (std::size_t i = 0; i < order.size(); ++i) {
                result[order[i]] = over_window(flat, c, order, i);
            }
        }
        std::vector<Column> columns = flat.all_columns();
        columns.push_back(Column::of_numbers(
            fmt::format("{}_{}_{}", column_, statistic_words[static_cast<std::size_t>(params_.statistic)], params_.window), std::move(result)));
        return {std::move(columns), flat.rows()};
    }

    std::int64_t latest() const override { return params_.current ? 0 : 1 + params_.skip; }

private:
    double over_window(const Frame& x, std::size_t c, const RowIndex& order, std::size_t i) const {
        const std::int64_t last = static_cast<std::int64_t>(i) - latest();
        std::vector<double> cells;
        for (std::int64_t at = std::max<std::int64_t>(0, last - params_.window + 1); at <= last; ++at) {
            const double cell = x.number(order[static_cast<std::size_t>(at)], c);
            if (!std::isnan(cell)) {
                cells.push_back(cell);
            }
        }
        if (params_.statistic == Statistic::Count) {
            return static_cast<double>(cells.size());
        }
        return static_cast<std::int64_t>(cells.size()) < params_.least ? missing_number : summary_of(params_.statistic, cells);
    }

    RollingParams params_;
    std::string column_;
};

}  // namespace

void add_rolling(Catalog& catalog) {
    ComponentInfo info;
    info.name = "rolling";
    info.kind = ComponentKind::Step;
    info.summary =
        "Adds a summary of a column over the rows before, in the same series and in order of the `time` column; the row itself is not in its "
        "window. It stands in a `data` declaration, and the split must be ordered in time";
    info.source = "Hyndman, Athanasopoulos: Forecasting, Principles and Practice (3rd edition, 2021), chapter 3, on trailing moving averages";
    info.example = "rolling(units, mean, by: store, window: 7)";
    info.params = specs_of(rolling_schema());
    info.positional = 2;
    info.effect = always(Effect::Backward);
    info.takes_missing = true;
    info.make_backward = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Rolling>(read_params(rolling_schema(), values));
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
