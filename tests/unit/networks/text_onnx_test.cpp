#include "runtime/core/error.h"
#include "stdlib/pretrained/onnx_file.h"
#include "stdlib/stdlib.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace mlpc::pretrained {
namespace text_onnx_test {

using Json = nlohmann::json;
using Rows = std::vector<std::vector<float>>;

const std::filesystem::path folder = MLPC_SOURCE_DIR "/tests/unit/networks/onnx";

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
const Json& expected() {
    static const Json json = Json::parse(bytes_of(folder / "expected.json"));
    return json;
}

const ComponentInfo& format() { return *standard_library().find(ComponentKind::Pretrained, "onnx"); }

ParamValues values(const std::map<std::string, ParamValue>& given) {
    ParamValues all = format().default_params();
    for (const auto& [name, value] : given) {
        all.at(format().find_param(name)) = value;
    }
    return all;
}

ParamValue list(std::initializer_list<std::int64_t> numbers) {
    std::vector<ParamValue> all;
    for (const std::int64_t number : numbers) {
        all.push_back({number});
    }
    return {all};
}

class OnnxTest : public testing::Test {
protected:
    void SetUp() override {
        try {
            opened("image.onnx", {});
        } catch (const RunError& error) {
            if (std::string(error.what()).find("./setup onnx") != std::string::npos) {
                GTEST_SKIP() << error.what();
            }
        }
    }
    static std::shared_ptr<const RowEncoder> opened(const std::string& name, const std::map<std::string, ParamValue>& given) {
        return format().open_encoder(folder / name, values(given));
    }
    static Frame image_rows(std::size_t most = 99) {
        const auto rows = expected()["rows"].get<std::vector<std::vector<double>>>();
        std::vector<Column> columns;
        const std::size_t count = std::min(most, rows.size());
        for (std::size_t c = 0; c < rows[0].size(); ++c) {
            std::vector<double> cells;
            for (std::size_t row = 0; row < count; ++row) {
                cells.push_back(rows[row][c]);
            }
            columns.push_back(Column::of_numbers("p" + std::to_string(c), cells));
        }
        return {columns, count};
    }
    static Frame text_rows() {
        const auto texts = expected()["texts"].get<std::vector<std::string>>();
        std::vector<std::int32_t> codes;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            codes.push_back(static_cast<std::int32_t>(i));
        }
        return {{Column::of_codes("text", codes, std::make_shared<const Levels>(texts), ColumnType::Text)}, texts.size()};
    }
    static Rows encoded(const RowEncoder& encoder, const Frame& x) {
        std::vector<float> numbers(x.rows() * encoder.width());
        encoder.encode(x, numbers.data());
        Rows rows;
        for (auto at = numbers.begin(); at != numbers.end(); at += static_cast<std::ptrdiff_t>(encoder.width())) {
            rows.emplace_back(at, at + static_cast<std::ptrdiff_t>(encoder.width()));
        }
        return rows;
    }
    static void expect_near(const Rows& got, const Json& wanted) {
        ASSERT_EQ(got.size(), wanted.size());
        for (std::size_t row = 0; row < got.size(); ++row) {
            ASSERT_EQ(got[row].size(), wanted[row].size());
            for (std::size_t c = 0; c < got[row].size(); ++c) {
                EXPECT_NEAR(got[row][c], wanted[row][c].get<double>(), 1e-5) << row << ' ' << c;
            }
        }
    }
    static std::string refusal(const std::string& name, const std::map<std::string, ParamValue>& given) {
        try {
            const auto encoder = opened(name, given);
            encoded(*encoder, image_rows());
        } catch (const RunError& error) {
            const std::string what = error.what();
            EXPECT_TRUE(what.starts_with(name + ": ")) << what;
            return what.substr(name.size() + 2);
        }
        return "";
    }
};

// What is expected was calculated by onnx/make.py without any library for networks.
TEST_F(OnnxTest, GivesTheNumbersOfImages) {
    const std::map<std::string, ParamValue> image{{"input", list({3, 4, 2})}};
    expect_near(encoded(*opened("image.onnx", image), image_rows()), expected()["numbers"]);
    auto maps = image;
    maps["features_at"] = {std::string("maps")};
    expect_near(encoded(*opened("image.onnx", maps), image_rows()), expected()["maps"]);
    expect_near(encoded(*opened("image.onnx", {}), image_rows()), expected()["numbers"]);
}

TEST_F(OnnxTest, NormalisesWhatItIsGiven) {
    // (x / 0.5 - 0) / 2 is x.
    const auto encoder = opened("image.onnx", {{"input", list({3, 4, 2})}, {"divide", {0.5}}, {"sd", list({2, 2})}, {"mean", list({0, 0})}});
    expect_near(encoded(*encoder, image_rows()), expected()["numbers"]);
}

TEST_F(OnnxTest, GivesTheMeansOfTexts) {
    const std::map<std::string, ParamValue> text{{"vocabulary", {std::string("../text_encoder/tokenizer.json")}}};
    expect_near(encoded(*opened("text.onnx", text), text_rows()), expected()["means"]);
    auto unit = text;
    unit["normalise"] = {true};
    expect_near(encoded(*opened("text.onnx", unit), text_rows()), expected()["unit_means"]);
}

