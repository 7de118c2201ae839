#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"
#include "stdlib/stdlib.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace mlpc::pretrained {
namespace text_encoder_test {

using Json = nlohmann::json;

const std::filesystem::path folder = MLPC_SOURCE_DIR "/tests/unit/networks/text_encoder";

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class TextEncoderTest : public testing::Test {
protected:
    void SetUp() override {
        try {
            networks::backend();
        } catch (const RunError& error) {
            GTEST_SKIP() << error.what();
        }
        scratch_ = std::filesystem::temp_directory_path() / ("mlpc_encoder_" + std::to_string(::getpid()));
        std::filesystem::create_directories(scratch_);
    }
    void TearDown() override { std::filesystem::remove_all(scratch_); }

    static std::shared_ptr<const RowEncoder> opened(const std::filesystem::path& path, const std::map<std::string, ParamValue>& given = {}) {
        const ComponentInfo& format = *standard_library().find(ComponentKind::Pretrained, "text_encoder");
        ParamValues values = format.default_params();
        for (const auto& [name, value] : given) {
            values.at(format.find_param(name)) = value;
        }
        return format.open_encoder(path, values);
    }
    static std::vector<std::vector<float>> encoded(const RowEncoder& encoder, const std::vector<std::string>& texts) {
        std::vector<std::int32_t> codes(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            codes[i] = static_cast<std::int32_t>(i);
        }
        const Frame x({Column::of_codes("text", codes, std::make_shared<const Levels>(texts), ColumnType::Text)}, texts.size());
        std::vector<float> numbers(texts.size() * encoder.width());
        encoder.encode(x, numbers.data());
        std::vector<std::vector<float>> rows;
        for (auto at = numbers.begin(); at != numbers.end(); at += static_cast<std::ptrdiff_t>(encoder.width())) {
            rows.emplace_back(at, at + static_cast<std::ptrdiff_t>(encoder.width()));
        }
        return rows;
    }
    // A copy of the folder of the tiny network, with one file changed.
    std::filesystem::path changed(const std::string& name, const std::string& content) const {
        for (const char* file : {"tiny_f16.safetensors", "config.json", "tokenizer.json"}) {
            std::filesystem::copy_file(folder / file, scratch_ / file, std::filesystem::copy_options::overwrite_existing);
        }
        std::ofstream(scratch_ / name, std::ios::binary) << content;
        return scratch_ / "tiny_f16.safetensors";
    }
    static std::string refusal(const std::filesystem::path& path, const std::map<std::string, ParamValue>& given = {}) {
        try {
            encoded(*opened(path, given), {"the film was good. the film was good. the film was good."});
        } catch (const std::exception& error) {
            return error.what();
        }
        return "";
    }
    std::filesystem::path scratch_;
};

void expect_given(const std::vector<std::vector<float>>& rows, const Json& expected, double tolerance) {
    ASSERT_EQ(rows.size(), expected.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto wanted = expected[row]["vector"].get<std::vector<double>>();
        ASSERT_EQ(rows[row].size(), wanted.size());
        double product = 0, length = 0, wanted_length = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            EXPECT_NEAR(rows[row][i], wanted[i], tolerance) << row << ' ' << i;
            product += static_cast<double>(rows[row][i]) * wanted[i];
            length += static_cast<double>(rows[row][i]) * static_cast<double>(rows[row][i]);
            wanted_length += wanted[i] * wanted[i];
        }
        EXPECT_GT(product / std::sqrt(length * wanted_length), 0.999999);
    }
}

std::vector<std::string> texts_of(const Json& expected) {
    std::vector<std::string> texts;
    for (const Json& row : expected) {
        texts.push_back(row["text"].get<std::string>());
    }
    return texts;
}

