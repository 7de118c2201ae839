#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Placing { Uniform, Quantile };
enum class Extrapolation { Constant, Linear, Continue, Periodic, Error };
struct SplineParams {
    std::int64_t knots = 5;
    std::int64_t degree = 3;
    Placing placing = Placing::Uniform;
    Extrapolation extrapolation = Extrapolation::Constant;
    bool bias = true;
};
const Schema<SplineParams>& spline_schema() {
    static const Schema<SplineParams> fields{
        field(&SplineParams::knots, {.name = "knots",
                                     .doc = "How many points the pieces of the curves meet at, the smallest and the largest value included",
                                     .valid = {.low = 2, .high = 1000},
                                     .search = {.low = 3, .high = 15}}),
        field(&SplineParams::degree,
              {.name = "degree", .doc = "The degree of the polynomial pieces", .valid = {.low = 0, .high = 10}, .search = {.low = 1, .high = 4}}),
        field(&SplineParams::placing, {.name = "placing",
                                       .doc = "Knots at equal distances (`uniform`), or with equally many rows between them (`quantile`)",
                                       .words = {"uniform", "quantile"},
                                       .search = {.words = {"uniform", "quantile"}}}),
        field(&SplineParams::extrapolation,
              {.name = "extrapolation",
               .doc = "Beyond the outermost knots the curves stay `constant`, go on straight (`linear`), go on as polynomials (`continue`) or from "
                      "the other end (`periodic`), or the run stops (`error`)",
               .words = {"constant", "linear", "continue", "periodic", "error"}}),
        field(&SplineParams::bias, {.name = "bias",
                                    .doc = "Keeps all curves of a column, which add up to one; without it the last of them is left out, for an "
                                           "unpenalised linear model with an intercept"}),
    };
    return fields;
}

// The B-splines over ascending knots (de Boor: On Calculating with B-splines, Journal of Approximation Theory 6, 1972).
class Basis {
public:
    Basis(const std::vector<double>& knots, std::size_t degree) : knots_(knots), degree_(degree) {}
    std::size_t count() const { return knots_.size() - degree_ - 1; }
    double low() const { return knots_[degree_]; }
    double high() const { return knots_[count()]; }
    // Values at x of the degree + 1 splines from first_at(x) on; beyond the ends those of the outermost polynomials.
    std::vector<double> values(double x, std::size_t piece) const { return values_of_degree(x, piece, degree_); }
    std::vector<double> slopes(double x, std::size_t piece) const {
        std::vector<double> slopes(degree_ + 1, 0.0);
        if (degree_ == 0) {
            return slopes;
        }
        const std::vector<double> lower = values_of_degree(x, piece, degree_ - 1);
        for (std::size_t i = 0; i < lower.size(); ++i) {
            const std::size_t knot = piece - degree_ + 1 + i;
            const double width = knots_[knot + degree_] - knots_[knot];
            const double slope = static_cast<double>(degree_) * lower[i] / width;
            slopes[i] -= slope;
            slopes[i + 1] += slope;
        }
        return slopes;
    }
    // The knot at which the piece with x begins; of pieces without a width none.
    std::size_t piece_of(double x) const {
        const auto first = knots_.begin() + static_cast<std::ptrdiff_t>(degree_);
        const auto last = knots_.begin() + static_cast<std::ptrdiff_t>(count());
        auto at = x >= *last ? std::lower_bound(first, last, *last) : std::upper_bound(first, last, std::max(x, *first));
        return static_cast<std::size_t>(at - knots_.begin()) - 1;
    }

private:
    std::vector<double> values_of_degree(double x, std::size_t piece, std::size_t degree) const {
        std::vector<double> values{1};
        for (std::size_t d = 1; d <= degree; ++d) {
            double carried = 0;
            for (std::size_t i = 0; i < d; ++i) {
                const double right = knots_[piece + 1 + i];
                const double left = knots_[piece + 1 + i - d];
                const double part = values[i] / (right - left);
                values[i] = carried + (right - x) * part;
                carried = (x - left) * part;
            }
            values.push_back(carried);
        }
        return values;
    }
    const std::vector<double>& knots_;
    std::size_t degree_;
};

