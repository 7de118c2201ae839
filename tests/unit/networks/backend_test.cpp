// Networks that are trained by libtorch: that they learn, that a training is repeatable, goes on as if it had not ended, and can be kept.
#include "runtime/core/error.h"
#include "runtime/core/fit_checkpoint.h"
#include "tests/unit/networks/backend_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace mlpc::networks {
namespace backend_test {

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

// Wide enough that a product of matrices takes rows in groups; each chain is given 64 numbers.
TEST(Backend, ARowIsPredictedAsBesideOthers) {
    const auto after = [](Json first, std::initializer_list<Json> others) {
        std::copy(others.begin(), others.end(), std::back_inserter(first));
        return first;
    };
    const Json image = Json::array({layer("image", {{"height", 8}, {"width", 8}})}), sequence = Json::array({layer("sequence", {{"steps", 8}})});
    const std::vector<std::pair<std::string, Json>> chains = {
        {"dense", Json::array({layer("dense", {{"units", 48}}), layer("relu"), layer("dense", {{"units", 17}})})},
        {"conv", after(image, {layer("conv", {{"channels", 12}}), layer("relu"), layer("flatten"), layer("dense", {{"units", 32}})})},
        {"steps", after(sequence, {layer("dense", {{"units", 32}}), layer("gelu"), layer("flatten")})},
        {"windows", after(sequence, {layer("conv", {{"channels", 12}, {"kernel", 3}}), layer("relu"), layer("global_max_pool")})},
        {"separable", after(sequence, {layer("separable_conv", {{"channels", 20}}), layer("layer_norm"), layer("flatten")})},
        {"shortcut",
         after(sequence, {layer("residual", {{"shortcut", "projection"}}, {Json::array({layer("conv", {{"channels", 12}})})}), layer("flatten")})},
        {"lstm", after(sequence, {layer("lstm", {{"units", 24}})})},
        {"gru", after(sequence, {layer("gru", {{"units", 24}, {"bidirectional", true}})})},
        {"attention", after(sequence, {layer("attention"), layer("flatten")})},
    };
    const ExampleRows rows = bars(70, 1);
    for (const auto& [name, layers] : chains) {
        const auto trained = backend().train(job_on(described_text(layers, {.optimiser = adam, .epochs = 1, .batch = 32}, 64), rows));
        const std::vector<float> together = predicted(*trained, rows);
        for (std::size_t row = 0; row < rows.rows(); ++row) {
            float alone[2];
            trained->predict({1, {{.width = 64, .numbers = rows.numbers.data() + 64 * row}}}, alone);
            ASSERT_THAT(alone, testing::ElementsAre(together[2 * row], together[2 * row + 1])) << name << ", row " << row;
        }
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

// Keeps a training after each epoch, in memory.
class Notes final : public FitCheckpoint {
public:
    std::string kept() override { return state; }
    void went_on() override { ++used; }
    bool is_due() const override { return true; }
    void keep(std::string_view now) override { state = now; }
    std::string state;
    int used = 0;
};

// Trainings of one network on rows of which some are held back; the first is stopped in its fourth epoch.
class StoppedTraining : public testing::TestWithParam<Json> {
protected:
    StoppedTraining() {
        cancelled_ = false;
        TrainingJob job = this->job(10);
        job.cancelled = &cancelled_;
        const std::function<void(const Epoch&)> listener = [&](const Epoch& epoch) { cancelled_ = epoch.number == 3; };
        job.epoch_ended = &listener;
        job.checkpoint = &notes_;
        EXPECT_THROW(backend().train(job), Cancelled);
    }
    TrainingJob job(std::int64_t epochs) const {
        const TrainingPlan plan{
            .optimiser = GetParam(), .epochs = epochs, .batch = 32, .stop_early = 3, .schedule = part("plateau", {{"patience", 1}})};
        TrainingJob one = job_on(described_text(two_layers(), plan, 2), rows_);
        one.held = held_.input();
        one.held_truth = held_.truth();
        return one;
    }
    // Goes on from `state`; says how many epochs that took.
    std::unique_ptr<TrainedNetwork> again(std::int64_t epochs, const std::string& state, int& trained) {
        trained = 0;
        notes_.state = state;
        TrainingJob one = job(epochs);
        const std::function<void(const Epoch&)> listener = [&](const Epoch&) { ++trained; };
        one.epoch_ended = &listener;
        one.checkpoint = &notes_;
        return backend().train(one);
    }

    const ExampleRows rows_ = circles(150, 1), held_ = circles(60, 2);
    std::atomic<bool> cancelled_;
    Notes notes_;
};

TEST_P(StoppedTraining, GoesOnFromItsLastEpochToTheSameBits) {
    const auto whole = backend().train(job(10));
    int trained = 0;
    const auto continued = again(10, notes_.state, trained);
    EXPECT_EQ(notes_.used, 1);
    EXPECT_EQ(trained, static_cast<int>(whole->epochs().size()) - 3);
    EXPECT_EQ(continued->weights(), whole->weights());
    ASSERT_EQ(continued->epochs().size(), whole->epochs().size());
    for (std::size_t i = 0; i < whole->epochs().size(); ++i) {
        EXPECT_EQ(continued->epochs()[i].number, whole->epochs()[i].number);
        EXPECT_EQ(continued->epochs()[i].train_loss, whole->epochs()[i].train_loss);
        EXPECT_EQ(continued->epochs()[i].held_loss, whole->epochs()[i].held_loss);
        EXPECT_EQ(continued->epochs()[i].rate, whole->epochs()[i].rate);
    }
    const auto longer = backend().train(job(14));
    EXPECT_EQ(again(14, notes_.state, trained)->weights(), longer->weights()) << "of the same training with more epochs";
}

TEST_P(StoppedTraining, BeginsWhereTheStateIsOfAnotherOne) {
    const std::string state = notes_.state;
    int trained = 0;
    EXPECT_EQ(again(2, state, trained)->weights(), backend().train(job(2))->weights()) << "of fewer epochs than have ended";
    EXPECT_EQ(trained, 2);
    Notes other;
    other.state = state;
    const Json one_layer = Json::array({layer("dense", {{"units", 16}})});
    TrainingJob job = job_on(described_text(one_layer, {.optimiser = GetParam(), .epochs = 2, .batch = 32}, 2), rows_);
    const std::string weights = backend().train(job)->weights();
    job.checkpoint = &other;
    EXPECT_EQ(backend().train(job)->weights(), weights);
    EXPECT_EQ(other.used + notes_.used, 0);
}

TEST_P(StoppedTraining, BeginsWhereTheStateIsDamaged) {
    const std::string state = notes_.state, whole = backend().train(job(4))->weights();
    int trained = 0;
    for (std::size_t bytes = 0; bytes < state.size(); bytes += state.size() / 23) {
        EXPECT_EQ(again(4, state.substr(0, bytes), trained)->weights(), whole) << bytes << " of " << state.size();
        EXPECT_EQ(trained, 4);
    }
    for (std::size_t byte = 0; byte < state.size(); byte += byte < 2000 ? 11 : 900) {
        std::string other = state;
        other[byte] = static_cast<char>(other[byte] ^ 0x55);
        try {
            EXPECT_LE(again(4, other, trained)->epochs().size(), 4U) << byte;
        } catch (const BackendError& error) {
            EXPECT_THAT(error.what(), testing::HasSubstr("a smaller `rate`")) << "a byte may spoil this training and nothing else";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Optimisers, StoppedTraining,
                         testing::Values(adam, part("sgd", {{"rate", 0.05}, {"momentum", 0.9}}), part("sgd", {{"rate", 0.05}}),
                                         part("adamw", {{"rate", 0.01}, {"amsgrad", true}}), part("rmsprop", {{"rate", 0.01}})));

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

}  // namespace backend_test
}  // namespace mlpc::networks
