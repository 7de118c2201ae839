#include "runtime/core/cut_kernels.h"

#include "runtime/core/rng.h"
#include "tests/unit/core/kernel_tables.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc {
namespace {

constexpr unsigned count_bits = 10;
constexpr double l2 = 3, least_hessian = 700, least_rows = 4;

// Every third cut has nothing more at its left than the one before.
struct CutColumn {
    struct Sums {
        double gradient = 0, hessian = 0, rows = 0;
    };
    std::vector<Sums> left;
    Sums all;

    explicit CutColumn(std::size_t cuts) {
        Rng rng = Rng::of_seed(cuts);
        for (std::size_t i = 0; i <= cuts; ++i) {
            if (i > 0) {
                left.push_back(all);
            }
            if (i % 3 != 2) {
                const auto rows = static_cast<double>(1 + rng.below(3));
                all = {all.gradient + (static_cast<double>(rng.below(2001)) - 1000) * 1e11, all.hessian + rows * 170, all.rows + rows};
            }
        }
    }
    kernels::BestCut best_by(const kernels::Table& table, double floor) const {
        std::vector<kernels::CutSums> sums;
        for (const Sums& of : left) {
            const auto hessian = static_cast<std::uint64_t>(of.hessian), rows = static_cast<std::uint64_t>(of.rows);
            sums.push_back({static_cast<std::int64_t>(of.gradient), hessian << count_bits | rows});
        }
        return table.best_cut({.left = sums.data(),
                               .count = static_cast<std::ptrdiff_t>(sums.size()),
                               .count_bits = count_bits,
                               .gradient = all.gradient,
                               .hessian = all.hessian,
                               .rows = all.rows,
                               .l2 = l2,
                               .least_hessian = least_hessian,
                               .least_rows = least_rows},
                              floor);
    }
    kernels::BestCut best() const {
        kernels::BestCut best;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const double l = left[i].gradient, r = all.gradient - l, under_l = left[i].hessian + l2, under_r = all.hessian - left[i].hessian + l2;
            const double score = (l * l * under_r + r * r * under_l) / (under_l * under_r);
            const bool is_cut = std::min(left[i].hessian, all.hessian - left[i].hessian) >= least_hessian &&
                                std::min(left[i].rows, all.rows - left[i].rows) >= least_rows;
            if (is_cut && score > best.score) {
                best = {.index = static_cast<std::ptrdiff_t>(i), .score = score};
            }
        }
        return best;
    }
};

// Fewer cuts than a packet, whole packets, and no whole number of them.
TEST(CutKernelsTest, TheBestCutIsThatOfAPlainLoop) {
    for (const std::size_t cuts : {1U, 3U, 8U, 16U, 17U, 30U, 254U}) {
        const CutColumn column(cuts);
        const kernels::BestCut expected = column.best();
        for (const auto& [name, table] : kernel_tables()) {
            SCOPED_TRACE(name + ", " + std::to_string(cuts));
            const kernels::BestCut found = column.best_by(table, 0);
            EXPECT_EQ(found.index, expected.index);
            if (expected.index >= 0) {
                EXPECT_EQ(found.score, expected.score);
                EXPECT_EQ(column.best_by(table, expected.score).index, -1) << "no cut scores more than the best one";
            }
        }
    }
    EXPECT_GE(CutColumn(254).best().index, 0);
}

}  // namespace
}  // namespace mlpc
