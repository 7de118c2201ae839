#include "stdlib/models/grow_gradient_tree.h"

#include "stdlib/models/gradient_cut.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace mlpc::models {

namespace {

struct Leaf {
    std::size_t node = 0, begin = 0, end = 0;  // of rows
    std::int64_t depth = 0;
    GradientSum total;
    Histogram histogram;  // empty where the leaf is not cut
    GradientCut cut;      // of column -1 where there is none
    double gain = 0;
    std::size_t size() const { return end - begin; }
};

// Of equal gains the older leaf is cut.
bool is_less_urgent(const Leaf& a, const Leaf& b) { return a.gain != b.gain ? a.gain < b.gain : a.node > b.node; }

// Histograms of all leaves are kept for subtraction unless they would take more than this.
constexpr std::size_t most_histogram_bytes = std::size_t{256} << 20;

class GradientGrower {
public:
    GradientGrower(const BinnedColumns& x, std::span<const double> gradients, std::span<const double> hessians, std::vector<std::uint32_t> rows,
                   const std::vector<std::uint32_t>& columns, const GradientTreeLimits& limits, HistogramPool& pool)
        : x_(x),
          columns_(columns),
          limits_(limits),
          pool_(pool),
          scale_(gradients, hessians, rows),
          finder_(scale_, limits.min_leaf, limits.l2),
          most_leaves_(limits.max_leaves ? static_cast<std::size_t>(*limits.max_leaves) : rows.size()) {
        sums_.reserve(rows.size());
        for (const std::uint32_t row : rows) {
            sums_.push_back(scale_.of_row(gradients[row], hessians[row]));
        }
        grown_.rows = std::move(rows);
        spare_rows_.resize(grown_.rows.size());
        spare_sums_.resize(grown_.rows.size());
        keeps_histograms_ = size() * sizeof(GradientSum) * std::min(most_leaves_, grown_.rows.size() / limits.min_leaf + 1) <= most_histogram_bytes;
    }

    GrownTree grow() {
        Leaf root{.end = grown_.rows.size()};
        grown_.tree.nodes.emplace_back();
        grown_.bins.push_back(0);
        for (const GradientSum& sum : sums_) {
            root.total.add(sum);
        }
        if (may_cut(root)) {
            root.histogram = count(root);
            find_cut(root);
        }
        (root.cut.column < 0 ? done_ : open_).push_back(std::move(root));
        while (!open_.empty() && open_.size() + done_.size() < most_leaves_) {
            std::pop_heap(open_.begin(), open_.end(), is_less_urgent);
            Leaf leaf = std::move(open_.back());
            open_.pop_back();
            cut(std::move(leaf));
        }
        for (std::vector<Leaf>* leaves : {&open_, &done_}) {
            for (Leaf& leaf : *leaves) {
                close(leaf);
                release(leaf);
            }
        }
        std::sort(grown_.leaves.begin(), grown_.leaves.end(), [](const LeafRows& a, const LeafRows& b) { return a.begin < b.begin; });
        return std::move(grown_);
    }

private:
    bool may_cut(const Leaf& leaf) const {
        return leaf.size() >= 2 * limits_.min_leaf && leaf.size() > 1 && !(limits_.depth && leaf.depth >= *limits_.depth);
    }

    Histogram count(const Leaf& leaf) {
        Histogram histogram = pool_.take(size());
        const auto rows = std::span<const std::uint32_t>(grown_.rows).subspan(leaf.begin, leaf.size());
        count_bins(x_, columns_, rows, sums_.data() + leaf.begin, leaf.total, histogram);
        return histogram;
    }
    // Of a histogram.
    std::size_t size() const { return x_.slot(x_.columns()); }

    void find_cut(Leaf& leaf) {
        const double whole = finder_.score_of(leaf.total);
        // A gain below the rounding of the scores themselves is none.
        const double least = whole * (1 + 1e-12);
        leaf.cut.score = least;
        for (const std::uint32_t c : columns_) {
            const std::size_t begin = x_.slot(c);
            finder_.find(c, x_.column(c).categorical, std::span(leaf.histogram).subspan(begin, x_.slot(c + 1) - begin), leaf.total, leaf.cut);
        }
        const double unit = scale_.gradient_unit() / scale_.hessian_unit() * scale_.gradient_unit();
        leaf.gain = leaf.cut.column < 0 ? 0 : (leaf.cut.score - whole) / unit;
        if (leaf.cut.column < 0 || !keeps_histograms_) {
            release(leaf);
        }
    }

    void release(Leaf& leaf) {
        pool_.give_back(std::move(leaf.histogram));
        leaf.histogram = {};
    }

    bool goes_left(const GradientCut& cut, std::size_t missing_bin, std::uint8_t bin) const {
        if (bin == missing_bin) {
            return cut.missing_left;
        }
        return cut.categorical ? cut.left_bins.has(bin) : bin <= cut.bin;
    }

    // Puts the rows of the left child before the others, both in order; returns where the right ones begin.
    std::size_t part(const Leaf& leaf) {
        const auto column = static_cast<std::size_t>(leaf.cut.column);
        const std::uint8_t* bins = x_.bins(column);
        std::uint8_t left_of[256] = {};
        for (std::size_t bin = 0; bin <= x_.column(column).bins(); ++bin) {
            left_of[bin] = goes_left(leaf.cut, x_.column(column).bins(), static_cast<std::uint8_t>(bin)) ? 1 : 0;
        }
        std::size_t left = leaf.begin, right = 0;
        for (std::size_t i = leaf.begin; i < leaf.end; ++i) {
            const std::uint32_t row = grown_.rows[i];
            const GradientSum sum = sums_[i];
            const std::size_t is_left = left_of[bins[row]];
            grown_.rows[left] = row;
            sums_[left] = sum;
            spare_rows_[right] = row;
            spare_sums_[right] = sum;
            left += is_left;
            right += 1 - is_left;
        }
        std::copy_n(spare_rows_.begin(), right, grown_.rows.begin() + static_cast<std::ptrdiff_t>(left));
        std::copy_n(spare_sums_.begin(), right, sums_.begin() + static_cast<std::ptrdiff_t>(left));
        return left;
    }

