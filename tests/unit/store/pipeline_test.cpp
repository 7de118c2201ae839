#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"
#include "runtime/model/fitted_pipeline.h"
#include "runtime/model/predictions.h"
#include "tests/unit/store/fake_catalog.h"
#include "tests/unit/store/temporary_directory.h"

#include <gtest/gtest.h>
#include <cstring>
#include <fstream>
#include <functional>

namespace mlpc::test {

namespace pipeline_test {

constexpr std::size_t digest_size = 64;

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const RunError& error) {
        return error.what();
    }
    return "no RunError";
}

bool same_bits(const Vector& a, const Vector& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}

std::string load_message(const std::string& bytes) {
    return message_of([&] { pipeline_from_bytes(bytes, "x.mlpm", fake_catalog()); });
}

std::string resealed(std::string bytes) {
    bytes.resize(bytes.size() - digest_size);
    return bytes + sha256_hex(bytes);
}

// The file with `from` in its header replaced, sealed again.
std::string edited(const std::string& from, const std::string& to) {
    std::string bytes = pipeline_bytes(regression_pipeline());
    const std::size_t position = bytes.find(from);
    EXPECT_NE(position, std::string::npos) << from;
    bytes.replace(position, from.size(), to);
    std::uint64_t header_size = 0;
    std::memcpy(&header_size, &bytes[8], sizeof header_size);
    header_size += to.size() - from.size();
    std::memcpy(&bytes[8], &header_size, sizeof header_size);
    return resealed(bytes);
}

TEST(FittedPipeline, PredictsFromRawColumnsByName) {
    const Prediction prediction = regression_pipeline().predict(raw_rows());
    const Vector expected{{0.1 * (1250 - 1234.5) - (1.0 / 3) * (33 - 1.0 / 3) + 1e-17 + 0.7,
                           0.1 * (1111.125 - 1234.5) - (1.0 / 3) * (47.25 - 1.0 / 3) + 0.7,
                           0.1 * (1234 - 1234.5) - (1.0 / 3) * (61 - 1.0 / 3) - 1e-17 + 0.7}};
    ASSERT_EQ(prediction.rows(), 3u);
    EXPECT_LT((prediction.values - expected).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(FittedPipeline, PredictsTheSameBitsWhenLoadedAgain) {
    const TemporaryDirectory directory;
    const std::string path = directory / "winner.mlpm";
    save_pipeline(regression_pipeline(), path);
    const FittedPipeline loaded = load_pipeline(path, fake_catalog());
    EXPECT_TRUE(same_bits(loaded.predict(raw_rows()).values, regression_pipeline().predict(raw_rows()).values));
    EXPECT_EQ(pipeline_bytes(loaded), pipeline_bytes(regression_pipeline())) << "schema, provenance and states are all there";
    save_pipeline(classification_pipeline(), path);
    const Matrix expected = classification_pipeline().predict(raw_rows()).probabilities;
    EXPECT_TRUE(same_bits(load_pipeline(path, fake_catalog()).predict(raw_rows()).probabilities.reshaped(), expected.reshaped()));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1) << "no temporary file stays behind";
}

TEST(FittedPipeline, RefusesDataThatDoesNotFit) {
    const FittedPipeline pipeline = regression_pipeline();
    const Frame rows = raw_rows();
    const Frame without_income = rows.select(std::vector<std::size_t>{0, 1, 3});
    EXPECT_EQ(message_of([&] { pipeline.predict(without_income); }), "the data has no column `income`, which the model needs");
    const Frame text_age({Column::of_texts("age", {"33"}), Column::of_texts("plan", {"gold"}), Column::of_numbers("income", {1})}, 1);
    EXPECT_EQ(message_of([&] { pipeline.predict(text_age); }), "column `age` is " + std::string(name_of(ColumnType::Category)) +
                                                                   "; the model was trained with " + std::string(name_of(ColumnType::Numeric)));
}

TEST(FittedPipeline, RefusesOrdinalLevelsInAnotherOrder) {
    FittedPipeline pipeline = regression_pipeline();
    pipeline.schema[1] = {.name = "plan", .type = ColumnType::Ordinal, .levels = {"basic", "gold"}};
    const auto rows_with = [](Levels levels) {
        return Frame({Column::of_numbers("age", {33}), Column::of_numbers("income", {1}),
                      Column::of_codes("plan", {0}, std::make_shared<const Levels>(std::move(levels)), ColumnType::Ordinal)},
                     1);
    };
    EXPECT_EQ(pipeline.predict(rows_with({"basic", "gold"})).rows(), 1u);
    EXPECT_EQ(message_of([&] {
                  pipeline.predict(rows_with({"gold", "basic"}));
              }),
              "the levels of column `plan` are not those that the model was trained with");
}

TEST(FittedPipeline, NeedsEveryColumnWhereNothingIsSelected) {
    FittedPipeline pipeline = regression_pipeline();
    pipeline.nodes.erase(pipeline.nodes.begin() + 3, pipeline.nodes.begin() + 6);
    pipeline.nodes.erase(pipeline.nodes.begin() + 1);
    pipeline.nodes[1].inputs = {0};
    pipeline.nodes[2].inputs = {1};
    EXPECT_EQ(message_of([&] { pipeline.predict(raw_rows()); }), "the data has no column `id`, which the model needs");
}

TEST(SavedPipeline, RefusesEveryTruncation) {
    const std::string bytes = pipeline_bytes(classification_pipeline());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_NE(load_message(bytes.substr(0, size)).find("cannot load `x.mlpm`"), std::string::npos) << size;
    }
    EXPECT_EQ(load_message(bytes), "no RunError");
    EXPECT_NE(load_message(bytes + "x").find("does not give its SHA-256"), std::string::npos);
}

