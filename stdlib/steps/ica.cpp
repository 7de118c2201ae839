#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"
#include "stdlib/steps/truncated_svd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

// Their decomposition takes some seconds.
constexpr Eigen::Index most_for_products = 2000;

struct IcaParams {
    std::optional<std::int64_t> components;
    std::int64_t iterations = 200;
    double tolerance = 1e-4;
};
const Schema<IcaParams>& ica_schema() {
    static const Schema<IcaParams> fields{
        field(&IcaParams::components, {.name = "components",
                                       .doc = "How many independent components to look for among as many principal ones; `none`: all that have any "
                                              "variance",
                                       .valid = {.low = 1, .high = 10'000},
                                       .search = {.low = 2, .high = 50, .log = true}}),
        field(&IcaParams::iterations, {.name = "iterations", .doc = "The most rounds of fitting", .valid = {.low = 1}}),
        field(&IcaParams::tolerance,
              {.name = "tolerance", .doc = "Fitting ends where no direction turns by more than this in a round", .valid = {.low = 0}}),
    };
    return fields;
}

// Columns centred, turned into uncorrelated ones of variance 1: `whitening` is columns × components.
struct Whitened {
    Matrix cells;
    Matrix whitening;
};

// By the products of columns, or of rows where these are fewer.
Whitened whiten(const Matrix& centered, std::optional<std::int64_t> wanted) {
    const Eigen::Index rows = centered.rows(), columns = centered.cols();
    const bool is_tall = rows >= columns;
    if (std::min(rows, columns) > most_for_products) {
        throw RunError(fmt::format("`ica` compares all of {} columns with each other, and takes {} at most; use `pca` or `svd` before it", columns,
                                   most_for_products));
    }
    const Matrix factor = is_tall ? centered : Matrix(centered.transpose());
    Matrix products(factor.cols(), factor.cols());
    kernels::gram(factor.data(), factor.rows(), factor.cols(), factor.rows(), nullptr, products.data());
    Vector values;
    Matrix vectors;
    steps::symmetric_eigen(products, values, vectors, "ica");
    const Eigen::Index most = std::min<Eigen::Index>(wanted.value_or(columns), values.size());
    Eigen::Index count = 0;
    while (count < most && values(count) > values(0) * 1e-12) {
        ++count;
    }
    if (count == 0) {
        throw RunError("`ica` finds no component: all columns are constant in these rows; leave the step out, or use `variance_threshold` before it");
    }
    const Matrix directions = is_tall ? Matrix(vectors.leftCols(count)) : Matrix(factor * vectors.leftCols(count));
    Whitened found;
    found.whitening.resize(columns, count);
    for (Eigen::Index j = 0; j < count; ++j) {
        const double length = is_tall ? 1 : std::sqrt(values(j));
        found.whitening.col(j) = directions.col(j) / length * std::sqrt(static_cast<double>(rows) / values(j));
    }
    found.cells = centered * found.whitening;
    return found;
}

// The nearest matrix with orthonormal rows.
Matrix decorrelated(const Matrix& rows) {
    Vector values;
    Matrix vectors;
    steps::symmetric_eigen(rows * rows.transpose(), values, vectors, "ica");
    const Vector roots = values.cwiseMax(std::numeric_limits<double>::min()).cwiseSqrt().cwiseInverse();
    return vectors * roots.asDiagonal() * vectors.transpose() * rows;
}

class FittedIca : public FittedStep {
public:
    FittedIca() = default;
    FittedIca(std::vector<std::string> names, std::vector<double> means, Matrix unmixing)
        : names_(std::move(names)), means_(std::move(means)), unmixing_(std::move(unmixing)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "ica");
        steps::require_finite(x, "ica");
        Matrix cells = steps::copy_of_cells(x);
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells.col(c).array() -= means_[static_cast<std::size_t>(c)];
        }
        Matrix out(cells.rows(), unmixing_.cols());
        kernels::multiply(cells.data(), cells.rows(), cells.cols(), cells.rows(), unmixing_.data(), unmixing_.cols(), unmixing_.rows(), out.data(),
                          out.rows());
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= out.cols(); ++j) {
            outputs.push_back(fmt::format("ica{}", j));
        }
        steps::require_all_finite(out, outputs, "ica");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("means", means_);
        a.field("unmixing", unmixing_);
        if (means_.size() != names_.size() || unmixing_.rows() != static_cast<Eigen::Index>(names_.size())) {
            throw RunError("the saved state of `ica` has matrices of different sizes");
        }
    }

private:
    std::vector<std::string> names_;
    std::vector<double> means_;
    Matrix unmixing_;
};

class Ica : public Step {
public:
    explicit Ica(IcaParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() < 2) {
            throw RunError(
                fmt::format("`ica` is given {} rows and {} columns and needs two rows and a column; check what the selector before it takes",
                            x.rows(), x.columns()));
        }
        steps::require_finite(x, "ica");
        Matrix cells = steps::copy_of_cells(x);
        std::vector<double> means;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            means.push_back(steps::mean_of({cells.data() + c * x.rows(), x.rows()}));
            cells.col(static_cast<Eigen::Index>(c)).array() -= means.back();
        }
        const Whitened whitened = whiten(cells, params_.components);
        Matrix unmixing = whitened.whitening * rotation(whitened.cells, context).transpose();
        steps::fix_signs(unmixing);
        return std::make_unique<FittedIca>(x.names(), std::move(means), std::move(unmixing));
    }

private:
    // Rows are directions in the whitened space, along which the cells are least normal by log cosh.
    Matrix rotation(const Matrix& cells, FitContext& context) const {
        const Eigen::Index count = cells.cols();
        const double rows = static_cast<double>(cells.rows());
        Matrix directions(count, count);
        for (double& entry : directions.reshaped()) {
            entry = context.rng.normal();
        }
        directions = decorrelated(directions);
        Matrix slopes(cells.rows(), count), pull(count, count);
        for (std::int64_t i = 0; i < params_.iterations; ++i) {
            context.check_cancelled();
            const Matrix across = directions.transpose();
            kernels::multiply(cells.data(), cells.rows(), count, cells.rows(), across.data(), count, count, slopes.data(), slopes.rows());
            slopes = slopes.array().tanh();
            kernels::multiply_transposed(slopes.data(), cells.rows(), count, cells.rows(), cells.data(), count, cells.rows(), pull.data());
            const Vector curvature = (1 - slopes.array().square()).colwise().mean();
            const Matrix next = decorrelated(pull / rows - curvature.asDiagonal() * directions);
            const Vector turned = next.cwiseProduct(directions).rowwise().sum();
            directions = next;
            if ((turned.cwiseAbs().array() - 1).abs().maxCoeff() < params_.tolerance) {
                break;
            }
        }
        return directions;
    }
    IcaParams params_;
};

}  // namespace

void add_ica(Catalog& catalog) {
    ComponentInfo info;
    info.name = "ica";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces number columns by independent components `ica1`, `ica2`, … of variance 1: the weighted sums that are least normal, as of "
        "several sources that were recorded mixed";
    info.source = "Hyvärinen, Oja: Independent Component Analysis: Algorithms and Applications, Neural Networks 13 (2000)";
    info.example = "ica(components: 5)";
    info.params = specs_of(ica_schema());
    info.random = true;
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Ica>(read_params(ica_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedIca>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
