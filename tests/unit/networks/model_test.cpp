// What a network as a model makes of a frame, a target and the backend's answers; the backend itself is a stand-in.
#include "runtime/core/error.h"
#include "stdlib/networks/network_model.h"
#include "tests/reference/model_testing.h"
#include "tests/unit/networks/recording_backend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace mlpc::networks {
namespace model_test {

Json layer(const char* name, std::uint32_t id, Json params = Json::object()) {
    return {{"layer", name}, {"id", id}, {"params", std::move(params)}, {"chains", Json::array()}};
}
Json input(Json layers, Json select = nullptr, Json except = Json::array()) {
    return {{"select", std::move(select)}, {"except", std::move(except)}, {"layers", std::move(layers)}};
}
Json network(Json inputs, Json then, Json train = Json::object()) {
    Json settings = {{"optimiser", {{"part", "adam"}, {"params", Json::object()}}},
                     {"epochs", 3},
                     {"batch", 16},
                     {"stop_early", nullptr},
                     {"hold", 0.25},
                     {"schedule", nullptr},
                     {"clip", nullptr},
                     {"loss", nullptr},
                     {"class_weight", "none"},
                     {"augment", Json::array()},
                     {"most_parameters", nullptr},
                     {"most_memory", nullptr}};
    settings.update(train);
    return {{"inputs", std::move(inputs)}, {"then", std::move(then)}, {"train", std::move(settings)}};
}
Json dense_network(Json train = Json::object()) {
    return network(Json::array({input(Json::array())}), Json::array({layer("dense", 1, {{"units", 4}})}), std::move(train));
}

std::unique_ptr<Model> model(Json json) { return make_network_model(std::move(json), "net", recording_backend); }
std::unique_ptr<FittedModel> fitted(const Json& json, const Frame& x, const Target& y, const RowRoles* roles = nullptr, std::uint64_t seed = 1) {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr, .roles = roles};
    return model(json)->fit(x, y, context);
}
std::string refusal(const Json& json, const Frame& x, const Target& y, const RowRoles* roles = nullptr) {
    try {
        fitted(json, x, y, roles);
    } catch (const RunError& error) {
        return error.what();
    }
    return "";
}

// Rows whose two cells are their number and a half of it; every third is of the second class.
Frame counted(std::size_t rows) {
    Matrix cells(static_cast<Eigen::Index>(rows), 2);
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        cells.row(row) << static_cast<double>(row), static_cast<double>(row) / 2;
    }
    return frame_of(cells);
}
Target thirds(std::size_t rows) {
    std::vector<std::int32_t> labels;
    for (std::size_t row = 0; row < rows; ++row) {
        labels.push_back(row % 3 == 2 ? 1 : 0);
    }
    return labels_of(2, labels);
}
std::set<std::int64_t> rows_of_cells(const std::vector<float>& cells) {
    std::set<std::int64_t> rows;
    for (std::size_t i = 0; i < cells.size(); i += 2) {
        rows.insert(static_cast<std::int64_t>(cells[i]));
    }
    return rows;
}

TEST(NetworkModel, GivesTheBackendCellsRowByRowAndReadsItsProbabilities) {
    const Frame x = frame_of((Matrix(4, 2) << 0, 1, 10, 11, 0.5, 1.5, 10.5, 11.5).finished());
    const auto state = fitted(dense_network(), x, labels_of(2, {0, 1, 0, 1}));
    EXPECT_EQ(last_job().numbers[0], (std::vector<float>{0, 1, 10, 11, 0.5, 1.5, 10.5, 11.5}));
    EXPECT_EQ(last_job().classes, (std::vector<std::int64_t>{0, 1, 0, 1}));
    EXPECT_EQ(last_job().network["then"][0]["in"]["extents"], Json::array({2}));
    EXPECT_TRUE(last_job().weights.empty());
    const Prediction prediction = state->predict(x);
    EXPECT_EQ(prediction.labels(), (std::vector<std::int32_t>{0, 1, 0, 1}));
    EXPECT_NEAR(prediction.probabilities.row(0).sum(), 1, 1e-12);
    EXPECT_EQ(state->epochs().size(), 3u);
}