TEST_F(OnnxTest, ARowGivesTheSameBitsAloneAndOnManyThreads) {
    const auto encoder = opened("image.onnx", {});
    const Rows together = encoded(*encoder, image_rows());
    EXPECT_EQ(encoded(*encoder, image_rows(1))[0], together[0]);
    std::vector<Rows> threads(4);
    std::vector<std::thread> running;
    for (Rows& rows : threads) {
        running.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                rows = encoded(*encoder, image_rows());
            }
        });
    }
    for (std::thread& thread : running) {
        thread.join();
    }
    for (const Rows& rows : threads) {
        EXPECT_EQ(rows, together);
    }
}

TEST_F(OnnxTest, SaysWhatDoesNotFit) {
    EXPECT_EQ(refusal("image.onnx", {{"features_at", {std::string("logits")}}}), "it has no output `logits`: it has numbers, maps");
    EXPECT_EQ(refusal("image.onnx", {{"input", list({5, 4, 2})}}),
              "its input `image` has the extents [-1, 2, 3, 4] (-1: any), and `input` says [5, 4, 2]");
    EXPECT_NE(refusal("text.onnx", {}).find("it has 3 inputs, and a network of numbers has one"), std::string::npos);
    EXPECT_NE(refusal("image.onnx", {{"vocabulary", {std::string("../text_encoder/tokenizer.json")}}}).find("its input `image` is not one"),
              std::string::npos);
}

std::string check(const std::string& bytes) {
    try {
        check_onnx_file(bytes);
    } catch (const RunError& error) {
        return error.what();
    }
    return "";
}

TEST(OnnxFileTest, TakesWholeModels) {
    EXPECT_EQ(check(bytes_of(folder / "image.onnx")), "");
    EXPECT_EQ(check(bytes_of(folder / "text.onnx")), "");
}

TEST(OnnxFileTest, RefusesEveryTruncation) {
    const std::string whole = bytes_of(folder / "image.onnx");
    // The graph stands before the list of operator sets, without which a model is still well formed.
    const std::size_t graph_end = whole.size() - 6;
    for (std::size_t length = 0; length < graph_end; ++length) {
        EXPECT_NE(check(whole.substr(0, length)), "") << length;
    }
}

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) {
        bytes.push_back(static_cast<char>(value | 0x80));
    }
    return bytes + static_cast<char>(value);
}
std::string field(std::uint64_t number, const std::string& bytes) { return varint(number << 3 | 2) + varint(bytes.size()) + bytes; }
std::string field(std::uint64_t number, std::uint64_t value) { return varint(number << 3) + varint(value); }
std::string model(const std::string& graph) { return field(7, graph); }

TEST(OnnxFileTest, SaysWhatIsWrong) {
    const std::string name = field(8, std::string("w")), floats = field(2, 1);
    const std::string no_model = "it is no whole ONNX model: ";
    EXPECT_EQ(check(""), no_model + "it is empty");
    EXPECT_EQ(check(field(1, 7)), no_model + "it has no graph");
    EXPECT_EQ(check("\x80\x02}q"), no_model + "it is truncated");  // a pickle
    EXPECT_EQ(check("\x0b"), no_model + "its bytes are not those of Protocol Buffers");
    EXPECT_EQ(check(std::string(11, '\xff')), no_model + "its bytes are not those of Protocol Buffers");
    EXPECT_EQ(check(model(field(5, field(1, 1ULL << 40) + floats + name + field(9, std::string(8, '\0'))))),
              no_model + "the tensor `w` has 1099511627776 cells of 4 bytes by its shape, and 8 bytes");
    EXPECT_EQ(check(model(field(5, field(1, 1ULL << 40) + field(1, 1ULL << 40) + name))), no_model + "the tensor `w` has an extent of 1099511627776");
    EXPECT_EQ(check(model(field(5, field(1, ~0ULL) + name))), no_model + "the tensor `w` has an extent of -1");
    EXPECT_EQ(check(model(field(5, name + field(14, 1)))), no_model + "the cells of the tensor `w` are in another file; save it as one file");
    EXPECT_EQ(check(model(field(5, name + field(13, std::string("..."))))), check(model(field(5, name + field(14, 1)))));
    EXPECT_EQ(check(model(field(15, std::string()))), no_model + "it has sparse tensors, which are not read");
    // In the attribute of a node too, and in the graph of an attribute.
    EXPECT_EQ(check(model(field(1, field(5, field(5, name + field(14, 1)))))), check(model(field(5, name + field(14, 1)))));
    std::string graph;
    for (int i = 0; i < 40; ++i) {
        graph = field(1, field(5, field(6, graph)));
    }
    EXPECT_EQ(check(model(graph)), no_model + "its graphs are more than 16 deep");
}

// Nothing that a file may hold ends the program; what is still a network by then is one.
TEST_F(OnnxTest, SurvivesDamagedFiles) {
    const std::string whole = bytes_of(folder / "image.onnx");
    const std::filesystem::path path = std::filesystem::temp_directory_path() / ("mlpc_damaged_" + std::to_string(::getpid()) + ".onnx");
    std::size_t refused = 0;
    std::uint32_t state = 1;
    for (int i = 0; i < 200; ++i) {
        std::string damaged = whole;
        for (int k = 0; k < 3; ++k) {
            state = state * 1664525 + 1013904223;
            damaged[state / 7 % damaged.size()] = static_cast<char>(state >> 24);
        }
        std::ofstream(path, std::ios::binary) << damaged;
        try {
            format().open_encoder(path, values({{"input", list({3, 4, 2})}}))->width();
        } catch (const RunError&) {
            ++refused;
        }
    }
    std::filesystem::remove(path);
    EXPECT_GT(refused, 50U);
}

}  // namespace text_onnx_test
}  // namespace mlpc::pretrained
