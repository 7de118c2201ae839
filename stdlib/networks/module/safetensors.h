// Tensors by name in one file, in the format of safetensors: eight bytes with the length of a header of JSON, the header, the cells.
// https://github.com/huggingface/safetensors#format
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::networks {

struct StoredTensor {
    std::string type;  // "F32", "F16", "BF16", "I64", …
    std::vector<std::int64_t> shape;
    std::string_view bytes;  // of the file
};
// Throws BackendError where the file is not wholly as the format says; views into it are then never given.
std::map<std::string, StoredTensor> read_safetensors(std::string_view file);
// A copy as float; throws BackendError where it is of no kind of floating-point number.
at::Tensor as_float(const std::string& name, const StoredTensor&);

// Of floats, in this order.
std::string to_safetensors(const std::vector<std::pair<std::string, at::Tensor>>&);

}  // namespace mlpc::networks
