// The ready networks: their depth and width are those of their sources, they take the columns that they say, and they go on.
#include "runtime/core/error.h"
#include "stdlib/networks/fitted_network.h"
#include "tests/reference/model_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mlpc {
namespace ready_networks_test {

using testing::HasSubstr;

std::string why_not_here() {
    try {
        networks::backend();
        return "";
    } catch (const RunError& error) {
        return error.what();
    }
}

class ReadyNetworks : public testing::Test {
protected:
    void SetUp() override {
        if (const std::string why = why_not_here(); !why.empty()) {
            GTEST_SKIP() << why;
        }
    }
};

Frame noise(std::size_t rows, std::size_t columns) {
    Rng rng = Rng::of_seed(1);
    Matrix cells(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells(row, c) = rng.uniform();
        }
    }
    return frame_of(cells);
}

Target every_class(std::size_t classes, std::size_t rows) {
    std::vector<std::int32_t> labels;
    for (std::size_t row = 0; row < rows; ++row) {
        labels.push_back(static_cast<std::int32_t>(row % classes));
    }
    return labels_of(classes, std::move(labels));
}

ParamValue whole(std::int64_t value) { return {value}; }

std::int64_t parameters_of(const FittedModel& model) { return dynamic_cast<const networks::FittedNetwork&>(model).network().parameters(); }

// He et al. (2016), table 6: 0.27 M, 0.46 M and 0.66 M, and here the two projections beside them.
TEST_F(ReadyNetworks, ResnetsAreAsLargeAsPublished) {
    const std::pair<std::int64_t, std::int64_t> published[] = {{3, 269'722}, {5, 464'154}, {7, 658'586}};
    const std::int64_t projections = 16 * 32 + 32 * 64;
    for (const auto& [n, parameters] : published) {
        const auto model = fit_model("resnet", {{"n", whole(n)}, {"channels", whole(3)}, {"epochs", whole(1)}}, noise(10, 3072), every_class(10, 10));
        EXPECT_EQ(parameters_of(*model), parameters + projections) << n;
    }
}

TEST_F(ReadyNetworks, CnnHalvesWhileThereArePixels) {
    const NamedParams deep{{"blocks", whole(5)}, {"filters", whole(2)}, {"dense", whole(4)}, {"epochs", whole(1)}};
    EXPECT_NO_THROW(fit_model("cnn", deep, noise(20, 64), every_class(2, 20)));
    EXPECT_NO_THROW(fit_model("cnn", deep, noise(20, 4), every_class(2, 20)));
}

TEST_F(ReadyNetworks, ImagesThatDoNotGoUpAreRefused) {
    const auto refusal = [](const NamedParams& params) -> std::string {
        try {
            fit_model("cnn", params, noise(20, 60), every_class(2, 20));
        } catch (const RunError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(refusal({}), HasSubstr("60 columns are not 8 × 8 × 1"));
    EXPECT_THAT(refusal({{"height", whole(7)}}), HasSubstr("60 columns are not 7 × 8 × 1"));
    EXPECT_THAT(refusal({{"width", whole(70)}}), HasSubstr("60 columns are not"));
    EXPECT_EQ(refusal({{"height", whole(6)}, {"epochs", whole(1)}}), "");
}

// Numbers and categories side by side, a table for each column of categories, with a row more than it has levels.
TEST_F(ReadyNetworks, MlpEmbedsCategories) {
    const std::vector<std::string> first{"a", "b", "a", "c", "b", "a", "c", "c"}, second{"x", "x", "y", "y", "x", "y", "x", "y"};
    const Frame x({Column::of_numbers("n", {1, 2, 3, 4, 5, 6, 7, 8}), Column::of_texts("c", first), Column::of_texts("d", second)}, 8);
    const auto model =
        fit_model("tabular_mlp", {{"layers", whole(1)}, {"units", whole(5)}, {"embedding", whole(3)}, {"batch_norm", {false}}, {"epochs", whole(1)}},
                  x, every_class(2, 8));
    EXPECT_EQ(parameters_of(*model), (4 + 3) * 3 + (1 + 6) * 5 + 5 + 5 * 2 + 2);
}

TEST_F(ReadyNetworks, GoOnFromFewerEpochs) {
    struct Case {
        const char* name;
        NamedParams params;
    };
    const Case cases[] = {
        {"tabular_mlp", {{"units", whole(8)}}},
        {"cnn", {{"filters", whole(4)}, {"dense", whole(8)}, {"stop_early", whole(3)}}},
        {"resnet", {{"n", whole(1)}, {"filters", whole(4)}, {"drop_every", whole(2)}}},
    };
    const Frame x = noise(60, 16);
    const Target y = every_class(3, 60);
    for (const Case& c : cases) {
        const ComponentInfo& info = model_info(c.name);
        const auto model = [&](std::int64_t epochs) {
            ParamValues values = info.default_params();
            for (const auto& [name, value] : c.params) {
                values.at(info.find_param(name)) = value;
            }
            values.at(info.find_param("epochs")) = whole(epochs);
            return info.make_model(values);
        };
        const auto context = [] { return FitContext{.rng = Rng::of_seed(1)}; };
        FitContext of_two = context(), of_growth = context(), of_five = context();
        const auto two = model(2)->fit(x, y, of_two);
        const auto grown = model(5)->grow(*two, x, y, of_growth), five = model(5)->fit(x, y, of_five);
        ASSERT_NE(grown, nullptr) << c.name;
        EXPECT_EQ(grown->epochs().size(), 5U) << c.name;
        EXPECT_EQ(state_of(*grown), state_of(*five)) << c.name;
    }
}

}  // namespace ready_networks_test
}  // namespace mlpc
