// What the files of layers are written with: their rows of the catalog, the refusal of what does not fit, and extents that may be unknown.
#pragma once

#include "runtime/core/component.h"

#include <initializer_list>

namespace mlpc::layers {

using Shaped = std::variant<LayerShape, std::string>;
using Kind = TensorShape::Kind;

struct About {
    std::string name, summary, source, example;
    std::size_t positional = 1;
};
struct NoParams {};

// Unknown where an operand is; no more than most_cells, so that sums over a network do not overflow.
inline constexpr std::int64_t most_cells = 100'000'000'000'000;
std::int64_t product(std::initializer_list<std::int64_t>);
std::int64_t sum(std::initializer_list<std::int64_t>);

TensorShape numbers(std::int64_t width);
TensorShape image(std::int64_t height, std::int64_t width, std::int64_t channels);
TensorShape sequence(std::int64_t steps, std::int64_t channels);
// The last extent: channels of an image or a sequence, or how many numbers.
std::int64_t channels_of(const TensorShape&);
TensorShape with_channels(TensorShape, std::int64_t channels);

bool is_one_of(const TensorShape&, std::initializer_list<Kind>);
// Numbers, an image or a sequence.
bool is_numeric(const TensorShape&);
// "`conv` takes an image or a sequence, and gets 784 numbers: put `image(28, 28)` before it".
std::string refusal(const std::string& layer, std::initializer_list<Kind> takes, const TensorShape& in);
std::string refusal_of_all_but_numeric(const std::string& layer, const TensorShape& in);

ComponentInfo part_info(ComponentKind, About, std::vector<ParamSpec>);

// `shape`: Shaped(const P&, const TensorShape& in), or with the ends of its chains as a third.
template <class P, class Shape>
ComponentInfo layer_info(About about, const Schema<P>& schema, Shape shape) {
    ComponentInfo info = part_info(ComponentKind::Layer, std::move(about), specs_of(schema));
    info.layer_shape = [schema, shape](const ParamValues& values, const TensorShape& in, const std::vector<TensorShape>& chains) -> Shaped {
        const P params = read_params(schema, values);
        if constexpr (std::is_invocable_v<Shape, const P&, const TensorShape&, const std::vector<TensorShape>&>) {
            return shape(params, in, chains);
        } else {
            return shape(params, in);
        }
    };
    return info;
}
template <class Shape>
ComponentInfo layer_info(About about, Shape shape) {
    return layer_info<NoParams>(std::move(about), Schema<NoParams>{}, [shape](const NoParams&, const TensorShape& in) { return shape(in); });
}

// Of a layer that learns nothing and gives what it takes, cell by cell.
Shaped same_shape(const std::string& layer, const TensorShape& in);

}  // namespace mlpc::layers
