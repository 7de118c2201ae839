// The bytes of a file that comes with a pre-trained network.
#pragma once

#include <cstddef>
#include <string>

namespace mlpc::pretrained {

// Throws RunError where the file can't be read or has more than `most` bytes.
std::string file_bytes(const std::string& path, std::size_t most);

}  // namespace mlpc::pretrained
