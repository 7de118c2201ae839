// Unpacking of gzip files, recognised by their first bytes.
#pragma once

#include "runtime/io/bytes.h"

#include <string>
#include <vector>

namespace mlpc {

bool is_gzip(const Bytes& bytes);
// All members one after the other. Throws RunError where the stream is damaged, ends early, or unpacks to more than `limit` bytes.
Bytes unpack_gzip(const std::string& path, const Bytes& packed, std::size_t limit);

}  // namespace mlpc