TEST(NetworkModel, PredictsMoreRowsThanAreLaidOutAtOnce) {
    const auto state = fitted(dense_network(), counted(3000), thirds(3000));
    const Prediction all = state->predict(counted(3000));
    const Prediction last = state->predict(counted(3000).take(RowIndex{2999}));
    EXPECT_EQ(all.probabilities.row(2999), last.probabilities.row(0));
}

TEST(NetworkModel, StandardisesNumbersThatArePredictedAndTurnsThemBack) {
    const Frame x = frame_of((Matrix(4, 1) << -3, -1, 1, 3).finished());
    const auto state = fitted(dense_network(), x, values_of({94, 98, 102, 106}));
    double sum = 0, squares = 0;
    for (const float value : last_job().values) {
        sum += value;
        squares += value * value;
    }
    EXPECT_NEAR(sum, 0, 1e-6);
    EXPECT_NEAR(squares / 4, 1, 1e-6);
    const Vector values = state->predict(x).values;
    EXPECT_NEAR(values[0], 94, 1e-4);
    EXPECT_NEAR(values[3], 106, 1e-4);
}

TEST(NetworkModel, KnowsLevelsOfTheRowsItIsFittedOnAlone) {
    const Frame all({Column::of_texts("city", {"Ulm", "Bonn", "Ulm", "Kiel", ""})}, 5);
    const Json json = network(Json::array({input(Json::array({layer("embedding", 1, {{"size", 2}})}))}), Json::array());
    const auto state = fitted(json, all.take(RowIndex{0, 1, 2}), labels_of(2, {0, 1, 0}));
    EXPECT_EQ(last_job().codes[0], (std::vector<std::int64_t>{1, 0, 1}));
    EXPECT_EQ(last_job().network["inputs"][0]["levels"], Json::array({2}));
    const Prediction prediction = state->predict(all);  // Kiel and the missing cell are both the level that was never seen
    EXPECT_EQ(prediction.probabilities.row(3), prediction.probabilities.row(4));
}

TEST(NetworkModel, NumbersWordsByHowOftenTheyStandAndFillsUpInFront) {
    const Frame x({Column::of_texts("note", {"red green red", "green red blue red rare", "gone red"}, ColumnType::Text)}, 3);
    const Json tokens = layer("tokens", 1, {{"length", 4}, {"vocabulary", 5}, {"least", 1}});
    const Json json = network(Json::array({input(Json::array({tokens, layer("embedding", 2, {{"size", 2}}), layer("flatten", 3)}))}), Json::array());
    fitted(json, x, labels_of(2, {0, 1, 0}));
    // red: 5, green: 2, then blue before gone and rare; 0 fills up, 1 is any other word.
    EXPECT_EQ(last_job().codes[0], (std::vector<std::int64_t>{0, 2, 3, 2, 3, 2, 4, 2, 0, 0, 1, 2}));
    EXPECT_EQ(last_job().network["inputs"][0]["layers"][0]["out"]["extents"], Json::array({4, 5}));
}

TEST(NetworkModel, GivesEachInputItsColumns) {
    const Frame x({Column::of_numbers("a", {1, 2, 3}), Column::of_texts("city", {"x", "y", "x"}), Column::of_numbers("b", {4, 5, 6})}, 3);
    const Json json = network(Json::array({input(Json::array(), {{"type", "numeric"}}, Json::array({"a"})),
                                           input(Json::array({layer("embedding", 1, {{"size", 2}})}), {{"pattern", "ci.*"}}),
                                           input(Json::array(), {{"names", Json::array({"a"})}})}),
                              Json::array({layer("dense", 2, {{"units", 3}})}));
    fitted(json, x, labels_of(2, {0, 1, 0}));
    EXPECT_EQ(last_job().numbers[0], (std::vector<float>{4, 5, 6}));
    EXPECT_EQ(last_job().codes[1], (std::vector<std::int64_t>{0, 1, 0}));
    EXPECT_EQ(last_job().numbers[2], (std::vector<float>{1, 2, 3}));
    EXPECT_EQ(last_job().network["then"][0]["in"]["extents"], Json::array({4}));
}

