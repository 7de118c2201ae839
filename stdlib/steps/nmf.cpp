#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/truncated_svd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

struct NmfParams {
    std::int64_t components = 10;
    std::int64_t iterations = 200;
    double tolerance = 1e-4;
};
const Schema<NmfParams>& nmf_schema() {
    static const Schema<NmfParams> fields{
        field(&NmfParams::components, {.name = "components",
                                       .doc = "How many parts to find; at most as many as there are rows and columns",
                                       .valid = {.low = 1, .high = 10'000},
                                       .search = {.low = 2, .high = 50, .log = true}}),
        field(&NmfParams::iterations, {.name = "iterations", .doc = "The most rounds of fitting", .valid = {.low = 1}}),
        field(&NmfParams::tolerance, {.name = "tolerance",
                                      .doc = "Fitting ends where the gradient has fallen to this share of what it was in the first round",
                                      .valid = {.low = 0}}),
    };
    return fields;
}

// Of a row's weights, how far the gradient still pushes them after one round of coordinate descent over them (Hsieh, Dhillon 2011).
double descend(double* weights, const Matrix& products, const double* target) {
    const Eigen::Index count = products.rows();
    double push = 0;
    for (Eigen::Index t = 0; t < count; ++t) {
        double gradient = -target[t];
        for (Eigen::Index r = 0; r < count; ++r) {
            gradient += products(r, t) * weights[r];
        }
        push += std::abs(weights[t] == 0 ? std::min(0.0, gradient) : gradient);
        if (products(t, t) != 0) {
            weights[t] = std::max(weights[t] - gradient / products(t, t), 0.0);
        }
    }
    return push;
}

Matrix products_of(const Matrix& by_row) { return by_row * by_row.transpose(); }

// Cells ≈ weightsᵀ · parts. Both have a column for each row or column of the cells, so that one round reads in order.
struct Factors {
    Matrix weights;  // components × rows
    Matrix parts;    // components × columns
};

double descend_all(Matrix& factor, const Matrix& other, const Matrix& targets) {
    const Matrix products = products_of(other);
    double push = 0;
    for (Eigen::Index column = 0; column < factor.cols(); ++column) {
        push += descend(factor.col(column).data(), products, targets.col(column).data());
    }
    return push;
}

// Boutsidis, Gallopoulos: SVD based initialization, Pattern Recognition 41 (2008); zeros become the mean of the cells.
Factors initial_factors(const steps::Cells& cells, Eigen::Index components) {
    const steps::SingularVectors found = steps::truncated_svd(cells, components, "nmf");
    const double mean = std::max(cells.sum(), 0.0) / (static_cast<double>(cells.rows()) * static_cast<double>(cells.columns()));
    Factors factors{Matrix::Zero(components, cells.rows()), Matrix::Zero(components, cells.columns())};
    const Matrix left = cells.times(found.right);  // scaled by the singular values
    for (Eigen::Index j = 0; j < found.values.size() && found.values(j) > 0; ++j) {
        const Vector u = left.col(j) / found.values(j), v = found.right.col(j);
        const Vector up = u.cwiseMax(0), vp = v.cwiseMax(0), un = (-u).cwiseMax(0), vn = (-v).cwiseMax(0);
        const double positive = up.norm() * vp.norm(), negative = un.norm() * vn.norm();
        const bool take_positive = j == 0 || positive > negative;
        const double size = take_positive ? positive : negative;
        if (j == 0) {
            factors.weights.row(0) = std::sqrt(found.values(0)) * u.cwiseAbs().transpose();
            factors.parts.row(0) = std::sqrt(found.values(0)) * v.cwiseAbs().transpose();
        } else if (size > 0) {
            const double scale = std::sqrt(found.values(j) * size);
            factors.weights.row(j) = scale * (take_positive ? Vector(up / up.norm()) : Vector(un / un.norm())).transpose();
            factors.parts.row(j) = scale * (take_positive ? Vector(vp / vp.norm()) : Vector(vn / vn.norm())).transpose();
        }
    }
    const auto filled = [mean](double entry) { return entry < 1e-6 ? mean : entry; };
    factors.weights = factors.weights.unaryExpr(filled);
    factors.parts = factors.parts.unaryExpr(filled);
    return factors;
}

void require_not_negative(const Frame& x) {
    if (x.has_sparse()) {
        const std::vector<double>& values = x.sparse_rows()->values;
        if (std::all_of(values.begin(), values.end(), [](double value) { return value >= 0 && std::isfinite(value); })) {
            return;
        }
        throw RunError("`nmf` adds up parts and takes no cell below 0, none missing and none infinite; change the steps before it");
    }
    steps::require_finite(x, "nmf");
    for (std::size_t c = 0; c < x.columns(); ++c) {
        for (std::size_t row = 0; row < x.rows(); ++row) {
            if (x.number(row, c) < 0) {
                throw RunError(
                    fmt::format("column `{}` has the value {}, and `nmf` adds up parts and takes none below 0; use `scale(minmax)` and "
                                "`clip` before it, or `svd`",
                                x.column(c).name, x.number(row, c)));
            }
        }
    }
}

class FittedNmf : public FittedStep {
public:
    FittedNmf() = default;
    FittedNmf(std::vector<std::string> names, Matrix parts) : names_(std::move(names)), parts_(std::move(parts)) {}
    // Each row by itself, until its own weights do not move.
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "nmf");
        require_not_negative(x);
        const Matrix targets = steps::Cells(x).times(parts_.transpose()).transpose();
        const Matrix products = products_of(parts_);
        Matrix weights = Matrix::Zero(parts_.rows(), targets.cols());
        for (Eigen::Index row = 0; row < weights.cols(); ++row) {
            double first = 0;
            for (int i = 0; i < 1000; ++i) {
                const double push = descend(weights.col(row).data(), products, targets.col(row).data());
                first = i == 0 ? push : first;
                if (push <= 1e-6 * first) {
                    break;
                }
            }
        }
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= parts_.rows(); ++j) {
            outputs.push_back(fmt::format("nmf{}", j));
        }
        Matrix out = weights.transpose();
        steps::require_all_finite(out, outputs, "nmf");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("parts", parts_);
        if (parts_.cols() != static_cast<Eigen::Index>(names_.size())) {
            throw RunError("the saved state of `nmf` has matrices of different sizes");
        }
    }

