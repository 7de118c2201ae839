// How far a window goes that slides over an image or a sequence.
#pragma once

#include "stdlib/networks/layers/layer.h"

namespace mlpc::layers {

// Same: zeros around the input, half of them (rounded down) before it, as many as a window at stride 1 needs to give as many places as there
// are; a stride then takes every so many of these. Valid: none.
enum class Padding { Same, Valid };

struct Window {
    std::int64_t size = 3, stride = 1, dilation = 1;
    Padding padding = Padding::Same;
};

// The image or the sequence with as many places as the window has; `what` is it that does not fit otherwise ("a kernel").
std::variant<TensorShape, std::string> slid(const Window&, const TensorShape& in, const std::string& what, const std::string& remedy);

}  // namespace mlpc::layers
