#include "stdlib/models/grow_tree.h"

#include "stdlib/models/binned_columns.h"
#include "stdlib/models/prune_tree.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

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
    double threshold = 0;
    double gain = 0;
    bool found = false;
};
// A node that will be cut, where the best cut comes first.
struct Candidate {
    Work work;
    Choice choice;
};
bool gains_less(const Candidate& a, const Candidate& b) {
    return a.choice.gain != b.choice.gain ? a.choice.gain < b.choice.gain : a.work.node > b.work.node;
}

class Grower {
public:
    Grower(const RankedColumns& x, const Target& y, const Vector& weights, const TreeLimits& limits, Rng& rng)
        : x_(x), y_(y), weights_(weights), limits_(limits), rng_(rng), finder_(limits.criterion, limits.min_leaf), tree_(tree_outputs(y)) {
        for (std::uint32_t row = 0; row < x.rows(); ++row) {
            if (weights[row] > 0) {
                rows_.push_back(row);
                whole_weight_ += weights[row];
            }
        }
        columns_.resize(x.columns());
        std::iota(columns_.begin(), columns_.end(), 0u);
        center_ = limits.criterion == Criterion::SquaredError ? mean_value() : 0;
    }

    Tree grow() {
        add_nodes(1);
        const Work root{.node = 0, .begin = 0, .end = rows_.size(), .depth = 0};
        if (limits_.max_leaves) {
            grow_best_first(root);
        } else {
            grow_depth_first(root);
        }
        if (limits_.prune > 0) {
            prune_tree(tree_, gains_, node_values_, limits_.prune);
        }
        tree_.set_gains(gains_);
        if (classifies()) {
            tree_.merge_equal_leaves();  // of pure ones alone there are thousands
        }
        tree_.shrink_to_fit();
        return std::move(tree_);
    }

private:
    void grow_depth_first(const Work& root) {
        std::vector<Work> open = {root};
        while (!open.empty()) {
            const Work work = open.back();
            open.pop_back();
            const Choice choice = look_at(work);
            if (!choice.found) {
                make_leaf(work);
                continue;
            }
            const auto [left, right] = cut(work, choice);
            open.push_back(right);
            open.push_back(left);
        }
    }
    void grow_best_first(const Work& root) {
        std::size_t leaves = 1;
        consider(root);
        while (!candidates_.empty()) {
            std::pop_heap(candidates_.begin(), candidates_.end(), gains_less);
            const Candidate candidate = candidates_.back();
            candidates_.pop_back();
            if (leaves >= static_cast<std::size_t>(*limits_.max_leaves)) {
                gather(candidate.work);
                make_leaf(candidate.work);
                continue;
            }
            const auto [left, right] = cut(candidate.work, candidate.choice);
            ++leaves;
            consider(left);
            consider(right);
        }
    }
    void consider(const Work& work) {
        const Choice choice = look_at(work);
        if (!choice.found) {
            make_leaf(work);
            return;
        }
        candidates_.push_back({work, choice});
        std::push_heap(candidates_.begin(), candidates_.end(), gains_less);
    }

