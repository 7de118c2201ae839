// Texts a second of processor time, one thread: text_encoder with libtorch against the same network run by ONNX Runtime, and how far apart
// what they give is. Both read the tokeniser beside examples/data/minilm.
//   text_encoder_speed MINILM.onnx, which minilm_onnx.py writes
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <filesystem>

namespace mlpc {
namespace {

std::shared_ptr<const RowEncoder> opened(const char* format, const std::string& path, const std::map<std::string, ParamValue>& given) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Pretrained, format);
    ParamValues values = info.default_params();
    for (const auto& [name, value] : given) {
        values.at(info.find_param(name)) = value;
    }
    return info.open_encoder(path, values);
}

// Texts of so many words, which are mostly a piece each.
Frame texts_of(std::size_t words, std::size_t count) {
    static const std::vector<std::string> some = {"the", "film", "was",  "not",    "bad", "at",  "all",
                                                  "but", "we",   "left", "before", "its", "end", "came"};
    Levels levels;
    std::vector<std::int32_t> codes;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (std::size_t k = 0; k < words; ++k) {
            text += some[(i * 5 + k * k) % some.size()] + ' ';
        }
        levels.push_back(text);
        codes.push_back(static_cast<std::int32_t>(i));
    }
    return {{Column::of_codes("text", codes, std::make_shared<const Levels>(levels), ColumnType::Text)}, count};
}

double texts_a_second(const RowEncoder& encoder, const Frame& x, std::vector<float>& out) {
    encoder.encode(x, out.data());
    double best = 0;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const std::clock_t begin = std::clock();
        encoder.encode(x, out.data());
        best = std::max(best, static_cast<double>(x.rows()) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - begin));
    }
    return best;
}

void compare(const std::string& onnx) {
    const auto ours = opened("text_encoder", "examples/data/minilm/model.fp16.safetensors", {});
    const std::string vocabulary =
        std::filesystem::relative("examples/data/minilm/tokenizer.json", std::filesystem::absolute(onnx).parent_path()).string();
    const auto theirs = opened("onnx", onnx, {{"vocabulary", {vocabulary}}, {"normalise", {true}}});
    fmt::print("words  libtorch  ONNX Runtime  ratio  largest difference\n");
    for (const std::size_t words : {6, 14, 30, 62, 126, 254}) {
        const Frame x = texts_of(words, std::max<std::size_t>(8, 1024 / words));
        std::vector<float> a(x.rows() * ours->width()), b(a.size());
        const double us = texts_a_second(*ours, x, a), them = texts_a_second(*theirs, x, b);
        double apart = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            apart = std::max(apart, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
        }
        fmt::print("{:5}  {:6.1f}/s  {:10.1f}/s  {:5.2f}  {:.1e}\n", words, us, them, us / them, apart);
    }
}

}  // namespace
}  // namespace mlpc

int main(int count, char** arguments) {
    if (count != 2) {
        fmt::print(stderr, "usage: text_encoder_speed MINILM.onnx\n");
        return 2;
    }
    mlpc::compare(arguments[1]);
}
