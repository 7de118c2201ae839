#include "stdlib/networks/layers/layer.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

using namespace layers;

struct AttentionParams {
    std::int64_t heads = 4;
    double dropout = 0.1;
    std::optional<std::int64_t> feed_forward;
};
const Schema<AttentionParams>& attention_schema() {
    static const Schema<AttentionParams> fields{
        field(&AttentionParams::heads, {.name = "heads",
                                        .doc = "How many times it looks, each time with its share of the channels",
                                        .valid = {.low = 1, .high = 256},
                                        .search = {.low = 1, .high = 8, .log = true}}),
        field(&AttentionParams::dropout, {.name = "dropout",
                                          .doc = "Share of cells that are set to 0 in training behind its halves and inside them",
                                          .valid = {.low = 0, .high = 1, .open_high = true},
                                          .search = {.low = 0, .high = 0.5}}),
        field(&AttentionParams::feed_forward, {.name = "feed_forward",
                                               .doc = "How many units the hidden layer of its second half has; none: four times the channels",
                                               .valid = {.low = 1, .high = 100'000}}),
    };
    return fields;
}

Shaped attention_shape(const AttentionParams& params, const TensorShape& in) {
    if (in.kind != Kind::Sequence) {
        return refusal("attention", {Kind::Sequence}, in);
    }
    const std::int64_t channels = channels_of(in);
    if (channels != TensorShape::unknown && channels % params.heads != 0) {
        return fmt::format(
            "{} heads share the channels of {} evenly, and {} does not divide {}: take another number of heads, or `dense({})` before it",
            params.heads, to_string(in), params.heads, channels, (channels / params.heads + 1) * params.heads);
    }
    const std::int64_t hidden = params.feed_forward ? *params.feed_forward : product({4, channels});
    const std::int64_t norms = product({2, 2, channels});
    const std::int64_t looks = product({4, channels, sum({channels, 1})});
    const std::int64_t feeds = sum({product({channels, hidden, 2}), hidden, channels});
    return LayerShape{in, sum({norms, looks, feeds})};
}

}  // namespace

void add_attention(Catalog& catalog) {
    catalog.add(
        layer_info({.name = "attention",
                    .summary = "A transformer's block: every step looks at all steps, then passes two dense layers with `gelu` between; "
                               "each half behind a `layer_norm` and added to what came in",
                    .source = "Vaswani et al.: Attention is all you need, NIPS (2017); Xiong et al.: On layer normalization in the transformer "
                              "architecture, ICML (2020)",
                    .example = "attention(heads in {2, 4, 8})"},
                   attention_schema(), attention_shape));
}

}  // namespace mlpc
