// What layers give, and the sentences in which they refuse: the shapes that come in, the rule and a remedy.
#include "stdlib/networks/build_network.h"
#include "stdlib/stdlib.h"

#include <gtest/gtest.h>

namespace mlpc::networks {
namespace layer_shapes_test {

using Kind = TensorShape::Kind;

TensorShape numbers(std::int64_t width) { return {Kind::Numbers, {width}}; }
TensorShape image(std::int64_t height, std::int64_t width, std::int64_t channels) { return {Kind::Image, {height, width, channels}}; }
TensorShape sequence(std::int64_t steps, std::int64_t channels) { return {Kind::Sequence, {steps, channels}}; }

std::variant<LayerShape, std::string> shape(const std::string& name, const Json& params, const TensorShape& in,
                                            const std::vector<TensorShape>& chains = {}) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Layer, name);
    return info.layer_shape(params_of(info, params, 0), in, chains);
}
// What it gives as a text, or why it does not.
std::string given(const std::string& name, const Json& params, const TensorShape& in, const std::vector<TensorShape>& chains = {}) {
    const auto found = shape(name, params, in, chains);
    const auto* why = std::get_if<std::string>(&found);
    return why != nullptr ? *why : to_string(std::get<LayerShape>(found).out);
}

TEST(LayerShapes, OfWindows) {
    EXPECT_EQ(given("conv", {{"channels", 8}}, image(28, 30, 1)), "an image of 28 × 30 × 8");
    EXPECT_EQ(given("conv", {{"channels", 8}, {"stride", 2}}, image(7, 8, 1)), "an image of 4 × 4 × 8");
    EXPECT_EQ(given("conv", {{"channels", 8}, {"kernel", 5}, {"padding", "valid"}}, image(28, 28, 1)), "an image of 24 × 24 × 8");
    EXPECT_EQ(given("conv", {{"channels", 8}, {"kernel", 3}, {"padding", "valid"}, {"dilation", 2}, {"stride", 2}}, sequence(20, 3)),
              "a sequence of 8 × 8");
    EXPECT_EQ(given("depthwise_conv", {{"multiplier", 3}}, image(9, 9, 4)), "an image of 9 × 9 × 12");
    EXPECT_EQ(given("max_pool", {{"size", 3}}, image(10, 11, 4)), "an image of 3 × 3 × 4");
    EXPECT_EQ(given("average_pool", {{"size", 3}, {"stride", 1}}, sequence(10, 4)), "a sequence of 8 × 4");
    EXPECT_EQ(given("global_max_pool", Json::object(), image(10, 11, 4)), "4 numbers");
}

TEST(LayerShapes, OfSequencesAndWords) {
    EXPECT_EQ(given("tokens", {{"length", 40}, {"vocabulary", 99}}, {Kind::Texts, {1}}), "40 words");
    EXPECT_EQ(given("embedding", {{"size", 5}}, {Kind::Tokens, {40, 99}}), "a sequence of 40 × 5");
    EXPECT_EQ(given("embedding", {{"size", 5}}, {Kind::Codes, {3}}), "15 numbers");
    EXPECT_EQ(given("lstm", {{"units", 6}}, sequence(40, 5)), "6 numbers");
    EXPECT_EQ(given("gru", {{"units", 6}, {"bidirectional", true}, {"gives", "all"}}, sequence(40, 5)), "a sequence of 40 × 12");
    EXPECT_EQ(given("sequence", {{"steps", 4}}, numbers(12)), "a sequence of 4 × 3");
    EXPECT_EQ(given("sequence", Json::object(), numbers(12)), "a sequence of 12 × 1");
    EXPECT_EQ(given("dense", {{"units", 7}}, sequence(4, 3)), "a sequence of 4 × 7");
}

TEST(LayerShapes, OfBranches) {
    EXPECT_EQ(given("residual", Json::object(), image(8, 8, 4), {image(8, 8, 4)}), "an image of 8 × 8 × 4");
    EXPECT_EQ(given("residual", {{"shortcut", "projection"}}, image(7, 1, 4), {image(4, 1, 9)}), "an image of 4 × 1 × 9");
    EXPECT_EQ(given("residual", {{"shortcut", "projection"}}, image(1, 7, 4), {image(1, 4, 9)}), "an image of 1 × 4 × 9");
    EXPECT_EQ(given("parallel", Json::object(), sequence(9, 4), {sequence(9, 2), sequence(9, 5)}), "a sequence of 9 × 7");
}

