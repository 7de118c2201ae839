// Unpacking of zstd files, recognised by their first bytes.
#pragma once

#include <string>
#include <vector>

namespace mlpc {

bool is_zstd(const std::vector<char>& bytes);
// All frames one after the other. Throws RunError where the stream is damaged, ends early, or unpacks to more than `limit` bytes.
std::vector<char> unpack_zstd(const std::string& path, const std::vector<char>& packed, std::size_t limit);

}  // namespace mlpc