TEST(SavedPipeline, NoticesEveryChangedByte) {
    const std::string bytes = pipeline_bytes(classification_pipeline());
    Rng rng = Rng::of_seed(1);
    for (int i = 0; i < 2000; ++i) {
        std::string damaged = bytes;
        char& byte = damaged[rng.below(damaged.size())];
        byte = static_cast<char>(byte ^ (1 + rng.below(255)));
        ASSERT_NE(load_message(damaged), "no RunError");
    }
}

TEST(SavedPipeline, SurvivesChangedBytesUnderARightChecksum) {
    const std::string bytes = pipeline_bytes(classification_pipeline());
    Rng rng = Rng::of_seed(2);
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string hostile = bytes;
        for (std::uint64_t flips = 1 + rng.below(3); flips > 0; --flips) {
            char& byte = hostile[rng.below(hostile.size() - digest_size)];
            byte = static_cast<char>(byte ^ (1 + rng.below(255)));
        }
        const std::string message = message_of([&] { pipeline_from_bytes(resealed(hostile), "x.mlpm", fake_catalog()).predict(raw_rows()); });
        refused += message == "no RunError" ? 0 : 1;
    }
    EXPECT_GT(refused, 1000);
    EXPECT_LT(refused, 2000) << "a changed weight gives another model, not an error";
}

TEST(SavedPipeline, RefusesHostileHeaders) {
    const auto refused_as = [](const std::string& from, const std::string& to, const std::string& because) {
        const std::string message = load_message(edited(from, to));
        EXPECT_NE(message.find(because), std::string::npos) << message;
    };
    refused_as("\"inputs\":[5]", "\"inputs\":[6]", "not an earlier node");
    refused_as("\"inputs\":[5]", "\"inputs\":[4294967301]", "not an earlier node");
    refused_as("\"inputs\":[5]", "\"inputs\":[-1]", "not an earlier node");
    refused_as("\"inputs\":[5]", "\"inputs\":[]", "wrong number of inputs");
    refused_as("\"kind\":\"concatenate\"", "\"kind\":\"predict\"", "wrong number of inputs");
    refused_as("\"kind\":\"predict\"", "\"kind\":\"select\"", "does not end in its one model");
    refused_as("\"kind\":\"predict\"", "\"kind\":\"explode\"", "unknown kind of node `explode`");
    refused_as("\"component\":\"line\"", "\"component\":\"exec\"", "needs the model `exec`");
    refused_as("\"component\":\"line\"", "\"component\":\"center\"", "needs the model `center`");
    refused_as("\"component\":\"center\"", "\"component\":\"encode\"", "cannot load `x.mlpm`");
    refused_as("\"type\":\"numeric\"", "\"type\":\"complex\"", "unknown column type `complex`");
    refused_as("\"target\":\"target\"", "\"target\":7", "cannot load `x.mlpm`");
    refused_as("{", std::string(100'000, '['), "cannot load `x.mlpm`");
    std::string huge_state = pipeline_bytes(regression_pipeline());
    const std::size_t size_at = huge_state.find("\"state_bytes\":") + 14;
    huge_state[size_at] = '9';
    EXPECT_NE(load_message(resealed(huge_state)).find("cannot load"), std::string::npos);
}

TEST(SavedPipeline, RefusesOtherFormats) {
    std::string newer = pipeline_bytes(regression_pipeline());
    newer[4] = 2;
    EXPECT_NE(load_message(resealed(newer)).find("written in format 2; this mlpc reads format 1"), std::string::npos);
    EXPECT_NE(load_message("PK\3\4 a zip file").find("not a saved model"), std::string::npos);
    std::string long_header = pipeline_bytes(regression_pipeline());
    long_header[14] = '\x7f';
    EXPECT_NE(load_message(resealed(long_header)).find("header is longer than the file"), std::string::npos);
    EXPECT_NE(message_of([] { load_pipeline("/absent/x.mlpm", fake_catalog()); }).find("cannot read `/absent/x.mlpm`: No such file"),
              std::string::npos);
}

TEST(SavedPipeline, SaysWhatItCannotSave) {
    FittedPipeline pipeline = regression_pipeline();
    EXPECT_NE(message_of([&] { save_pipeline(pipeline, "/absent/x.mlpm"); }).find("cannot write `/absent/x.mlpm`: No such file"), std::string::npos);
    EXPECT_NE(message_of([&] { save_pipeline(pipeline, "/tmp"); }).find("not a regular file"), std::string::npos);
    pipeline.target = "\xff";
    EXPECT_NE(message_of([&] { save_pipeline(pipeline, "/absent/x.mlpm"); }).find("not UTF-8"), std::string::npos);
}

TEST(Predictions, OfRegressionReadBackBitForBit) {
    Prediction prediction;
    prediction.values = Vector{{0.1, -1.0 / 3, 1e300, 2}};
    EXPECT_EQ(predictions_csv(prediction), "prediction\n0.1\n-0.3333333333333333\n1e+300\n2\n");
}

TEST(Predictions, OfClassesNameThemAndQuoteWhatNeedsIt) {
    Prediction prediction;
    prediction.task = Task::Multiclass;
    prediction.classes = std::make_shared<const Levels>(Levels{"a,b", "say \"hi\"", "c"});
    prediction.probabilities = Matrix{{0.25, 0.5, 0.25}, {0.1, 0.2, 0.7}};
    EXPECT_EQ(predictions_csv(prediction), "prediction,\"p(a,b)\",\"p(say \"\"hi\"\")\",p(c)\n\"say \"\"hi\"\"\",0.25,0.5,0.25\nc,0.1,0.2,0.7\n");
}

}  // namespace pipeline_test

}  // namespace mlpc::test
