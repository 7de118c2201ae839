#include "stdlib/models/grow_tree.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlpc::models {

namespace {

struct Work {
    std::size_t node = 0;
    std::size_t begin = 0, end = 0;  // of rows_
    std::int64_t depth = 0;
};
struct Choice {
    Cut cut;
    std::size_t column = 0;
    bool found = false;
};

class Grower {
public:
    Grower(const RankedColumns& x, const Target& y, const Vector& weights, const TreeLimits& limits, Rng& rng)
        : x_(x), y_(y), weights_(weights), limits_(limits), rng_(rng), finder_(limits.criterion, limits.min_leaf), tree_(tree_outputs(y)) {
        for (std::uint32_t row = 0; row < x.rows(); ++row) {
            if (weights[row] > 0) {
                rows_.push_back(row);
            }
        }
        columns_.resize(x.columns());
        std::iota(columns_.begin(), columns_.end(), 0u);
        center_ = limits.criterion == Criterion::SquaredError ? mean_value() : 0;
    }

    Tree grow() {
        tree_.nodes.emplace_back();
        std::vector<Work> open = {{.node = 0, .begin = 0, .end = rows_.size(), .depth = 0}};
        while (!open.empty()) {
            const Work work = open.back();
            open.pop_back();
            gather(work);
            const Choice choice = may_cut(work) ? choose_cut(work) : Choice{};
            if (!choice.found) {
                make_leaf(work);
                continue;
            }
            const std::size_t middle = part(work, choice);
            const std::size_t left = tree_.nodes.size();
            tree_.nodes[work.node] = {threshold_of(choice), static_cast<std::int32_t>(choice.column), static_cast<std::int32_t>(left)};
            tree_.nodes.resize(left + 2);
            open.push_back({.node = left + 1, .begin = middle, .end = work.end, .depth = work.depth + 1});
            open.push_back({.node = left, .begin = work.begin, .end = middle, .depth = work.depth + 1});
        }
        return std::move(tree_);
    }

private:
    bool classifies() const { return limits_.criterion != Criterion::SquaredError; }

    double mean_value() const {
        double sum = 0, weight = 0;
        for (const std::uint32_t row : rows_) {
            sum += weights_[row] * y_.values[row];
            weight += weights_[row];
        }
        return sum / weight;
    }

    // Weights and targets of the node's rows side by side, so that every column is scanned in the cache.
    void gather(const Work& work) {
        const std::size_t size = work.end - work.begin;
        node_.weights.resize(size);
        node_.weight = 0;
        node_.sum = 0;
        for (std::size_t i = 0; i < size; ++i) {
            node_.weights[i] = weights_[rows_[work.begin + i]];
            node_.weight += node_.weights[i];
        }
        if (classifies()) {
            gather_labels(work.begin, size);
            return;
        }
        node_.values.resize(size);
        for (std::size_t i = 0; i < size; ++i) {
            node_.values[i] = y_.values[rows_[work.begin + i]] - center_;
            node_.sum += node_.weights[i] * node_.values[i];
        }
    }
    void gather_labels(std::size_t begin, std::size_t size) {
        node_.labels.resize(size);
        node_.class_weights.assign(y_.class_count(), 0);
        for (std::size_t i = 0; i < size; ++i) {
            node_.labels[i] = y_.labels[rows_[begin + i]];
            node_.class_weights[static_cast<std::size_t>(node_.labels[i])] += node_.weights[i];
        }
    }

    bool may_cut(const Work& work) const {
        const std::size_t size = work.end - work.begin;
        if (size < limits_.min_split || size < 2 * limits_.min_leaf || (limits_.depth && work.depth >= *limits_.depth)) {
            return false;
        }
        if (classifies()) {
            return std::adjacent_find(node_.labels.begin(), node_.labels.end(), std::not_equal_to<>()) != node_.labels.end();
        }
        return std::adjacent_find(node_.values.begin(), node_.values.end(), std::not_equal_to<>()) != node_.values.end();
    }