// What is expected was written by text_encoder/make.mjs, which has another implementation in another language calculate it.
TEST_F(TextEncoderTest, GivesWhatAnImplementationOfOthersGives) {
    const Json expected = Json::parse(bytes_of(folder / "tiny.json"));
    for (const char* file : {"tiny_f32.safetensors", "tiny_f16.safetensors", "tiny_bf16.safetensors"}) {
        expect_given(encoded(*opened(folder / file, {{"length", {std::int64_t{16}}}}), texts_of(expected)), expected, 1e-6);
    }
}

TEST_F(TextEncoderTest, GivesWhatAllMiniLmGives) {
    const std::filesystem::path weights = MLPC_SOURCE_DIR "/examples/data/minilm/model.fp16.safetensors";
    if (!std::filesystem::exists(weights)) {
        GTEST_SKIP() << "`./setup data minilm` fetches the network";
    }
    const Json expected = Json::parse(bytes_of(folder / "minilm.json"));
    expect_given(encoded(*opened(weights), texts_of(expected)), expected, 1e-6);
}

TEST_F(TextEncoderTest, ATextGivesTheSameBitsInAnyCompany) {
    const auto encoder = opened(folder / "tiny_f16.safetensors");
    const std::vector<std::string> texts = {"the film", "the film was not bad.", "", "abc abc abc a", "good"};
    const auto together = encoded(*encoder, texts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(encoded(*encoder, {texts[i]})[0], together[i]) << texts[i];
    }
}

TEST_F(TextEncoderTest, TakesTheFirstPieceAndLeavesTheLengthWhereAsked) {
    const auto first = encoded(*opened(folder / "tiny_f16.safetensors", {{"pooling", {Word{"first"}}}}), {"the film", "good"});
    const auto mean = encoded(*opened(folder / "tiny_f16.safetensors"), {"the film", "good"});
    EXPECT_NE(first, mean);
    const auto plain = encoded(*opened(folder / "tiny_f16.safetensors", {{"normalise", {false}}}), {"good"})[0];
    double squares = 0;
    for (const float number : plain) {
        squares += static_cast<double>(number) * static_cast<double>(number);
    }
    for (std::size_t i = 0; i < plain.size(); ++i) {
        EXPECT_NEAR(plain[i] / std::sqrt(squares), mean[1][i], 1e-6);
    }
}

// The tiny network with places for so many pieces, none of which tells where it stands.
std::string without_positions(std::size_t pieces) {
    const std::string bytes = bytes_of(folder / "tiny_f32.safetensors");
    std::uint64_t header_bytes = 0;
    std::memcpy(&header_bytes, bytes.data(), sizeof header_bytes);
    const Json header = Json::parse(bytes.substr(sizeof header_bytes, header_bytes));
    Json longer;
    std::string cells;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            continue;
        }
        const auto begin = entry["data_offsets"][0].get<std::size_t>(), end = entry["data_offsets"][1].get<std::size_t>();
        const bool positions = name.ends_with("position_embeddings.weight");
        longer[name] = entry;
        longer[name]["shape"][0] = positions ? Json(pieces) : entry["shape"][0];
        longer[name]["data_offsets"][0] = cells.size();
        cells += positions ? std::string(pieces * 8 * sizeof(float), '\0') : bytes.substr(sizeof header_bytes + header_bytes + begin, end - begin);
        longer[name]["data_offsets"][1] = cells.size();
    }
    const std::string text = longer.dump();
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text + cells;
}

// Longer ones go through the dense layers in parts, of which no piece may be lost or stand at the place of another.
TEST_F(TextEncoderTest, WithoutPositionsALongTextMayBeReadBackwards) {
    const auto encoder = opened(changed("tiny_f16.safetensors", without_positions(256)));
    const std::vector<std::string> words = {"the", "film", "was", "good", "not", "a", "bad", "abc"};
    for (const std::size_t count : {40, 62, 63, 100, 126, 190, 250}) {
        std::string forwards, backwards, shorter;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string word = words[i * i % 11 % words.size()] + ' ';
            forwards += word;
            backwards.insert(0, word);
            shorter += i + 1 < count ? word : "";
        }
        const auto rows = encoded(*encoder, {forwards, backwards, shorter});
        for (std::size_t i = 0; i < rows[0].size(); ++i) {
            EXPECT_NEAR(rows[0][i], rows[1][i], 1e-5) << count;
        }
        EXPECT_NE(rows[0], rows[2]) << count;
    }
}

