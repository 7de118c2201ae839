// One fit answers every smaller value of a path parameter, and no result tells.
#include "runtime/core/error.h"
#include "runtime/engine/engine.h"
#include "runtime/search/prepare.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>

namespace mlpc {
namespace {

std::atomic<std::uint64_t> fits = 0;

// What stands in the way of one fit for all sizes.
enum class Obstacle : std::int64_t { None, LargeFails, HoldsNothing };

struct NestedParams {
    std::int64_t size = 1, obstacle = 0;
};
const Schema<NestedParams>& schema() {
    static const Schema<NestedParams> fields{
        field(&NestedParams::size, {.name = "size", .doc = "What is added to every cell's multiple", .path = true}),
        field(&NestedParams::obstacle, {.name = "obstacle", .doc = "What stands in the way"}),
    };
    return fields;
}

class FittedNested : public FittedStep {
public:
    explicit FittedNested(NestedParams params = {}, double mean = 0) : params_(params), mean_(mean) {}
    Frame apply(const Frame& x) const override {
        Matrix cells = Dense(x).matrix();
        cells.array() = (cells.array() - mean_) * static_cast<double>(params_.size) + cells.array().square();
        return Frame::from_matrix(std::move(cells), x.names());
    }
    void archive(Archive& a) override {
        a.field("size", params_.size);
        a.field("mean", mean_);
    }
    std::unique_ptr<FittedStep> restricted(const ParamValue& size) const override {
        if (static_cast<Obstacle>(params_.obstacle) == Obstacle::HoldsNothing) {
            return nullptr;
        }
        NestedParams smaller = params_;
        schema().front().set(smaller, size);
        return std::make_unique<FittedNested>(smaller, mean_);
    }

private:
    NestedParams params_;
    double mean_;
};

class Nested : public Step {
public:
    explicit Nested(NestedParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        ++fits;
        if (static_cast<Obstacle>(params_.obstacle) == Obstacle::LargeFails && params_.size > 50) {
            throw RunError("too large");
        }
        return std::make_unique<FittedNested>(params_, Dense(x).matrix().mean());
    }

private:
    NestedParams params_;
};

const Catalog& catalog() {
    static const Catalog with_nested = [] {
        Catalog c = standard_library();
        ComponentInfo info;
        info.name = "nested";
        info.accepts = number_types;
        info.params = specs_of(schema());
        info.effect = always(Effect::Learned);
        info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
            return std::make_unique<Nested>(read_params(schema(), values));
        };
        c.add(std::move(info));
        return c;
    }();
    return with_nested;
}

constexpr const char* text = R"(edition 1
seed 1
data rows = csv("rows.csv") {
  y:      numeric target
  others: numeric
}
split rows {
  test  20%
  folds 3
}
model m = nested(size in 1..100, obstacle in 0..2) -> ridge(alpha in 1e-6..1e6)
search best over m {
  method   random(trials: 1)
  minimize rmse
}
evaluate best {
  metrics rmse
}
)";

class Compiled {
public:
    Compiled() {
        std::string cells = "a,b,y\n";
        Rng rng = Rng::of_seed(2);
        for (int row = 0; row < 60; ++row) {
            const double a = rng.normal(), b = rng.normal();
            cells += fmt::format("{},{},{}\n", a, b, a * a - b + 0.1 * rng.normal());
        }
        const test::ScratchDirectory directory;
        directory.write("rows.csv", cells);
        experiment = lower(test::plan_of(directory.write("e.mlp", text), catalog()));
        prepared = prepare(experiment, catalog(), nullptr);
    }
    Assignment assignment(std::int64_t size, Obstacle obstacle, double alpha) const {
        Assignment values;
        for (const Dimension& dimension : experiment.searches[0].space.dimensions) {
            const std::string name = dimension.name.substr(dimension.name.rfind('.') + 1);
            values.push_back(name == "size" ? static_cast<double>(size) : name == "obstacle" ? static_cast<double>(obstacle) : alpha);
        }
        return values;
    }
    NodeId score() const { return experiment.searches[0].candidates[0].fold.score; }
    Experiment experiment;
    PreparedData prepared;
};
const Compiled& compiled() {
    static const Compiled c;
    return c;
}
constexpr std::uint64_t folds = 3;

enum class Told { Before, OneByOne };

