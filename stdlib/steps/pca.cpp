#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

struct PcaParams {
    WordOrReal components{"all", 0};
    bool whiten = false;
};
const Schema<PcaParams>& pca_schema() {
    static const Schema<PcaParams> fields{
        field(&PcaParams::components,
              {.name = "components",
               .doc = "How many components to keep (from 1; a fraction of one more is cut off); below 1: as few as explain more than this share "
                      "of the variance; `all`: every one that has any variance",
               .valid = {.low = 0, .open_low = true},
               .words = {"all"},
               .search = {.low = 0.5, .high = 0.99},
               .path = true}),
        field(&PcaParams::whiten, {.name = "whiten", .doc = "Divides each component by its standard deviation, so that all have variance 1"}),
    };
    return fields;
}

// Directions by falling variance; as many as have any, at least one.
struct Directions {
    Matrix vectors;                 // columns × directions
    std::vector<double> variances;  // of the directions
};

// By the convention of scikit-learn's svd_flip on loadings (its default from 1.5 on): the loading of largest magnitude is positive. It
// needs no second pass over the rows.
void fix_signs(Matrix& vectors) {
    for (Eigen::Index j = 0; j < vectors.cols(); ++j) {
        Eigen::Index largest = 0;
        for (Eigen::Index i = 1; i < vectors.rows(); ++i) {
            if (std::abs(vectors(i, j)) > std::abs(vectors(largest, j))) {
                largest = i;
            }
        }
        if (vectors.rows() > 0 && vectors(largest, j) < 0) {
            vectors.col(j) = -vectors.col(j);
        }
    }
}

// Eigenvalues and vectors of a symmetric matrix, largest first.
void decompose(const Matrix& symmetric, Vector& values, Matrix& vectors) {
    const Eigen::Index size = symmetric.rows();
    values.resize(size);
    vectors.resize(size, size);
    const bool found = symmetric.allFinite() && kernels::symmetric_eigen(symmetric.data(), size, values.data(), vectors.data());
    if (!found || !values.allFinite()) {
        throw RunError("`pca` finds no components of these columns, whose values are too large or too far apart; `scale` them before");
    }
    values.reverseInPlace();
    vectors = vectors.rowwise().reverse().eval();
}

// Directions whose variance is more than the rounding of the products that it is calculated from; at least one.
Eigen::Index count_with_variance(const Vector& values, Eigen::Index largest_extent) {
    const double rounding = values(0) * std::numeric_limits<double>::epsilon() * static_cast<double>(largest_extent);
    Eigen::Index count = 0;
    while (count < values.size() && values(count) > rounding) {
        ++count;
    }
    return std::max<Eigen::Index>(count, 1);
}

Directions directions_of(const Matrix& centered) {
    const Eigen::Index rows = centered.rows();
    const Eigen::Index columns = centered.cols();
    const bool is_tall = rows >= columns;
    // The products of columns, or of rows where these are fewer: both have the same eigenvalues but for zeros.
    const Matrix transposed = is_tall ? Matrix() : Matrix(centered.transpose());
    const Matrix& factor = is_tall ? centered : transposed;
    Matrix products(factor.cols(), factor.cols());
    kernels::gram(factor.data(), factor.rows(), factor.cols(), factor.rows(), nullptr, products.data());
    Vector values;
    Matrix vectors;
    decompose(products, values, vectors);
    const Eigen::Index count = count_with_variance(values, std::max(rows, columns));

    Directions found;
    if (is_tall) {
        found.vectors = vectors.leftCols(count);
    } else {
        found.vectors.resize(columns, count);
        kernels::multiply_transposed(centered.data(), rows, columns, rows, vectors.data(), count, rows, found.vectors.data());
        for (Eigen::Index j = 0; j < count; ++j) {
            const double length = found.vectors.col(j).stableNorm();
            found.vectors.col(j) /= length > 0 ? length : 1;
        }
    }
    fix_signs(found.vectors);
    for (Eigen::Index j = 0; j < count; ++j) {
        found.variances.push_back(rows > 1 ? std::max(values(j), 0.0) / static_cast<double>(rows - 1) : 0.0);
    }
    return found;
}

std::size_t components_wanted(const WordOrReal& wanted, const std::vector<double>& variances) {
    if (!wanted.word.empty()) {
        return variances.size();
    }
    if (wanted.number >= 1) {
        return wanted.number >= static_cast<double>(variances.size()) ? variances.size() : static_cast<std::size_t>(wanted.number);
    }
    const double total = steps::sum_of(variances);
    double explained = 0;
    std::size_t count = 0;
    while (count < variances.size() && (count == 0 || explained <= wanted.number * total)) {
        explained += variances[count++];
    }
    return count;
}

// What one fit has found; the fits with fewer components are views of it.
struct Basis {
    Basis() = default;
    Basis(std::vector<std::string> columns, std::vector<double> centre, Directions directions, bool whitened)
        : names(std::move(columns)),
          means(std::move(centre)),
          vectors(std::move(directions.vectors)),
          variances(std::move(directions.variances)),
          whiten(whitened) {}
    // The frame on every direction; made once a frame.
    std::shared_ptr<const Frame> projection(const Frame& x) const {
        return x.derived<Frame>(fmt::format("pca {}", number), [&] { return std::make_shared<const Frame>(project(x)); });
    }

