#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/pretrained/module_encoder.h"
#include "stdlib/pretrained/onnx_session.h"
#include "stdlib/pretrained/open_when_asked.h"
#include "stdlib/pretrained/text_input.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

using pretrained::Json;
using pretrained::OnnxSession;
using pretrained::RowInput;
using pretrained::Source;
using Extents = std::vector<std::int64_t>;

struct OnnxParams {
    std::string path, vocabulary;
    std::int64_t length = 256;
    bool normalise = false;
};
const Schema<OnnxParams>& onnx_schema() {
    static const Schema<OnnxParams> fields{
        field(&OnnxParams::path, {.name = "path", .doc = "The file, with all of its cells in it"}),
        field(&OnnxParams::vocabulary,
              {.name = "vocabulary",
               .doc = "Where the network reads texts: the `vocab.txt` or `tokenizer.json` of its WordPiece tokeniser, in the "
                      "same folder"}),
        field(&OnnxParams::length,
              {.name = "length", .doc = "What of a text is read: so many pieces, its first, both ends included", .valid = {.low = 2, .high = 65536}}),
        field(&OnnxParams::normalise, {.name = "normalise", .doc = "Divides the numbers of a row by their length, so that it is 1"}),
    };
    return fields;
}
std::vector<ParamSpec> params() {
    std::vector<ParamSpec> all = specs_of(onnx_schema());
    for (const ParamSpec& spec : specs_of(pretrained::input_schema())) {
        all.push_back(spec);
    }
    return all;
}

bool fits(const Extents& declared, const Extents& wanted) {
    return declared.size() == wanted.size() &&
           std::equal(declared.begin(), declared.end(), wanted.begin(), [](std::int64_t d, std::int64_t w) { return d < 0 || d == w; });
}

class OnnxEncoder final : public RowEncoder {
public:
    explicit OnnxEncoder(Source source) : source_(std::move(source)), session_(source_.path) {
        choose_output();
        if (takes_texts(source_)) {
            check_text_inputs();
        } else {
            choose_layout();
        }
        width_ = run(blank()).size();
    }
    std::size_t width() const override { return width_; }
    // One row at a time, so that what a row gives hangs on that row alone.
    void encode(const Frame& x, float* out) const override {
        RowInput input = row_input(source_, x);
        normalise(source_, input);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const std::vector<float> numbers = run(row_of(input, row));
            if (numbers.size() != width_) {
                throw RunError(fmt::format("`{}` gives {} numbers for one row and {} for another", source_.name, width_, numbers.size()));
            }
            std::copy(numbers.begin(), numbers.end(), out + row * width_);
        }
    }

