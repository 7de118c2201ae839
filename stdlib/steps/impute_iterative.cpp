#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"
#include "stdlib/steps/truncated_svd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

// Of each column a regression on all others is fitted in each round.
constexpr std::size_t most_regressed_columns = 500;

struct ImputeIterativeParams {
    std::int64_t rounds = 10;
    double tolerance = 1e-3;
};
const Schema<ImputeIterativeParams>& impute_iterative_schema() {
    static const Schema<ImputeIterativeParams> fields{
        field(&ImputeIterativeParams::rounds,
              {.name = "rounds",
               .doc = "The most rounds, in each of which every column is regressed on the others as they are filled so far",
               .valid = {.low = 1, .high = 1000},
               .search = {.low = 1, .high = 20}}),
        field(&ImputeIterativeParams::tolerance, {.name = "tolerance",
                                                  .doc = "Rounds end where no cell moves by more than this share of the largest known magnitude",
                                                  .valid = {.low = 0}}),
    };
    return fields;
}

// Predicts one column as intercept + a weight for each of the columns (0 for itself).
struct Regression {
    std::uint64_t column = 0;
    double intercept = 0;
    std::vector<double> weights;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("intercept", intercept);
        a.field("weights", weights);
    }
    double predict(const Matrix& cells, Eigen::Index row) const {
        double sum = intercept;
        for (std::size_t c = 0; c < weights.size(); ++c) {
            sum += weights[c] * cells(row, static_cast<Eigen::Index>(c));
        }
        return sum;
    }
};

// MacKay: Bayesian Interpolation, Neural Computation 4 (1992), with the priors and the end of scikit-learn's BayesianRidge: the precisions of
// noise and of weights by turns, in the coordinates in which the products of columns are a diagonal.
Vector bayesian_ridge(const Matrix& x, const Vector& y) {
    constexpr double prior = 1e-6;
    const auto rows = static_cast<double>(x.rows());
    Matrix products(x.cols(), x.cols());
    kernels::gram(x.data(), x.rows(), x.cols(), x.rows(), nullptr, products.data());
    Vector values;
    Matrix vectors;
    steps::symmetric_eigen(products, values, vectors, "impute_iterative");
    values = values.cwiseMax(0);
    const Vector pull = vectors.transpose() * (x.transpose() * y);
    const double total = y.squaredNorm();
    double noise = 1 / (total / rows + std::numeric_limits<double>::epsilon()), strength = 1;
    const auto weights_for = [&] { return Vector(pull.cwiseQuotient((values.array() + strength / noise).matrix())); };
    Vector weights = Vector::Zero(x.cols());
    for (int i = 0; i < 300; ++i) {
        const Vector next = weights_for();
        const double residual = std::max(0.0, total - 2 * pull.dot(next) + values.dot(next.cwiseAbs2()));
        const double determined = (noise * values.array() / (strength + noise * values.array())).sum();
        strength = (determined + 2 * prior) / (next.squaredNorm() + 2 * prior);
        noise = (rows - determined + 2 * prior) / (residual + 2 * prior);
        const double moved = (vectors * (next - weights)).cwiseAbs().sum();
        weights = next;
        if (i > 0 && moved < 1e-3) {
            break;
        }
    }
    return vectors * weights_for();
}

using Gaps = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

class FittedImputeIterative : public FittedStep {
public:
    FittedImputeIterative() = default;
    FittedImputeIterative(std::vector<std::string> names, std::vector<double> means, std::vector<Regression> regressions)
        : names_(std::move(names)), means_(std::move(means)), regressions_(std::move(regressions)) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "impute_iterative");
        steps::require_no_infinity(x, "impute_iterative");
        Matrix cells = steps::copy_of_cells(x);
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            if (cells.row(row).hasNaN()) {
                fill(cells, row);
            }
        }
        steps::require_all_finite(cells, names_, "impute_iterative");
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("means", means_);
        a.field("regressions", regressions_);
        const bool fits = means_.size() == names_.size() && std::all_of(regressions_.begin(), regressions_.end(), [&](const Regression& r) {
                              return r.column < names_.size() && r.weights.size() == names_.size();
                          });
        if (!fits) {
            throw RunError("the saved state of `impute_iterative` has regressions of other columns");
        }
    }

private:
    void fill(Matrix& cells, Eigen::Index row) const {
        std::vector<bool> is_gap(names_.size());
        for (std::size_t c = 0; c < names_.size(); ++c) {
            double& cell = cells(row, static_cast<Eigen::Index>(c));
            is_gap[c] = std::isnan(cell);
            cell = is_gap[c] ? means_[c] : cell;
        }
        for (const Regression& regression : regressions_) {
            if (is_gap[regression.column]) {
                cells(row, static_cast<Eigen::Index>(regression.column)) = regression.predict(cells, row);
            }
        }
    }
    std::vector<std::string> names_;
    std::vector<double> means_;
    std::vector<Regression> regressions_;  // in the order in which they are applied, round by round
};