TEST(LayerShapes, RefusalsNameARemedy) {
    EXPECT_EQ(given("conv", Json::object(), numbers(784)),
              "`conv` takes an image or a sequence, and gets 784 numbers: put `image(28, 28)` before it");
    EXPECT_EQ(given("conv", Json::object(), numbers(3072)),
              "`conv` takes an image or a sequence, and gets 3072 numbers: put `image(32, 32, 3)` before it");
    EXPECT_EQ(given("conv", Json::object(), numbers(TensorShape::unknown)),
              "`conv` takes an image or a sequence, and gets numbers: put `image(height, width)` before it");
    EXPECT_EQ(given("dense", Json::object(), image(4, 4, 8)),
              "`dense` takes numbers or a sequence, and gets an image of 4 × 4 × 8: put `flatten` or `global_average_pool` before it");
    EXPECT_EQ(given("dense", Json::object(), {Kind::Texts, {1}}),
              "`dense` takes numbers or a sequence, and gets a text: put `tokens()` and `embedding(64)` before it");
    EXPECT_EQ(given("relu", Json::object(), {Kind::Codes, {2}}),
              "`relu` takes numbers, an image or a sequence, and gets 2 categories: put `embedding(8)` before it");
    EXPECT_EQ(given("lstm", Json::object(), numbers(9)), "`lstm` takes a sequence, and gets 9 numbers: put `sequence(steps)` before it");
    EXPECT_EQ(given("lstm", Json::object(), {Kind::Tokens, {40, 99}}), "`lstm` takes a sequence, and gets 40 words: put `embedding(64)` before it");
    EXPECT_EQ(
        given("embedding", Json::object(), numbers(9)),
        "`embedding` takes categories or the words of a text, and gets 9 numbers: give it columns that are categories, or `tokens()` of a text");
}

TEST(LayerShapes, RefusalsShowBothShapes) {
    EXPECT_EQ(given("conv", {{"kernel", 5}, {"padding", "valid"}}, image(4, 4, 32)),
              "a kernel of 5 × 5 does not fit into an image of 4 × 4 × 32: take a smaller kernel, or `padding: same`, or pool less before it");
    EXPECT_EQ(given("max_pool", Json::object(), image(1, 1, 32)),
              "a window of 2 × 2 does not fit into an image of 1 × 1 × 32: pool less often before it, or take `global_max_pool`");
    EXPECT_EQ(given("residual", Json::object(), image(8, 8, 4), {image(8, 8, 8)}),
              "`residual` adds what comes in, an image of 8 × 8 × 4, to the end of its chain, an image of 8 × 8 × 8, and they are of one shape: take "
              "`shortcut: projection`, or end the chain as it begins");
    EXPECT_EQ(given("residual", {{"shortcut", "projection"}}, image(8, 8, 4), {image(6, 6, 8)}),
              "no projection leads from an image of 8 × 8 × 4 to an image of 6 × 6 × 8, with which the chain of `residual` ends: only channels and "
              "strides of padded layers may change in it");
    EXPECT_EQ(given("parallel", Json::object(), image(8, 8, 4), {image(8, 8, 8), image(4, 4, 8)}),
              "the chains of `parallel` lie side by side by their channels, and one gives an image of 8 × 8 × 8, another an image of 4 × 4 × 8: end "
              "each with `global_average_pool` or `flatten`");
    EXPECT_EQ(given("image", Json::object(), numbers(64)),
              "an image of 28 × 28 × 1 is made of 784 numbers, and 64 come in: give it the columns of the pixels alone, row by row");
    EXPECT_EQ(given("sequence", {{"steps", 5}}, numbers(12)),
              "5 steps have equally many numbers each, and 12 numbers come in: take a count of steps that divides 12");
    EXPECT_EQ(given("attention", Json::object(), sequence(9, 10)),
              "4 heads share the channels of a sequence of 9 × 10 evenly, and 4 does not divide 10: take another number of heads, or `dense(12)` "
              "before it");
    EXPECT_EQ(given("group_norm", Json::object(), numbers(12)),
              "8 groups do not divide the numbers, of which 12 come in: take fewer groups, `groups: 4`");
    EXPECT_EQ(given("conv", {{"channels", 9}, {"groups", 2}}, image(8, 8, 4)),
              "2 groups divide both the channels that come in and those that come out, and do not divide 4 and 9: `groups: 1` always does");
}

}  // namespace layer_shapes_test
}  // namespace mlpc::networks