TEST(NetworkModel, HoldsRowsOfEachClassBack) {
    fitted(dense_network({{"stop_early", 2}}), counted(120), thirds(120));
    EXPECT_EQ(last_job().fitted, 90u);
    EXPECT_EQ(last_job().held, 30u);
    EXPECT_EQ(std::count(last_job().held_classes.begin(), last_job().held_classes.end(), 1), 10);
}

TEST(NetworkModel, HoldsWholeGroupsBack) {
    RowRoles roles;
    for (std::int32_t row = 0; row < 120; ++row) {
        roles.groups.push_back(row / 10);
    }
    fitted(dense_network({{"stop_early", 2}}), counted(120), thirds(120), &roles);
    std::set<std::int64_t> held_groups, fitted_groups;
    for (const std::int64_t row : rows_of_cells(last_job().held_numbers)) {
        held_groups.insert(row / 10);
    }
    for (const std::int64_t row : rows_of_cells(last_job().numbers[0])) {
        fitted_groups.insert(row / 10);
    }
    EXPECT_EQ(held_groups.size(), 3u);
    EXPECT_EQ(fitted_groups.size(), 9u);
}

TEST(NetworkModel, HoldsTheLatestRowsBack) {
    RowRoles roles;
    for (int row = 0; row < 120; ++row) {
        roles.times.push_back((row * 37) % 120 / 4);  // four rows a day
    }
    fitted(dense_network({{"stop_early", 2}}), counted(120), thirds(120), &roles);
    double first_held = 1e9, last_fitted = -1;
    for (const std::int64_t row : rows_of_cells(last_job().held_numbers)) {
        first_held = std::min(first_held, roles.times[static_cast<std::size_t>(row)]);
    }
    for (const std::int64_t row : rows_of_cells(last_job().numbers[0])) {
        last_fitted = std::max(last_fitted, roles.times[static_cast<std::size_t>(row)]);
    }
    EXPECT_LT(last_fitted, first_held);
    EXPECT_EQ(last_job().held, 32u);  // 30 and the rest of a day
}

TEST(NetworkModel, RefusesToHoldRowsOfARoleThatIsNoLongerKnown) {
    RowRoles roles;
    roles.groups.assign(100, 1);
    EXPECT_NE(refusal(dense_network({{"stop_early", 2}}), counted(120), thirds(120), &roles).find("no longer known"), std::string::npos);
    EXPECT_EQ(refusal(dense_network(), counted(120), thirds(120), &roles), "");
}

TEST(NetworkModel, LearnsNothingFromHeldRows) {
    std::vector<double> values(120);
    std::iota(values.begin(), values.end(), 0.0);
    const auto first = fitted(dense_network({{"stop_early", 2}}), counted(120), values_of(values));
    const std::set<std::int64_t> held = rows_of_cells(last_job().held_numbers);
    for (const std::int64_t row : held) {
        values[static_cast<std::size_t>(row)] += 1000;
    }
    const auto second = fitted(dense_network({{"stop_early", 2}}), counted(120), values_of(values));
    EXPECT_EQ(state_of(*first), state_of(*second));
}

TEST(NetworkModel, LetsRowsThatWeighNothingOut) {
    Target y = thirds(6);
    y.weights = {1, 0, 2, 1, 1, 1};
    fitted(dense_network(), counted(6), y);
    EXPECT_EQ(rows_of_cells(last_job().numbers[0]), (std::set<std::int64_t>{0, 2, 3, 4, 5}));
    EXPECT_EQ(last_job().weights, (std::vector<float>{1, 2, 1, 1, 1}));
}

TEST(NetworkModel, BalancesClasses) {
    fitted(dense_network({{"class_weight", "balanced"}}), counted(6), thirds(6));
    EXPECT_EQ(last_job().weights, (std::vector<float>{0.75, 0.75, 1.5, 0.75, 0.75, 1.5}));
}