class ImputeIterative : public Step {
public:
    explicit ImputeIterative(ImputeIterativeParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.columns() > most_regressed_columns) {
            throw RunError(
                fmt::format("`impute_iterative` regresses each of {} columns on all others, and takes {} at most; use `impute` or "
                            "`impute_knn`, or choose columns before",
                            x.columns(), most_regressed_columns));
        }
        Matrix cells = steps::copy_of_cells(x);
        const Gaps gaps = cells.array().isNaN();
        std::vector<double> means;
        double largest = 0;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            const std::vector<double> known = steps::known_values(x, c, "impute_iterative");
            means.push_back(known.empty() ? 0 : steps::mean_of(known));
            for (const double value : known) {
                largest = std::max(largest, std::abs(value));
            }
            auto column = cells.col(static_cast<Eigen::Index>(c));
            column = column.unaryExpr([mean = means.back()](double cell) { return std::isnan(cell) ? mean : cell; });
        }
        std::vector<Regression> regressions;
        const std::vector<std::size_t> order = columns_by_gaps(gaps);
        for (std::int64_t round = 0; round < params_.rounds && gaps.any(); ++round) {
            const Matrix before = cells;
            for (const std::size_t c : order) {
                context.check_cancelled();
                regressions.push_back(regress(cells, gaps, c));
                refill(cells, gaps, regressions.back());
            }
            if ((cells - before).cwiseAbs().maxCoeff() < params_.tolerance * largest) {
                break;
            }
        }
        return std::make_unique<FittedImputeIterative>(x.names(), std::move(means), std::move(regressions));
    }

private:
    // Those with the fewest missing cells first; those with none too, because later rows may lack them.
    static std::vector<std::size_t> columns_by_gaps(const Gaps& gaps) {
        std::vector<std::size_t> order(static_cast<std::size_t>(gaps.cols()));
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto count = [&](std::size_t c) { return gaps.col(static_cast<Eigen::Index>(c)).count(); };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return count(a) < count(b); });
        return order;
    }
    static Regression regress(const Matrix& cells, const Gaps& gaps, std::size_t column) {
        const auto c = static_cast<Eigen::Index>(column);
        Regression found{.column = column, .intercept = 0, .weights = std::vector<double>(static_cast<std::size_t>(cells.cols()), 0.0)};
        std::vector<Eigen::Index> rows, others;
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            if (!gaps(row, c)) {
                rows.push_back(row);
            }
        }
        for (Eigen::Index other = 0; other < cells.cols(); ++other) {
            if (other != c) {
                others.push_back(other);
            }
        }
        if (rows.empty()) {
            return found;
        }
        Matrix x = cells(rows, others);
        Vector y = cells(rows, c);
        const Vector means = x.colwise().mean();
        const double mean = y.mean();
        x.rowwise() -= means.transpose();
        y.array() -= mean;
        const Vector weights = others.empty() ? Vector() : bayesian_ridge(x, y);
        found.intercept = mean - weights.dot(means);
        for (std::size_t i = 0; i < others.size(); ++i) {
            found.weights[static_cast<std::size_t>(others[i])] = weights(static_cast<Eigen::Index>(i));
        }
        if (!std::isfinite(found.intercept) || !weights.allFinite()) {
            throw RunError("`impute_iterative` finds no regression of these columns, whose values are too large; `scale` them before");
        }
        return found;
    }
    static void refill(Matrix& cells, const Gaps& gaps, const Regression& regression) {
        const auto c = static_cast<Eigen::Index>(regression.column);
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            if (gaps(row, c)) {
                cells(row, c) = regression.predict(cells, row);
            }
        }
    }
    ImputeIterativeParams params_;
};

}  // namespace

void add_impute_iterative(Catalog& catalog) {
    ComponentInfo info;
    info.name = "impute_iterative";
    info.kind = ComponentKind::Step;
    info.summary =
        "Fills missing numbers by a regression of each column on all others, fitted in rounds on what is filled so far (Bayesian ridge); where "
        "nothing is missing in the rows it is fitted on, later ones are filled with means";
    info.source =
        "van Buuren, Groothuis-Oudshoorn: mice, Journal of Statistical Software 45 (2011); MacKay: Bayesian Interpolation, Neural "
        "Computation 4 (1992)";
    info.example = "impute_iterative(rounds: 5)";
    info.params = specs_of(impute_iterative_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<ImputeIterative>(read_params(impute_iterative_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedImputeIterative>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
