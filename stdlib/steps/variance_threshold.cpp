#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

struct VarianceThresholdParams {
    double threshold = 0;
};
const Schema<VarianceThresholdParams>& variance_threshold_schema() {
    static const Schema<VarianceThresholdParams> fields{
        field(&VarianceThresholdParams::threshold, {.name = "threshold",
                                                    .doc = "Columns whose variance is not above it go; 0 takes away the constant ones alone",
                                                    .valid = {.low = 0},
                                                    .search = {.low = 1e-4, .high = 1, .log = true}}),
    };
    return fields;
}

// How far the values of a column lie apart. Above 0 the threshold is one of the variance; against 0 the range is exact, where the variance
// of equal values may be a rounding error.
double spread_of(const std::vector<double>& values, double threshold) {
    if (values.empty()) {
        return 0;
    }
    if (threshold > 0) {
        return steps::variance_of(values, steps::mean_of(values));
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return *high - *low;
}

// The same of the columns of sparse rows: sums over what is listed, and the zeros beside it.
struct SparseColumn {
    double known = 0, listed = 0, sum = 0, squares = 0;
    double low = std::numeric_limits<double>::infinity(), high = -low;

    void add(double value) {
        ++listed;
        sum += value;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double mean() const { return sum / known; }
    double spread(double threshold) const {
        const double zeros = known - listed;
        if (known == 0) {
            return 0;
        }
        if (threshold > 0) {
            return (squares + zeros * mean() * mean()) / known;
        }
        return zeros > 0 ? std::max(high, 0.0) - std::min(low, 0.0) : high - low;
    }
};

std::vector<double> sparse_spreads(const SparseRows& cells, double threshold) {
    std::vector<SparseColumn> columns(cells.columns, {.known = static_cast<double>(cells.rows())});
    for (std::size_t i = 0; i < cells.values.size(); ++i) {
        SparseColumn& column = columns[cells.indices[i]];
        if (std::isnan(cells.values[i])) {
            --column.known;
        } else {
            column.add(cells.values[i]);
        }
    }
    for (std::size_t i = 0; i < cells.values.size(); ++i) {
        SparseColumn& column = columns[cells.indices[i]];
        const double difference = cells.values[i] - column.mean();
        column.squares += std::isnan(difference) ? 0 : difference * difference;
    }
    std::vector<double> spreads;
    for (const SparseColumn& column : columns) {
        spreads.push_back(column.spread(threshold));
    }
    return spreads;
}

class FittedVarianceThreshold : public FittedStep {
public:
    FittedVarianceThreshold() = default;
    FittedVarianceThreshold(std::vector<std::string> names, std::vector<std::uint32_t> kept) : names_(std::move(names)), kept_(std::move(kept)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "variance_threshold");
        return x.select(std::vector<std::size_t>(kept_.begin(), kept_.end()));
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("kept", kept_);
        if (std::any_of(kept_.begin(), kept_.end(), [&](std::uint32_t c) { return c >= names_.size(); })) {
            throw RunError("the saved state of `variance_threshold` keeps a column that it does not have");
        }
    }

private:
    std::vector<std::string> names_;
    std::vector<std::uint32_t> kept_;
};

class VarianceThreshold : public Step {
public:
    explicit VarianceThreshold(VarianceThresholdParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        const std::vector<double> spreads = x.has_sparse() ? sparse_spreads(*x.sparse_rows(), params_.threshold) : dense_spreads(x, context);
        std::vector<std::uint32_t> kept;
        for (std::size_t c = 0; c < spreads.size(); ++c) {
            if (spreads[c] > params_.threshold) {
                kept.push_back(static_cast<std::uint32_t>(c));
            }
        }
        if (kept.empty() && x.columns() > 0) {
            throw RunError(
                fmt::format("`variance_threshold` keeps none of {} columns: none has a variance above {} in these {} rows; lower "
                            "`threshold`, or leave the step out",
                            x.columns(), params_.threshold, x.rows()));
        }
        return std::make_unique<FittedVarianceThreshold>(x.names(), std::move(kept));
    }

private:
    std::vector<double> dense_spreads(const Frame& x, FitContext& context) const {
        std::vector<double> spreads;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            spreads.push_back(spread_of(steps::known_values(x, c, "variance_threshold"), params_.threshold));
        }
        return spreads;
    }
    VarianceThresholdParams params_;
};

}  // namespace

void add_variance_threshold(Catalog& catalog) {
    ComponentInfo info;
    info.name = "variance_threshold";
    info.kind = ComponentKind::Step;
    info.summary =
        "Keeps the columns whose variance in the rows that the step is fitted on is above a threshold, by default all that are not constant; "
        "missing cells do not count";
    info.source = "Guyon, Elisseeff: An Introduction to Variable and Feature Selection, Journal of Machine Learning Research 3 (2003)";
    info.example = "variance_threshold(0.01)";
    info.params = specs_of(variance_threshold_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.takes_sparse = true;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<VarianceThreshold>(read_params(variance_threshold_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedVarianceThreshold>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