TEST(NetworkModel, GoesOnFromFewerEpochsOfTheSameTraining) {
    const Frame x = counted(60);
    const Target y = thirds(60);
    const auto smaller = fitted(dense_network({{"epochs", 2}}), x, y);
    const auto grow = [&](const Json& json, const FittedModel& from) {
        FitContext context{.rng = Rng::of_seed(1), .cancelled = nullptr};
        return model(json)->grow(from, x, y, context);
    };
    ASSERT_NE(grow(dense_network({{"epochs", 5}}), *smaller), nullptr);
    EXPECT_FALSE(last_job().continued.empty());
    EXPECT_EQ(grow(dense_network({{"epochs", 5}, {"batch", 8}}), *smaller), nullptr);
    EXPECT_EQ(grow(dense_network({{"epochs", 1}}), *smaller), nullptr);
    const auto read = blank_network_model(recording_backend);
    const std::vector<std::byte> bytes = state_of(*smaller);
    Archive reader = Archive::reader(bytes);
    read->archive(reader);
    EXPECT_EQ(grow(dense_network({{"epochs", 5}}), *read), nullptr);
}

TEST(NetworkModel, TellsEveryEpochAsItEnds) {
    std::vector<std::int64_t> told;
    const std::function<void(const Epoch&)> listen = [&](const Epoch& epoch) { told.push_back(epoch.number); };
    FitContext context{.rng = Rng::of_seed(1), .cancelled = nullptr, .roles = nullptr, .epoch_ended = &listen};
    model(dense_network())->fit(counted(9), thirds(9), context);
    EXPECT_EQ(told, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(NetworkModel, TakesItsSeedFromItsStream) {
    fitted(dense_network(), counted(9), thirds(9), nullptr, 1);
    const std::uint64_t first = last_job().seed;
    fitted(dense_network(), counted(9), thirds(9), nullptr, 1);
    EXPECT_EQ(last_job().seed, first);
    fitted(dense_network(), counted(9), thirds(9), nullptr, 2);
    EXPECT_NE(last_job().seed, first);
}

TEST(NetworkModel, SaysWhatDoesNotFit) {
    const Json image =
        network(Json::array({input(Json::array())}), Json::array({layer("image", 7, {{"height", 5}, {"width", 5}}), layer("flatten", 8)}));
    EXPECT_EQ(refusal(image, counted(6), thirds(6)).substr(0, 22), "`net`, layer `image`: ");
    Matrix gap = Matrix::Zero(6, 1);
    gap(3, 0) = missing_number;
    EXPECT_NE(refusal(dense_network(), frame_of(gap), thirds(6)).find("missing value"), std::string::npos);
    gap(3, 0) = 1e300;
    EXPECT_NE(refusal(dense_network(), frame_of(gap), thirds(6)).find("infinite"), std::string::npos);
    const Frame mixed({Column::of_numbers("age", {1, 2, 3}), Column::of_texts("city", {"x", "y", "x"})}, 3);
    EXPECT_NE(refusal(dense_network(), mixed, thirds(3)).find("numbers (`age`) and categories (`city`)"), std::string::npos);
}

TEST(NetworkModel, KeepsToTheLimitsOfItsFile) {
    // 2 · 4 + 4 of the layer, 4 · 2 + 2 of the head.
    EXPECT_EQ(refusal(dense_network({{"most_parameters", 22}}), counted(6), thirds(6)), "");
    EXPECT_NE(refusal(dense_network({{"most_parameters", 21}}), counted(6), thirds(6)).find("22 parameters"), std::string::npos);
    // Adam keeps two numbers beside a weight and its gradient; a row has 4 + 2 numbers, a batch 16 rows.
    const double bytes = 4 * (22 * 4 + 6 * 16 * 2);
    EXPECT_EQ(refusal(dense_network({{"most_memory", bytes}}), counted(6), thirds(6)), "");
    EXPECT_NE(refusal(dense_network({{"most_memory", bytes - 1}}), counted(6), thirds(6)).find("most memory"), std::string::npos);
}

TEST(NetworkModel, CountsTablesOfCategories) {
    const Frame x({Column::of_texts("city", {"Ulm", "Bonn", "Ulm"})}, 3);
    const Json json = network(Json::array({input(Json::array({layer("embedding", 1, {{"size", 5}})}))}), Json::array(), {{"most_parameters", 1}});
    // (2 levels + the unseen one) · 5, and 5 · 2 + 2.
    EXPECT_NE(refusal(json, x, labels_of(2, {0, 1, 0})).find("27 parameters"), std::string::npos);
}

}  // namespace model_test
}  // namespace mlpc::networks