class Sizes : public UnitSource {
public:
    Sizes(const std::vector<std::int64_t>& sizes, Obstacle obstacle, Told told) : told_(told) {
        double alpha = 1;
        for (const std::int64_t size : sizes) {
            assignments_.push_back(compiled().assignment(size, obstacle, alpha));
            alpha += 1;  // every unit has a model of its own
        }
    }
    std::optional<std::vector<Request>> next() override {
        if (handed_out_ == assignments_.size()) {
            return std::nullopt;
        }
        std::vector<Request> requests;
        for (int fold = 0; fold < static_cast<int>(folds); ++fold) {
            requests.push_back({compiled().score(), {0, 0, -1, fold}, &assignments_[handed_out_]});
        }
        ++handed_out_;
        return requests;
    }
    std::optional<std::vector<Proposal>> known() const override {
        if (told_ == Told::OneByOne) {
            return std::nullopt;
        }
        std::vector<Proposal> units;
        for (const Assignment& assignment : assignments_) {
            units.push_back({compiled().score(), &assignment});
        }
        return units;
    }
    void finished(std::uint64_t, std::vector<Result> results, double) override {
        for (const Result& result : results) {
            scores.push_back(result.failure.empty() ? std::get<double>(result.value) : -1);
        }
    }
    std::vector<double> scores;

private:
    std::deque<Assignment> assignments_;
    std::size_t handed_out_ = 0;
    Told told_;
};

struct Outcome {
    std::vector<double> scores;
    std::uint64_t fits = 0;
};

Outcome run(const std::vector<std::int64_t>& sizes, Obstacle obstacle, Told told, EngineOptions options, std::size_t window = 1) {
    const Compiled& c = compiled();
    Engine engine(c.experiment, c.prepared.datasets, c.prepared.splits, options);
    Sizes units(sizes, obstacle, told);
    const std::uint64_t before = fits;
    EXPECT_TRUE(engine.run(units, window));
    return {units.scores, fits - before};
}

std::vector<double> alone(const std::vector<std::int64_t>& sizes, Obstacle obstacle) {
    return run(sizes, obstacle, Told::Before, {.share = false}).scores;
}

TEST(PathTest, TheLargestOfAllKnownUnitsIsFittedOnce) {
    const std::vector<std::int64_t> sizes{3, 1, 40, 7, 40};
    const Outcome shared = run(sizes, Obstacle::None, Told::Before, {});
    EXPECT_EQ(shared.fits, folds);
    EXPECT_EQ(shared.scores, alone(sizes, Obstacle::None));
}

TEST(PathTest, WithoutSharingEveryUnitFitsItsOwn) { EXPECT_EQ(run({3, 1, 40}, Obstacle::None, Told::Before, {.share = false}).fits, 3 * folds); }

TEST(PathTest, OfUnitsThatAreNotKnownALargerStateInMemoryServes) {
    const std::vector<std::int64_t> sizes{10, 4, 20, 15, 6};
    const Outcome shared = run(sizes, Obstacle::None, Told::OneByOne, {});
    EXPECT_EQ(shared.fits, 2 * folds) << "4 from 10, and 15 and 6 from 20 or 10; nothing larger than was asked for";
    EXPECT_EQ(shared.scores, alone(sizes, Obstacle::None));
}

TEST(PathTest, WhereTheLargestFailsTheOthersAreFittedAlone) {
    const std::vector<std::int64_t> sizes{3, 60, 5};
    const Outcome shared = run(sizes, Obstacle::LargeFails, Told::Before, {});
    EXPECT_EQ(shared.scores, alone(sizes, Obstacle::LargeFails));
    EXPECT_EQ(shared.scores[folds], -1);
    EXPECT_GT(shared.scores[0], 0);
    EXPECT_GT(shared.scores[2 * folds], 0);
}

TEST(PathTest, AStateThatHoldsNoSmallerOneIsNoAnswer) {
    const std::vector<std::int64_t> sizes{3, 60, 5};
    const Outcome shared = run(sizes, Obstacle::HoldsNothing, Told::Before, {});
    EXPECT_EQ(shared.fits, 3 * folds);
    EXPECT_EQ(shared.scores, alone(sizes, Obstacle::HoldsNothing));
}

TEST(PathTest, ScoresAreTheSameBitsForAnyThreadsMemoryAndKnowledge) {
    const std::vector<std::int64_t> sizes{9, 2, 33, 60, 5, 60, 41, 2, 8, 17};
    for (const Obstacle obstacle : {Obstacle::None, Obstacle::LargeFails, Obstacle::HoldsNothing}) {
        const std::vector<double> expected = alone(sizes, obstacle);
        for (const unsigned jobs : {1U, 4U}) {
            for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 28}) {
                for (const Told told : {Told::Before, Told::OneByOne}) {
                    const Outcome shared = run(sizes, obstacle, told, {.jobs = jobs, .memory_bytes = memory}, 2 * jobs);
                    EXPECT_EQ(shared.scores, expected) << jobs << " jobs, memory " << memory;
                }
            }
        }
    }
}

}  // namespace
}  // namespace mlpc
