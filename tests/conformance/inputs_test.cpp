// What comes in may be sparse, very wide, or come from several threads at once.
#include "runtime/core/error.h"
#include "tests/conformance/catalog_row.h"
#include "tests/conformance/checks.h"

#include <cmath>
#include <thread>

namespace mlpc::conformance {
namespace {

Subject with_defaults(const ComponentInfo& info) { return variations(info).front(); }

class FittedInput : public CatalogRow {
protected:
    std::vector<Family> accepted_families() const {
        std::vector<Family> accepted;
        const Subject subject = with_defaults(info());
        std::copy_if(std::begin(families), std::end(families), std::back_inserter(accepted), [&](Family f) { return subject.accepts(f); });
        return accepted;
    }
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FittedInput);

// The state's bytes and the result, or why it was refused.
std::string outcome_of(const Subject& subject, const Probe& probe) {
    try {
        const Fitted fitted = subject.fit(probe.rows, subject.target_of(probe.target));
        const Bytes bytes = fitted.bytes();
        std::string outcome(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const Frame result = fitted.apply(probe.rows);
        for (std::size_t c = 0; c < result.columns() && holds_numbers(result.column(c).type); ++c) {
            const std::vector<double> cells = result.numbers(c);
            outcome.append(reinterpret_cast<const char*>(cells.data()), cells.size() * sizeof(double));
        }
        return outcome;
    } catch (const RunError& error) {
        return error.what();
    }
}

// Fits on one frame share what is derived of it, so that the threads meet there.
TEST_P(FittedInput, GivesTheSameBitsOnOneThreadAndOnFour) {
    const Subject subject = with_defaults(info());
    for (const Family family : accepted_families()) {
        const Task task = tasks_of(info()).back();
        const std::string alone = outcome_of(subject, make_probe(family, subject.gaps(), task));
        const Probe shared = make_probe(family, subject.gaps(), task);
        std::vector<std::string> outcomes(4);
        std::vector<std::thread> threads;
        for (std::string& outcome : outcomes) {
            threads.emplace_back([&] { outcome = outcome_of(subject, shared); });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const std::string& outcome : outcomes) {
            EXPECT_TRUE(outcome == alone) << subject.name() << " on " << name_of(family) << ": threads change its bits";
        }
    }
}

// Each column of the family over and over, under names of its own.
Frame widened(const Frame& x, std::size_t columns) {
    std::vector<Column> wide;
    for (std::size_t c = 0; c < columns; ++c) {
        wide.push_back(x.column(c % x.columns()));
        wide.back().name = fmt::format("x{}", c + 1);
    }
    return {std::move(wide), x.rows()};
}

TEST_P(FittedInput, SurvivesTenThousandColumns) {
    const Subject subject = with_defaults(info());
    if (accepted_families().empty()) {
        GTEST_SKIP() << "it takes no family of columns alone";
    }
    const Frame narrow = make_probe(accepted_families().front(), Gaps::None, Task::Binary).rows.take(RowIndex{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    // A step that takes models may fit them once for every column: a tenth of the columns, so that the suite stays quick.
    const bool fits_by_column = is_step(info()) && !subject.learners.empty();
    const Frame x = widened(narrow.materialised(), fits_by_column ? 1'000 : 10'000);
    const Target y = make_target(tasks_of(info()).front(), x.rows(), 9);
    try {
        const Frame result = subject.fit(x, subject.target_of(y)).apply(x);
        EXPECT_EQ(result.rows(), x.rows());
        for (std::size_t c = 0; c < result.columns(); c += 1 + result.columns() / 100) {
            EXPECT_FALSE(result.missing(3, c)) << result.column(c).name;
        }
    } catch (const RunError& error) {
        EXPECT_GE(std::string(error.what()).size(), 20u) << "the refusal says what to do";
    }
}

// The same cells with most of them zero, dense and sparse.
struct Pair {
    Frame dense, sparse;
};
Pair mostly_zeros(Family family, std::uint64_t seed) {
    const Frame x = make_probe(family, Gaps::None, Task::Binary).rows.materialised();
    Rng rng = Rng::of_seed(seed);
    Matrix cells = Dense(x).matrix();
    auto rows = std::make_shared<SparseRows>();
    rows->columns = x.columns();
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            if (rng.below(3) > 0) {
                cells(row, c) = 0;
            } else if (cells(row, c) != 0) {
                rows->indices.push_back(static_cast<std::uint32_t>(c));
                rows->values.push_back(cells(row, c));
            }
        }
        rows->offsets.push_back(rows->indices.size());
    }
    return {.dense = Frame::from_matrix(cells, x.names()), .sparse = Frame::from_sparse(rows, x.names())};
}

void expect_same_cells(const Frame& a, const Frame& b, const std::string& what) {
    ASSERT_EQ(a.names(), b.names()) << what;
    ASSERT_EQ(a.rows(), b.rows()) << what;
    for (std::size_t c = 0; c < a.columns(); ++c) {
        ASSERT_EQ(a.column(c).type, b.column(c).type) << what;
        for (std::size_t row = 0; row < a.rows() && holds_numbers(a.column(c).type); ++row) {
            const double expected = b.number(row, c);
            ASSERT_EQ(a.missing(row, c), b.missing(row, c)) << what;
            if (!b.missing(row, c)) {
                // Sums of other order, and solvers that stop by a tolerance.
                ASSERT_NEAR(a.number(row, c), expected, 1e-5 * (1 + std::abs(expected))) << what << ", row " << row << ", column " << c;
            }
        }
    }
}

TEST_P(FittedInput, ReadsSparseCellsAsDenseOnes) {
    if (!info().takes_sparse) {
        return;
    }
    for (const Subject& subject : variations(info())) {
        for (const Family family : {Family::Signed, Family::Positive}) {
            for (const Task task : tasks_of(info())) {
                if (!subject.accepts(family)) {
                    continue;
                }
                const std::string what = fmt::format("{} on {}", subject.name(), name_of(family));
                const Pair fitted_rows = mostly_zeros(family, 3), other_rows = mostly_zeros(family, 4);
                const Target y = make_target(task, fitted_rows.dense.rows(), 9);
                std::optional<Fitted> dense, sparse;
                std::string refusal_of_dense, refusal_of_sparse;
                try {
                    dense = subject.fit(fitted_rows.dense, subject.target_of(y));
                } catch (const RunError& error) {
                    refusal_of_dense = error.what();
                }
                try {
                    sparse = subject.fit(fitted_rows.sparse, subject.target_of(y));
                } catch (const RunError& error) {
                    refusal_of_sparse = error.what();
                }
                EXPECT_EQ(refusal_of_dense.empty(), refusal_of_sparse.empty()) << what << ": " << refusal_of_dense << refusal_of_sparse;
                if (!dense || !sparse) {
                    continue;
                }
                const Frame expected = dense->apply(other_rows.dense);
                expect_same_cells(dense->apply(other_rows.sparse), expected, what + ", applied to sparse cells");
                expect_same_cells(sparse->apply(other_rows.dense), expected, what + ", fitted on sparse cells");
                const RowIndex some{5, 0, 9};
                expect_same_cells(sparse->apply(other_rows.sparse.take(some)), expected.take(some), what + ", a view of sparse cells");
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Catalog, FittedInput, testing::ValuesIn(names_where(is_fitted_alone)), [](const auto& row) { return row.param; });

}  // namespace
}  // namespace mlpc::conformance
