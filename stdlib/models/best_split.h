// The best place to cut one column of one node of a tree, over all its cuts (exact, no histogram of rounded values).
#pragma once

#include <cstdint>
#include <vector>

namespace mlpc::models {

enum class Criterion { Gini, Entropy, SquaredError };

// The rows of a node by position: weights, and labels or (centred) values.
struct NodeRows {
    std::vector<double> weights;
    std::vector<std::int32_t> labels;
    std::vector<double> values;
    std::vector<double> class_weights;  // sums; empty for SquaredError
    double weight = 0;
    double sum = 0;  // SquaredError: of weight times value
    std::size_t size() const { return weights.size(); }
};

struct Cut {
    double score = 0;                 // greater is better; comparable within a node
    std::uint32_t low = 0, high = 0;  // ranks of the neighbouring values that it goes between
};

class SplitFinder {
public:
    SplitFinder(Criterion criterion, std::size_t min_leaf) : criterion_(criterion), min_leaf_(min_leaf) {}
    enum class Found { Constant, None, Cut };
    // `ranks` by position in the node. None: min_leaf forbids every cut.
    Found find(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, Cut& best);
    // The score of one given cut: `cut.low` is the greatest rank that goes left.
    Found score_at(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, Cut& cut);
    // What the node scores uncut.
    double whole_score(const NodeRows& rows) const;

private:
    struct ClassSum {
        double weight = 0;
        std::size_t rows = 0;
    };
    // Whether sums by rank and class are less work than the rows in order.
    static bool are_few(const NodeRows& rows, std::uint32_t range);
    void sum_classes(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, std::uint32_t least, std::uint32_t range);
    template <class Sides>
    Found scan_sums(Sides sides, std::uint32_t least, Cut& best) const;
    void sort_positions(const std::vector<std::uint32_t>& ranks, std::uint32_t least, std::uint32_t range);
    template <class Sides>
    Found score_parts(Sides sides, const std::vector<std::uint32_t>& ranks, Cut& cut);
    template <class Sides>
    Found scan(Sides sides, std::uint32_t least, Cut& best) const;

    Criterion criterion_;
    std::size_t min_leaf_;
    std::vector<std::uint64_t> order_, scratch_;  // rank - least in the high half, position in the low
    std::vector<std::uint32_t> lefts_;            // positions
    std::vector<double> left_, right_;
    std::vector<ClassSum> sums_;  // by rank - least, then class
};

}  // namespace mlpc::models
