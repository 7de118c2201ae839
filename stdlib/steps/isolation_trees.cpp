#include "stdlib/steps/isolation_trees.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>

namespace mlpc::steps {

namespace {

struct Part {
    std::size_t node = 0, begin = 0, end = 0;  // of the rows
    std::size_t depth = 0;
};

// The mean number of cuts that part one of so many rows from the others: that of an unsuccessful search in a binary tree.
double mean_cuts(std::size_t rows) {
    if (rows < 2) {
        return 0;
    }
    if (rows == 2) {
        return 1;
    }
    const auto n = static_cast<double>(rows);
    return 2 * (std::log(n - 1) + std::numbers::egamma) - 2 * (n - 1) / n;
}

class Grower {
public:
    Grower(Eigen::Map<const Matrix> x, std::vector<std::uint32_t> rows, Rng& rng)
        : x_(x),
          rows_(std::move(rows)),
          rng_(rng),
          most_cuts_(std::bit_width(rows_.size() - 1)),
          columns_(static_cast<std::size_t>(x.cols())),
          tree_(1) {
        std::iota(columns_.begin(), columns_.end(), 0u);
    }

    models::Tree grow() {
        tree_.nodes.emplace_back();
        std::vector<Part> open = {{.end = rows_.size()}};
        while (!open.empty()) {
            const Part part = open.back();
            open.pop_back();
            const std::size_t middle = cut(part);
            if (middle == part.end) {
                tree_.nodes[part.node].next = static_cast<std::int32_t>(tree_.leaves.size());
                tree_.leaves.push_back(static_cast<double>(part.depth) + mean_cuts(part.end - part.begin));
                continue;
            }
            const std::size_t left = tree_.nodes.size();
            tree_.nodes[part.node].next = static_cast<std::int32_t>(left);
            tree_.nodes.resize(left + 2);
            open.push_back({.node = left + 1, .begin = middle, .end = part.end, .depth = part.depth + 1});
            open.push_back({.node = left, .begin = part.begin, .end = middle, .depth = part.depth + 1});
        }
        return std::move(tree_);
    }

private:
    // Where the right child's rows begin; the end where no column varies or the tree is deep enough.
    std::size_t cut(const Part& part) {
        if (part.depth >= most_cuts_) {
            return part.end;
        }
        for (std::size_t seen = 0; seen < columns_.size(); ++seen) {
            std::swap(columns_[seen], columns_[seen + rng_.below(columns_.size() - seen)]);
            const double* cells = x_.col(columns_[seen]).data();
            const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(part.begin), end = rows_.begin() + static_cast<std::ptrdiff_t>(part.end);
            const auto [least, greatest] = std::minmax_element(begin, end, [&](std::uint32_t a, std::uint32_t b) { return cells[a] < cells[b]; });
            const double low = cells[*least], high = cells[*greatest];
            if (low == high) {
                continue;
            }
            const double drawn = low + rng_.uniform() * (high - low);
            const double threshold = drawn >= low && drawn < high ? drawn : low;
            tree_.nodes[part.node] = {threshold, static_cast<std::int32_t>(columns_[seen]), 0};
            const auto middle = std::stable_partition(begin, end, [&](std::uint32_t row) { return cells[row] <= threshold; });
            return static_cast<std::size_t>(middle - rows_.begin());
        }
        return part.end;
    }

    Eigen::Map<const Matrix> x_;
    std::vector<std::uint32_t> rows_;
    Rng& rng_;
    std::size_t most_cuts_;
    std::vector<std::uint32_t> columns_;
    models::Tree tree_;
};

std::size_t sample_size(std::size_t rows, std::int64_t sample) { return std::min(rows, static_cast<std::size_t>(sample)); }

}  // namespace

std::vector<models::Tree> grow_isolation_trees(Eigen::Map<const Matrix> x, const IsolationParams& params, FitContext& context) {
    const auto rows = static_cast<std::size_t>(x.rows());
    std::vector<models::Tree> trees;
    for (std::int64_t t = 0; t < params.trees; ++t) {
        context.check_cancelled();
        Rng rng = context.rng.child(static_cast<std::uint64_t>(t));
        std::vector<std::uint32_t> drawn = rng.choose(static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(sample_size(rows, params.sample)));
        trees.push_back(Grower(x, std::move(drawn), rng).grow());
    }
    return trees;
}

Vector isolation_scores(const std::vector<models::Tree>& trees, Eigen::Map<const Matrix> x, std::size_t rows, std::int64_t sample) {
    const double ordinary = std::max(mean_cuts(sample_size(rows, sample)), 1.0);
    Vector scores = models::mean_of_trees(trees, x).col(0);
    for (double& score : scores) {
        score = std::exp2(-score / ordinary);
    }
    return scores;
}

}  // namespace mlpc::steps
