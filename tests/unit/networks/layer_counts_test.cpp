// Layers count their parameters as PyTorch counts those of the same modules.
#include "stdlib/networks/build_network.h"
#include "stdlib/stdlib.h"

#include <gtest/gtest.h>

namespace mlpc::networks {
namespace layer_counts_test {

TensorShape numbers(std::int64_t width) { return {TensorShape::Kind::Numbers, {width}}; }

Described description(const std::vector<Json>& layers, const TensorShape& in) {
    std::vector<Json> ends = layers;
    ends.push_back(layer("flatten"));
    return described(network({input_of_all()}, ends, {.optimiser = part("adam")}), {in}, standard_library());
}

struct Counted {
    const char* name;
    TensorShape in;
    std::vector<Json> layers;
    std::int64_t parameters;  // as parameter_counts.py printed them
};

std::vector<Counted> networks() {
    const Json pixels = layer("image", {{"height", 28}, {"width", 28}});
    const auto image = [](std::int64_t height, std::int64_t width, std::int64_t channels) {
        return TensorShape{TensorShape::Kind::Image, {height, width, channels}};
    };
    const auto sequence = [](std::int64_t steps, std::int64_t channels) { return TensorShape{TensorShape::Kind::Sequence, {steps, channels}}; };
    const auto conv = [](std::int64_t channels, std::int64_t kernel, Json params = Json::object()) {
        params["channels"] = channels;
        params["kernel"] = kernel;
        return layer("conv", std::move(params));
    };
    const auto dense = [](std::int64_t units) { return layer("dense", {{"units", units}}); };
    const std::vector<Json> block{conv(16, 3, {{"bias", false}}), layer("batch_norm"), layer("relu"), conv(16, 3, {{"bias", false}}),
                                  layer("batch_norm")};
    return {
        {"dense", numbers(30), {dense(64), layer("relu"), dense(32), layer("relu")}, 4064},
        {"dense with batch_norm", numbers(13), {dense(100), layer("batch_norm"), layer("dropout"), dense(7)}, 2307},
        {"selu with layer_norm", numbers(20), {layer("layer_norm"), dense(16), layer("selu")}, 376},
        {"small cnn",
         numbers(784),
         {pixels, conv(32, 3), layer("relu"), layer("max_pool"), conv(64, 3, {{"padding", "valid"}}), layer("relu"), layer("max_pool"),
          layer("flatten"), dense(128)},
         313856},
        {"strided, dilated, grouped conv",
         image(20, 30, 4),
         {conv(8, 5, {{"stride", 2}}), conv(16, 3, {{"dilation", 2}, {"groups", 4}}), conv(8, 1, {{"bias", false}})},
         1240},
        {"conv of a sequence", sequence(12, 3), {conv(16, 5), layer("group_norm"), conv(4, 2)}, 420},
        {"depthwise_conv",
         image(9, 9, 6),
         {layer("depthwise_conv", {{"kernel", 3}, {"multiplier", 2}}), layer("depthwise_conv", {{"kernel", 5}})},
         432},
        {"separable_conv", image(9, 9, 6), {layer("separable_conv", {{"channels", 20}})}, 194},
        {"embedding of words",
         {TensorShape::Kind::Texts, {1}},
         {layer("tokens", {{"vocabulary", 5000}, {"length", 40}}), layer("embedding", {{"size", 50}}), conv(100, 3)},
         265100},
        {"lstm", sequence(7, 10), {layer("lstm", {{"units", 32}})}, 5632},
        {"lstm, two layers, both directions", sequence(7, 10), {layer("lstm", {{"units", 32}, {"layers", 2}, {"bidirectional", true}})}, 36352},
        {"gru",
         sequence(7, 8),
         {layer("gru", {{"units", 20}, {"layers", 3}, {"gives", "all"}}), layer("gru", {{"units", 5}, {"bidirectional", true}})},
         7650},
        {"attention", sequence(9, 64), {layer("attention")}, 49984},
        {"attention with feed_forward", sequence(9, 48), {layer("attention", {{"heads", 6}, {"feed_forward", 100}})}, 19348},
        {"residual", image(32, 32, 16), {layer("residual", Json::object(), {block})}, 4672},
        {"residual with projection",
         image(32, 32, 16),
         {layer("residual", {{"shortcut", "projection"}}, {Json::array({conv(32, 3, {{"stride", 2}})})})},
         5152},
        {"parallel",
         sequence(40, 25),
         {layer("parallel", Json::object(),
                {Json::array({conv(10, 3), layer("global_max_pool")}), Json::array({conv(10, 4), layer("global_max_pool")}),
                 Json::array({conv(10, 5), layer("global_max_pool")})}),
          dense(8)},
         3278},
    };
}

TEST(LayerCounts, AreThoseOfPytorch) {
    for (const Counted& network : networks()) {
        EXPECT_EQ(description(network.layers, network.in).parameters, network.parameters) << network.name;
    }
}

TEST(LayerCounts, AreUnknownWhereAnExtentIs) {
    EXPECT_EQ(description({layer("dense")}, numbers(TensorShape::unknown)).parameters, TensorShape::unknown);
    EXPECT_EQ(description({layer("embedding")}, {TensorShape::Kind::Codes, {3}}).parameters, TensorShape::unknown);
}

TEST(LayerCounts, OfHugeNetworksDoNotOverflow) {
    const Json wide = layer("dense", {{"units", 100'000}});
    const Json image = layer("image", {{"height", 16'384}, {"width", 16'384}, {"channels", 4'096}});
    const Described huge = description({image, layer("flatten"), wide, wide}, numbers(TensorShape::unknown));
    EXPECT_GT(huge.parameters, 1'000'000'000'000);
}

}  // namespace layer_counts_test
}  // namespace mlpc::networks
