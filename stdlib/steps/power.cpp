#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace mlpc {

namespace {

enum class Method { YeoJohnson, BoxCox };
struct PowerParams {
    Method method = Method::YeoJohnson;
    bool standardise = true;
};
const Schema<PowerParams>& power_schema() {
    static const Schema<PowerParams> fields{
        field(&PowerParams::method,
              {.name = "method", .doc = "`yeo_johnson` takes any number; `box_cox` takes numbers above 0 only", .words = {"yeo_johnson", "box_cox"}}),
        field(&PowerParams::standardise, {.name = "standardise", .doc = "Brings the result to mean 0 and standard deviation 1"}),
    };
    return fields;
}

// Beyond it only rounding errors differ.
constexpr double largest_exponent = 100;

// Of a signed logarithm ±log(1 + |x|), which the search for the exponent calculates once.
double yeo_johnson_of_log(double log, double lambda) {
    if (log >= 0) {
        return std::abs(lambda) < 1e-12 ? log : std::expm1(lambda * log) / lambda;
    }
    const double mirrored = 2 - lambda;
    return std::abs(mirrored) < 1e-12 ? log : -std::expm1(-mirrored * log) / mirrored;
}

double signed_log(double x) { return std::copysign(std::log1p(std::abs(x)), x); }

double yeo_johnson(double x, double lambda) { return yeo_johnson_of_log(signed_log(x), lambda); }

double box_cox(double x, double lambda) { return std::abs(lambda) < 1e-12 ? std::log(x) : std::expm1(lambda * std::log(x)) / lambda; }

struct Point {
    double at = 0, value = 0;
};

// Three points of which the middle one is lowest, by steps that grow downhill (Press et al., Numerical Recipes, 10.1).
void bracket(const std::function<double(double)>& f, Point& a, Point& b, Point& c) {
    constexpr double golden = 1.618034;
    a = {-2, f(-2)};
    b = {2, f(2)};
    if (b.value > a.value) {
        std::swap(a, b);
    }
    c.at = b.at + golden * (b.at - a.at);
    c.value = f(c.at);
    while (c.value < b.value) {
        a = b;
        b = c;
        c.at = b.at + golden * (b.at - a.at);
        c.value = f(c.at);
    }
}

// Minimum between the ends of the bracket (Brent: Algorithms for Minimization without Derivatives, 1973, chapter 5).
double brent(const std::function<double(double)>& f, Point a, Point b, Point c) {
    constexpr double share = 0.3819660112501051;
    constexpr double tolerance = 1.48e-8;
    double low = std::min(a.at, c.at), high = std::max(a.at, c.at);
    Point best = b, second = b, third = b;
    double step = 0, step_before = 0;
    for (int iteration = 0; iteration < 500; ++iteration) {
        const double middle = (low + high) / 2;
        const double near = tolerance * std::abs(best.at) + 1e-11;
        if (std::abs(best.at - middle) < 2 * near - (high - low) / 2) {
            break;
        }
        const double r = (best.at - second.at) * (best.value - third.value);
        double q = (best.at - third.at) * (best.value - second.value);
        double p = (best.at - third.at) * q - (best.at - second.at) * r;
        q = 2 * (q - r);
        p = q > 0 ? -p : p;
        q = std::abs(q);
        const bool parabola_fits =
            std::abs(step_before) > near && std::abs(p) < std::abs(q * step_before / 2) && p > q * (low - best.at) && p < q * (high - best.at);
        if (parabola_fits) {
            step_before = step;
            step = p / q;
            if (best.at + step - low < 2 * near || high - best.at - step < 2 * near) {
                step = best.at < middle ? near : -near;
            }
        } else {
            step_before = best.at >= middle ? low - best.at : high - best.at;
            step = share * step_before;
        }
        const double at = best.at + (std::abs(step) >= near ? step : std::copysign(near, step));
        const Point tried{at, f(at)};
        if (tried.value <= best.value) {
            (tried.at >= best.at ? low : high) = best.at;
            third = second;
            second = best;
            best = tried;
            continue;
        }
        (tried.at < best.at ? low : high) = tried.at;
        if (tried.value <= second.value || second.at == best.at) {
            third = second;
            second = tried;
        } else if (tried.value <= third.value || third.at == best.at || third.at == second.at) {
            third = tried;
        }
    }
    return best.at;
}

// What the exponent of largest likelihood minimises; infinite where it cannot be calculated.
double negative_log_likelihood(const std::vector<double>& transformed, double log_jacobian) {
    const double mean = steps::mean_of(transformed);
    const double variance = steps::variance_of(transformed, mean);
    const double value = static_cast<double>(transformed.size()) / 2 * std::log(variance) - log_jacobian;
    return variance > 0 && std::isfinite(value) ? value : std::numeric_limits<double>::infinity();
}

double best_exponent(const std::function<double(double)>& loss) {
    const auto bounded = [&](double lambda) { return std::abs(lambda) > largest_exponent ? std::numeric_limits<double>::infinity() : loss(lambda); };
    Point a, b, c;
    bracket(bounded, a, b, c);
    return brent(bounded, a, b, c);
}

double best_yeo_johnson(const std::vector<double>& values) {
    std::vector<double> logs(values.size());
    std::transform(values.begin(), values.end(), logs.begin(), signed_log);
    const double sum = steps::sum_of(logs);
    std::vector<double> transformed(values.size());
    return best_exponent([&](double lambda) {
        std::transform(logs.begin(), logs.end(), transformed.begin(), [&](double log) { return yeo_johnson_of_log(log, lambda); });
        return negative_log_likelihood(transformed, (lambda - 1) * sum);
    });
}

// Divided by their geometric mean, the values have the same best exponent, and their powers stay within range.
double best_box_cox(const std::vector<double>& values) {
    std::vector<double> logs(values.size());
    std::transform(values.begin(), values.end(), logs.begin(), [](double x) { return std::log(x); });
    const double mean = steps::mean_of(logs);
    std::vector<double> transformed(values.size());
    return best_exponent([&](double lambda) {
        std::transform(logs.begin(), logs.end(), transformed.begin(),
                       [&](double log) { return std::abs(lambda) < 1e-12 ? log - mean : std::expm1(lambda * (log - mean)) / lambda; });
        return negative_log_likelihood(transformed, 0);
    });
}

// A cell x becomes (transformed x - center) / unit.
struct Transformation {
    double exponent = 1, center = 0, unit = 1;
};

class FittedPower : public FittedStep {
public:
    FittedPower() = default;
    FittedPower(std::vector<std::string> names, Method method, const std::vector<Transformation>& columns)
        : names_(std::move(names)), method_(method) {
        for (const Transformation& column : columns) {
            exponents_.push_back(column.exponent);
            centers_.push_back(column.center);
            units_.push_back(column.unit);
        }
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "power");
        steps::require_no_infinity(x, "power");
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < names_.size(); ++c) {
            for (double& cell : cells.col(static_cast<Eigen::Index>(c))) {
                cell = (transformed(cell, c) - centers_[c]) / units_[c];
            }
        }
        steps::require_no_overflow(cells, names_, "power");
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        auto method = static_cast<std::int32_t>(method_);
        a.field("columns", names_);
        a.field("method", method);
        a.field("exponents", exponents_);
        a.field("centers", centers_);
        a.field("units", units_);
        method_ = static_cast<Method>(method);
        if (exponents_.size() != names_.size() || centers_.size() != names_.size() || units_.size() != names_.size()) {
            throw RunError("the saved state of `power` does not have an exponent, a centre and a unit for every column");
        }
    }

