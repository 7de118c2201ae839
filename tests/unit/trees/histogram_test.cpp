#include "stdlib/models/gradient_histogram.h"

#include "runtime/core/rng.h"

#include <gtest/gtest.h>

#include <numeric>

namespace mlpc::models {
namespace {

constexpr std::size_t rows = 400;

// Numbers, a category's columns of which each row has one, columns of rare ones that some rows have in common, all zeros, and missing cells among the
// numbers.
Frame mixed_columns() {
    Rng rng = Rng::of_seed(11);
    Matrix cells = Matrix::Zero(rows, 16);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto r = static_cast<Eigen::Index>(row);
        for (Eigen::Index c = 0; c < 5; ++c) {
            cells(r, c) = rng.normal();
        }
        cells(r, 5 + static_cast<Eigen::Index>(rng.below(6))) = 1;
        for (Eigen::Index c = 11; c < 15; ++c) {
            cells(r, c) = rng.below(10) == 0 ? 1 : 0;
        }
        cells(r, static_cast<Eigen::Index>(rng.below(5))) = missing_number;
    }
    std::vector<std::string> names;
    for (int c = 0; c < 16; ++c) {
        names.push_back("c" + std::to_string(c));
    }
    return Frame::from_matrix(std::move(cells), std::move(names));
}

std::vector<std::uint32_t> every(std::uint32_t step, std::uint32_t end) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < end; i += step) {
        out.push_back(i);
    }
    return out;
}

TEST(GradientHistogramTest, EachBinHoldsTheSumsOfItsRows) {
    const Frame x = mixed_columns();
    const auto binned = BinnedColumns::of(x, 30);
    const auto is_bundle = [](const Lane& lane) { return lane.is_bundle() && lane.columns.size() > 1; };
    EXPECT_TRUE(std::any_of(binned->lanes().begin(), binned->lanes().end(), is_bundle)) << "nothing is bundled";
    EXPECT_TRUE(binned->has_lists()) << "nothing is listed";

    for (const std::uint32_t step : {1U, 2U, 3U, 7U}) {
        const std::vector<std::uint32_t> columns = every(step, 16), some = every(step, rows);
        std::vector<GradientSum> sums;
        GradientSum total;
        for (const std::uint32_t row : some) {
            sums.push_back({static_cast<std::int64_t>(row) * 3 - 500, row + 1});
            total.add(sums.back());
        }
        Histogram histogram(binned->slot(binned->columns()));
        count_bins(*binned, columns, some, sums.data(), total, histogram);
        for (const std::uint32_t c : columns) {
            Histogram expected(binned->slot(c + 1) - binned->slot(c));
            for (std::size_t i = 0; i < some.size(); ++i) {
                expected[binned->bins(c)[some[i]]].add(sums[i]);
            }
            for (std::size_t bin = 0; bin < expected.size(); ++bin) {
                const GradientSum& found = histogram[binned->slot(c) + bin];
                EXPECT_EQ(found.gradient, expected[bin].gradient) << "column " << c << ", bin " << bin << ", every " << step;
                EXPECT_EQ(found.hessian_count, expected[bin].hessian_count) << "column " << c << ", bin " << bin << ", every " << step;
            }
        }
    }
}

}  // namespace
}  // namespace mlpc::models
