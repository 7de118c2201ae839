#include "stdlib/models/best_split.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
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
    void move(std::uint32_t position) { move(static_cast<std::size_t>(rows_.labels[position]), rows_.weights[position]); }
    void move(std::size_t label, double w) {
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
    void move(std::uint32_t position) { move(static_cast<std::size_t>(rows_.labels[position]), rows_.weights[position]); }
    void move(std::size_t label, double w) {
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
    // Not std::minmax_element, whose comparisons the compiler can't take several at a time.
    std::uint32_t least = ranks.front(), greatest = least;
    for (const std::uint32_t rank : ranks) {
        least = std::min(least, rank);
        greatest = std::max(greatest, rank);
    }
    if (least == greatest) {
        return Found::Constant;
    }
    if (criterion_ != Criterion::SquaredError && are_few(rows, greatest - least)) {
        sum_classes(rows, ranks, least, greatest - least);
        return criterion_ == Criterion::Gini ? scan_sums(GiniSides(rows, left_, right_), least, best)
                                             : scan_sums(EntropySides(rows, left_, right_), least, best);
    }
    sort_positions(ranks, least, greatest - least);
    switch (criterion_) {
        case Criterion::Gini:
            return scan(GiniSides(rows, left_, right_), least, best);
        case Criterion::Entropy:
            return scan(EntropySides(rows, left_, right_), least, best);
        case Criterion::SquaredError:
            break;
    }
    return scan(ValueSides(rows), least, best);
}

bool SplitFinder::are_few(const NodeRows& rows, std::uint32_t range) {
    return (range + std::size_t{1}) * rows.class_weights.size() <= 4 * rows.size();
}

void SplitFinder::sum_classes(const NodeRows& rows, const std::vector<std::uint32_t>& ranks, std::uint32_t least, std::uint32_t range) {
    const std::size_t classes = rows.class_weights.size(), cells = (range + std::size_t{1}) * classes;
    // Where few cells take all additions each would wait for the one before: so these go to four copies in turn.
    const std::size_t copies = cells <= 64 ? 4 : 1;
    sums_.assign(copies * cells, {});
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        ClassSum& sum = sums_[(i & (copies - 1)) * cells + (ranks[i] - least) * classes + static_cast<std::size_t>(rows.labels[i])];
        sum.weight += rows.weights[i];
        ++sum.rows;
    }
    for (std::size_t at = cells; at < sums_.size(); ++at) {
        sums_[at % cells].weight += sums_[at].weight;
        sums_[at % cells].rows += sums_[at].rows;
    }
    sums_.resize(cells);
}

template <class Sides>
SplitFinder::Found SplitFinder::scan_sums(Sides sides, std::uint32_t least, Cut& best) const {
    Found found = Found::None;
    const std::size_t classes = left_.size();
    std::size_t all = 0, left = 0;
    for (const ClassSum& sum : sums_) {
        all += sum.rows;
    }
    std::uint32_t low = 0;
    for (std::uint32_t rank = 0; rank * classes < sums_.size(); ++rank) {
        const ClassSum* own = sums_.data() + rank * classes;
        const std::size_t count = std::accumulate(own, own + classes, std::size_t{0}, [](std::size_t n, const ClassSum& s) { return n + s.rows; });
        if (count == 0) {
            continue;
        }
        if (left > 0 && left >= min_leaf_ && all - left >= min_leaf_) {
            const double score = sides.score();
            if (found == Found::None || score > best.score) {
                best = {.score = score, .low = low + least, .high = rank + least};
                found = Found::Cut;
            }
        }
        for (std::size_t label = 0; label < classes; ++label) {
            if (own[label].rows > 0) {
                sides.move(label, own[label].weight);
            }
        }
        left += count;
        low = rank;
    }
    return found;
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
