// Which rows stand on which side of a split.
#include "runtime/search/prepare.h"
#include "runtime/search/run_experiment.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mlpc {
namespace {

constexpr const char* two_files = R"(edition 1
seed 1
data rows = csv("train.csv") -> {steps} {{
  x: numeric
  y: numeric
  c: category target
}}
split rows {{
  test  "test.csv"
  folds 2
}}
model tree = decision_tree(depth: 2)
evaluate tree {{
  metrics accuracy
}}
)";

// x is 0 … 9, then 10 … 15; every second row is kept by `x % 2 == 1`.
std::string numbered_rows(int first, int last) {
    std::string text = "x,y,c\n";
    for (int i = first; i < last; ++i) {
        text += fmt::format("{},{},{}\n", i, i * i, i % 3 == 0 ? "a" : "b");
    }
    return text;
}

std::vector<double> values_of(const PreparedData& data, const RowsRef& rows) {
    const Frame taken = data.tables[0].take(rows.index);
    return taken.numbers(taken.find("x"));
}

class TestFile : public testing::TestWithParam<std::string> {};

TEST_P(TestFile, ItsRowsAreTestRowsWhateverStepsDropped) {
    const test::ScratchDirectory directory;
    directory.write("train.csv", numbered_rows(0, 10));
    directory.write("test.csv", numbered_rows(10, 16));
    const std::string file = directory.write("e.mlp", fmt::format(two_files, fmt::arg("steps", GetParam())));
    const Experiment e = lower(test::plan_of(file, standard_library()));
    const PreparedData data = prepare(e, standard_library(), nullptr);
    EXPECT_EQ(values_of(data, data.splits[0].train), (std::vector<double>{1, 3, 5, 7, 9}));
    EXPECT_EQ(values_of(data, data.splits[0].test), (std::vector<double>{11, 13, 15}));
}

INSTANTIATE_TEST_SUITE_P(Steps, TestFile,
                         testing::Values("filter(x % 2 == 1)", "filter(x % 2 == 1) -> derive(z: x + y)",
                                         "filter(x > 0) -> clip(0..1000) -> filter(x % 2 == 1)",
                                         "derive(z: x + y) -> filter(x % 2 == 1) -> drop_duplicates -> clip(0..1000)"));

// The standard library with a liar in place of one splitter.
Catalog with_splitter(const std::string& name, const std::function<std::vector<Part>(std::vector<Part>)>& spoil) {
    class Spoilt : public Splitter {
    public:
        Spoilt(std::unique_ptr<Splitter> honest, std::function<std::vector<Part>(std::vector<Part>)> spoil)
            : honest_(std::move(honest)), spoil_(std::move(spoil)) {}
        std::vector<Part> split(const SplitInput& input, Rng rng) const override { return spoil_(honest_->split(input, rng)); }

    private:
        std::unique_ptr<Splitter> honest_;
        std::function<std::vector<Part>(std::vector<Part>)> spoil_;
    };
    Catalog catalog;
    for (const ComponentInfo* info : standard_library().all()) {
        ComponentInfo copy = *info;
        if (copy.kind == ComponentKind::Splitter && copy.name == name) {
            copy.make_splitter = [spoil, honest = info->make_splitter](const ParamValues& values) {
                return std::make_unique<Spoilt>(honest(values), spoil);
            };
        }
        catalog.add(std::move(copy));
    }
    return catalog;
}

void prepare_iris(const Catalog& catalog) {
    const test::ScratchDirectory directory;
    const std::string file = directory.write("e.mlp", R"(edition 1
seed 1
data iris = csv(")" MLPC_SOURCE_DIR R"(/examples/data/iris.csv") -> drop_duplicates {
  species: category target
  others:  numeric
}
split iris {
  test  20%
  folds 5
}
model tree = decision_tree(depth: 2)
evaluate tree {
  metrics accuracy
}
)");
    const Experiment e = lower(test::plan_of(file, catalog));
    prepare(e, catalog, nullptr);
}

std::string refusal(const Catalog& catalog) {
    try {
        prepare_iris(catalog);
    } catch (const std::logic_error& e) {
        return e.what();
    }
    return "";
}

constexpr const char* honest_splitters[] = {"holdout", "k_fold"};

TEST(LyingSplitterTest, AnHonestOneIsNotRefused) {
    for (const char* name : honest_splitters) {
        EXPECT_EQ(refusal(with_splitter(name, [](std::vector<Part> parts) { return parts; })), "");
    }
}

TEST(LyingSplitterTest, OneThatTrainsOnAScoredRowIsRefused) {
    for (const char* name : honest_splitters) {
        const Catalog catalog = with_splitter(name, [](std::vector<Part> parts) {
            parts.back().train.push_back(parts.back().scored.front());
            return parts;
        });
        EXPECT_EQ(refusal(catalog), "a splitter gave one row to two parts") << name;
    }
}

TEST(LyingSplitterTest, OneThatScoresARowTwiceIsRefused) {
    const Catalog catalog = with_splitter("k_fold", [](std::vector<Part> parts) {
        parts.back().scored.push_back(parts.back().scored.front());
        return parts;
    });
    EXPECT_EQ(refusal(catalog), "a splitter gave one row to two parts");
}

TEST(LyingSplitterTest, OneThatLosesARowIsRefused) {
    for (const char* name : honest_splitters) {
        const Catalog catalog = with_splitter(name, [](std::vector<Part> parts) {
            parts.back().train.pop_back();
            return parts;
        });
        EXPECT_EQ(refusal(catalog), "a splitter left a row out of every part") << name;
    }
}

TEST(LyingSplitterTest, OneWhoseFoldsDoNotScoreEveryRowIsRefused) {
    const Catalog catalog = with_splitter("k_fold", [](std::vector<Part> parts) {
        parts.pop_back();
        return parts;
    });
    EXPECT_EQ(refusal(catalog), "the folds of a splitter do not score every row once");
}

TEST(LyingSplitterTest, OneThatInventsARowIsRefused) {
    const Catalog catalog = with_splitter("k_fold", [](std::vector<Part> parts) {
        parts.back().scored.push_back(100'000);
        return parts;
    });
    EXPECT_NE(refusal(catalog), "");
}

}  // namespace
}  // namespace mlpc