    void cut(Leaf leaf) {
        const std::size_t middle = part(leaf), next = grown_.tree.nodes.size();
        write_branch(leaf, next);
        Leaf left{.node = next, .begin = leaf.begin, .end = middle, .depth = leaf.depth + 1, .total = leaf.cut.left};
        Leaf right{.node = next + 1, .begin = middle, .end = leaf.end, .depth = leaf.depth + 1, .total = leaf.total};
        right.total.subtract(left.total);
        const bool last = open_.size() + done_.size() + 2 >= most_leaves_;
        Leaf& small = left.size() <= right.size() ? left : right;
        Leaf& large = left.size() <= right.size() ? right : left;
        if (!last && may_cut(large)) {
            count_children(std::move(leaf.histogram), small, large);
        } else {
            release(leaf);
        }
        for (Leaf* child : {&left, &right}) {
            if (child->cut.column < 0) {
                done_.push_back(std::move(*child));
                continue;
            }
            open_.push_back(std::move(*child));
            std::push_heap(open_.begin(), open_.end(), is_less_urgent);
        }
    }
    void count_children(Histogram parent, Leaf& small, Leaf& large) {
        const bool subtracts = !parent.empty();
        if (subtracts || may_cut(small)) {
            small.histogram = count(small);
        }
        large.histogram = subtracts ? std::move(parent) : count(large);
        if (subtracts) {
            for (const std::uint32_t c : columns_) {
                for (std::size_t i = x_.slot(c); i < x_.slot(c + 1); ++i) {
                    large.histogram[i].subtract(small.histogram[i]);
                }
            }
        }
        find_cut(large);
        if (may_cut(small)) {
            find_cut(small);
        } else {
            release(small);
        }
    }

    void write_branch(const Leaf& leaf, std::size_t next) {
        GradientNode& node = grown_.tree.nodes[leaf.node];
        const BinnedColumn& column = x_.column(static_cast<std::size_t>(leaf.cut.column));
        node.gain = leaf.gain;
        node.column = leaf.cut.column;
        node.next = static_cast<std::int32_t>(next);
        node.missing_left = leaf.cut.missing_left ? 1 : 0;
        if (leaf.cut.categorical) {
            node.set = static_cast<std::int32_t>(grown_.tree.sets.size());
            grown_.tree.sets.push_back(leaf.cut.left_bins);
        } else if (column.coded) {
            node.value = leaf.cut.bin;
        } else {
            // Behind the last number there is no edge: the cut parts the numbers from the missing cells.
            node.value = leaf.cut.bin < column.edges.size() ? column.edges[leaf.cut.bin] : std::numeric_limits<double>::infinity();
        }
        grown_.bins[leaf.node] = leaf.cut.bin;
        grown_.tree.nodes.resize(next + 2);
        grown_.bins.resize(next + 2);
    }

    void close(const Leaf& leaf) {
        const double gradient = static_cast<double>(leaf.total.gradient) / scale_.gradient_unit();
        const double hessian = scale_.hessian(leaf.total) / scale_.hessian_unit() + limits_.l2;
        grown_.tree.nodes[leaf.node].value = hessian > 0 ? -limits_.rate * gradient / hessian : 0;
        grown_.leaves.push_back({.node = leaf.node, .begin = leaf.begin, .end = leaf.end});
    }

    const BinnedColumns& x_;
    const std::vector<std::uint32_t>& columns_;
    const GradientTreeLimits& limits_;
    HistogramPool& pool_;
    GradientScale scale_;
    CutFinder finder_;
    std::size_t most_leaves_;
    bool keeps_histograms_ = true;
    std::vector<GradientSum> sums_, spare_sums_;  // by position, as the rows
    std::vector<std::uint32_t> spare_rows_;
    std::vector<Leaf> open_;  // a heap: the greatest gain first
    std::vector<Leaf> done_;  // leaves that have no cut
    GrownTree grown_;
};

}  // namespace

double GrownTree::value_of(const BinnedColumns& x, std::size_t row) const {
    std::size_t at = 0;
    while (tree.nodes[at].column >= 0) {
        const GradientNode& node = tree.nodes[at];
        const auto column = static_cast<std::size_t>(node.column);
        const std::uint8_t bin = x.bins(column)[row];
        bool left = node.set >= 0 ? tree.sets[static_cast<std::size_t>(node.set)].has(bin) : bin <= bins[at];
        if (bin == x.column(column).bins()) {
            left = node.missing_left != 0;
        }
        at = static_cast<std::size_t>(node.next) + (left ? 0 : 1);
    }
    return tree.nodes[at].value;
}

GrownTree grow_gradient_tree(const BinnedColumns& x, std::span<const double> gradients, std::span<const double> hessians,
                             std::vector<std::uint32_t> rows, const std::vector<std::uint32_t>& columns, const GradientTreeLimits& limits,
                             HistogramPool& pool) {
    return GradientGrower(x, gradients, hessians, std::move(rows), columns, limits, pool).grow();
}

}  // namespace mlpc::models
