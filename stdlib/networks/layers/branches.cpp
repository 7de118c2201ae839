// Layers whose arguments are chains of layers, each given what comes in.
#include "stdlib/networks/layers/layer.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

using namespace layers;

enum class Shortcut { Identity, Projection };
struct ResidualParams {
    Shortcut shortcut = Shortcut::Identity;
};
const Schema<ResidualParams>& residual_schema() {
    static const Schema<ResidualParams> fields{
        field(&ResidualParams::shortcut, {.name = "shortcut",
                                          .doc = "What is added to the end of the chain: identity: what came in; projection: weighted sums of its "
                                                 "channels without bias, every so many places as the chain has strides",
                                          .words = {"identity", "projection"},
                                          .search = {.words = {"identity", "projection"}}}),
    };
    return fields;
}

bool can_be_equal(const TensorShape& a, const TensorShape& b) {
    return a.kind == b.kind && std::equal(a.extents.begin(), a.extents.end(), b.extents.begin(), b.extents.end(),
                                          [](auto x, auto y) { return x == y || x == TensorShape::unknown || y == TensorShape::unknown; });
}

// Whether one stride leads from all places of `in` to those of `out`, which a projection of `same` padding then gives.
bool is_strided(const TensorShape& in, const TensorShape& out) {
    if (in.kind != out.kind) {
        return false;
    }
    const auto is_known = [&](std::size_t axis) { return in.extents[axis] != TensorShape::unknown && out.extents[axis] != TensorShape::unknown; };
    const std::size_t axes = in.extents.size() - 1;
    std::int64_t stride = 1;  // the smallest that is enough for every axis
    for (std::size_t axis = 0; axis < axes; ++axis) {
        stride = is_known(axis) ? std::max(stride, (in.extents[axis] + out.extents[axis] - 1) / out.extents[axis]) : stride;
    }
    for (std::size_t axis = 0; axis < axes; ++axis) {
        if (is_known(axis) && (in.extents[axis] + stride - 1) / stride != out.extents[axis]) {
            return false;
        }
    }
    return true;
}

Shaped residual_shape(const ResidualParams& params, const TensorShape& in, const std::vector<TensorShape>& chains) {
    if (!is_numeric(in)) {
        return refusal_of_all_but_numeric("residual", in);
    }
    const TensorShape& out = chains.at(0);
    if (params.shortcut == Shortcut::Identity) {
        if (!can_be_equal(in, out)) {
            return fmt::format(
                "`residual` adds what comes in, {}, to the end of its chain, {}, and they are of one shape: take `shortcut: projection`, or "
                "end the chain as it begins",
                to_string(in), to_string(out));
        }
        return LayerShape{out, 0};
    }
    if (!is_strided(in, out)) {
        return fmt::format(
            "no projection leads from {} to {}, with which the chain of `residual` ends: only channels and strides of padded layers may "
            "change in it",
            to_string(in), to_string(out));
    }
    return LayerShape{out, product({channels_of(in), channels_of(out)})};
}

Shaped parallel_shape(const TensorShape& in, const std::vector<TensorShape>& chains) {
    if (!is_numeric(in)) {
        return refusal_of_all_but_numeric("parallel", in);
    }
    TensorShape out = chains.at(0);
    for (std::size_t i = 1; i < chains.size(); ++i) {
        if (!can_be_equal(with_channels(out, 1), with_channels(chains[i], 1))) {
            return fmt::format(
                "the chains of `parallel` lie side by side by their channels, and one gives {}, another {}: end each with "
                "`global_average_pool` or `flatten`",
                to_string(out), to_string(chains[i]));
        }
        out = with_channels(out, sum({channels_of(out), channels_of(chains[i])}));
    }
    return LayerShape{out, 0};
}

}  // namespace

void add_branches(Catalog& catalog) {
    ComponentInfo residual =
        layer_info({.name = "residual",
                    .summary = "Adds what comes in to what its chain of layers makes of it, so that deep networks can be trained",
                    .source = "He, Zhang, Ren, Sun: Deep residual learning for image recognition, CVPR (2016)",
                    .example = "residual(conv(32) -> relu -> conv(32))",
                    .positional = 0},
                   residual_schema(), residual_shape);
    residual.least_chains = residual.most_chains = 1;
    catalog.add(std::move(residual));

    ComponentInfo parallel = layer_info<NoParams>(
        {.name = "parallel",
         .summary = "Gives what comes in to several chains of layers, and lays what they make of it side by side, channel behind channel",
         .source = "Szegedy et al.: Going deeper with convolutions, CVPR (2015)",
         .example = "parallel(conv(32, kernel: 3), conv(32, kernel: 5))",
         .positional = 0},
        Schema<NoParams>{},
        [](const NoParams&, const TensorShape& in, const std::vector<TensorShape>& chains) { return parallel_shape(in, chains); });
    parallel.least_chains = 2;
    parallel.most_chains = 64;
    catalog.add(std::move(parallel));
}

}  // namespace mlpc
