#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Method { Standard, Minmax, Robust, Maxabs };
struct ScaleParams {
    Method method = Method::Standard;
    bool center = true;
    bool unit = true;
    Interval range{0, 1};
    Interval quantiles{0.25, 0.75};
};
const Schema<ScaleParams>& scale_schema() {
    static const Schema<ScaleParams> fields{
        field(&ScaleParams::method, {.name = "method",
                                     .doc = "`standard`: mean 0 and standard deviation 1; `minmax`: smallest 0 and largest 1; `robust`: median 0 and "
                                            "interquartile range 1, which outliers hardly move; `maxabs`: largest magnitude 1, zeros stay zeros",
                                     .words = {"standard", "minmax", "robust", "maxabs"},
                                     .search = {.words = {"standard", "minmax", "robust"}}}),
        field(&ScaleParams::center, {.name = "center", .doc = "Moves the centre; without it `standard` and `robust` change the unit only"}),
        field(&ScaleParams::unit, {.name = "unit", .doc = "Changes the unit; without it `standard` and `robust` move the centre only"}),
        field(&ScaleParams::range, {.name = "range", .doc = "What `minmax` makes of the smallest and the largest value"}),
        field(&ScaleParams::quantiles, {.name = "quantiles", .doc = "The shares of rows between which the unit of `robust` lies"}),
    };
    return fields;
}

// A cell x becomes (x - center) / unit.
struct Scaling {
    double center = 0;
    double unit = 1;
};

// Whether the spread is no more than the rounding of the mean would make of equal values (scikit-learn's criterion).
bool is_constant(double variance, double mean, std::size_t count) {
    const double n = static_cast<double>(count);
    const double epsilon = std::numeric_limits<double>::epsilon();
    return variance <= n * epsilon * variance + (n * mean * epsilon) * (n * mean * epsilon);
}

Scaling standard(const std::vector<double>& values) {
    const double mean = steps::mean_of(values);
    const double variance = steps::variance_of(values, mean);
    return {mean, is_constant(variance, mean, values.size()) ? 1.0 : std::sqrt(variance)};
}

Scaling minmax(const std::vector<double>& values, Interval range) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double width = *high - *low > 0 ? *high - *low : 1;
    const double unit = width / (range.high - range.low);
    return {*low - range.low * unit, unit};
}

Scaling robust(std::vector<double>& values, Interval quantiles) {
    const double median = steps::quantile_of(values, 0.5);
    const double lower = steps::quantile_of(values, quantiles.low);
    return {median, steps::quantile_of(values, quantiles.high) - lower};
}

Scaling maxabs(const std::vector<double>& values) {
    double largest = 0;
    for (const double value : values) {
        largest = std::max(largest, std::abs(value));
    }
    return {0, largest};
}

// minmax and maxabs are defined by their result: what they leave out would be another method.
Scaling scaling_of(const ScaleParams& params, std::vector<double>& values) {
    const auto wanted = [&](Scaling both) { return Scaling{params.center ? both.center : 0, params.unit ? both.unit : 1}; };
    switch (params.method) {
        case Method::Standard:
            return wanted(standard(values));
        case Method::Minmax:
            return minmax(values, params.range);
        case Method::Robust:
            return wanted(robust(values, params.quantiles));
        case Method::Maxabs:
            return maxabs(values);
    }
    return {};
}

class FittedScale : public FittedStep {
public:
    FittedScale() = default;
    FittedScale(std::vector<std::string> names, const std::vector<Scaling>& scalings) : names_(std::move(names)) {
        for (const Scaling& scaling : scalings) {
            centers_.push_back(scaling.center);
            units_.push_back(scaling.unit);
        }
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "scale");
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < names_.size(); ++c) {
            double* column = cells.data() + c * x.rows();
            for (std::size_t row = 0; row < x.rows(); ++row) {
                column[row] = (column[row] - centers_[c]) / units_[c];
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("centers", centers_);
        a.field("units", units_);
        if (centers_.size() != names_.size() || units_.size() != names_.size()) {
            throw RunError("the saved state of `scale` does not have a centre and a unit for every column");
        }
    }

private:
    std::vector<std::string> names_;
    std::vector<double> centers_, units_;
};

class Scale : public Step {
public:
    explicit Scale(ScaleParams params) : params_(params) {
        require(params_.range.low < params_.range.high, params_.range, "range", "two numbers, the smaller one first");
        const Interval q = params_.quantiles;
        require(0 <= q.low && q.low < q.high && q.high <= 1, q, "quantiles", "two shares from 0 to 1, the smaller one first");
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Scaling> scalings;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            scalings.push_back(fit_column(x, c));
        }
        return std::make_unique<FittedScale>(x.names(), scalings);
    }

private:
    static void require(bool holds, Interval given, std::string_view name, std::string_view rule) {
        if (!holds) {
            throw RunError(fmt::format("`scale` has {}: {}..{}, and it takes {}", name, given.low, given.high, rule));
        }
    }
    Scaling fit_column(const Frame& x, std::size_t c) const {
        std::vector<double> values = steps::known_values(x, c, "scale");
        if (values.empty()) {
            return {};
        }
        Scaling scaling = scaling_of(params_, values);
        if (!std::isfinite(scaling.center) || !std::isfinite(scaling.unit)) {
            throw RunError(
                fmt::format("the values of column `{}` are too far apart to be scaled; bound them before, for instance with "
                            "`clip(-1e9..1e9)`",
                            x.column(c).name));
        }
        scaling.unit = scaling.unit == 0 ? 1 : scaling.unit;
        return scaling;
    }
    ScaleParams params_;
};

}  // namespace

void add_scale(Catalog& catalog) {
    ComponentInfo info;
    info.name = "scale";
    info.kind = ComponentKind::Step;
    info.summary =
        "Brings number columns to a common centre and unit, learned from the rows it is fitted on; a column that is constant "
        "there is centred only, one without any value passes unchanged, and missing cells stay missing";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed. (2009), 14.3; robust: Huber, Robust Statistics (1981)";
    info.example = "scale(standard)";
    info.params = specs_of(scale_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Scale>(read_params(scale_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedScale>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
