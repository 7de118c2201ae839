#include "stdlib/models/gradient_histogram.h"

#include "runtime/core/rng.h"

#include <gtest/gtest.h>

#include <numeric>

namespace mlpc::models {
namespace {

constexpr std::size_t rows = 4000, columns = 22;

// Numbers, the columns of two categories of which each row has one (most rows the same one), columns of rare ones that some rows have in common, all
// zeros, and missing cells among the numbers.
Frame mixed_columns() {
    Rng rng = Rng::of_seed(11);
    Matrix cells = Matrix::Zero(rows, columns);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto r = static_cast<Eigen::Index>(row);
        for (Eigen::Index c = 0; c < 5; ++c) {
            cells(r, c) = rng.normal();
        }
        for (const Eigen::Index first : {5, 11}) {
            cells(r, first + static_cast<Eigen::Index>(rng.below(10) < 5 ? 0 : rng.below(6))) = 1;
        }
        for (Eigen::Index c = 17; c < 21; ++c) {
            cells(r, c) = rng.below(10) == 0 ? 1 : 0;
        }
        cells(r, static_cast<Eigen::Index>(rng.below(5))) = missing_number;
    }
    std::vector<std::string> names;
    for (std::size_t c = 0; c < columns; ++c) {
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
    const auto holds = [&](std::size_t parts, std::size_t some) {
        return std::any_of(binned->lanes().begin(), binned->lanes().end(),
                           [&](const Lane& lane) { return lane.parts == parts && lane.columns.size() == some; });
    };
    EXPECT_TRUE(holds(1, 1)) << "no column has a lane of its own";
    EXPECT_TRUE(holds(2, 12)) << "the two categories are not counted together";
    EXPECT_TRUE(binned->has_lists()) << "nothing is listed";

    for (const std::uint32_t step : {1U, 2U, 3U, 7U}) {
        const std::vector<std::uint32_t> chosen = every(step, columns), some = every(step, rows);
        std::vector<GradientSum> sums;
        GradientSum total;
        for (const std::uint32_t row : some) {
            sums.push_back({static_cast<std::int64_t>(row) * 3 - 500, row + 1});
            total.add(sums.back());
        }
        Histogram histogram(binned->slot(binned->columns()));
        count_bins(*binned, chosen, some, sums.data(), total, histogram);
        for (const std::uint32_t c : chosen) {
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