private:
    std::vector<std::string> names_;
    Matrix parts_;
};

class Nmf : public Step {
public:
    explicit Nmf(NmfParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() == 0) {
            throw RunError(fmt::format("`nmf` is given {} rows and {} columns and needs one of each; check what the selector before it takes",
                                       x.rows(), x.columns()));
        }
        require_not_negative(x);
        const steps::Cells cells(x);
        const Eigen::Index components = std::min<Eigen::Index>(params_.components, std::min(cells.rows(), cells.columns()));
        Factors factors = initial_factors(cells, components);
        double first = 0;
        for (std::int64_t i = 0; i < params_.iterations; ++i) {
            context.check_cancelled();
            double push = descend_all(factors.weights, factors.parts, cells.times(factors.parts.transpose()).transpose());
            push += descend_all(factors.parts, factors.weights, cells.transposed_times(factors.weights.transpose()).transpose());
            first = i == 0 ? push : first;
            if (push <= params_.tolerance * first) {
                break;
            }
        }
        if (!factors.parts.allFinite()) {
            throw RunError("`nmf` finds no parts of these columns, whose values are too large; `scale(minmax)` them before");
        }
        return std::make_unique<FittedNmf>(x.names(), std::move(factors.parts));
    }

private:
    NmfParams params_;
};

}  // namespace

void add_nmf(Catalog& catalog) {
    ComponentInfo info;
    info.name = "nmf";
    info.kind = ComponentKind::Step;
    info.summary =
        "Describes each row as a sum of a few parts, none of which takes anything away: columns `nmf1`, `nmf2`, … say how much of each; for "
        "counts, frequencies and intensities, which are never below 0";
    info.source =
        "Lee, Seung: Learning the parts of objects by non-negative matrix factorization, Nature 401 (1999); Cichocki, Phan: Fast local "
        "algorithms for large scale nonnegative matrix and tensor factorizations, IEICE Transactions E92-A (2009)";
    info.example = "nmf(components in 5..20)";
    info.params = specs_of(nmf_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Nmf>(read_params(nmf_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedNmf>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