    std::vector<std::string> names;
    std::vector<double> means;
    Matrix vectors;
    std::vector<double> variances;  // of all directions, so that a share of them can still be told
    bool whiten = false;

private:
    Frame project(const Frame& x) const {
        Matrix cells = steps::copy_of_cells(x);
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells.col(c).array() -= means[static_cast<std::size_t>(c)];
        }
        const Matrix basis = scaled();
        Matrix out(cells.rows(), basis.cols());
        kernels::multiply(cells.data(), cells.rows(), cells.cols(), cells.rows(), basis.data(), basis.cols(), basis.rows(), out.data(), out.rows());
        std::vector<std::string> outputs;
        for (Eigen::Index j = 1; j <= out.cols(); ++j) {
            outputs.push_back(fmt::format("pca{}", j));
        }
        return Frame::from_matrix(std::move(out), outputs);
    }
    Matrix scaled() const {
        Matrix basis = vectors;
        for (Eigen::Index j = 0; whiten && j < basis.cols(); ++j) {
            const double deviation = std::sqrt(variances[static_cast<std::size_t>(j)]);
            basis.col(j) /= deviation > 0 ? deviation : 1;
        }
        return basis;
    }
    static std::uint64_t next_number() {
        static std::atomic<std::uint64_t> last = 0;
        return ++last;
    }

    std::uint64_t number = next_number();  // names it among all that this process has found
};

class FittedPca : public FittedStep {
public:
    FittedPca() = default;
    FittedPca(std::vector<std::string> names, std::vector<double> means, Directions directions, PcaParams params) {
        count_ = components_wanted(params.components, directions.variances);
        directions.vectors = directions.vectors.leftCols(static_cast<Eigen::Index>(count_)).eval();
        basis_ = std::make_shared<const Basis>(std::move(names), std::move(means), std::move(directions), params.whiten);
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, basis_->names, "pca");
        steps::require_finite(x, "pca");
        std::vector<std::size_t> first(count_);
        std::iota(first.begin(), first.end(), std::size_t{0});
        Frame out = basis_->projection(x)->select(first);
        if (!Dense(out).matrix().allFinite()) {
            throw RunError("a component of `pca` is too large for a number; bound the columns before, for instance with `clip(-1e9..1e9)`");
        }
        return out;
    }
    void archive(Archive& a) override {
        Basis kept = *basis_;
        kept.vectors = kept.vectors.leftCols(static_cast<Eigen::Index>(count_)).eval();
        a.field("columns", kept.names);
        a.field("means", kept.means);
        a.field("vectors", kept.vectors);
        a.field("variances", kept.variances);
        a.field("whiten", kept.whiten);
        const auto columns = static_cast<Eigen::Index>(kept.names.size());
        if (kept.means.size() != kept.names.size() || kept.vectors.rows() != columns ||
            kept.vectors.cols() > static_cast<Eigen::Index>(kept.variances.size())) {
            throw RunError("the saved state of `pca` has matrices of different sizes");
        }
        if (a.reading()) {
            count_ = static_cast<std::size_t>(kept.vectors.cols());
            basis_ = std::make_shared<const Basis>(std::move(kept.names), std::move(kept.means),
                                                   Directions{std::move(kept.vectors), std::move(kept.variances)}, kept.whiten);
        }
    }
    std::unique_ptr<FittedStep> restricted(const ParamValue& components) const override {
        PcaParams params;
        pca_schema().front().set(params, components);
        const std::size_t count = components_wanted(params.components, basis_->variances);
        if (count > count_) {
            return nullptr;
        }
        auto smaller = std::make_unique<FittedPca>(*this);
        smaller->count_ = count;
        return smaller;
    }

private:
    std::shared_ptr<const Basis> basis_ = std::make_shared<const Basis>();
    std::size_t count_ = 0;  // of the directions
};

class Pca : public Step {
public:
    explicit Pca(PcaParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() == 0 || x.rows() == 0) {
            throw RunError(fmt::format("`pca` is given {} rows and {} columns and needs one of each; check what the selector before it takes",
                                       x.rows(), x.columns()));
        }
        steps::require_finite(x, "pca");
        Matrix cells = steps::copy_of_cells(x);
        std::vector<double> means;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            means.push_back(steps::mean_of({cells.data() + c * x.rows(), x.rows()}));
            cells.col(static_cast<Eigen::Index>(c)).array() -= means.back();
        }
        return std::make_unique<FittedPca>(x.names(), std::move(means), directions_of(cells), params_);
    }

private:
    PcaParams params_;
};

}  // namespace

void add_pca(Catalog& catalog) {
    ComponentInfo info;
    info.name = "pca";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces number columns by their principal components `pca1`, `pca2`, …: uncorrelated weighted sums by falling variance; the "
        "columns are centred and not scaled, so `scale` those of different units before";
    info.source = "Hotelling: Analysis of a complex of statistical variables into principal components, Journal of Educational Psychology 24 (1933)";
    info.example = "pca(components: 0.95)";
    info.params = specs_of(pca_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<Pca>(read_params(pca_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedPca>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
