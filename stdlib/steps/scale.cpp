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
};
const Schema<ScaleParams>& schema() {
    static const Schema<ScaleParams> fields{
        field(&ScaleParams::method, {.name = "method",
                                     .doc = "`standard`: mean 0 and standard deviation 1; `minmax`: smallest 0 and largest 1; `robust`: median 0 and "
                                            "interquartile range 1, which outliers hardly move; `maxabs`: largest magnitude 1, zeros stay zeros",
                                     .words = {"standard", "minmax", "robust", "maxabs"},
                                     .search = {.words = {"standard", "minmax", "robust"}}}),
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

Scaling minmax(const std::vector<double>& values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return {*low, *high - *low};
}

Scaling robust(std::vector<double>& values) {
    const double median = steps::quantile_of(values, 0.5);
    const double lower = steps::quantile_of(values, 0.25);
    return {median, steps::quantile_of(values, 0.75) - lower};
}

Scaling maxabs(const std::vector<double>& values) {
    double largest = 0;
    for (const double value : values) {
        largest = std::max(largest, std::abs(value));
    }
    return {0, largest};
}

Scaling scaling_of(Method method, std::vector<double>& values) {
    switch (method) {
        case Method::Standard:
            return standard(values);
        case Method::Minmax:
            return minmax(values);
        case Method::Robust:
            return robust(values);
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
    explicit Scale(ScaleParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Scaling> scalings;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            scalings.push_back(fit_column(x, c));
        }
        return std::make_unique<FittedScale>(x.names(), scalings);
    }

private:
    Scaling fit_column(const Frame& x, std::size_t c) const {
        std::vector<double> values = steps::known_values(x, c, "scale");
        if (values.empty()) {
            return {};
        }
        Scaling scaling = scaling_of(params_.method, values);
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
    info.params = specs_of(schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Scale>(read_params(schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedScale>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
