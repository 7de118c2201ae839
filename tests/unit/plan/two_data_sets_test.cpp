// Two data sets in one file: each keeps its own roles and rows.
#include "runtime/search/prepare.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mlpc {
namespace {

// `progression`, the target of the second data set, would be a feature if the roles of the first one held.
constexpr const char* two_data_sets = R"(edition 1
seed 1
data iris = csv("{0}/iris.csv") -> drop_duplicates {{
  species: category target
  others:  numeric
}}
data diabetes = csv("{0}/diabetes.csv") {{
  progression: numeric target
  sex:         category
  others:      numeric
}}
split iris {{
  test  20%
  folds 3
}}
split diabetes {{
  test  20%
  folds 3
}}
pipeline prep {{
  numeric  -> scale(standard)
  category -> one_hot
}}
model plain = prep -> ridge(alpha: 1.0)
search best over plain {{
  method   grid
  minimize rmse
  on       diabetes.train
}}
evaluate best {{
  metrics rmse
}}
)";

class TwoDataSets : public testing::Test {
protected:
    TwoDataSets() {
        const std::string text = fmt::format(two_data_sets, MLPC_SOURCE_DIR "/examples/data");
        experiment_ = lower(test::plan_of(directory_.write("e.mlp", text), standard_library()));
        prepared_ = prepare(experiment_, standard_library(), nullptr);
    }

    test::ScratchDirectory directory_;
    Experiment experiment_;
    PreparedData prepared_;
};

TEST_F(TwoDataSets, ABranchSelectsByTheRolesOfItsOwnData) {
    Engine engine(experiment_, prepared_.datasets, prepared_.splits, {});
    const SearchSpec& search = experiment_.searches.at(0);
    const Assignment none(search.space.dimensions.size());
    std::size_t selected = 0;
    for (std::uint32_t i = 0; i < experiment_.nodes.size(); ++i) {
        if (experiment_.nodes[i].kind != NodeKind::Select || experiment_.data[experiment_.nodes[i].data.index].name != "diabetes") {
            continue;
        }
        const Result result = engine.values({{NodeId{i}, {search.split, 0, -1, 0}, &none}}).front();
        ASSERT_EQ(result.failure, "");
        const Frame& x = std::get<Frame>(result.value);
        EXPECT_EQ(x.find("progression"), x.columns());
        selected += x.columns();
    }
    EXPECT_EQ(selected, 10U);  // every feature once
}

TEST_F(TwoDataSets, TheDataOfASplitThatNoSearchUsesAreReadAndChecked) {
    EXPECT_EQ(prepared_.tables.at(0).rows(), 149U);
    EXPECT_EQ(prepared_.datasets.at(0).target.class_count(), 3U);
}

}  // namespace
}  // namespace mlpc
