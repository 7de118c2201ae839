#include "runtime/core/cut_kernels.h"

#include "runtime/core/rng.h"
#include "tests/unit/core/kernel_tables.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc {
namespace {

// Whole numbers, so that sums and differences are exact; every third cut has nothing more at its left than the one before.
struct CutColumn {
    std::vector<double> gradients, hessians;
    double gradient = 0, hessian = 0;

    explicit CutColumn(std::size_t cuts) {
        Rng rng = Rng::of_seed(cuts);
        for (std::size_t i = 0; i <= cuts; ++i) {
            if (i > 0) {
                gradients.push_back(gradient);
                hessians.push_back(hessian);
            }
            if (i % 3 != 2) {
                gradient += static_cast<double>(rng.below(2001)) - 1000;
                hessian += static_cast<double>(1 + rng.below(500));
            }
        }
    }
    kernels::Cuts cuts() const {
        return {.gradients = gradients.data(),
                .hessians = hessians.data(),
                .count = static_cast<std::ptrdiff_t>(gradients.size()),
                .gradient = gradient,
                .hessian = hessian,
                .l2 = 3,
                .least_hessian = 700};
    }
    kernels::BestCut best(double floor) const {
        kernels::BestCut best{.index = -1, .score = floor};
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            const double left = gradients[i], right = gradient - left, under_left = hessians[i] + 3, under_right = hessian - hessians[i] + 3;
            const double score = (left * left * under_right + right * right * under_left) / (under_left * under_right);
            if (std::min(hessians[i], hessian - hessians[i]) >= 700 && score > best.score) {
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
        const kernels::BestCut expected = column.best(0);
        for (const auto& [name, table] : kernel_tables()) {
            SCOPED_TRACE(name + ", " + std::to_string(cuts));
            const kernels::BestCut found = table.best_cut(column.cuts(), 0);
            EXPECT_EQ(found.index, expected.index);
            if (expected.index >= 0) {
                EXPECT_EQ(found.score, expected.score);
                EXPECT_EQ(table.best_cut(column.cuts(), expected.score).index, -1) << "no cut scores more than the best one";
            }
        }
    }
    EXPECT_GE(CutColumn(254).best(0).index, 0);
}

}  // namespace
}  // namespace mlpc
