// What convolutions and pools share: whether they go over places or steps, and zeros around the input.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <nlohmann/json.hpp>

namespace mlpc::networks {

enum class Places { Image, Sequence };
// Of what comes into a described layer.
Places places_of(const nlohmann::json& layer);

// The input of a window that reaches `reach` cells beyond its first: half of them, rounded down, lie before each axis and are left to the
// convolution; the odd one behind it is put there here.
struct Padded {
    at::Tensor cells;  // channels before places
    std::int64_t left = 0;
};
Padded padded_for(const at::Tensor& in, std::int64_t reach, Places);

// Every so many places of each axis, channels before places. A window of one place with a stride is to go over these with none: the kernel of
// oneDNN 2.6 for AVX-512 that goes back through the other writes beyond its memory.
at::Tensor every_so_many(const at::Tensor& in, std::int64_t stride);
// The same with a stride for each of the last axes.
at::Tensor every_so_many(const at::Tensor& in, at::IntArrayRef strides);

}  // namespace mlpc::networks