struct ColumnKnots {
    std::string column;
    std::vector<double> knots;
    void archive(Archive& a) {
        a.field("column", column);
        a.field("knots", knots);
    }
};

class FittedSpline : public FittedStep {
public:
    FittedSpline() = default;
    FittedSpline(std::vector<ColumnKnots> columns, SplineParams params) : columns_(std::move(columns)), params_(params) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "spline");
        steps::require_finite(x, "spline");
        Matrix cells = Matrix::Zero(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(outputs_.size()));
        Eigen::Index first = 0;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const Basis basis(columns_[c].knots, degree());
            for (std::size_t row = 0; row < x.rows(); ++row) {
                write(basis, columns_[c].column, x.number(row, c), [&](std::size_t spline, double value) {
                    if (spline < splines(basis)) {
                        cells(static_cast<Eigen::Index>(row), first + static_cast<Eigen::Index>(spline)) += value;
                    }
                });
            }
            first += static_cast<Eigen::Index>(splines(basis));
        }
        steps::require_all_finite(cells, outputs_, "spline");
        return Frame::from_matrix(std::move(cells), outputs_);
    }
    void archive(Archive& a) override {
        auto extrapolation = static_cast<std::int32_t>(params_.extrapolation);
        a.field("columns", columns_);
        a.field("degree", params_.degree);
        a.field("extrapolation", extrapolation);
        a.field("bias", params_.bias);
        params_.extrapolation = static_cast<Extrapolation>(extrapolation);
        for (const ColumnKnots& column : columns_) {
            if (params_.degree < 0 || column.knots.size() < 2 * degree() + 2 || !std::is_sorted(column.knots.begin(), column.knots.end())) {
                throw RunError("the saved state of `spline` does not have ascending knots for its degree");
            }
        }
        list_names();
    }

private:
    std::size_t degree() const { return static_cast<std::size_t>(params_.degree); }
    bool is_periodic() const { return params_.extrapolation == Extrapolation::Periodic; }
    // Of a column; those of a periodic one go round.
    std::size_t all_splines(const Basis& basis) const { return is_periodic() ? basis.count() - degree() : basis.count(); }
    std::size_t splines(const Basis& basis) const { return all_splines(basis) - (params_.bias ? 0 : 1); }

    template <class Write>
    void write(const Basis& basis, const std::string& column, double x, Write add) const {
        const double inside = is_periodic() ? wrapped(x, basis.low(), basis.high()) : std::clamp(x, basis.low(), basis.high());
        const bool is_beyond = !is_periodic() && x != inside;
        if (is_beyond && params_.extrapolation == Extrapolation::Error) {
            throw RunError(
                fmt::format("column `{}` has the value {} beyond the knots {} to {} of `spline(extrapolation: error)`; bound it before "
                            "with `clip`, or choose another `extrapolation`",
                            column, x, basis.low(), basis.high()));
        }
        const bool goes_on = is_beyond && params_.extrapolation == Extrapolation::Continue;
        const std::size_t piece = basis.piece_of(inside);
        std::vector<double> values = basis.values(goes_on ? x : inside, piece);
        if (is_beyond && params_.extrapolation == Extrapolation::Linear) {
            const std::vector<double> slopes = basis.slopes(inside, piece);
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] += (x - inside) * slopes[i];
            }
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            add((piece - degree() + i) % all_splines(basis), values[i]);
        }
    }
    static double wrapped(double x, double low, double high) {
        const double beyond = std::fmod(x - low, high - low);
        return low + (beyond < 0 ? beyond + (high - low) : beyond);
    }
    void list_names() {
        names_.clear();
        outputs_.clear();
        for (const ColumnKnots& column : columns_) {
            names_.push_back(column.column);
            const std::size_t count = splines(Basis(column.knots, degree()));
            for (std::size_t i = 1; i <= count; ++i) {
                outputs_.push_back(fmt::format("{}:spline{}", column.column, i));
            }
        }
    }
    std::vector<ColumnKnots> columns_;
    SplineParams params_;
    std::vector<std::string> names_, outputs_;
};

