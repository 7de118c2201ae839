#include "stdlib/models/gradient_histogram.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace mlpc::models {

namespace {

// The power of two that brings numbers up to `largest` below 2^bits.
double unit_for(double largest, int bits) { return largest > 0 ? std::ldexp(1.0, std::clamp(bits - 1 - std::ilogb(largest), -1000, 1000)) : 1; }

}  // namespace

GradientScale::GradientScale(std::span<const double> gradients, std::span<const double> hessians, std::span<const std::uint32_t> rows)
    : count_bits_(static_cast<unsigned>(std::bit_width(rows.size()))) {
    double gradient = 0, hessian = 0;
    for (const std::uint32_t row : rows) {
        gradient = std::max(gradient, std::abs(gradients[row]));
        hessian = std::max(hessian, hessians[row]);
    }
    const auto bits = static_cast<int>(count_bits_);
    gradient_unit_ = unit_for(gradient, 51 - bits);
    hessian_unit_ = unit_for(hessian, std::min(62 - 2 * bits, 51 - bits));
}

namespace {

constexpr std::size_t together = BinnedColumns::lanes_a_word;

// A sum as one operand of the processor: g++ adds its words one after the other.
using BothWords = std::uint64_t __attribute__((vector_size(sizeof(GradientSum))));
BothWords both_words(const GradientSum& sum) {
    BothWords words;
    std::memcpy(&words, &sum, sizeof words);
    return words;
}

// The lanes of one word. What needs no sorting is counted in the histogram at once, the rest beside it first.
class LaneCounts {
public:
    LaneCounts(const BinnedColumns& x, std::size_t word, Histogram& histogram) : words_(x.words(word)) {
        std::size_t begins[together], size = 1;  // a lane behind the last one has the byte 0 alone
        for (std::size_t k = 0; k < together; ++k) {
            const std::size_t lane = word * together + k;
            lanes_[k] = lane < x.lanes().size() ? &x.lanes()[lane] : nullptr;
            begins[k] = is_beside(k) ? size : 0;
            size += is_beside(k) ? lanes_[k]->bytes() : 0;
        }
        beside_.resize(size);
        for (std::size_t k = 0; k < together; ++k) {
            const bool in_place = lanes_[k] != nullptr && lanes_[k]->in_place;
            cells_[k] = in_place ? histogram.data() + lanes_[k]->slots.front() : beside_.data() + begins[k];
        }
    }
    void count(std::span<const std::uint32_t> rows, const GradientSum* sums) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const BothWords sum = both_words(sums[i]);
            const std::uint32_t bytes = words_[rows[i]];
            for (std::size_t k = 0; k < together; ++k) {
                GradientSum& cell = cells_[k][bytes >> (8 * k) & 255];
                const BothWords more = both_words(cell) + sum;
                std::memcpy(&cell, &more, sizeof more);
            }
        }
    }
    void collect(Histogram& histogram) const {
        for (std::size_t k = 0; k < together; ++k) {
            if (!is_beside(k)) {
                continue;
            }
            const std::uint32_t* slot = lanes_[k]->slots.data();
            for (std::size_t byte = 0; byte < lanes_[k]->bytes(); ++byte, slot += lanes_[k]->parts) {
                if (cells_[k][byte].hessian_count == 0) {
                    continue;
                }
                for (std::size_t part = 0; part < lanes_[k]->parts; ++part) {
                    if (slot[part] != Lane::nowhere) {
                        histogram[slot[part]].add(cells_[k][byte]);
                    }
                }
            }
        }
    }

private:
    bool is_beside(std::size_t k) const { return lanes_[k] != nullptr && !lanes_[k]->in_place; }

    const std::uint32_t* words_;
    const Lane* lanes_[together];   // null: behind the last one
    GradientSum* cells_[together];  // by byte
    Histogram beside_;
};

}  // namespace

void count_bins(const BinnedColumns& x, std::span<const std::uint32_t> columns, std::span<const std::uint32_t> rows, const GradientSum* sums,
                const GradientSum& total, Histogram& histogram) {
    const std::size_t word_count = (x.lanes().size() + together - 1) / together;
    std::vector<bool> wanted(word_count, columns.size() == x.columns());
    for (std::size_t lane = 0; lane < x.lanes().size() && columns.size() < x.columns(); ++lane) {
        const std::vector<std::uint32_t>& own = x.lanes()[lane].columns;
        const auto at = std::lower_bound(columns.begin(), columns.end(), own.front());
        if (at != columns.end() && *at <= own.back()) {
            wanted[lane / together] = true;
        }
    }
    for (std::size_t word = 0; word < word_count; ++word) {
        if (wanted[word]) {
            LaneCounts counts(x, word, histogram);
            counts.count(rows, sums);
            counts.collect(histogram);
        }
    }
    if (x.has_lists()) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (const std::uint32_t slot : x.unusual_slots(rows[i])) {
                histogram[slot].add(sums[i]);
            }
        }
    }
    // Sums are whole numbers, so what the other bins leave of the whole is the usual one's to the bit.
    for (const std::uint32_t c : columns) {
        if (!x.usual_bin(c)) {
            continue;
        }
        GradientSum usual = total;
        for (std::size_t slot = x.slot(c); slot < x.slot(c + 1); ++slot) {
            usual.subtract(histogram[slot]);
        }
        histogram[x.slot(c) + *x.usual_bin(c)] = usual;
    }
}

}  // namespace mlpc::models
