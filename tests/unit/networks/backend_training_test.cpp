// What a training does beside its steps: weights of rows, clipping, losses, augmentation, several inputs.
#include "stdlib/stdlib.h"
#include "tests/unit/networks/backend_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace mlpc::networks {
namespace backend_training_test {

// The weights as a list, by the order in which they are stored.
std::vector<float> cells_of(const TrainedNetwork& network) {
    const std::string file = network.weights();
    std::uint64_t length = 0;
    std::memcpy(&length, file.data(), 8);
    std::vector<float> cells((file.size() - 8 - length) / sizeof(float));
    std::memcpy(cells.data(), file.data() + 8 + length, cells.size() * sizeof(float));
    return cells;
}

// A network of its head alone, after so many epochs of one batch each.
std::vector<float> head_after(const ExampleRows& rows, TrainingPlan plan, Predicts predicts = Predicts::Values, Json loss = nullptr) {
    plan.batch = static_cast<std::int64_t>(rows.rows());
    Json network = Json::parse(described_text(Json::array(), plan, rows.width));
    network["train"]["loss"] = std::move(loss);
    return cells_of(*backend().train(job_on(network.dump(), rows, predicts)));
}

ExampleRows line() { return {.width = 1, .numbers = {1, 2, 3, 4}, .classes = {}, .values = {2, 1, 4, 9}}; }

const Json slow = part("sgd", {{"rate", 0.01}});

// The head of one number is a slope and an intercept, and the step of a loss is known by hand.
TEST(Training, AStepIsTheGradientOfTheLoss) {
    const ExampleRows rows = line();
    const std::vector<float> before = head_after(rows, {.optimiser = slow, .epochs = 0}), after = head_after(rows, {.optimiser = slow, .epochs = 1});
    double slope = 0, intercept = 0;
    for (std::size_t row = 0; row < 4; ++row) {
        const double error = before[0] * rows.numbers[row] + before[1] - rows.values[row];
        slope += 2 * error * rows.numbers[row] / 4;
        intercept += 2 * error / 4;
    }
    EXPECT_NEAR(after[0], before[0] - 0.01 * slope, 1e-5);
    EXPECT_NEAR(after[1], before[1] - 0.01 * intercept, 1e-5);
}

TEST(Training, ARowOfTwiceTheWeightCountsAsTwo) {
    ExampleRows weighted = line(), twice = line();
    weighted.weights = {1, 1, 1, 2};
    twice.numbers.push_back(4);
    twice.values.push_back(9);
    const std::vector<float> a = head_after(weighted, {.optimiser = slow, .epochs = 3}), b = head_after(twice, {.optimiser = slow, .epochs = 3});
    EXPECT_NEAR(a[0], b[0], 1e-4);
    EXPECT_NEAR(a[1], b[1], 1e-4);
}

TEST(Training, ClippingBoundsTheStep) {
    const ExampleRows rows = line();
    const std::vector<float> before = head_after(rows, {.optimiser = slow, .epochs = 0});
    const std::vector<float> after = head_after(rows, {.optimiser = slow, .epochs = 1, .clip = 0.5});
    EXPECT_NEAR(std::hypot(after[0] - before[0], after[1] - before[1]), 0.01 * 0.5, 1e-5);
}

// Of the slope and the intercept under one loss, by differences of what the loss should be.
TEST(Training, LossesAreThoseOfTheirNames) {
    const ExampleRows rows = line();
    const std::vector<float> before = head_after(rows, {.optimiser = slow, .epochs = 0});
    const auto huber = [](double error) { return std::abs(error) < 0.5 ? error * error / 2 : 0.5 * (std::abs(error) - 0.25); };
    const std::pair<Json, std::function<double(double)>> losses[] = {{part("mae"), [](double error) { return std::abs(error); }},
                                                                     {part("huber", {{"delta", 0.5}}), huber}};
    for (const auto& [loss, of_error] : losses) {
        const auto at = [&, &of_error = of_error](double slope, double intercept) {
            double sum = 0;
            for (std::size_t row = 0; row < 4; ++row) {
                sum += of_error(slope * rows.numbers[row] + intercept - rows.values[row]) / 4;
            }
            return sum;
        };
        const std::vector<float> after = head_after(rows, {.optimiser = slow, .epochs = 1}, Predicts::Values, loss);
        constexpr double h = 1e-6;
        EXPECT_NEAR(after[0], before[0] - 0.01 * (at(before[0] + h, before[1]) - at(before[0] - h, before[1])) / (2 * h), 1e-5) << loss;
        EXPECT_NEAR(after[1], before[1] - 0.01 * (at(before[0], before[1] + h) - at(before[0], before[1] - h)) / (2 * h), 1e-5) << loss;
    }
}

TEST(Training, ALossOfTheOtherKindIsRefused) {
    const ExampleRows rows = circles(20, 1);
    EXPECT_THAT([&] { head_after(rows, {.optimiser = slow}, Predicts::Classes, part("mse")); },
                testing::ThrowsMessage<BackendError>(testing::HasSubstr("`cross_entropy`")));
    EXPECT_THAT(
        [&] {
            head_after(line(), {.optimiser = slow}, Predicts::Values, part("focal", {{"gamma", 2}}));
        },
        testing::ThrowsMessage<BackendError>(testing::HasSubstr("`mse`")));
}

// Focal loss of gamma 0 and label smoothing of 0 are the cross entropy.
TEST(Training, LossesOfClassesMeet) {
    const ExampleRows rows = circles(60, 1);
    const TrainingPlan plan{.optimiser = slow, .epochs = 3};
    const std::vector<float> plain = head_after(rows, plan, Predicts::Classes);
    const std::vector<float> focal = head_after(rows, plan, Predicts::Classes, part("focal", {{"gamma", 0.0}}));
    for (std::size_t i = 0; i < plain.size(); ++i) {
        EXPECT_NEAR(focal[i], plain[i], 1e-6);
    }
    EXPECT_EQ(head_after(rows, plan, Predicts::Classes, part("cross_entropy", {{"label_smoothing", 0.0}})), plain);
    EXPECT_NE(head_after(rows, plan, Predicts::Classes, part("cross_entropy", {{"label_smoothing", 0.2}})), plain);
    EXPECT_NE(head_after(rows, plan, Predicts::Classes, part("focal", {{"gamma", 2.0}})), plain);
}

TEST(Training, ALastBatchOfOneRowIsNoTrouble) {
    const ExampleRows rows = circles(33, 1);
    const Json layers = Json::array({layer("dense", {{"units", 4}}), layer("batch_norm"), layer("relu")});
    const auto trained = backend().train(job_on(described_text(layers, {.optimiser = slow, .epochs = 2, .batch = 32}, 2), rows));
    for (const float cell : cells_of(*trained)) {
        EXPECT_TRUE(std::isfinite(cell));
    }
}

// --- augmentation -------------------------------------------------------------------------------------------------

TEST(Training, AugmentedImagesAreLearnedFrom) {
    const ExampleRows rows = bars(200, 1), others = bars(100, 2);
    const Json layers =
        Json::array({layer("image", {{"height", 8}, {"width", 8}}), layer("conv", {{"channels", 6}}), layer("relu"), layer("flatten")});
    const auto trained = [&](std::vector<Json> augment) {
        const TrainingPlan plan{.optimiser = part("adam", {{"rate", 0.01}}), .epochs = 6, .batch = 32, .augment = std::move(augment)};
        return backend().train(job_on(described_text(layers, plan, 64), rows));
    };
    const auto plain = trained({});
    const std::vector<Json> each{part("flip", {{"vertical", true}}), part("crop"),  part("rotate"),
                                 part("cutout", {{"size", 2}}),      part("noise"), part("mixup")};
    for (const Json& one : each) {
        const auto augmented = trained({one});
        EXPECT_GT(accuracy(*augmented, others), 0.85) << one;
        EXPECT_NE(augmented->weights(), plain->weights()) << one;
        EXPECT_EQ(augmented->weights(), trained({one})->weights()) << one;
    }
    EXPECT_GT(accuracy(*trained(each), others), 0.7);
}

// Bars that are turned by up to 90 degrees say nothing: augmentation does change what is learned from.
TEST(Training, AugmentationChangesTheImages) {
    const ExampleRows rows = bars(200, 1), others = bars(100, 2);
    const Json layers =
        Json::array({layer("image", {{"height", 8}, {"width", 8}}), layer("conv", {{"channels", 6}}), layer("relu"), layer("flatten")});
    const TrainingPlan plan{.optimiser = part("adam", {{"rate", 0.01}}), .epochs = 6, .batch = 32, .augment = {part("cutout", {{"size", 100}})}};
    const auto blind = backend().train(job_on(described_text(layers, plan, 64), rows));
    EXPECT_LT(accuracy(*blind, others), 0.8);
    EXPECT_GT(blind->epochs().back().train_loss, 0.6);
}

// --- several inputs -----------------------------------------------------------------------------------------------

TEST(Training, NumbersCategoriesAndWordsMeet) {
    constexpr std::size_t rows = 240;
    Rng rng = Rng::of_seed(3);
    std::vector<float> numbers;
    std::vector<std::int64_t> categories, words, classes;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto category = static_cast<std::int64_t>(rng.below(3)), word = static_cast<std::int64_t>(rng.below(4)) + 2;
        numbers.push_back(static_cast<float>(rng.normal()));
        categories.insert(categories.end(), {category, static_cast<std::int64_t>(rng.below(2))});
        words.insert(words.end(), {0, static_cast<std::int64_t>(rng.below(4)) + 2, word});
        // Each of the three inputs is needed.
        classes.push_back(numbers.back() + (category == 1 ? 2.0 : 0.0) - (word == 2 ? 2.0 : 0.0) > 0 ? 1 : 0);
    }
    Json of_categories = input_of_all(Json::array({layer("embedding", {{"size", 2}})}));
    of_categories["levels"] = {3, 2};
    const Json of_words = input_of_all(Json::array({layer("embedding", {{"size", 4}}), layer("lstm", {{"units", 6}})}));
    const TrainingPlan plan{.optimiser = part("adam", {{"rate", 0.02}}), .epochs = 40, .batch = 32};
    const std::vector<TensorShape> shapes{{TensorShape::Kind::Numbers, {1}}, {TensorShape::Kind::Codes, {2}}, {TensorShape::Kind::Tokens, {3, 6}}};
    const Described whole =
        described(network({input_of_all(), of_categories, of_words}, Json::array({layer("dense", {{"units", 8}}), layer("relu")}), plan), shapes,
                  standard_library());
    const InputRows input{rows,
                          {{.width = 1, .numbers = numbers.data()}, {.width = 2, .codes = categories.data()}, {.width = 3, .codes = words.data()}}};
    const auto trained =
        backend().train({.network = whole.network.dump(), .outputs = 2, .fitted = input, .truth = {.classes = classes.data()}, .seed = 1});
    const std::int64_t tables = (4 + 3) * 2 + 6 * 4, lstm = 4 * 6 * (4 + 6 + 2), dense = (1 + 4 + 6) * 8 + 8, head = 8 * 2 + 2;
    EXPECT_EQ(trained->parameters(), tables + lstm + dense + head);
    std::vector<float> probabilities(2 * rows);
    trained->predict(input, probabilities.data());
    std::size_t right = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        right += (probabilities[2 * row + 1] > 0.5F) == (classes[row] == 1) ? 1 : 0;
    }
    EXPECT_GT(right, rows * 95 / 100);
}

}  // namespace backend_training_test
}  // namespace mlpc::networks
