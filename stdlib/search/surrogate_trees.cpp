#include "stdlib/search/surrogate_trees.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const Matrix> view_of(const Matrix& m) { return {m.data(), m.rows(), m.cols()}; }

Target target_of(const Vector& values) {
    Target target;
    target.values.assign(values.data(), values.data() + values.size());
    return target;
}

// Where the leaf of a row, its cells side by side, lies among the tree's leaves.
std::size_t leaf_of(const models::Tree& tree, const double* row) { return static_cast<std::size_t>(tree.values_at(row) - tree.leaves.data()); }

// Between the order statistics, as numpy has it.
double quantile_of(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place)), above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

class Forest final : public Regression {
public:
    Forest(const Matrix& rows, const Vector& values, const ForestOptions& options, const Rng& rng) {
        const models::RankedColumns columns(view_of(rows));
        const Target target = target_of(values);
        const RowMajor cells = rows;
        for (std::size_t t = 0; t < options.trees; ++t) {
            Rng draws = rng.child(t);
            const Vector weights = options.kind == ForestKind::RandomForest ? drawn_rows(rows.rows(), draws) : Vector::Ones(rows.rows());
            const models::TreeLimits limits{
                .criterion = models::Criterion::SquaredError,
                .min_leaf = options.min_leaf,
                .columns_per_cut = static_cast<std::size_t>(rows.cols()),
                .cuts = options.kind == ForestKind::ExtraTrees ? models::TreeLimits::Cuts::Random : models::TreeLimits::Cuts::Best};
            trees_.push_back(models::grow_tree(columns, target, weights, limits, draws));
            variances_.push_back(leaf_variances(trees_.back(), cells, values, weights));
        }
    }

    void predict(const Matrix& rows, Vector& means, Vector& deviations) const override {
        const RowMajor cells = rows;
        means = Vector::Zero(rows.rows());
        Vector squares = Vector::Zero(rows.rows());
        for (std::size_t t = 0; t < trees_.size(); ++t) {
            for (Eigen::Index row = 0; row < rows.rows(); ++row) {
                const std::size_t leaf = leaf_of(trees_[t], cells.row(row).data());
                const double mean = trees_[t].leaves[leaf];
                means[row] += mean;
                squares[row] += mean * mean + variances_[t][leaf];
            }
        }
        const auto count = static_cast<double>(trees_.size());
        means /= count;
        deviations = (squares.array() / count - means.array().square()).max(0).sqrt();
    }

private:
    static Vector drawn_rows(Eigen::Index rows, Rng& rng) {
        Vector drawn = Vector::Zero(rows);
        for (Eigen::Index i = 0; i < rows; ++i) {
            drawn[static_cast<Eigen::Index>(rng.below(static_cast<std::uint64_t>(rows)))] += 1;
        }
        return drawn;
    }
    static std::vector<double> leaf_variances(const models::Tree& tree, const RowMajor& cells, const Vector& values, const Vector& weights) {
        std::vector<double> sums(tree.leaves.size()), whole(tree.leaves.size());
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            const std::size_t leaf = leaf_of(tree, cells.row(row).data());
            const double difference = values[row] - tree.leaves[leaf];
            sums[leaf] += weights[row] * difference * difference;
            whole[leaf] += weights[row];
        }
        for (std::size_t leaf = 0; leaf < sums.size(); ++leaf) {
            sums[leaf] /= whole[leaf] > 0 ? whole[leaf] : 1;
        }
        return sums;
    }

    std::vector<models::Tree> trees_;
    std::vector<std::vector<double>> variances_;  // of the values in each leaf
};

class Boosting final : public Regression {
public:
    Boosting(const Matrix& rows, const Vector& values, const QuantileBoostingOptions& options, const Rng& rng)
        : low_(rows, values, 0.16, options, rng.child("low")),
          middle_(rows, values, 0.5, options, rng.child("middle")),
          high_(rows, values, 0.84, options, rng.child("high")) {}

    void predict(const Matrix& rows, Vector& means, Vector& deviations) const override {
        means = middle_.predict(rows);
        // The three are fitted apart and may cross.
        deviations = (0.5 * (high_.predict(rows) - low_.predict(rows))).cwiseMax(0);
    }

private:
    QuantileBoosting low_, middle_, high_;
};

}  // namespace

QuantileBoosting::QuantileBoosting(const Matrix& rows, const Vector& values, double share, const QuantileBoostingOptions& options, Rng rng)
    : rate_(options.rate), first_(quantile_of({values.data(), values.data() + values.size()}, share)) {
    const models::RankedColumns columns(view_of(rows));
    const RowMajor cells = rows;
    const Vector weights = Vector::Ones(rows.rows());
    Vector scores = Vector::Constant(rows.rows(), first_);
    for (std::size_t round = 0; round < options.rounds; ++round) {
        const Vector gradient = (values - scores).unaryExpr([&](double rest) { return rest > 0 ? share : share - 1; });
        const models::TreeLimits limits{
            .criterion = models::Criterion::SquaredError, .depth = options.depth, .columns_per_cut = static_cast<std::size_t>(rows.cols())};
        models::Tree tree = models::grow_tree(columns, target_of(gradient), weights, limits, rng);
        std::vector<std::vector<double>> rests(tree.leaves.size());
        std::vector<std::size_t> leaves;
        for (Eigen::Index row = 0; row < rows.rows(); ++row) {
            leaves.push_back(leaf_of(tree, cells.row(row).data()));
            rests[leaves.back()].push_back(values[row] - scores[row]);
        }
        for (std::size_t leaf = 0; leaf < rests.size(); ++leaf) {
            tree.leaves[leaf] = rests[leaf].empty() ? 0 : quantile_of(std::move(rests[leaf]), share);
        }
        for (Eigen::Index row = 0; row < rows.rows(); ++row) {
            scores[row] += rate_ * tree.leaves[leaves[static_cast<std::size_t>(row)]];
        }
        trees_.push_back(std::move(tree));
    }
}

Vector QuantileBoosting::predict(const Matrix& rows) const {
    const RowMajor cells = rows;
    Vector out = Vector::Constant(rows.rows(), first_);
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        for (const models::Tree& tree : trees_) {
            out[row] += rate_ * *tree.values_at(cells.row(row).data());
        }
    }
    return out;
}

std::unique_ptr<Regression> fit_forest(const Matrix& rows, const Vector& values, const ForestOptions& options, const Rng& rng) {
    return std::make_unique<Forest>(rows, values, options, rng);
}
std::unique_ptr<Regression> fit_boosting(const Matrix& rows, const Vector& values, const QuantileBoostingOptions& options, const Rng& rng) {
    return std::make_unique<Boosting>(rows, values, options, rng);
}

}  // namespace mlpc::surrogate
