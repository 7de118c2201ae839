// Tensors in a file of the format safetensors, found and checked before any is read.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace mlpc::networks {

struct StoredTensor {
    std::string type;  // "F32", …
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0;  // bytes behind the header
};

// The header's entries, by name. Throws BackendError where they are not what the format allows in a file with `data_bytes` behind its header:
// every tensor as many bytes as its shape and type need, side by side, none shared, none left over.
std::map<std::string, StoredTensor> stored_tensors(const nlohmann::json& header, std::uint64_t data_bytes);

class SafetensorsFile {
public:
    // Reads the header. Throws BackendError, naming the file.
    explicit SafetensorsFile(std::string path);

    const std::map<std::string, StoredTensor>& tensors() const { return tensors_; }
    // As 32-bit floats, from F32, F16 or BF16. Throws BackendError where it is missing, or of another shape or type.
    at::Tensor read(const std::string& name, const std::vector<std::int64_t>& shape);

private:
    std::string path_;
    std::ifstream file_;
    std::uint64_t data_from_ = 0;
    std::map<std::string, StoredTensor> tensors_;
};

}  // namespace mlpc::networks
