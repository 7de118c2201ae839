#include "runtime/core/error.h"
#include "tests/conformance/catalog_row.h"
#include "tests/conformance/checks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc::conformance {
namespace {

bool is_sentence(const std::string& text) { return !text.empty() && !(text.front() >= 'a' && text.front() <= 'z') && text.back() != '.'; }

TEST_P(CatalogRow, IsDocumented) {
    EXPECT_TRUE(is_sentence(info().summary)) << info().summary;
    if (info().kind == ComponentKind::Splitter) {  // a file names these by the clauses of `split`
        EXPECT_TRUE(info().example.starts_with("test ") || info().example.starts_with("folds ")) << info().example;
    } else if (!is_built_on_a_source(info())) {  // these stand under the source's name
        EXPECT_NE(info().example.find(info().name), std::string::npos) << "the example shows the component: " << info().example;
    }
    for (const ParamSpec& spec : info().params) {
        EXPECT_TRUE(is_sentence(spec.doc)) << spec.name << ": " << spec.doc;
        EXPECT_FALSE(spec.name.empty());
    }
}

TEST_P(CatalogRow, HasDefaultsThatItsOwnRangesAllow) {
    for (const ParamSpec& spec : info().params) {
        if (const auto* word = std::get_if<Word>(&spec.fallback.value)) {
            EXPECT_NE(std::find(spec.words.begin(), spec.words.end(), word->text), spec.words.end()) << spec.name;
        }
        const bool is_number = std::holds_alternative<std::int64_t>(spec.fallback.value) || std::holds_alternative<double>(spec.fallback.value);
        for (const double value : {is_number ? detail::number_of(spec.fallback) : spec.search.high, spec.search.low, spec.search.high}) {
            if (!is_number && spec.search.low == spec.search.high) {
                continue;
            }
            const bool is_unset_search = spec.search.low == spec.search.high && value == spec.search.low;
            const bool above = spec.valid.open_low ? value > spec.valid.low : value >= spec.valid.low;
            const bool below = spec.valid.open_high ? value < spec.valid.high : value <= spec.valid.high;
            EXPECT_TRUE(is_unset_search || (above && below)) << spec.name << ": " << value;
        }
        for (const std::string& word : spec.search.words) {
            EXPECT_NE(std::find(spec.words.begin(), spec.words.end(), word), spec.words.end()) << spec.name << ": " << word;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Catalog, CatalogRow, testing::ValuesIn(names_where([](const ComponentInfo&) { return true; })),
                         [](const auto& row) { return row.param; });

// Steps that are fitted, and models.
class FittedComponent : public CatalogRow {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FittedComponent);

// What is fitted in trees, rounds or epochs takes long: with a parameter changed it is tried on the first family and task that it takes, in turn.
TEST_P(FittedComponent, KeepsItsPromises) {
    std::size_t turn = 0;
    for (const Subject& subject : variations(info())) {
        const bool is_quick = turn == 0 || !is_fitted_in_steps(info());
        std::vector<Task> tasks = tasks_of(info());
        std::rotate(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(turn++ % tasks.size()), tasks.end());
        std::size_t taken = 0;
        std::string reasons;
        for (const Family family : families) {
            for (const Task task : tasks) {
                if (!subject.accepts(family) || (taken > 0 && !is_quick)) {
                    continue;
                }
                const Verdict verdict = check_all(subject, family, task);
                taken += verdict.refused ? 0 : 1;
                reasons += verdict.reason.empty() ? "" : "\n" + verdict.reason;
                for (const std::string& failure : verdict.failures) {
                    ADD_FAILURE() << failure;
                }
            }
        }
        EXPECT_GT(taken, 0u) << subject.name() << " refuses every table:" << reasons;
    }
}

TEST_P(FittedComponent, CanBeReadBackAndNamesItsSource) {
    EXPECT_EQ(info().make_step != nullptr, info().blank_step != nullptr);
    EXPECT_EQ(info().make_model != nullptr, info().blank_model != nullptr);
    EXPECT_EQ(info().make_combination != nullptr, info().blank_combination != nullptr);
    EXPECT_EQ(info().make_learner_step != nullptr, info().blank_learner_step != nullptr);
    const bool has_own = info().make_step || info().make_model;
    const bool takes_learners = info().make_combination || info().make_learner_step;
    EXPECT_NE(has_own, takes_learners);
    EXPECT_EQ(takes_learners, info().most_learners > 0);
    EXPECT_TRUE(!is_step(info()) || !info().source.empty());
}

INSTANTIATE_TEST_SUITE_P(Catalog, FittedComponent, testing::ValuesIn(names_where(is_fitted_alone)), [](const auto& row) { return row.param; });

// Steps that change which rows there are.
class RowChanger : public CatalogRow {
protected:
    void SetUp() override {
        // A resampler's draws may follow the target; the rows it draws from must not follow their neighbours in the table.
        subject_ = {.info = &info(), .params = info().default_params()};
    }
    Probe probe(Family family) const { return make_probe(family, subject_.gaps(), Task::Binary); }
    std::vector<Family> accepted_families() const {
        std::vector<Family> accepted;
        std::copy_if(std::begin(families), std::end(families), std::back_inserter(accepted), [&](Family f) { return subject_.accepts(f); });
        return accepted;
    }
    Subject subject_;
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RowChanger);

Sample resampled(const Subject& subject, const Frame& x, const Target& y, std::uint64_t seed) {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr};
    return subject.info->make_resampler(subject.params)->resample(x, y, context);
}

TEST_P(RowChanger, KeepsEachRowsTargetOutOfWhatItIsEncodedAs) {
    if (!info().make_step) {
        EXPECT_NE(info().make_resampler != nullptr, info().make_row_selector != nullptr);
        return;
    }
    for (const Subject& subject : variations(info())) {
        for (const Family family : accepted_families()) {
            for (const Task task : tasks_of(info())) {
                EXPECT_EQ(check_cross_fitted(subject, make_probe(family, subject.gaps(), task)), Failures{}) << subject.name();
            }
        }
    }
}

TEST_P(RowChanger, SelectsByTheRowsItIsGivenAlone) {
    if (!info().make_row_selector) {
        EXPECT_EQ(subject_.effect(), info().make_step ? Effect::Supervised : Effect::TrainingOnly);
        return;
    }
    EXPECT_EQ(subject_.effect(), Effect::RowSelecting);
    for (const Family family : families) {
        const Probe table = probe(family);
        const auto selector = info().make_row_selector(subject_.params);
        const RowIndex kept = selector->select(table.rows);
        EXPECT_EQ(kept, selector->select(table.same_rows)) << name_of(family);
        EXPECT_EQ(kept, selector->select(table.rows.materialised())) << name_of(family);
        EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()) && std::adjacent_find(kept.begin(), kept.end()) == kept.end());
        EXPECT_TRUE(kept.empty() || kept.back() < table.rows.rows());
        for (const EdgeCase& edge : edge_cases(family, Gaps::Some)) {
            EXPECT_LE(selector->select(edge.x).size(), edge.x.rows()) << edge.name;
        }
    }
}

