// Pre-trained networks: that they give what PyTorch gives (data/make_torchscript.py), a row at a time, and that files that are damaged or
// hostile are refused before libtorch sees them.
#include "stdlib/pretrained/pretrained.h"
#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"
#include "stdlib/pretrained/encoded_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mlpc::pretrained {
namespace pretrained_test {

namespace fs = std::filesystem;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

const std::string data_folder = MLPC_SOURCE_DIR "/tests/unit/networks/data/";

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Source conv_net(const std::string& features_at = "") {
    return {.name = "conv",
            .format = "torchscript",
            .path = data_folder + "conv.pt",
            .sha256 = {},
            .params = {{"input", {4, 4, 1}}, {"divide", 255.0}, {"mean", {0.5}}, {"sd", {0.25}}, {"features_at", features_at}},
            .width = std::nullopt,
            .contents = nullptr};
}

// Two images of 4 × 4 × 1: 0, 8, … 248.
Frame two_images() {
    Matrix cells(2, 16);
    for (Eigen::Index i = 0; i < 32; ++i) {
        cells(i / 16, i % 16) = static_cast<double>(8 * i);
    }
    std::vector<std::string> names;
    for (int c = 0; c < 16; ++c) {
        names.push_back("p" + std::to_string(c));
    }
    return Frame::from_matrix(std::move(cells), names);
}

std::vector<float> encoded(const Source& source, const Frame& x) {
    const auto encoder = open(source);
    std::vector<float> numbers(x.rows() * encoder->width());
    encoder->encode(x, numbers.data());
    return numbers;
}

bool is_built() {
    try {
        networks::backend();
        return true;
    } catch (const RunError&) {
        return false;
    }
}

class PretrainedNetworks : public ::testing::Test {
protected:
    void SetUp() override {
        if (!is_built()) {
            GTEST_SKIP() << "the module of networks is not built here";
        }
    }
};

TEST_F(PretrainedNetworks, TorchScriptGivesWhatPyTorchGives) {
    EXPECT_THAT(encoded(conv_net(), two_images()),
                Pointwise(FloatNear(1e-6F), {0.13758109F, -0.17761615F, -0.30672914F, 0.05011226F, -0.26329675F, -0.35225809F}));
}

TEST_F(PretrainedNetworks, NumbersOfALayerAreMeansOfItsMaps) {
    EXPECT_THAT(encoded(conv_net("body"), two_images()), Pointwise(FloatNear(1e-6F), {0.29847306F, 0.F, 0.15588102F, 0.F, 0.F, 0.30646867F, 0.F,
                                                                                      0.07970506F, 0.F, 0.04167753F, 0.00816390F, 0.15542014F}));
    EXPECT_THAT(encoded(conv_net("stem.1"), two_images()), Pointwise(FloatNear(1e-6F), {0.02417486F, 0.90843910F, -0.20046285F, 1.21328211F,
                                                                                        -0.18440379F, -0.04447965F, 0.55597383F, -0.61468691F}));
}

TEST_F(PretrainedNetworks, StridedConvolutionsGiveWhatPyTorchGives) {
    Source source = conv_net();
    source.path = data_folder + "strided.pt";
    EXPECT_THAT(encoded(source, two_images()), Pointwise(FloatNear(1e-6F), {-0.80331653F, 0.03051380F, -0.18176699F, 0.14750612F, 0.24884966F,
                                                                            -0.84488619F, 0.03152964F, -0.17206609F, 0.15099537F, 0.26074269F}));
}

TEST_F(PretrainedNetworks, ARowGivesTheSameBitsWhateverStandsBesideIt) {
    const Frame both = two_images();
    const std::vector<float> together = encoded(conv_net(), both), alone = encoded(conv_net(), both.take(RowIndex{1}));
    EXPECT_EQ(std::memcmp(together.data() + 3, alone.data(), 3 * sizeof(float)), 0);
}

TEST_F(PretrainedNetworks, AnUnknownLayerIsNamedBesideThoseThereAre) {
    try {
        open(conv_net("neck"));
        FAIL() << "a layer that is not there was found";
    } catch (const RunError& error) {
        EXPECT_THAT(error.what(), HasSubstr("no layer `neck`"));
        EXPECT_THAT(error.what(), HasSubstr("stem, stem.0"));
    }
}

TEST_F(PretrainedNetworks, AnotherFileThanTheDeclaredOneIsRefused) {
    Source source = conv_net();
    source.sha256 = sha256_hex(content_of(source.path));
    EXPECT_EQ(open(source)->width(), 3U);
    source.sha256[0] = source.sha256[0] == '0' ? '1' : '0';
    EXPECT_THROW(open(source), RunError);
}

TEST_F(PretrainedNetworks, ASourceSurvivesItsText) {
    Source source = measured(conv_net("body"));
    EXPECT_EQ(source.width, 6);
    EXPECT_EQ(to_text(source_from(to_text(source))), to_text(source));
    EXPECT_THROW(source_from("conv.pt"), RunError);
}

// --- hostile files ------------------------------------------------------------------------------------------------

struct Mutant {
    const char* name;
    std::function<std::string(std::string)> change;
    const char* reason;  // a part of the refusal
};

std::string with(std::string bytes, const std::string& what, const std::string& by) {
    const std::size_t at = bytes.find(what);
    return at == std::string::npos ? std::string() : bytes.replace(at, what.size(), by);
}

std::string last_replaced(std::string bytes, const std::string& what, const std::string& by) {
    const std::size_t at = bytes.rfind(what);
    return at == std::string::npos ? std::string() : bytes.replace(at, what.size(), by);
}

const std::vector<Mutant>& mutants() {
    static const std::vector<Mutant> all{
        {"empty", [](std::string) { return std::string(); }, "no zip archive"},
        {"text", [](std::string) { return std::string(5000, 'x'); }, "no zip archive"},
        {"pickle",
         [](std::string) {
             return std::string(
                 "\x80\x02"
                 "cposix\nsystem\n(X\x02\0\0\0lstR.",
                 31);
         },
         "pickle of Python"},
        {"first half", [](std::string b) { return b.substr(0, b.size() / 2); }, "no zip archive"},
        {"without its beginning", [](std::string b) { return b.substr(1000); }, "behind its end"},
        {"a weight changed",
         [](std::string b) {
             b[b.find("FB") + 40] ^= 1;
             return b;
         },
         "checksum"},
        {"no code",
         [](std::string b) { return with(last_replaced(b, "conv/constants.pkl", "conv/konstants.pkl"), "conv/constants.pkl", "conv/konstants.pkl"); },
         "weights without a network"},
        {"no directory", [](std::string b) { return last_replaced(b, "PK\x01\x02", "PK\x07\x07"); }, "damaged"},
        {"more members than bytes",
         [](std::string b) {
             b[b.rfind("PK\x06\x06") + 34] = '\x7f';
             return b;
         },
         "more members than any network"},
    };
    return all;
}

class HostileFiles : public PretrainedNetworks {
protected:
    void SetUp() override {
        PretrainedNetworks::SetUp();
        path_ = fs::temp_directory_path() / ("mlpc_hostile_" + std::to_string(::getpid()) + ".pt");
    }
    void TearDown() override { fs::remove(path_); }
    // The refusal of a file with these bytes; empty where it is taken.
    std::string refusal(const std::string& bytes, const char* format = "torchscript") {
        std::ofstream(path_, std::ios::binary) << bytes;
        Source source = conv_net();
        source.format = format;
        source.params = source.format == "saved" ? Json::object() : source.params;
        source.path = path_;
        // Each file once in a process: a source is known by what is said of it.
        source.name = std::to_string(++asked_);
        try {
            open(source);
            return "";
        } catch (const RunError& error) {
            return error.what();
        }
    }
    fs::path path_;
    static inline int asked_ = 0;
};

TEST_F(HostileFiles, AreRefusedWithAReason) {
    const std::string sound = content_of(data_folder + "conv.pt");
    EXPECT_EQ(refusal(sound), "");
    for (const Mutant& mutant : mutants()) {
        const std::string said = refusal(mutant.change(sound));
        EXPECT_NE(said, "") << mutant.name;
        EXPECT_THAT(said, HasSubstr(mutant.reason)) << mutant.name;
    }
    EXPECT_THAT(refusal(content_of(data_folder + "weights_only.pt")), HasSubstr("without a network"));
}

// Made by data/make_hostile_torchscript.py: whole files, which libtorch itself would load.
TEST_F(HostileFiles, WholeFilesAreLookedInto) {
    EXPECT_THAT(refusal(content_of(data_folder + "reads_a_file.pt")), HasSubstr("calls `aten::from_file`"));
    EXPECT_THAT(refusal(content_of(data_folder + "draws_numbers.pt")), HasSubstr("calls `aten::rand_like`"));
    EXPECT_THAT(refusal(content_of(data_folder + "forks_a_draw.pt")), HasSubstr("calls `aten::rand_like`"));
    EXPECT_THAT(refusal(content_of(data_folder + "huge_weight.pt")), HasSubstr("larger than the cells"));
}

TEST_F(HostileFiles, NoDamagedByteIsTakenForANetwork) {
    const std::string sound = content_of(data_folder + "conv.pt");
    int taken = 0;
    for (std::size_t i = 0; i < 150; ++i) {
        std::string damaged = sound;
        damaged[(i * 7919) % damaged.size()] ^= static_cast<char>(1 << (i % 8));
        taken += refusal(damaged).empty() ? 1 : 0;
    }
    // Padding between members may be anything.
    EXPECT_LT(taken, 75);
    for (std::size_t length = 0; length < sound.size(); length += 997) {
        EXPECT_NE(refusal(sound.substr(0, length)), "") << length;
    }
}

TEST_F(HostileFiles, SavedModelsAreLookedInto) {
    EXPECT_THAT(refusal("MLPM", "saved"), HasSubstr("no saved model"));
    EXPECT_THAT(refusal("MLPM" + std::string(200, '\x07'), "saved"), HasSubstr("damaged or truncated"));
    std::string header = "MLPM" + std::string("\x01\0\0\0\x02\0\0\0\0\0\0\0{}", 14);
    EXPECT_THAT(refusal(header + sha256_hex(header), "saved"), HasSubstr("not that of a model"));
}

// --- the cache ----------------------------------------------------------------------------------------------------

class Cache : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = (fs::temp_directory_path() / ("mlpc_cache_" + std::to_string(::getpid()))).string();
        fs::remove_all(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    static Key key(std::uint64_t i) { return KeyBuilder().add(i).key(); }
    std::string only_file() const { return fs::directory_iterator(folder_)->path().string(); }
    // How many of rows 0 … 9 a cache that is opened now knows, each with its own numbers.
    int known() const {
        const EncodedCache cache(folder_, identity_, 2);
        int count = 0;
        for (std::uint64_t row = 0; row < 10; ++row) {
            float numbers[2] = {-1, -1};
            if (cache.find(key(row), numbers)) {
                EXPECT_EQ(numbers[0], static_cast<float>(row));
                EXPECT_EQ(numbers[1], static_cast<float>(row) + 0.5F);
                ++count;
            }
        }
        return count;
    }
    void add(std::uint64_t from, std::uint64_t to) const {
        EncodedCache cache(folder_, identity_, 2);
        std::vector<Key> rows;
        std::vector<float> numbers;
        for (std::uint64_t row = from; row < to; ++row) {
            rows.push_back(key(row));
            numbers.insert(numbers.end(), {static_cast<float>(row), static_cast<float>(row) + 0.5F});
        }
        cache.add(rows, numbers.data());
    }
    std::string folder_;
    Key identity_ = KeyBuilder().add("network").key();
};

TEST_F(Cache, AnswersWhatWasAddedEarlier) {
    EXPECT_EQ(known(), 0);
    add(0, 4);
    EXPECT_EQ(known(), 4);
    add(2, 10);
    EXPECT_EQ(known(), 10);
}

TEST_F(Cache, OtherNetworksShareNothing) {
    add(0, 10);
    identity_ = KeyBuilder().add("another").key();
    EXPECT_EQ(known(), 0);
}

TEST_F(Cache, WhatIsDamagedIsAsIfItWereNotThereAndIsOverwritten) {
    add(0, 10);
    const std::string whole = content_of(only_file());
    for (const std::size_t at : {std::size_t{3}, std::size_t{40}, whole.size() - 3}) {
        std::string damaged = whole;
        damaged[at] ^= 1;
        std::ofstream(only_file(), std::ios::binary) << damaged;
        EXPECT_LT(known(), 10) << at;
        add(0, 10);
        EXPECT_EQ(known(), 10) << at;
    }
    std::ofstream(only_file(), std::ios::binary) << whole.substr(0, whole.size() - 7);
    EXPECT_EQ(known(), 9);
    add(0, 10);
    EXPECT_EQ(known(), 10);
}

TEST_F(Cache, TellsItsWidthWhereTheFirstRecordIsSound) {
    EXPECT_EQ(cached_width(folder_, identity_), std::nullopt);
    add(0, 10);
    EXPECT_EQ(cached_width(folder_, identity_), 2U);
    EXPECT_EQ(cached_width(folder_, KeyBuilder().add("another").key()), std::nullopt);
    const std::string whole = content_of(only_file());
    // Of the width, of the identity, of the first record.
    for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{20}, std::size_t{50}}) {
        std::string damaged = whole;
        damaged[at] ^= 1;
        std::ofstream(only_file(), std::ios::binary) << damaged;
        EXPECT_EQ(cached_width(folder_, identity_), std::nullopt) << at;
    }
    std::ofstream(only_file(), std::ios::binary) << whole.substr(0, 40);
    EXPECT_EQ(cached_width(folder_, identity_), std::nullopt);
}

TEST_F(Cache, AFolderThatCannotBeMadeKeepsNothing) {
    folder_ = "/proc/nowhere/encoded";
    add(0, 10);
    EXPECT_EQ(known(), 0);
}

}  // namespace pretrained_test
}  // namespace mlpc::pretrained