class Spline : public Step {
public:
    explicit Spline(SplineParams params) : params_(params) {
        if (params_.extrapolation == Extrapolation::Periodic && params_.degree + 1 >= params_.knots) {
            throw RunError(fmt::format("`spline(extrapolation: periodic)` of degree {} needs more than {} knots and has {}; raise `knots`",
                                       params_.degree, params_.degree + 1, params_.knots));
        }
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        steps::require_finite(x, "spline");
        std::vector<ColumnKnots> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            columns.push_back({.column = x.column(c).name, .knots = with_outer_knots(base_knots(x.numbers(c), x.column(c).name))});
        }
        return std::make_unique<FittedSpline>(std::move(columns), params_);
    }

private:
    // From the smallest to the largest value; a constant column gets a width of 1.
    std::vector<double> base_knots(std::vector<double> values, const std::string& column) const {
        if (values.empty()) {
            throw RunError("`spline` is given no rows to place its knots by; check what the steps before it leave");
        }
        const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
        const double low = *lowest;
        const double high = *highest > low ? *highest : low + std::max(1.0, std::abs(low));
        // The outer knots and all differences of knots must be numbers.
        if (!std::isfinite((high - low) * static_cast<double>(4 * params_.degree + 4))) {
            throw RunError(
                fmt::format("the values of column `{}` are too far apart for `spline`; bound them before, for instance with "
                            "`clip(-1e9..1e9)`",
                            column));
        }
        std::vector<double> knots;
        for (std::int64_t i = 0; i < params_.knots; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(params_.knots - 1);
            const bool by_rows = params_.placing == Placing::Quantile && *highest > *lowest;
            knots.push_back(by_rows ? steps::quantile_of(values, share) : std::lerp(low, high, share));
        }
        // Subnormal distances could not be divided by.
        if (knots.back() - knots.front() < std::numeric_limits<double>::min()) {
            throw RunError(fmt::format("the values of column `{}` are too near each other for `spline`; `scale` them before", column));
        }
        return knots;
    }
    // Each curve spans degree + 1 pieces, so that further knots lie beyond the ends: at the distance of the outermost two (Eilers, Marx 1996),
    // or, periodic, at those of the other end.
    std::vector<double> with_outer_knots(const std::vector<double>& base) const {
        const auto degree = static_cast<std::size_t>(params_.degree);
        const std::size_t last = base.size() - 1;
        const double period = base.back() - base.front();
        const bool goes_round = params_.extrapolation == Extrapolation::Periodic;
        std::vector<double> knots;
        for (std::size_t i = degree; i > 0; --i) {
            knots.push_back(goes_round ? base[last - i] - period : base[0] - static_cast<double>(i) * (base[1] - base[0]));
        }
        knots.insert(knots.end(), base.begin(), base.end());
        for (std::size_t i = 1; i <= degree; ++i) {
            knots.push_back(goes_round ? base[i] + period : base[last] + static_cast<double>(i) * (base[last] - base[last - 1]));
        }
        return knots;
    }
    SplineParams params_;
};

}  // namespace

void add_spline(Catalog& catalog) {
    ComponentInfo info;
    info.name = "spline";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces each number column by B-splines `NAME:spline1`, …: smooth bumps along its values, of which a linear model after it makes any "
        "smooth curve";
    info.source = "Eilers, Marx: Flexible Smoothing with B-splines and Penalties, Statistical Science 11 (1996)";
    info.example = "spline(knots in 3..10)";
    info.params = specs_of(spline_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Spline>(read_params(spline_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedSpline>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
