#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Method { Iqr, ZScore };
struct DropOutliersParams {
    Method method = Method::Iqr;
    std::optional<double> limit;
};
const Schema<DropOutliersParams>& drop_outliers_schema() {
    static const Schema<DropOutliersParams> fields{
        field(&DropOutliersParams::method,
              {.name = "method",
               .doc = "How far off a cell lies: beyond the quartiles in interquartile ranges (`iqr`), or from the mean in standard deviations "
                      "(`z_score`)",
               .words = {"iqr", "z_score"},
               .search = {.words = {"iqr", "z_score"}}}),
        field(&DropOutliersParams::limit, {.name = "limit",
                                           .doc = "A row goes where one of its cells is farther off than this; `none`: 1.5 for `iqr`, 3 for "
                                                  "`z_score`",
                                           .valid = {.low = 0, .open_low = true},
                                           .search = {.low = 1, .high = 5}}),
    };
    return fields;
}

// Columns that vary too little to have a measure, and those without numbers, bound nothing.
Interval bounds_of(std::vector<double> values, const DropOutliersParams& params) {
    constexpr Interval all{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    if (values.empty()) {
        return all;
    }
    if (params.method == Method::Iqr) {
        const double lower = steps::quantile_of(values, 0.25), upper = steps::quantile_of(values, 0.75);
        const double reach = params.limit.value_or(1.5) * (upper - lower);
        return upper > lower ? Interval{lower - reach, upper + reach} : all;
    }
    const double mean = steps::mean_of(values);
    const double reach = params.limit.value_or(3) * std::sqrt(steps::variance_of(values, mean));
    return reach > 0 && std::isfinite(reach) ? Interval{mean - reach, mean + reach} : all;
}

class DropOutliers : public Resampler {
public:
    explicit DropOutliers(DropOutliersParams params) : params_(params) {}
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        std::vector<bool> is_outlier(x.rows(), false);
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            if (holds_numbers(x.column(c).type)) {
                mark(x, c, is_outlier);
            }
        }
        RowIndex kept;
        for (std::uint32_t row = 0; row < x.rows(); ++row) {
            if (!is_outlier[row]) {
                kept.push_back(row);
            }
        }
        if (kept.empty() && x.rows() > 0) {
            throw RunError(
                fmt::format("`drop_outliers` drops all of {} rows: each has an outlier among its {} columns; raise `limit`, or put the step "
                            "before those that add columns",
                            x.rows(), x.columns()));
        }
        return {.x = x.take(kept), .y = y.take(kept)};
    }

private:
    void mark(const Frame& x, std::size_t c, std::vector<bool>& is_outlier) const {
        const Interval bounds = bounds_of(steps::known_values(x, c, "drop_outliers"), params_);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const double cell = x.number(row, c);
            is_outlier[row] = is_outlier[row] || cell < bounds.low || cell > bounds.high;
        }
    }
    DropOutliersParams params_;
};

}  // namespace

void add_drop_outliers(Catalog& catalog) {
    ComponentInfo info;
    info.name = "drop_outliers";
    info.kind = ComponentKind::Step;
    info.summary =
        "Leaves out rows with a number far from the others of its column; only the rows that a later step is fitted on change, never those "
        "that are scored; missing cells and columns of equal quartiles count as ordinary";
    info.source = "Tukey: Exploratory Data Analysis (1977), 2D";
    info.example = "drop_outliers(iqr, limit: 3.0)";
    info.params = specs_of(drop_outliers_schema());
    info.effect = always(Effect::TrainingOnly);
    info.takes_missing = true;
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<DropOutliers>(read_params(drop_outliers_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
