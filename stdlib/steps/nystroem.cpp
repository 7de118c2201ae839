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

struct NystroemParams {
    std::int64_t components = 100;
    models::KernelKind kernel = models::KernelKind::Rbf;
    std::optional<double> gamma;
    std::int64_t degree = 3;
    double coef0 = 1;
};
const Schema<NystroemParams>& nystroem_schema() {
    static const Schema<NystroemParams> fields{
        field(&NystroemParams::components, {.name = "components",
                                            .doc = "How many rows, drawn from those that it is fitted on, all rows are compared with; all of them "
                                                   "where they are fewer",
                                            .valid = {.low = 1, .high = 10'000},
                                            .search = {.low = 20, .high = 500, .log = true}}),
        field(&NystroemParams::kernel,
              {.name = "kernel",
               .doc = "How two rows are compared: `rbf` exp(-gamma |a-b|²), `linear` a·b, `poly` (gamma a·b + coef0)^degree, "
                      "`sigmoid` tanh(gamma a·b + coef0)",
               .words = {"rbf", "linear", "poly", "sigmoid"}}),
        field(&NystroemParams::gamma, {.name = "gamma",
                                       .doc = "The kernel's scale; `none`: one over the number of columns",
                                       .valid = {.low = 0, .open_low = true},
                                       .search = {.low = 1e-3, .high = 10, .log = true}}),
        field(&NystroemParams::degree, {.name = "degree", .doc = "Of the kernel `poly`", .valid = {.low = 1, .high = 20}}),
        field(&NystroemParams::coef0, {.name = "coef0", .doc = "Of the kernels `poly` and `sigmoid`"}),
    };
    return fields;
}

class FittedNystroem : public FittedStep {
public:
    FittedNystroem() = default;
    FittedNystroem(std::vector<std::string> names, models::KernelFunction kernel, Matrix basis, Matrix map)
        : names_(std::move(names)), kernel_(kernel), basis_(std::move(basis)), map_(std::move(map)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "nystroem");
        steps::require_finite(x, "nystroem");
        const Matrix likeness = steps::kernel_matrix(kernel_, steps::copy_of_cells(x), basis_);
        Matrix out(likeness.rows(), map_.cols());
        kernels::multiply(likeness.data(), likeness.rows(), likeness.cols(), likeness.rows(), map_.data(), map_.cols(), map_.rows(), out.data(),
                          out.rows());
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= out.cols(); ++j) {
            outputs.push_back(fmt::format("nystroem{}", j));
        }
        steps::require_all_finite(out, outputs, "nystroem");
        return Frame::from_matrix(std::move(out), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        steps::archive_kernel(kernel_, a);
        a.field("basis", basis_);
        a.field("map", map_);
        if (basis_.cols() != static_cast<Eigen::Index>(names_.size()) || map_.rows() != basis_.rows()) {
            throw RunError("the saved state of `nystroem` has matrices of different sizes");
        }
    }

private:
    std::vector<std::string> names_;
    models::KernelFunction kernel_;
    Matrix basis_, map_;
};

// The root of the inverse of the symmetric `likeness`; of an indefinite one that of its magnitudes, with its signs.
Matrix inverse_root(const Matrix& likeness) {
    Vector values;
    Matrix vectors;
    steps::symmetric_eigen(likeness, values, vectors, "nystroem");
    const Vector scales = values.unaryExpr([](double value) { return std::copysign(1 / std::sqrt(std::max(std::abs(value), 1e-12)), value); });
    return vectors * scales.asDiagonal() * vectors.transpose();
}

class Nystroem : public Step {
public:
    explicit Nystroem(NystroemParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() == 0) {
            throw RunError(fmt::format("`nystroem` is given {} rows and {} columns and needs one of each; check what the selector before it takes",
                                       x.rows(), x.columns()));
        }
        steps::require_finite(x, "nystroem");
        const auto rows = static_cast<std::uint32_t>(x.rows());
        RowIndex drawn = context.rng.choose(rows, std::min(rows, static_cast<std::uint32_t>(params_.components)));
        std::sort(drawn.begin(), drawn.end());
        Matrix basis = steps::copy_of_cells(x.take(std::move(drawn)));
        const models::KernelFunction kernel{
            .kind = params_.kernel, .gamma = steps::gamma_or_default(params_.gamma, x.columns()), .coef0 = params_.coef0, .degree = params_.degree};
        Matrix map = inverse_root(steps::kernel_matrix(kernel, basis, basis));
        return std::make_unique<FittedNystroem>(x.names(), kernel, std::move(basis), std::move(map));
    }

private:
    NystroemParams params_;
};

}  // namespace

void add_nystroem(Catalog& catalog) {
    ComponentInfo info;
    info.name = "nystroem";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces columns by how alike a row is to some rows drawn from those it is fitted on, so that a linear model after it comes near to one "
        "with that kernel; `scale` columns of different units before";
    info.source = "Williams, Seeger: Using the Nyström Method to Speed Up Kernel Machines, NIPS (2001)";
    info.example = "nystroem(components: 200, gamma in 0.01..1.0 log)";
    info.params = specs_of(nystroem_schema());
    info.random = true;
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Nystroem>(read_params(nystroem_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedNystroem>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
