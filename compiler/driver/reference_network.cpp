#include "compiler/driver/reference_network.h"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>

namespace mlpc {

namespace {

using Kind = TensorShape::Kind;
using Takes = NetworkExample::Takes;

// What it gives where `in` comes in, with its defaults; nothing where it does not take that.
std::optional<TensorShape> given(const ComponentInfo& layer, const TensorShape& in) {
    const auto shaped = layer.layer_shape(layer.default_params(), in, std::vector<TensorShape>(layer.least_chains, in));
    const auto* shape = std::get_if<LayerShape>(&shaped);
    return shape == nullptr ? std::nullopt : std::optional(shape->out);
}

// Layers that make of the columns what comes in, and what that is; the first that fits is taken.
struct Beginning {
    Takes takes;
    TensorShape in;
    const char* layers;
};
std::vector<Beginning> beginnings(const ComponentInfo& layer) {
    const Beginning pixels{Takes::Prepared, {Kind::Image, {12, 12, 32}}, "dense(144) -> image(12, 12)\n  conv(32) -> relu"};
    if (layer.least_chains > 0) {
        return {pixels};
    }
    return {
        {Takes::Prepared, {Kind::Numbers, {16}}, "dense(16)"},
        {Takes::Prepared, {Kind::Numbers, {784}}, "dense(784)"},
        pixels,
        {Takes::Prepared, {Kind::Sequence, {12, 8}}, "dense(96) -> sequence(steps: 12)"},
        {Takes::Categories, {Kind::Codes, {2}}, "category"},
        {Takes::Texts, {Kind::Texts, {1}}, "text"},
    };
}

// What makes numbers of it again.
const char* ending(const TensorShape& out) {
    switch (out.kind) {
        case Kind::Image:
        case Kind::Sequence:
            return " -> global_average_pool";
        case Kind::Tokens:
            return " -> embedding(16) -> global_average_pool";
        default:
            return "";
    }
}

std::string declared(const std::string& lines) { return "network small {\n  " + lines + "\n}\n"; }

NetworkExample layer_example(const ComponentInfo& layer) {
    for (const Beginning& begin : beginnings(layer)) {
        if (const auto out = given(layer, begin.in)) {
            const char* between = begin.takes == Takes::Prepared ? "\n  " : " -> ";
            return {declared(
                        fmt::format("{}{}{}{}\n  train adam(rate: 0.01) {{\n    epochs 5\n  }}", begin.layers, between, layer.example, ending(*out))),
                    begin.takes};
        }
    }
    throw std::logic_error("no example of a network fits around " + layer.name);
}

}  // namespace

NetworkExample network_example(const ComponentInfo& info) {
    if (info.kind == ComponentKind::Layer) {
        return layer_example(info);
    }
    const bool is_optimiser = info.kind == ComponentKind::Optimiser;
    const bool sees_images = info.kind == ComponentKind::Augmentation && !given(info, {Kind::Numbers, {16}});
    const std::string setting = info.kind == ComponentKind::Schedule ? "schedule" : info.kind == ComponentKind::Loss ? "loss" : "augment";
    const std::string layers = sees_images ? "dense(144) -> image(12, 12)\n  conv(8) -> relu -> global_average_pool" : "dense(16) -> relu";
    return {declared(fmt::format("{}\n  train {} {{\n    epochs 5\n{}  }}", layers, is_optimiser ? info.example : "adam(rate: 0.01)",
                                 is_optimiser ? "" : fmt::format("    {} {}\n", setting, info.example)))};
}

}  // namespace mlpc
