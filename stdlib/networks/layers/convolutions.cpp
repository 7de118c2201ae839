// Convolutions: over the places of an image where an image comes in, over the steps of a sequence where a sequence does.
#include "stdlib/networks/layers/window.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

using namespace layers;

struct ConvParams {
    std::int64_t channels = 32, kernel = 3, stride = 1;
    Padding padding = Padding::Same;
    std::int64_t dilation = 1, groups = 1;
    bool bias = true;
};
struct DepthwiseParams {
    std::int64_t kernel = 3, stride = 1;
    Padding padding = Padding::Same;
    std::int64_t multiplier = 1;
};
struct SeparableParams {
    std::int64_t channels = 32, kernel = 3, stride = 1;
    Padding padding = Padding::Same;
};

ParamSpec channels_spec() {
    return {
        .name = "channels", .doc = "How many channels it gives", .valid = {.low = 1, .high = 16'384}, .search = {.low = 8, .high = 128, .log = true}};
}
ParamSpec kernel_spec() {
    return {.name = "kernel",
            .doc = "How many places its window is high and wide, or how many steps it is long",
            .valid = {.low = 1, .high = 255},
            .search = {.low = 2, .high = 7}};
}
ParamSpec stride_spec() {
    return {
        .name = "stride", .doc = "How many places the window moves on at a time", .valid = {.low = 1, .high = 255}, .search = {.low = 1, .high = 2}};
}
ParamSpec padding_spec() {
    return {.name = "padding",
            .doc = "Zeros around the input, so that a stride of 1 gives as many places as come in (same), or a window that stays inside (valid)",
            .words = {"same", "valid"},
            .search = {.words = {"same", "valid"}}};
}

const Schema<ConvParams>& conv_schema() {
    static const Schema<ConvParams> fields{
        field(&ConvParams::channels, channels_spec()),
        field(&ConvParams::kernel, kernel_spec()),
        field(&ConvParams::stride, stride_spec()),
        field(&ConvParams::padding, padding_spec()),
        field(&ConvParams::dilation, {.name = "dilation",
                                      .doc = "How many places apart the cells of the window lie",
                                      .valid = {.low = 1, .high = 64},
                                      .search = {.low = 1, .high = 4}}),
        field(&ConvParams::groups, {.name = "groups",
                                    .doc = "Into how many groups the channels are divided that do not see each other",
                                    .valid = {.low = 1, .high = 16'384}}),
        field(&ConvParams::bias, {.name = "bias", .doc = "Whether every channel has a bias; needless before `batch_norm`"}),
    };
    return fields;
}
const Schema<DepthwiseParams>& depthwise_schema() {
    static const Schema<DepthwiseParams> fields{
        field(&DepthwiseParams::kernel, kernel_spec()),
        field(&DepthwiseParams::stride, stride_spec()),
        field(&DepthwiseParams::padding, padding_spec()),
        field(&DepthwiseParams::multiplier, {.name = "multiplier",
                                             .doc = "How many channels it gives for each that comes in",
                                             .valid = {.low = 1, .high = 64},
                                             .search = {.low = 1, .high = 4}}),
    };
    return fields;
}
const Schema<SeparableParams>& separable_schema() {
    static const Schema<SeparableParams> fields{
        field(&SeparableParams::channels, channels_spec()),
        field(&SeparableParams::kernel, kernel_spec()),
        field(&SeparableParams::stride, stride_spec()),
        field(&SeparableParams::padding, padding_spec()),
    };
    return fields;
}

// Cells of a window for one channel.
std::int64_t area(std::int64_t kernel, const TensorShape& in) { return in.kind == Kind::Image ? kernel * kernel : kernel; }

// The shape with so many channels, and the parameters that `count` finds; or why the window does not fit.
template <class Count>
Shaped convolved(const std::string& name, const Window& window, const TensorShape& in, std::int64_t channels, Count count) {
    if (!is_one_of(in, {Kind::Image, Kind::Sequence})) {
        return refusal(name, {Kind::Image, Kind::Sequence}, in);
    }
    auto places =
        slid(window, in, window.dilation > 1 ? "a dilated kernel" : "a kernel", "take a smaller kernel, or `padding: same`, or pool less before it");
    if (auto* why = std::get_if<std::string>(&places)) {
        return std::move(*why);
    }
    return LayerShape{with_channels(std::get<TensorShape>(std::move(places)), channels), count()};
}

Shaped conv_shape(const ConvParams& params, const TensorShape& in) {
    const std::int64_t given = channels_of(in);
    const bool divides = params.channels % params.groups == 0 && (given == TensorShape::unknown || given % params.groups == 0);
    if (is_one_of(in, {Kind::Image, Kind::Sequence}) && !divides) {
        return fmt::format(
            "{} groups divide both the channels that come in and those that come out, and do not divide {} and {}: `groups: 1` "
            "always does",
            params.groups, given, params.channels);
    }
    const Window window{.size = params.kernel, .stride = params.stride, .dilation = params.dilation, .padding = params.padding};
    return convolved("conv", window, in, params.channels, [&] {
        const std::int64_t of_group = given == TensorShape::unknown ? given : given / params.groups;
        return sum({product({params.channels, of_group, area(params.kernel, in)}), params.bias ? params.channels : 0});
    });
}

Shaped depthwise_shape(const DepthwiseParams& params, const TensorShape& in) {
    const Window window{.size = params.kernel, .stride = params.stride, .padding = params.padding};
    const std::int64_t channels = product({channels_of(in), params.multiplier});
    return convolved("depthwise_conv", window, in, channels, [&] { return product({channels, area(params.kernel, in) + 1}); });
}

Shaped separable_shape(const SeparableParams& params, const TensorShape& in) {
    const Window window{.size = params.kernel, .stride = params.stride, .padding = params.padding};
    const std::int64_t given = channels_of(in);
    return convolved("separable_conv", window, in, params.channels, [&] {
        return sum({product({given, area(params.kernel, in)}), product({given, params.channels}), params.channels});
    });
}

}  // namespace

void add_convolutions(Catalog& catalog) {
    catalog.add(layer_info(
        {.name = "conv",
         .summary = "Convolution: the same weighted sums at every place of an image or every step of a sequence, a channel for each",
         .source = "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, Proceedings of the IEEE 86 (1998)",
         .example = "conv(channels in 8..64 log, kernel: 3)",
         .positional = 2},
        conv_schema(), conv_shape));
    catalog.add(layer_info({.name = "depthwise_conv",
                            .summary = "Convolution of each channel by itself, with a bias; it mixes places and no channels",
                            .source = "Sifre: Rigid-motion scattering for image classification, PhD thesis, École Polytechnique (2014)",
                            .example = "depthwise_conv(kernel: 3)"},
                           depthwise_schema(), depthwise_shape));
    catalog.add(layer_info({.name = "separable_conv",
                            .summary = "Convolution of each channel by itself without bias, then of the channels at each place with one: far fewer "
                                       "parameters than `conv`",
                            .source = "Chollet: Xception: Deep learning with depthwise separable convolutions, CVPR (2017)",
                            .example = "separable_conv(channels: 64, kernel: 3)",
                            .positional = 2},
                           separable_schema(), separable_shape));
}

}  // namespace mlpc
