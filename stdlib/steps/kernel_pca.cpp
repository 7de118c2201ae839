#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/kernel_matrix.h"
#include "stdlib/steps/truncated_svd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

// All pairs of so many rows take 0.8 GB, and their decomposition a quarter of an hour.
constexpr std::size_t most_rows = 10'000;

struct KernelPcaParams {
    std::int64_t components = 10;
    models::KernelKind kernel = models::KernelKind::Rbf;
    std::optional<double> gamma;
    std::int64_t degree = 3;
    double coef0 = 1;
};
const Schema<KernelPcaParams>& kernel_pca_schema() {
    static const Schema<KernelPcaParams> fields{
        field(&KernelPcaParams::components, {.name = "components",
                                             .doc = "How many components to keep; fewer where fewer have any variance",
                                             .valid = {.low = 1, .high = 10'000},
                                             .search = {.low = 2, .high = 50, .log = true},
                                             .path = true}),
        field(&KernelPcaParams::kernel, {.name = "kernel",
                                         .doc = "How two rows are compared: `rbf` exp(-gamma |a-b|²), `linear` a·b, `poly` (gamma a·b + "
                                                "coef0)^degree, `sigmoid` tanh(gamma a·b + coef0)",
                                         .words = {"rbf", "linear", "poly", "sigmoid"}}),
        field(&KernelPcaParams::gamma, {.name = "gamma",
                                        .doc = "The kernel's scale; `none`: one over the number of columns",
                                        .valid = {.low = 0, .open_low = true},
                                        .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&KernelPcaParams::degree, {.name = "degree", .doc = "Of the kernel `poly`", .valid = {.low = 1, .high = 20}}),
        field(&KernelPcaParams::coef0, {.name = "coef0", .doc = "Of the kernels `poly` and `sigmoid`"}),
    };
    return fields;
}

class FittedKernelPca : public FittedStep {
public:
    FittedKernelPca() = default;
    FittedKernelPca(std::vector<std::string> names, models::KernelFunction kernel, Matrix rows, Vector means, Matrix directions)
        : names_(std::move(names)), kernel_(kernel), rows_(std::move(rows)), means_(std::move(means)), directions_(std::move(directions)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "kernel_pca");
        steps::require_finite(x, "kernel_pca");
        Matrix likeness = steps::kernel_matrix(kernel_, steps::copy_of_cells(x), rows_);
        // Centred in the space of the kernel; the mean of all means is added to `means_` already.
        Vector own = Vector::Zero(likeness.rows());
        for (Eigen::Index c = 0; c < likeness.cols(); ++c) {
            own += likeness.col(c);
        }
        own /= static_cast<double>(likeness.cols());
        for (Eigen::Index c = 0; c < likeness.cols(); ++c) {
            likeness.col(c) -= own;
            likeness.col(c).array() -= means_(c);
        }
        Matrix out(likeness.rows(), directions_.cols());
        kernels::multiply(likeness.data(), likeness.rows(), likeness.cols(), likeness.rows(), directions_.data(), directions_.cols(),
                          directions_.rows(), out.data(), out.rows());
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= out.cols(); ++j) {
            outputs.push_back(fmt::format("kernel_pca{}", j));
        }
        steps::require_all_finite(out, outputs, "kernel_pca");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        steps::archive_kernel(kernel_, a);
        a.field("rows", rows_);
        a.field("means", means_);
        a.field("directions", directions_);
        if (rows_.cols() != static_cast<Eigen::Index>(names_.size()) || means_.size() != rows_.rows() || directions_.rows() != rows_.rows() ||
            rows_.rows() == 0) {
            throw RunError("the saved state of `kernel_pca` has matrices of different sizes");
        }
    }
    std::unique_ptr<FittedStep> restricted(const ParamValue& components) const override {
        KernelPcaParams params;
        kernel_pca_schema().front().set(params, components);
        const Eigen::Index count = std::min<Eigen::Index>(params.components, directions_.cols());
        return std::make_unique<FittedKernelPca>(names_, kernel_, rows_, means_, directions_.leftCols(count));
    }

private:
    std::vector<std::string> names_;
    models::KernelFunction kernel_;
    Matrix rows_;
    Vector means_;
    Matrix directions_;
};

class KernelPca : public Step {
public:
    explicit KernelPca(KernelPcaParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() < 2) {
            throw RunError(
                fmt::format("`kernel_pca` is given {} rows and {} columns and needs two rows and a column; check what the selector before "
                            "it takes",
                            x.rows(), x.columns()));
        }
        if (x.rows() > most_rows) {
            throw RunError(
                fmt::format("`kernel_pca` compares all pairs of rows, and of {} rows they are too many; use `nystroem` and `pca`", x.rows()));
        }
        steps::require_finite(x, "kernel_pca");
        context.check_cancelled();
        const models::KernelFunction kernel{
            .kind = params_.kernel, .gamma = steps::gamma_or_default(params_.gamma, x.columns()), .coef0 = params_.coef0, .degree = params_.degree};
        Matrix rows = steps::copy_of_cells(x);
        Matrix likeness = steps::kernel_matrix(kernel, rows, rows);
        Vector means = likeness.colwise().mean();
        const double overall = means.mean();
        likeness.colwise() -= means;
        means.array() -= overall;
        likeness.rowwise() -= means.transpose();
        return std::make_unique<FittedKernelPca>(x.names(), kernel, std::move(rows), std::move(means), directions_of(likeness));
    }

private:
    Matrix directions_of(const Matrix& centered) const {
        Vector values;
        Matrix vectors;
        steps::symmetric_eigen((centered + centered.transpose()) / 2, values, vectors, "kernel_pca");
        Eigen::Index count = 0;
        while (count < std::min<Eigen::Index>(params_.components, values.size()) && values(count) > 1e-12 * values(0)) {
            ++count;
        }
        if (count == 0) {
            throw RunError("`kernel_pca` finds no component: these rows are all alike under its kernel; leave the step out, or change `gamma`");
        }
        Matrix directions = vectors.leftCols(count);
        steps::fix_signs(directions);
        for (Eigen::Index j = 0; j < count; ++j) {
            directions.col(j) /= std::sqrt(values(j));
        }
        return directions;
    }
    KernelPcaParams params_;
};

}  // namespace

void add_kernel_pca(Catalog& catalog) {
    ComponentInfo info;
    info.name = "kernel_pca";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces columns by the principal components of the rows in the space of a kernel, which follow bent shapes too; it keeps the rows that "
        "it is fitted on, so that it is for thousands of them and not for more";
    info.source = "Schölkopf, Smola, Müller: Nonlinear Component Analysis as a Kernel Eigenvalue Problem, Neural Computation 10 (1998)";
    info.example = "kernel_pca(components: 5, gamma in 0.01..1.0 log)";
    info.params = specs_of(kernel_pca_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<KernelPca>(read_params(kernel_pca_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedKernelPca>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
