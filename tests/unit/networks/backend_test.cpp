// Networks that are trained by libtorch: that they learn, that a training is repeatable, goes on as if it had not ended, and can be kept.
#include "runtime/core/error.h"
#include "tests/unit/networks/backend_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace mlpc::networks {
namespace {

const Json adam = part("adam", {{"rate", 0.01}});

Json two_layers() { return Json::array({layer("dense", {{"units", 16}}), layer("batch_norm"), layer("relu"), layer("dropout", {{"rate", 0.1}})}); }

TEST(Backend, LearnsClasses) {
    const ExampleRows rows = circles(400, 1), others = circles(200, 2);
    const std::string network = described_text(two_layers(), {.optimiser = adam, .epochs = 15, .batch = 32}, 2);
    const auto trained = backend().train(job_on(network, rows));
    EXPECT_GT(accuracy(*trained, others), 0.95);
    EXPECT_EQ(trained->parameters(), 2 * 16 + 16 + 2 * 16 + 16 * 2 + 2);
    ASSERT_EQ(trained->epochs().size(), 15U);
    EXPECT_LT(trained->epochs().back().train_loss, 0.5 * trained->epochs().front().train_loss);
    EXPECT_DOUBLE_EQ(trained->epochs().back().rate, 0.01);
}

TEST(Backend, LearnsNumbers) {
    ExampleRows rows = circles(400, 1);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        rows.values.push_back(rows.numbers[2 * row] * rows.numbers[2 * row + 1]);
    }
    const std::string network = described_text(two_layers(), {.optimiser = adam, .epochs = 30, .batch = 32}, 2);
    const auto trained = backend().train(job_on(network, rows, Predicts::Values));
    const std::vector<float> values = predicted(*trained, rows, 1);
    double errors = 0, squares = 0;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        errors += std::pow(values[row] - rows.values[row], 2);
        squares += std::pow(rows.values[row], 2);
    }
    EXPECT_LT(errors, 0.15 * squares);
}

TEST(Backend, LearnsImages) {
    const ExampleRows rows = bars(300, 1), others = bars(200, 2);
    const Json layers = Json::array({layer("image", {{"height", 8}, {"width", 8}}), layer("conv", {{"channels", 8}, {"kernel", 3}}), layer("relu"),
                                     layer("max_pool"), layer("flatten")});
    const std::string network = described_text(layers, {.optimiser = adam, .epochs = 8, .batch = 32}, 64);
    EXPECT_GT(accuracy(*backend().train(job_on(network, rows)), others), 0.95);
}

// --- the same bits ------------------------------------------------------------------------------------------------

TEST(Backend, SameSeedSameBits) {
    const ExampleRows rows = circles(200, 1);
    TrainingJob job = job_on(described_text(two_layers(), {.optimiser = adam, .epochs = 3, .batch = 32}, 2), rows);
    const std::string once = backend().train(job)->weights();
    EXPECT_EQ(backend().train(job)->weights(), once);
    job.seed = 8;
    EXPECT_NE(backend().train(job)->weights(), once);
}

TEST(Backend, SameBitsBesideOtherTrainings) {
    const ExampleRows rows = bars(150, 1);
    std::vector<std::string> networks;
    for (const int channels : {3, 5, 8, 12}) {
        const Json layers = Json::array({layer("image", {{"height", 8}, {"width", 8}}), layer("conv", {{"channels", channels}}), layer("relu"),
                                         layer("dropout", {{"rate", 0.3}}), layer("flatten")});
        networks.push_back(described_text(layers, {.optimiser = adam, .epochs = 3, .batch = 16}, 64));
    }
    std::vector<std::string> one_by_one, together(networks.size());
    for (const std::string& network : networks) {
        one_by_one.push_back(backend().train(job_on(network, rows))->weights());
    }
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < networks.size(); ++i) {
        threads.emplace_back([&, i] { together[i] = backend().train(job_on(networks[i], rows))->weights(); });
    }
    threads.clear();
    EXPECT_EQ(together, one_by_one);
}

TEST(Backend, ARowIsPredictedAsBesideOthers) {
    const ExampleRows rows = circles(150, 1);
    const auto trained = backend().train(job_on(described_text(two_layers(), {.optimiser = adam, .epochs = 2, .batch = 32}, 2), rows));
    const std::vector<float> together = predicted(*trained, rows);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        float alone[2];
        trained->predict({1, {{.width = 2, .numbers = rows.numbers.data() + 2 * row}}}, alone);
        ASSERT_THAT(alone, testing::ElementsAre(together[2 * row], together[2 * row + 1])) << row;
    }
}