    // Tries columns in random order until enough were seen and one of them was not constant.
    Choice choose_cut(const Work& work) {
        const bool all = limits_.columns_per_cut >= columns_.size();
        Choice best{.cut = {.score = -std::numeric_limits<double>::infinity()}};
        bool varied = false;
        for (std::size_t seen = 0; seen < columns_.size() && (seen < limits_.columns_per_cut || !varied); ++seen) {
            if (!all) {
                std::swap(columns_[seen], columns_[seen + rng_.below(columns_.size() - seen)]);
            }
            Cut cut;
            const auto found = try_column(columns_[seen], work, cut);
            varied = varied || found != SplitFinder::Found::Constant;
            if (found == SplitFinder::Found::Cut && cut.score > best.cut.score) {
                best = {.cut = cut, .column = columns_[seen], .found = true};
            }
        }
        return best;
    }
    SplitFinder::Found try_column(std::size_t column, const Work& work, Cut& cut) {
        const std::uint32_t* ranks = x_.ranks(column);
        ranks_.resize(work.end - work.begin);
        for (std::size_t i = 0; i < ranks_.size(); ++i) {
            ranks_[i] = ranks[rows_[work.begin + i]];
        }
        return finder_.find(node_, ranks_, cut);
    }

    // Halfway between the neighbouring values; the lower one where no number lies between.
    double threshold_of(const Choice& choice) const {
        const std::vector<double>& values = x_.values(choice.column);
        const double low = values[choice.cut.low], high = values[choice.cut.high];
        const double middle = low / 2 + high / 2;
        return middle < high && middle >= low ? middle : low;
    }

    // Puts the rows of the left child before the others, both in order; returns where the right ones begin.
    std::size_t part(const Work& work, const Choice& choice) {
        const std::uint32_t* ranks = x_.ranks(choice.column);
        std::size_t left = work.begin;
        spare_.clear();
        for (std::size_t i = work.begin; i < work.end; ++i) {
            const std::uint32_t row = rows_[i];
            if (ranks[row] <= choice.cut.low) {
                rows_[left++] = row;
            } else {
                spare_.push_back(row);
            }
        }
        std::copy(spare_.begin(), spare_.end(), rows_.begin() + static_cast<std::ptrdiff_t>(left));
        return left;
    }

    void make_leaf(const Work& work) {
        tree_.nodes[work.node] = {0, -1, static_cast<std::int32_t>(tree_.leaves.size() / tree_.outputs())};
        if (classifies()) {
            for (const double w : node_.class_weights) {
                tree_.leaves.push_back(w / node_.weight);
            }
            return;
        }
        // Of the values themselves: a leaf of equal values predicts exactly that.
        const double first = y_.values[rows_[work.begin]];
        double sum = 0;
        for (std::size_t i = work.begin; i < work.end; ++i) {
            sum += weights_[rows_[i]] * (y_.values[rows_[i]] - first);
        }
        tree_.leaves.push_back(first + sum / node_.weight);
    }

    const RankedColumns& x_;
    const Target& y_;
    const Vector& weights_;
    const TreeLimits& limits_;
    Rng& rng_;
    SplitFinder finder_;
    Tree tree_;
    double center_ = 0;
    std::vector<std::uint32_t> rows_, spare_, ranks_, columns_;
    NodeRows node_;
};

}  // namespace

Tree grow_tree(const RankedColumns& x, const Target& y, const Vector& weights, const TreeLimits& limits, Rng& rng) {
    return Grower(x, y, weights, limits, rng).grow();
}

std::size_t columns_per_cut(const WordOrReal& features, std::size_t columns, Task task) {
    const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(columns)));
    if (features.word == "all" || (features.word == "auto" && !is_classification(task))) {
        return columns;
    }
    if (features.word == "log2") {
        return std::max<std::size_t>(1, static_cast<std::size_t>(std::bit_width(columns)) - 1);
    }
    if (!features.word.empty()) {
        return std::max<std::size_t>(1, root);
    }
    return std::max<std::size_t>(1, static_cast<std::size_t>(features.number * static_cast<double>(columns)));
}

std::size_t tree_outputs(const Target& y) { return is_classification(y.task) ? y.class_count() : 1; }

}  // namespace mlpc::models
