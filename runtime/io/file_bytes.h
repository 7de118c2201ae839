// The bytes of a file, in one read to its end.
#pragma once

#include "runtime/io/bytes.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mlpc {

// No file, and nothing that is unpacked from one, may be larger.
inline constexpr std::size_t max_file_bytes = std::size_t{32} << 30;

// Throws RunError, as read_file_bytes does, where there is no file that can be read.
void require_file(const std::string& path);
// Throws RunError that names the path and the remedy.
Bytes read_file_bytes(const std::string& path);
// Whether it is a gzip or zstd file, by its first bytes; and the content of such a file. Throws RunError where it is damaged.
bool is_packed(const Bytes& bytes);
Bytes unpacked(const std::string& path, const Bytes& packed);

// A file of a binary format: unpacked, with the hash of what lies on disk.
struct BinaryFile {
    Bytes bytes;
    std::string sha256;
};
BinaryFile read_binary_file(const std::string& path);

}  // namespace mlpc
