#include "stdlib/models/best_split.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace mlpc::models {

namespace {

constexpr std::uint32_t rank_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry >> 32); }
constexpr std::uint32_t position_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry); }

// What lies left and right of a cut that moves to the right, row by row. score(): the negative impurity, but for terms that are the same for
// all cuts of a node.
class GiniSides {
public:
    GiniSides(const NodeRows& rows, std::vector<double>& left, std::vector<double>& right)
        : rows_(rows), left_(left), right_(right), right_weight_(rows.weight) {
        left_.assign(rows.class_weights.size(), 0);
        right_ = rows.class_weights;
        for (const double w : right_) {
            right_squares_ += w * w;
        }
    }
    void move(std::uint32_t position) {
        const double w = rows_.weights[position];
        const auto label = static_cast<std::size_t>(rows_.labels[position]);
        left_squares_ += w * (2 * left_[label] + w);
        right_squares_ -= w * (2 * right_[label] - w);
        left_[label] += w;
        right_[label] -= w;
        left_weight_ += w;
        right_weight_ -= w;
    }
    double score() const { return left_squares_ / left_weight_ + right_squares_ / right_weight_; }

private:
    const NodeRows& rows_;
    std::vector<double>&left_, &right_;
    double left_squares_ = 0, right_squares_ = 0, left_weight_ = 0, right_weight_;
};

class EntropySides {
public:
    EntropySides(const NodeRows& rows, std::vector<double>& left, std::vector<double>& right)
        : rows_(rows), left_(left), right_(right), right_weight_(rows.weight) {
        left_.assign(rows.class_weights.size(), 0);
        right_ = rows.class_weights;
    }
    void move(std::uint32_t position) {
        const double w = rows_.weights[position];
        const auto label = static_cast<std::size_t>(rows_.labels[position]);
        left_[label] += w;
        right_[label] -= w;
        left_weight_ += w;
        right_weight_ -= w;
    }
    double score() const { return information(left_, left_weight_) + information(right_, right_weight_); }
    static double information(const std::vector<double>& classes, double weight) {
        double sum = 0;
        for (const double w : classes) {
            sum += w > 0 ? w * std::log(w / weight) : 0;
        }
        return sum;
    }

private:
    const NodeRows& rows_;
    std::vector<double>&left_, &right_;
    double left_weight_ = 0, right_weight_;
};

class ValueSides {
public:
    explicit ValueSides(const NodeRows& rows) : rows_(rows), right_sum_(rows.sum), right_weight_(rows.weight) {}
    void move(std::uint32_t position) {
        const double w = rows_.weights[position];
        left_sum_ += w * rows_.values[position];
        right_sum_ -= w * rows_.values[position];
        left_weight_ += w;
        right_weight_ -= w;
    }
    double score() const { return left_sum_ * left_sum_ / left_weight_ + right_sum_ * right_sum_ / right_weight_; }

private:
    const NodeRows& rows_;
    double left_sum_ = 0, right_sum_, left_weight_ = 0, right_weight_;
};

}  // namespace

SplitFinder::Found SplitFinder::find(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, Cut& best) {
    const auto [least, greatest] = std::minmax_element(ranks.begin(), ranks.end());
    if (*least == *greatest) {
        return Found::Constant;
    }
    const std::uint32_t first = *least;
    sort_positions(ranks, first, *greatest - first);
    switch (criterion_) {
        case Criterion::Gini:
            return scan(GiniSides(rows, left_, right_), first, best);
        case Criterion::Entropy:
            return scan(EntropySides(rows, left_, right_), first, best);
        case Criterion::SquaredError:
            break;
    }
    return scan(ValueSides(rows), first, best);
}

SplitFinder::Found SplitFinder::score_at(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, Cut& cut) {
    switch (criterion_) {
        case Criterion::Gini:
            return score_parts(GiniSides(rows, left_, right_), ranks, cut);
        case Criterion::Entropy:
            return score_parts(EntropySides(rows, left_, right_), ranks, cut);
        case Criterion::SquaredError:
            break;
    }
    return score_parts(ValueSides(rows), ranks, cut);
}

template <class Sides>
SplitFinder::Found SplitFinder::score_parts(Sides sides, const std::vector<std::uint32_t>& ranks, Cut& cut) {
    // Listed first and without a branch: a processor cannot foresee on which side of a random cut a row lies.
    lefts_.resize(ranks.size());
    std::size_t left = 0;
    for (std::uint32_t i = 0; i < ranks.size(); ++i) {
        lefts_[left] = i;
        left += ranks[i] <= cut.low ? 1 : 0;
    }
    for (std::size_t i = 0; i < left; ++i) {
        sides.move(lefts_[i]);
    }
    cut.score = sides.score();
    return left < min_leaf_ || ranks.size() - left < min_leaf_ ? Found::None : Found::Cut;
}

double SplitFinder::whole_score(const NodeRows& rows) const {
    if (criterion_ == Criterion::SquaredError) {
        return rows.sum * rows.sum / rows.weight;
    }
    if (criterion_ == Criterion::Entropy) {
        return EntropySides::information(rows.class_weights, rows.weight);
    }
    double squares = 0;
    for (const double w : rows.class_weights) {
        squares += w * w;
    }
    return squares / rows.weight;
}

// By rank, then position: a radix sort from the last digit, or an ordinary one where a node is too small for it.
void SplitFinder::sort_positions(const std::vector<std::uint32_t>& ranks, std::uint32_t least, std::uint32_t range) {
    const std::size_t size = ranks.size();
    order_.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        order_[i] = static_cast<std::uint64_t>(ranks[i] - least) << 32 | i;
    }
    constexpr std::size_t small = 96;
    if (size < small) {
        std::sort(order_.begin(), order_.end());
        return;
    }
    const unsigned digit = size < 2048 ? 8 : 11;
    scratch_.resize(size);
    for (unsigned shift = 32; shift < 32 + static_cast<unsigned>(std::bit_width(range)); shift += digit) {
        std::array<std::uint32_t, 2048> starts{};
        const std::uint64_t mask = (1u << digit) - 1;
        for (const std::uint64_t entry : order_) {
            ++starts[entry >> shift & mask];
        }
        std::uint32_t next = 0;
        for (std::uint32_t& start : starts) {
            next += std::exchange(start, next);
        }
        for (const std::uint64_t entry : order_) {
            scratch_[starts[entry >> shift & mask]++] = entry;
        }
        order_.swap(scratch_);
    }
}

template <class Sides>
SplitFinder::Found SplitFinder::scan(Sides sides, std::uint32_t least, Cut& best) const {
    Found found = Found::None;
    const std::size_t size = order_.size(), last = size - min_leaf_;
    for (std::size_t i = 0; i < last; ++i) {
        sides.move(position_of(order_[i]));
        const std::uint32_t low = rank_of(order_[i]), high = rank_of(order_[i + 1]);
        if (low == high || i + 1 < min_leaf_) {
            continue;
        }
        const double score = sides.score();
        if (found == Found::None || score > best.score) {
            best = {.score = score, .low = low + least, .high = high + least};
            found = Found::Cut;
        }
    }
    return found;
}

}  // namespace mlpc::models
