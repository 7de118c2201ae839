// Components that break their word: the proof believes what they declare, the oracle does not.
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"
#include "tests/conformance/oracle/oracle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mlpc::conformance {
namespace {

class Shift : public FittedStep {
public:
    explicit Shift(double by = 0) : by_(by) {}
    Frame apply(const Frame& x) const override {
        Matrix cells = Dense(x).matrix();
        cells.array() -= by_;
        return Frame::from_matrix(std::move(cells), x.names());
    }
    void archive(Archive& a) override { a.field("by", by_); }

private:
    double by_;
};

class CentreAll : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<Shift>(Dense(x).matrix().mean());
    }
};

// Numbers levels as the table's dictionary does.
class DictionaryNumbers : public FittedStep {
public:
    explicit DictionaryNumbers(Levels levels = {}) : levels_(std::move(levels)) {}
    Frame apply(const Frame& x) const override {
        const std::vector<std::int32_t> position = match_levels(x, 0, levels_);
        Matrix cells(static_cast<Eigen::Index>(x.rows()), 1);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const std::int32_t code = x.code(row, 0);
            cells(static_cast<Eigen::Index>(row), 0) = code == missing_code ? -1 : position.at(static_cast<std::size_t>(code));
        }
        return Frame::from_matrix(std::move(cells), {"level"});
    }
    void archive(Archive& a) override { a.field("levels", levels_); }

private:
    Levels levels_;
};

class KeepDictionary : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<DictionaryNumbers>(*x.column(0).levels);
    }
};

template <class S>
ComponentInfo planted(const std::string& name, Effect declared) {
    ComponentInfo info;
    info.name = name;
    info.effect = always(declared);
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<S>(); };
    return info;
}

const Catalog& catalog_with_liars() {
    static const Catalog catalog = [] {
        Catalog c = standard_library();
        ComponentInfo row_wise_liar = planted<CentreAll>("centre_all", Effect::RowWise);
        row_wise_liar.accepts = number_types;
        c.add(std::move(row_wise_liar));
        ComponentInfo honest = planted<CentreAll>("centre_fold", Effect::Learned);
        honest.accepts = number_types;
        c.add(std::move(honest));
        ComponentInfo reader = planted<KeepDictionary>("keep_dictionary", Effect::Learned);
        reader.accepts = types_of({ColumnType::Category});
        reader.gives = ColumnType::Numeric;
        c.add(std::move(reader));
        return c;
    }();
    return catalog;
}

// Petals and sepals are measured, so the mean of all rows is no constant of the schema.
constexpr const char* experiment = R"(edition 1
seed 1
data iris = csv("{data}/iris.csv") -> drop_duplicates{data_step} {{
  sepal_length: numeric
  sepal_width:  numeric
  petal_length: numeric
  petal_width:  numeric
  species:      category target
}}
split iris {{
  test  20% stratified
  folds 3 stratified
}}
model tree = {model_step}logistic(C: 1.0)
evaluate tree {{
  metrics accuracy
}}
)";

Findings consult(const std::string& text) {
    const test::ScratchDirectory directory;
    const Experiment e = lower(test::plan_of(directory.write("liar.mlp", text), catalog_with_liars()));
    return consult_oracle(e, prepare(e, catalog_with_liars(), nullptr));
}
Findings consult_iris(const std::string& data_step, const std::string& model_step) {
    return consult(fmt::format(experiment, fmt::arg("data", MLPC_SOURCE_DIR "/examples/data"), fmt::arg("data_step", data_step),
                               fmt::arg("model_step", model_step)));
}

TEST(PlantedLeakTest, AnHonestExperimentHasNone) {
    const Findings findings = consult_iris("", "centre_fold -> ");
    EXPECT_EQ(findings.leaks, std::vector<std::string>{});
    EXPECT_EQ(findings.places, 4U);
}

TEST(PlantedLeakTest, AStepThatSaysRowWiseAndLearnsIsCaughtInEveryPlaceOfAModel) {
    const Findings findings = consult_iris("", "centre_all -> ");
    EXPECT_EQ(findings.leaks.size(), findings.places);
    EXPECT_EQ(findings.failed, std::vector<std::string>{});
}

TEST(PlantedLeakTest, AStepThatSaysRowWiseAndLearnsIsCaughtBeforeTheSplit) {
    const Findings findings = consult_iris(" -> centre_all", "");
    EXPECT_EQ(findings.leaks.size(), findings.places);
    EXPECT_EQ(findings.failed, std::vector<std::string>{});
}

TEST(PlantedLeakTest, AStepThatLearnsTheOrderOfTheDictionaryIsCaught) {
    const Findings findings = consult(fmt::format(R"(edition 1
seed 1
data penguins = csv("{}/penguins.csv") {{
  species: category target
  island:  category
  ignore bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex, year
}}
split penguins {{
  test  20%
  folds 3
  duplicates error
}}
allow L107 because "islands repeat"
model by_island = keep_dictionary -> decision_tree(depth: 3)
evaluate by_island {{
  metrics accuracy
}}
)",
                                                  MLPC_SOURCE_DIR "/examples/data"));
    EXPECT_EQ(findings.leaks.size(), findings.places);
    EXPECT_EQ(findings.failed, std::vector<std::string>{});
}

}  // namespace
}  // namespace mlpc::conformance