private:
    double transformed(double cell, std::size_t c) const {
        if (method_ == Method::YeoJohnson) {
            return yeo_johnson(cell, exponents_[c]);
        }
        if (cell <= 0) {
            throw RunError(fmt::format("column `{}` has the value {}, and `power(box_cox)` takes numbers above 0 only; use `power(yeo_johnson)`",
                                       names_[c], cell));
        }
        return box_cox(cell, exponents_[c]);
    }
    std::vector<std::string> names_;
    Method method_ = Method::YeoJohnson;
    std::vector<double> exponents_, centers_, units_;
};

class Power : public Step {
public:
    explicit Power(PowerParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Transformation> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            columns.push_back(fit_column(x, c));
        }
        return std::make_unique<FittedPower>(x.names(), params_.method, columns);
    }

private:
    Transformation fit_column(const Frame& x, std::size_t c) const {
        std::vector<double> values = steps::known_values(x, c, "power");
        if (values.empty()) {
            return {};
        }
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        if (params_.method == Method::BoxCox && *low <= 0) {
            throw RunError(fmt::format("column `{}` has the value {}, and `power(box_cox)` takes numbers above 0 only; use `power(yeo_johnson)`",
                                       x.column(c).name, *low));
        }
        Transformation found;
        if (*low < *high) {
            found.exponent = params_.method == Method::YeoJohnson ? best_yeo_johnson(values) : best_box_cox(values);
        }
        for (double& value : values) {
            value = params_.method == Method::YeoJohnson ? yeo_johnson(value, found.exponent) : box_cox(value, found.exponent);
        }
        if (params_.standardise) {
            found.center = steps::mean_of(values);
            found.unit = std::sqrt(steps::variance_of(values, found.center));
            found.unit = found.unit > 0 ? found.unit : 1;
        }
        if (!std::isfinite(found.center) || !std::isfinite(found.unit)) {
            throw RunError(
                fmt::format("the values of column `{}` are too far apart for `power`; bound them before, for instance with "
                            "`clip(-1e9..1e9)`",
                            x.column(c).name));
        }
        return found;
    }
    PowerParams params_;
};

}  // namespace

void add_power(Catalog& catalog) {
    ComponentInfo info;
    info.name = "power";
    info.kind = ComponentKind::Step;
    info.summary =
        "Makes each number column as nearly normal as a power of it can be, the exponent by maximum likelihood in the rows it is fitted on; "
        "a constant column is centred only, and missing cells stay missing";
    info.source =
        "Yeo, Johnson: A New Family of Power Transformations, Biometrika 87 (2000); Box, Cox: An Analysis of Transformations, JRSS B 26 (1964)";
    info.example = "power(yeo_johnson)";
    info.params = specs_of(power_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Power>(read_params(power_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedPower>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