TEST_P(RowChanger, ResamplesByTheRowsItIsGivenAndItsStreamAlone) {
    if (!info().make_resampler) {
        EXPECT_EQ(subject_.effect(), Effect::RowSelecting);
        return;
    }
    EXPECT_FALSE(accepted_families().empty());
    for (const Family family : accepted_families()) {
        const Probe table = probe(family);
        const Sample sample = resampled(subject_, table.rows, table.target, 1);
        EXPECT_EQ(sample.x.rows(), sample.y.rows());
        EXPECT_EQ(first_difference(sample.x, resampled(subject_, table.rows, table.target, 1).x), "") << name_of(family);
        EXPECT_EQ(first_difference(sample.x, resampled(subject_, table.same_rows, table.target, 1).x), "") << name_of(family);
        EXPECT_EQ(sample.y.labels, resampled(subject_, table.same_rows, table.target, 1).y.labels) << name_of(family);
        // Two streams may agree by chance: an isolation forest finds the same few rows unlike the others.
        bool follows_stream = false;
        for (std::uint64_t stream = 2; stream < 10; ++stream) {
            follows_stream = follows_stream || !first_difference(sample.x, resampled(subject_, table.rows, table.target, stream).x).empty();
        }
        EXPECT_EQ(follows_stream, info().random) << name_of(family);
        for (const EdgeCase& edge : edge_cases(family, subject_.gaps())) {
            const Target target = make_target(Task::Multiclass, edge.x.rows(), 9);
            try {
                const Sample few = resampled(subject_, edge.x, target, 1);
                EXPECT_EQ(few.x.rows(), few.y.rows()) << edge.name;
            } catch (const RunError& error) {
                EXPECT_GE(std::string(error.what()).size(), 20u) << edge.name << ": the refusal says what to do";
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Catalog, RowChanger,
                         testing::ValuesIn(names_where([](const ComponentInfo& row) { return row.make_resampler || row.make_row_selector; })),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace mlpc::conformance
