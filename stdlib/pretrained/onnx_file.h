// What a file of the format ONNX must be before a library that trusts it may see it.
#pragma once

#include <string_view>

namespace mlpc::pretrained {

// Throws RunError, saying why, where the bytes are no whole model, have a tensor whose shape and cells do not agree, or have cells in other
// files, which they could name as they like.
void check_onnx_file(std::string_view bytes);

}  // namespace mlpc::pretrained