// --- going on -----------------------------------------------------------------------------------------------------

TEST(Backend, GoesOnAsIfItHadNotEnded) {
    const ExampleRows rows = circles(150, 1), held = circles(60, 2);
    const auto job = [&](std::int64_t epochs, const TrainedNetwork* earlier) {
        const TrainingPlan plan{.optimiser = adam, .epochs = epochs, .batch = 32, .stop_early = 3, .schedule = part("plateau", {{"patience", 1}})};
        TrainingJob one = job_on(described_text(two_layers(), plan, 2), rows);
        one.held = held.input();
        one.held_truth = held.truth();
        one.earlier = earlier;
        return one;
    };
    const auto whole = backend().train(job(12, nullptr));
    const auto first = backend().train(job(2, nullptr));
    const auto second = backend().train(job(5, first.get()));
    const auto third = backend().train(job(12, second.get()));
    EXPECT_EQ(third->weights(), whole->weights());
    ASSERT_EQ(third->epochs().size(), whole->epochs().size());
    for (std::size_t i = 0; i < whole->epochs().size(); ++i) {
        EXPECT_EQ(third->epochs()[i].held_loss, whole->epochs()[i].held_loss);
        EXPECT_EQ(third->epochs()[i].rate, whole->epochs()[i].rate);
    }
}

TEST(Backend, StopsEarlyAndKeepsTheBest) {
    const ExampleRows rows = circles(40, 1);
    ExampleRows held = circles(60, 2);
    for (std::int64_t& of_class : held.classes) {
        of_class = 1 - of_class;  // the more is learned, the worse
    }
    const TrainingPlan plan{.optimiser = adam, .epochs = 50, .batch = 32, .stop_early = 4};
    TrainingJob job = job_on(described_text(two_layers(), plan, 2), rows);
    job.held = held.input();
    job.held_truth = held.truth();
    const auto stopped = backend().train(job);
    ASSERT_LT(stopped->epochs().size(), 50U);
    std::size_t best = 0;
    for (std::size_t i = 0; i < stopped->epochs().size(); ++i) {
        best = stopped->epochs()[i].held_loss < stopped->epochs()[best].held_loss ? i : best;
    }
    EXPECT_EQ(stopped->epochs().size(), best + 1 + 4);
    TrainingPlan shorter = plan;
    shorter.epochs = static_cast<std::int64_t>(best) + 1;
    job.network = described_text(two_layers(), shorter, 2);
    EXPECT_EQ(backend().train(job)->weights(), stopped->weights());
}

TEST(Backend, StopsWhereItIsAsked) {
    const ExampleRows rows = circles(100, 1);
    TrainingJob job = job_on(described_text(two_layers(), {.optimiser = adam, .epochs = 1000, .batch = 32}, 2), rows);
    std::atomic<bool> cancelled = false;
    const std::function<void(const Epoch&)> listener = [&](const Epoch& epoch) { cancelled = epoch.number == 2; };
    job.cancelled = &cancelled;
    job.epoch_ended = &listener;
    EXPECT_THROW(backend().train(job), Cancelled);
}

// --- what is kept -------------------------------------------------------------------------------------------------

TEST(Backend, WeightsReadAgainPredictTheSame) {
    const ExampleRows rows = circles(100, 1);
    const std::string network = described_text(two_layers(), {.optimiser = adam, .epochs = 2, .batch = 32}, 2);
    const auto trained = backend().train(job_on(network, rows));
    const auto again = backend().load(network, 2, true, trained->weights());
    EXPECT_EQ(predicted(*again, rows), predicted(*trained, rows));
    EXPECT_EQ(again->weights(), trained->weights());
}

TEST(Backend, ALossThatIsNoNumberEndsTheTraining) {
    const ExampleRows rows = circles(100, 1);
    const TrainingPlan plan{.optimiser = part("sgd", {{"rate", 1e30}}), .epochs = 5, .batch = 32};
    try {
        backend().train(job_on(described_text(two_layers(), plan, 2), rows));
        FAIL() << "it went on";
    } catch (const BackendError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("a smaller `rate`"));
    }
}

}  // namespace
}  // namespace mlpc::networks