private:
    void choose_output() {
        const std::vector<std::string>& outputs = session_.outputs();
        output_ = source_.features_at().empty() && !outputs.empty() ? outputs.front() : source_.features_at();
        if (std::find(outputs.begin(), outputs.end(), output_) == outputs.end()) {
            throw RunError(fmt::format("it has no output `{}`: it has {}", output_, fmt::join(outputs, ", ")));
        }
    }
    void check_text_inputs() const {
        for (const OnnxSession::Input& input : session_.inputs()) {
            const bool known = input.name == "input_ids" || input.name == "attention_mask" || input.name == "token_type_ids";
            if (!known || input.cells != OnnxSession::Cells::Int64) {
                throw RunError(
                    fmt::format("its input `{}` is not one that a network of texts has: `input_ids`, `attention_mask` and `token_type_ids`, "
                                "64-bit integers",
                                input.name));
            }
        }
    }
    void choose_layout() {
        if (session_.inputs().size() != 1 || session_.inputs()[0].cells != OnnxSession::Cells::Float) {
            throw RunError(fmt::format("it has {} inputs, and a network of numbers has one, of 32-bit floats; for one of texts give its `vocabulary`",
                                       session_.inputs().size()));
        }
        const Extents& declared = session_.inputs()[0].extents;
        const Json& given = source_.params.at("input");
        Extents wanted = given.is_array() ? given.get<Extents>() : Extents();
        if (wanted.empty()) {
            take_declared(declared);
            return;
        }
        wanted.insert(wanted.begin(), 1);
        if (wanted.size() == 4) {
            const Extents channels_first{1, wanted[3], wanted[1], wanted[2]};
            channels_first_ = fits(declared, channels_first);
            wanted = channels_first_ ? channels_first : wanted;
        }
        if (!fits(declared, wanted)) {
            throw RunError(fmt::format("its input `{}` has the extents {} (-1: any), and `input` says {}", session_.inputs()[0].name, declared,
                                       given.get<Extents>()));
        }
        extents_ = wanted;
    }
    void take_declared(const Extents& declared) {
        if (declared.size() < 2 || declared.size() > 4 || !fits({declared[0]}, {1}) ||
            std::any_of(declared.begin() + 1, declared.end(), [](std::int64_t extent) { return extent < 1; })) {
            throw RunError(
                fmt::format("its input `{}` has the extents {} (-1: any), which do not tell what a row is: say it, as in `input image(224, "
                            "224, 3)` or `input numbers(8)`",
                            session_.inputs()[0].name, declared));
        }
        extents_ = declared;
        extents_[0] = 1;
        // An image's channels are fewer than its rows; without `input` no image is put in order, but its columns are.
        channels_first_ = declared.size() == 4 && declared[1] < declared[3];
    }

    struct Row {
        std::vector<float> numbers;
        std::vector<std::int64_t> codes;
    };
    Row blank() const {
        if (takes_texts(source_)) {
            const Frame nothing({Column::of_texts("text", {""}, ColumnType::Text)}, 1);
            return {{}, row_input(source_, nothing).codes};
        }
        std::size_t cells = 1;
        for (const std::int64_t extent : extents_) {
            cells *= static_cast<std::size_t>(extent);
        }
        return {std::vector<float>(cells), {}};
    }
    Row row_of(const RowInput& input, std::size_t row) const {
        if (takes_texts(source_)) {
            const auto begin = input.codes.begin() + static_cast<std::ptrdiff_t>(row * input.width);
            const auto end = std::find(begin, begin + static_cast<std::ptrdiff_t>(input.width), 0);
            return {{}, {begin, end}};
        }
        const std::size_t cells = blank().numbers.size();
        if (input.width != cells) {
            throw RunError(fmt::format("`{}` expects {} numbers a row, and is given {}", source_.name, cells, input.width));
        }
        const float* numbers = input.numbers.data() + row * input.width;
        if (!channels_first_) {
            return {{numbers, numbers + cells}, {}};
        }
        Row turned{std::vector<float>(cells), {}};
        const auto channels = static_cast<std::size_t>(extents_[1]), places = cells / channels;
        for (std::size_t place = 0; place < places; ++place) {
            for (std::size_t c = 0; c < channels; ++c) {
                turned.numbers[c * places + place] = numbers[place * channels + c];
            }
        }
        return turned;
    }

    std::vector<float> run(const Row& row) const {
        std::vector<OnnxSession::Given> given;
        const Extents codes{1, static_cast<std::int64_t>(row.codes.size())};
        const std::vector<std::int64_t> ones(row.codes.size(), 1), zeros(row.codes.size(), 0);
        for (const OnnxSession::Input& input : session_.inputs()) {
            if (row.codes.empty()) {
                given.push_back({.extents = extents_, .numbers = row.numbers.data()});
                continue;
            }
            const std::vector<std::int64_t>& cells = input.name == "input_ids" ? row.codes : input.name == "attention_mask" ? ones : zeros;
            given.push_back({.extents = codes, .codes = cells.data()});
        }
        std::vector<float> numbers = means(session_.run(given, output_));
        if (source_.params.value("normalise", false)) {
            double squares = 0;
            for (const float number : numbers) {
                squares += static_cast<double>(number) * static_cast<double>(number);
            }
            const double length = std::max(std::sqrt(squares), 1e-12);
            std::transform(numbers.begin(), numbers.end(), numbers.begin(),
                           [&](float x) { return static_cast<float>(static_cast<double>(x) / length); });
        }
        return numbers;
    }
    // The steps of a sequence, of a text's network, and the maps of an image become their means.
    std::vector<float> means(OnnxSession::Output output) const {
        const Extents& extents = output.extents;
        const bool steps = extents.size() == 3, maps = extents.size() == 4;
        if (!extents.empty() && extents[0] != 1) {
            throw RunError(fmt::format("its output `{}` has the extents {} for one row", output_, extents));
        }
        if (!steps && !maps) {
            return std::move(output.numbers);
        }
        const auto kept = static_cast<std::size_t>(steps ? extents[2] : extents[1]);
        const std::size_t taken_over = kept == 0 ? 0 : output.numbers.size() / kept;
        std::vector<float> numbers(kept);
        for (std::size_t i = 0; i < kept; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < taken_over; ++k) {
                sum += static_cast<double>(output.numbers[steps ? k * kept + i : i * taken_over + k]);
            }
            numbers[i] = static_cast<float>(sum / static_cast<double>(taken_over));
        }
        return numbers;
    }

    Source source_;
    OnnxSession session_;
    std::string output_;
    Extents extents_;  // of the input of one row of numbers
    bool channels_first_ = false;
    std::size_t width_ = 0;
};

std::shared_ptr<const RowEncoder> opened(const Source& source) {
    try {
        return std::make_shared<OnnxEncoder>(source);
    } catch (const RunError& error) {
        throw RunError(fmt::format("{}: {}", source.name, error.what()));
    }
}

}  // namespace

void add_onnx(Catalog& catalog) {
    ComponentInfo info;
    info.name = "onnx";
    info.kind = ComponentKind::Pretrained;
    info.summary =
        "A network in the format ONNX, used as it is and run by ONNX Runtime (`./setup onnx`): of numbers, images, or texts in the pieces of a "
        "`vocabulary`";
    info.source = "https://github.com/onnx/onnx/blob/main/docs/IR.md";
    info.example = "source backbone = onnx(\"backbone.onnx\") {\n  input image(28, 28, 1)\n}";
    info.params = params();
    info.accepts = number_types | types_of({ColumnType::Text});
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::open_when_asked(pretrained::source_of(*standard_library().find(ComponentKind::Pretrained, "onnx"), path, values), opened);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
