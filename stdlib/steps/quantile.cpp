#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class Output { Uniform, Normal };
struct QuantileParams {
    Output output = Output::Uniform;
    std::int64_t quantiles = 1000;
};
const Schema<QuantileParams>& quantile_schema() {
    static const Schema<QuantileParams> fields{
        field(&QuantileParams::output, {.name = "output",
                                        .doc = "The distribution that comes out: `uniform` from 0 to 1, or standard `normal`",
                                        .words = {"uniform", "normal"},
                                        .search = {.words = {"uniform", "normal"}}}),
        field(&QuantileParams::quantiles, {.name = "quantiles",
                                           .doc = "How many quantiles describe a column, between which lines are drawn; at most one a row",
                                           .valid = {.low = 2, .high = 1e6},
                                           .search = {.low = 10, .high = 1000, .log = true}}),
    };
    return fields;
}

double polynomial(const double (&coefficients)[8], double x) {
    double sum = 0;
    for (const double coefficient : coefficients) {
        sum = sum * x + coefficient;
    }
    return sum;
}

// Wichura: Algorithm AS 241, The Percentage Points of the Normal Distribution, Applied Statistics 37 (1988); 16 digits.
double normal_quantile(double p) {
    static constexpr double a[8] = {2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
                                    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0};
    static constexpr double b[8] = {5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
                                    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0};
    static constexpr double c[8] = {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
                                    3.64784832476320460504e0,  5.76949722146069140550e0,  4.63033784615654529590e0,  1.42343711074968357734e0};
    static constexpr double d[8] = {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                    6.89767334985100004550e-1, 1.67638483018380384940e0,  2.05319162663775882187e0,  1.0};
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    // The output is cut at shares of 1e-7, where the middle range of the algorithm ends beyond.
    const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p)) - 1.6;
    return std::copysign(polynomial(c, r) / polynomial(d, r), q);
}

// Where values below the smallest and above the largest come to lie under a normal output.
constexpr double edge = 1e-7;

// How far along the ascending `quantiles` x lies, from 0 to 1; within a run of equal ones at its middle.
double share_below(const std::vector<double>& quantiles, double x) {
    if (x <= quantiles.front()) {
        return 0;
    }
    if (x >= quantiles.back()) {
        return 1;
    }
    const double last = static_cast<double>(quantiles.size() - 1);
    const auto above = std::upper_bound(quantiles.begin(), quantiles.end(), x);
    const auto not_below = std::lower_bound(quantiles.begin(), quantiles.end(), x);
    if (above != not_below) {
        return (static_cast<double>(not_below - quantiles.begin()) + static_cast<double>(above - quantiles.begin() - 1)) / 2 / last;
    }
    const double low = *(above - 1);
    return (static_cast<double>(above - quantiles.begin() - 1) + (x - low) / (*above - low)) / last;
}

struct ColumnQuantiles {
    std::vector<double> values;  // ascending; empty: no value was known
    void archive(Archive& a) { a.field("values", values); }
};

class FittedQuantile : public FittedStep {
public:
    FittedQuantile() = default;
    FittedQuantile(std::vector<std::string> names, Output output, std::vector<ColumnQuantiles> columns)
        : names_(std::move(names)), output_(output), columns_(std::move(columns)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "quantile");
        Matrix cells = steps::copy_of_cells(x);
        for (std::size_t c = 0; c < names_.size(); ++c) {
            for (double& cell : cells.col(static_cast<Eigen::Index>(c))) {
                cell = transformed(columns_[c].values, cell);
            }
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        auto output = static_cast<std::int32_t>(output_);
        a.field("columns", names_);
        a.field("output", output);
        a.field("quantiles", columns_);
        output_ = static_cast<Output>(output);
        if (columns_.size() != names_.size()) {
            throw RunError("the saved state of `quantile` does not have quantiles for every column");
        }
    }

private:
    double transformed(const std::vector<double>& quantiles, double cell) const {
        if (std::isnan(cell)) {
            return cell;
        }
        const double share = quantiles.empty() ? 0 : share_below(quantiles, cell);
        return output_ == Output::Uniform ? share : normal_quantile(std::clamp(share, edge, 1 - edge));
    }
    std::vector<std::string> names_;
    Output output_ = Output::Uniform;
    std::vector<ColumnQuantiles> columns_;
};

class Quantile : public Step {
public:
    explicit Quantile(QuantileParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<ColumnQuantiles> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            columns.push_back({quantiles_of(steps::known_values(x, c, "quantile"), x.rows())});
        }
        return std::make_unique<FittedQuantile>(x.names(), params_.output, std::move(columns));
    }

private:
    std::vector<double> quantiles_of(std::vector<double> values, std::size_t rows) const {
        std::sort(values.begin(), values.end());
        std::vector<double> quantiles;
        const std::size_t count = std::max<std::size_t>(2, std::min(static_cast<std::size_t>(params_.quantiles), rows));
        for (std::size_t i = 0; i < count && !values.empty(); ++i) {
            // In whole numbers: rounding would put a quantile beside the value that it is.
            const std::size_t place = i * (values.size() - 1);
            const std::size_t below = place / (count - 1);
            const double share = static_cast<double>(place % (count - 1)) / static_cast<double>(count - 1);
            const double next = values[std::min(below + 1, values.size() - 1)];
            const double between = std::lerp(values[below], next, share);
            // Rounding may put a quantile below the one before it.
            quantiles.push_back(quantiles.empty() ? between : std::max(between, quantiles.back()));
        }
        return quantiles;
    }
    QuantileParams params_;
};

}  // namespace

void add_quantile(Catalog& catalog) {
    ComponentInfo info;
    info.name = "quantile";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces each number by the share of rows below it, so that a column becomes uniform or normal whatever its shape; all rows that it "
        "is fitted on count, and missing cells stay missing";
    info.source = "Bolstad et al.: A comparison of normalization methods for high density oligonucleotide array data, Bioinformatics 19 (2003)";
    info.example = "quantile(normal)";
    info.params = specs_of(quantile_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Quantile>(read_params(quantile_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedQuantile>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
