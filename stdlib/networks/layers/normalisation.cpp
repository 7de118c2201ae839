#include "stdlib/networks/layers/layer.h"

#include <fmt/format.h>

#include <numeric>

namespace mlpc {

namespace {

using namespace layers;

struct BatchNormParams {
    double momentum = 0.1, epsilon = 1e-5;
};
struct LayerNormParams {
    double epsilon = 1e-5;
};
struct GroupNormParams {
    std::int64_t groups = 8;
    double epsilon = 1e-5;
};

ParamSpec epsilon_spec() {
    return {.name = "epsilon", .doc = "What is added to the variance before it divides", .valid = {.low = 0, .open_low = true}};
}
const Schema<BatchNormParams>& batch_schema() {
    static const Schema<BatchNormParams> fields{
        field(&BatchNormParams::momentum, {.name = "momentum",
                                           .doc = "Weight of a new batch in the running mean and variance by which it predicts",
                                           .valid = {.low = 0, .high = 1, .open_low = true},
                                           .search = {.low = 0.01, .high = 0.3, .log = true}}),
        field(&BatchNormParams::epsilon, epsilon_spec()),
    };
    return fields;
}
const Schema<LayerNormParams>& layer_schema() {
    static const Schema<LayerNormParams> fields{field(&LayerNormParams::epsilon, epsilon_spec())};
    return fields;
}
const Schema<GroupNormParams>& group_schema() {
    static const Schema<GroupNormParams> fields{
        field(&GroupNormParams::groups, {.name = "groups",
                                         .doc = "Into how many groups the channels are divided, each normalised by itself",
                                         .valid = {.low = 1, .high = 16'384},
                                         .search = {.low = 2, .high = 32, .log = true}}),
        field(&GroupNormParams::epsilon, epsilon_spec()),
    };
    return fields;
}

// A factor and a term for every channel.
Shaped normalised(const std::string& layer, const TensorShape& in) {
    if (!is_numeric(in)) {
        return refusal_of_all_but_numeric(layer, in);
    }
    return LayerShape{in, product({2, channels_of(in)})};
}

Shaped group_shape(const GroupNormParams& params, const TensorShape& in) {
    const std::int64_t channels = channels_of(in);
    if (is_numeric(in) && channels != TensorShape::unknown && channels % params.groups != 0) {
        return fmt::format("{} groups do not divide the {}, of which {} come in: take fewer groups, `groups: {}`", params.groups,
                           in.kind == Kind::Numbers ? "numbers" : "channels", channels, std::gcd(params.groups, channels));
    }
    return normalised("group_norm", in);
}

}  // namespace

void add_normalisation(Catalog& catalog) {
    catalog.add(layer_info({.name = "batch_norm",
                            .summary = "Brings every channel to mean 0 and variance 1 over the batch, then scales and shifts it as is learned; "
                                       "predicts by running means",
                            .source = "Ioffe, Szegedy: Batch normalization, ICML (2015)",
                            .example = "batch_norm",
                            .positional = 0},
                           batch_schema(), [](const BatchNormParams&, const TensorShape& in) { return normalised("batch_norm", in); }));
    catalog.add(
        layer_info({.name = "layer_norm",
                    .summary = "Brings the numbers of a row, of a step or of a pixel to mean 0 and variance 1, then scales and shifts them as "
                               "is learned",
                    .source = "Ba, Kiros, Hinton: Layer normalization, arXiv 1607.06450 (2016)",
                    .example = "layer_norm",
                    .positional = 0},
                   layer_schema(), [](const LayerNormParams&, const TensorShape& in) { return normalised("layer_norm", in); }));
    catalog.add(layer_info({.name = "group_norm",
                            .summary = "Brings every group of channels of a row to mean 0 and variance 1 over all its places, then scales and shifts "
                                       "each channel as is learned",
                            .source = "Wu, He: Group normalization, ECCV (2018)",
                            .example = "group_norm(groups: 8)"},
                           group_schema(), group_shape));
}

}  // namespace mlpc
