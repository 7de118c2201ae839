// Weights of a saved network that are not what it says are refused, with a reason.
#include "tests/unit/networks/backend_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>

namespace mlpc::networks {
namespace backend_weights_test {

std::string network() { return described_text(Json::array({layer("dense", {{"units", 3}}), layer("batch_norm")}), {.optimiser = part("sgd")}, 2); }

// A file of the format: the length of the header, the header, the cells.
struct File {
    Json header;
    std::string cells;

    static File of(const std::string& bytes) {
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        return {Json::parse(bytes.substr(8, length)), bytes.substr(8 + length)};
    }
    std::string bytes() const {
        const std::string text = header.dump();
        const auto length = static_cast<std::uint64_t>(text.size());
        std::string file(8, '\0');
        std::memcpy(file.data(), &length, 8);
        return file + text + cells;
    }
};

const std::string& sound() {
    static const std::string bytes = [] {
        const ExampleRows rows = circles(40, 1);
        return backend().train(job_on(network(), rows))->weights();
    }();
    return bytes;
}

std::string refusal_of(const std::string& weights) {
    try {
        backend().load(network(), 2, true, weights);
    } catch (const BackendError& error) {
        return error.what();
    }
    return "";
}

std::string changed(const std::function<void(File&)>& change) {
    File file = File::of(sound());
    change(file);
    return refusal_of(file.bytes());
}

TEST(BackendWeights, SoundOnesAreRead) { EXPECT_EQ(refusal_of(sound()), ""); }

TEST(BackendWeights, EveryTruncationIsRefused) {
    for (std::size_t length = 0; length < sound().size(); ++length) {
        ASSERT_NE(refusal_of(sound().substr(0, length)), "") << length << " bytes";
    }
}

TEST(BackendWeights, LengthsOfTheHeaderThatCannotBe) {
    for (const std::uint64_t length : {std::uint64_t{0}, std::uint64_t{1} << 40, std::numeric_limits<std::uint64_t>::max()}) {
        std::string file = sound();
        std::memcpy(file.data(), &length, 8);
        EXPECT_THAT(refusal_of(file), testing::HasSubstr("header")) << length;
    }
}

TEST(BackendWeights, WhatTheHeaderSaysMustFit) {
    const auto entry = [](File& file) -> Json& { return file.header.at("then.0.weight"); };
    EXPECT_THAT(changed([&](File& file) { entry(file)["shape"] = {2, 3}; }), testing::HasSubstr("the network needs 3 × 2"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["shape"] = {4, 2}; }), testing::HasSubstr("its shape needs 32"));
    EXPECT_THAT(changed([&](File& file) {
                    entry(file)["shape"] = {std::int64_t{1} << 40, std::int64_t{1} << 40};
                }),
                testing::HasSubstr("too large to be true"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["shape"] = {-3, -2}; }), testing::HasSubstr("-3"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["shape"] = "3, 2"; }), testing::HasSubstr("not described"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["dtype"] = "I32"; }), testing::HasSubstr("F32"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["dtype"] = "F31"; }), testing::HasSubstr("unknown type"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["data_offsets"] = {0, std::uint64_t{1} << 60}; }), testing::HasSubstr("complete"));
    EXPECT_THAT(changed([&](File& file) { entry(file)["data_offsets"] = {24, 0}; }), testing::HasSubstr("24"));
    EXPECT_THAT(changed([&](File& file) { entry(file).erase("data_offsets"); }), testing::HasSubstr("not described"));
}

TEST(BackendWeights, TensorsLieSideBySide) {
    EXPECT_THAT(changed([](File& file) { file.header["then.1.weight"]["data_offsets"] = file.header["then.1.bias"]["data_offsets"]; }),
                testing::HasSubstr("begins at"));
    EXPECT_THAT(changed([](File& file) { file.cells += "more"; }), testing::HasSubstr("belong to no tensor"));
}

TEST(BackendWeights, NamesAreThoseOfTheNetwork) {
    EXPECT_THAT(changed([](File& file) {
                    file.header["other"] = file.header.at("then.0.bias");
                    file.header.erase("then.0.bias");
                }),
                testing::HasSubstr("lack `then.0.bias`"));
    EXPECT_THAT(changed([](File& file) {
                    file.header["other"] = {{"dtype", "F32"}, {"shape", {1}}, {"data_offsets", {file.cells.size(), file.cells.size() + 4}}};
                    file.cells += std::string(4, '\0');
                }),
                testing::HasSubstr("another network"));
}

// A network that says that it is larger than any memory is compared with what is stored before its memory is used.
TEST(BackendWeights, ANetworkMuchLargerThanItsWeights) {
    const Json layers = Json::array({layer("dense", {{"units", 100'000}}), layer("dense", {{"units", 100'000}})});
    const std::string huge = described_text(layers, {.optimiser = part("sgd")}, 2);
    EXPECT_THROW(backend().load(huge, 2, true, sound()), BackendError);
}

TEST(BackendWeights, GarbageDoesNoHarm) {
    Rng rng = Rng::of_seed(1);
    for (int mutant = 0; mutant < 300; ++mutant) {
        std::string file = sound();
        const std::size_t header = file.find('}') + 1;
        for (std::size_t change = 0; change < 1 + rng.below(4); ++change) {
            file[rng.below(header)] = static_cast<char>(rng.below(256));
        }
        refusal_of(file);  // whatever stands there, it is read or refused: another exception fails the test
    }
}

}  // namespace backend_weights_test
}  // namespace mlpc::networks
