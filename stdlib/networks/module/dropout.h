// Dropout by the batch's own generator.
#pragma once

#include "stdlib/networks/module/layer.h"

namespace mlpc::networks {

// In training, `in` times a mask of `shape` that broadcasts over it: 0 with probability `rate`, 1 / (1 - rate) otherwise. Else `in` itself.
at::Tensor dropped(const at::Tensor& in, at::IntArrayRef shape, double rate, Pass&);

}  // namespace mlpc::networks