    // The node's sums, and its best cut where it may be cut.
    Choice look_at(const Work& work) {
        gather(work);
        if (limits_.prune > 0) {
            store_values(work);
        }
        return may_cut(work) ? choose_cut(work) : Choice{};
    }
    std::pair<Work, Work> cut(const Work& work, const Choice& choice) {
        const std::size_t middle = part(work, choice);
        const std::size_t left = tree_.nodes.size();
        tree_.nodes[work.node] = {choice.threshold, static_cast<std::int32_t>(choice.column), static_cast<std::int32_t>(left)};
        gains_[work.node] = choice.gain;
        add_nodes(2);
        return {{.node = left, .begin = work.begin, .end = middle, .depth = work.depth + 1},
                {.node = left + 1, .begin = middle, .end = work.end, .depth = work.depth + 1}};
    }
    void add_nodes(std::size_t count) {
        tree_.nodes.resize(tree_.nodes.size() + count);
        gains_.resize(tree_.nodes.size());
    }

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
                best = {.cut = cut, .column = columns_[seen], .threshold = threshold_, .found = true};
            }
        }
        if (!best.found) {
            return best;
        }
        if (limits_.cuts == TreeLimits::Cuts::Best) {
            const std::vector<double>& values = x_.values(best.column);
            best.threshold = threshold_between(values[best.cut.low], values[best.cut.high]);
        }
        best.gain = std::max(0.0, (best.cut.score - finder_.whole_score(node_)) / whole_weight_);
        best.found = best.gain >= limits_.min_gain;
        return best;
    }
    SplitFinder::Found try_column(std::size_t column, const Work& work, Cut& cut) {
        const std::uint32_t* ranks = x_.ranks(column);
        ranks_.resize(work.end - work.begin);
        for (std::size_t i = 0; i < ranks_.size(); ++i) {
            ranks_[i] = ranks[rows_[work.begin + i]];
        }
        return limits_.cuts == TreeLimits::Cuts::Best ? finder_.find(node_, ranks_, cut) : draw_cut(column, cut);
    }
    SplitFinder::Found draw_cut(std::size_t column, Cut& cut) {
        std::uint32_t least = ranks_.front(), greatest = least;
        for (const std::uint32_t rank : ranks_) {
            least = std::min(least, rank);
            greatest = std::max(greatest, rank);
        }
        if (least == greatest) {
            return SplitFinder::Found::Constant;
        }
        const std::vector<double>& values = x_.values(column);
        const double low = values[least], high = values[greatest];
        const double drawn = low + rng_.uniform() * (high - low);
        threshold_ = drawn < high && drawn >= low ? drawn : low;
        cut.low = last_up_to_threshold(values, least, greatest);
        return finder_.score_at(node_, ranks_, cut);
    }
    // A rank between the node's least and its greatest that separates its rows as the threshold does.
    std::uint32_t last_up_to_threshold(const std::vector<double>& values, std::uint32_t least, std::uint32_t greatest) const {
        // Looking at a few rows is less than a search among all values between them.
        constexpr std::size_t few = 32;
        if (ranks_.size() > few) {
            const auto above = std::upper_bound(values.begin() + least, values.begin() + greatest, threshold_);
            return static_cast<std::uint32_t>(above - values.begin()) - 1;
        }
        std::uint32_t last = least;
        for (const std::uint32_t rank : ranks_) {
            last = values[rank] <= threshold_ ? std::max(last, rank) : last;
        }
        return last;
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
        append_values(work, tree_.leaves);
    }
    void store_values(const Work& work) {
        node_values_.resize(tree_.nodes.size() * tree_.outputs());
        std::vector<double> values;
        append_values(work, values);
        std::copy(values.begin(), values.end(), node_values_.begin() + static_cast<std::ptrdiff_t>(work.node * tree_.outputs()));
    }
    // Class shares, or the mean.
    void append_values(const Work& work, std::vector<double>& out) const {
        if (classifies()) {
            for (const double w : node_.class_weights) {
                out.push_back(w / node_.weight);
            }
            return;
        }
        // Of the values themselves: a leaf of equal values predicts exactly that.
        const double first = y_.values[rows_[work.begin]];
        double sum = 0;
        for (std::size_t i = work.begin; i < work.end; ++i) {
            sum += weights_[rows_[i]] * (y_.values[rows_[i]] - first);
        }
        out.push_back(first + sum / node_.weight);
    }

    const RankedColumns& x_;
    const Target& y_;
    const Vector& weights_;
    const TreeLimits& limits_;
    Rng& rng_;
    SplitFinder finder_;
    Tree tree_;
    double center_ = 0, whole_weight_ = 0;
    double threshold_ = 0;               // of the last random cut
    std::vector<Candidate> candidates_;  // a heap
    std::vector<double> gains_;          // by node: of a branch, how much impurity its cut takes away, times the node's share of the weight
    std::vector<double> node_values_;    // by node and output, where the tree is pruned
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