TEST_F(TextEncoderTest, ReadsNoMoreOfATextThanItsLength) {
    const auto encoder = opened(folder / "tiny_f16.safetensors", {{"length", {std::int64_t{4}}}});
    const auto rows = encoded(*encoder, {"the film was good", "the film", "the"});
    EXPECT_EQ(rows[0], rows[1]);
    EXPECT_NE(rows[1], rows[2]);
}

TEST_F(TextEncoderTest, RefusesWhatIsNoTextEncoder) {
    const std::string whole = bytes_of(folder / "tiny_f16.safetensors");
    const auto expect_refused = [&](const std::string& content, const std::string& why) {
        const std::string what = refusal(changed("tiny_f16.safetensors", content));
        EXPECT_NE(what.find(why), std::string::npos) << what;
    };
    expect_refused(whole.substr(0, whole.size() - 1), "is the file complete");
    expect_refused(whole.substr(0, 100), "header");
    expect_refused("", "header");
    std::string renamed = whole;
    renamed.replace(renamed.find("encoder.layer.1.output.dense.bias"), 33, "encoder.layer.1.output.dense.bios");
    expect_refused(renamed, "it has no tensor `encoder.layer.1.output.dense.bias`");
    std::string other = whole;
    other.replace(other.find("word_embeddings"), 15, "word_embeddongs");
    expect_refused(other, "is no BERT: it has no tensor `embeddings.word_embeddings.weight`");
}

TEST_F(TextEncoderTest, RefusesAConfigurationThatItDoesNotFollow) {
    Json config = Json::parse(bytes_of(folder / "config.json"));
    const auto with = [&](const char* key, const Json& value) {
        Json other = config;
        other[key] = value;
        return refusal(changed("config.json", other.dump()), {{"length", {std::int64_t{8}}}});
    };
    EXPECT_EQ(with("num_attention_heads", 2), "");
    EXPECT_NE(with("model_type", "roberta").find("says that the network is `roberta`, and only `bert` is read"), std::string::npos);
    EXPECT_NE(with("hidden_act", "relu").find("says that the activation is `relu`"), std::string::npos);
    EXPECT_NE(with("position_embedding_type", "relative_key").find("says that positions are `relative_key`"), std::string::npos);
    EXPECT_NE(with("num_attention_heads", 3).find("which 3 heads do not share evenly"), std::string::npos);
    EXPECT_NE(with("num_attention_heads", "two").find("is not as it should be"), std::string::npos);
    EXPECT_NE(refusal(changed("config.json", "[]")).find("is not an object of JSON"), std::string::npos);
}

TEST_F(TextEncoderTest, SaysThatTextsAreTooLongOrTheVocabularyAnothers) {
    EXPECT_NE(refusal(folder / "tiny_f16.safetensors").find("it reads at most 16 pieces of a text"), std::string::npos)
        << refusal(folder / "tiny_f16.safetensors");
    Json tokenizer = Json::parse(bytes_of(folder / "tokenizer.json"));
    tokenizer["model"]["vocab"]["the"] = 99;
    EXPECT_NE(refusal(changed("tokenizer.json", tokenizer.dump()), {{"length", {std::int64_t{8}}}}).find("they are not of the same network"),
              std::string::npos);
    EXPECT_NE(refusal(changed("tokenizer.json", "{}")).find("is no vocabulary of WordPiece"), std::string::npos);
}

}  // namespace text_encoder_test
}  // namespace mlpc::pretrained
