// The bytes of a file, in one read to its end.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlpc {

// No file, and nothing that is unpacked from one, may be larger.
inline constexpr std::size_t max_file_bytes = std::size_t{32} << 30;

// Throws RunError, as read_file_bytes does, where there is no file that can be read.
void require_file(const std::string& path);
// Throws RunError that names the path and the remedy.
std::vector<char> read_file_bytes(const std::string& path);
// The content of a gzip or zstd file, recognised by its first bytes; other bytes as they are. Throws RunError where it is damaged.
std::vector<char> unpacked(const std::string& path, std::vector<char> bytes);

// A file of a binary format: unpacked, with the hash of what lies on disk.
struct BinaryFile {
    std::vector<char> bytes;
    std::string sha256;
};
BinaryFile read_binary_file(const std::string& path);

}  // namespace mlpc
