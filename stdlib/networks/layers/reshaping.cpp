// Layers that say how the numbers of a row are to be seen, and change none or all of them alike.
#include "stdlib/networks/layers/layer.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

using namespace layers;

struct ImageParams {
    std::int64_t height = 28, width = 28, channels = 1;
};
struct SequenceParams {
    std::optional<std::int64_t> steps;
};
struct RescaleParams {
    double by = 1.0 / 255, offset = 0;
};

const Schema<ImageParams>& image_schema() {
    static const Schema<ImageParams> fields{
        field(&ImageParams::height, {.name = "height", .doc = "How many rows of pixels it has", .valid = {.low = 1, .high = 16'384}}),
        field(&ImageParams::width, {.name = "width", .doc = "How many pixels a row has", .valid = {.low = 1, .high = 16'384}}),
        field(&ImageParams::channels,
              {.name = "channels", .doc = "How many numbers a pixel has: 1 in shades of grey, 3 in colour", .valid = {.low = 1, .high = 4'096}}),
    };
    return fields;
}
const Schema<SequenceParams>& sequence_schema() {
    static const Schema<SequenceParams> fields{
        field(&SequenceParams::steps, {.name = "steps",
                                       .doc = "How many steps it has, all of equally many numbers; none: a step for each number",
                                       .valid = {.low = 1, .high = 1'000'000}}),
    };
    return fields;
}
const Schema<RescaleParams>& rescale_schema() {
    static const Schema<RescaleParams> fields{
        field(&RescaleParams::by, {.name = "by", .doc = "By what every cell is multiplied; 1/255 brings pixels to 0..1"}),
        field(&RescaleParams::offset, {.name = "offset", .doc = "What is added afterwards"}),
    };
    return fields;
}

Shaped flatten_shape(const TensorShape& in) {
    if (!is_numeric(in)) {
        return refusal_of_all_but_numeric("flatten", in);
    }
    std::int64_t cells = 1;
    for (const std::int64_t extent : in.extents) {
        cells = product({cells, extent});
    }
    return LayerShape{numbers(cells), 0};
}

Shaped image_shape(const ImageParams& params, const TensorShape& in) {
    if (in.kind != Kind::Numbers) {
        return refusal("image", {Kind::Numbers}, in);
    }
    const std::int64_t given = in.extents.front(), needed = params.height * params.width * params.channels;
    if (given != TensorShape::unknown && given != needed) {
        return fmt::format("an image of {} × {} × {} is made of {} numbers, and {} come in: give it the columns of the pixels alone, row by row",
                           params.height, params.width, params.channels, needed, given);
    }
    return LayerShape{image(params.height, params.width, params.channels), 0};
}

Shaped sequence_shape(const SequenceParams& params, const TensorShape& in) {
    if (in.kind != Kind::Numbers) {
        return refusal("sequence", {Kind::Numbers}, in);
    }
    const std::int64_t given = in.extents.front();
    if (!params.steps) {
        return LayerShape{sequence(given, 1), 0};
    }
    if (given == TensorShape::unknown) {
        return LayerShape{sequence(*params.steps, TensorShape::unknown), 0};
    }
    if (given % *params.steps != 0) {
        return fmt::format("{} steps have equally many numbers each, and {} numbers come in: take a count of steps that divides {}", *params.steps,
                           given, given);
    }
    return LayerShape{sequence(*params.steps, given / *params.steps), 0};
}

}  // namespace

void add_reshaping(Catalog& catalog) {
    catalog.add(
        layer_info({.name = "flatten",
                    .summary = "All cells of an image or a sequence as numbers side by side: row by row, and the channels of a place together",
                    .source = "",
                    .example = "flatten"},
                   flatten_shape));
    catalog.add(layer_info({.name = "image",
                            .summary = "Columns of numbers as the pixels of an image: row by row, and the channels of a pixel together",
                            .source = "",
                            .example = "image(28, 28, channels: 1)",
                            .positional = 3},
                           image_schema(), image_shape));
    catalog.add(layer_info({.name = "sequence",
                            .summary = "Columns of numbers as steps in time or space: the numbers of the first step, then those of the second, …",
                            .source = "",
                            .example = "sequence(steps: 8)"},
                           sequence_schema(), sequence_shape));
    catalog.add(layer_info({.name = "rescale",
                            .summary = "Multiplies every cell by a fixed number and adds another",
                            .source = "",
                            .example = "rescale(by: 0.00392156862745098)",
                            .positional = 2},
                           rescale_schema(), [](const RescaleParams&, const TensorShape& in) { return same_shape("rescale", in); }));
}

}  // namespace mlpc
