#include "stdlib/search/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace mlpc {
namespace {

struct Ranks {
    double positive_sum = 0;
    double tie_correction = 0;  // sum of t³ - t over groups of t equal ones
    bool has_zero = false;
};

Ranks rank(std::span<const double> differences) {
    std::vector<std::size_t> order(differences.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto size = [&](std::size_t i) { return std::abs(differences[i]); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return size(a) < size(b); });
    Ranks ranks;
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && size(order[end]) == size(order[begin])) {
            ++end;
        }
        const double shared = static_cast<double>(begin + 1 + end) / 2, count = static_cast<double>(end - begin);
        ranks.tie_correction += count * count * count - count;
        for (std::size_t i = begin; i < end; ++i) {
            const double difference = differences[order[i]];
            ranks.positive_sum += difference > 0 ? shared : difference == 0 ? shared / 2 : 0;
            ranks.has_zero |= difference == 0;
        }
    }
    return ranks;
}

// Counts the sets of ranks by their sum.
double exact_tail(std::size_t count, std::size_t sum) {
    std::vector<double> sets(count * (count + 1) / 2 + 1, 0);
    sets[0] = 1;
    for (std::size_t rank = 1; rank <= count; ++rank) {
        for (std::size_t s = sets.size(); s-- > rank;) {
            sets[s] += sets[s - rank];
        }
    }
    const double tail = std::accumulate(sets.begin() + static_cast<std::ptrdiff_t>(sum), sets.end(), 0.0);
    return std::ldexp(tail, -static_cast<int>(count));
}

}  // namespace

double signed_rank_greater(std::span<const double> differences) {
    constexpr std::size_t most_exact = 50;
    if (differences.empty()) {
        return 1;
    }
    const Ranks ranks = rank(differences);
    if (differences.size() <= most_exact && !ranks.has_zero) {
        return exact_tail(differences.size(), static_cast<std::size_t>(ranks.positive_sum));
    }
    const auto n = static_cast<double>(differences.size());
    const double variance = (n * (n + 1) * (2 * n + 1) - ranks.tie_correction / 2) / 24;
    const double z = (ranks.positive_sum - n * (n + 1) / 4) / std::sqrt(variance);
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

}  // namespace mlpc
