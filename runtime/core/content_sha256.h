// The SHA-256 by which a network of one file, or of a folder of files, is known.
#pragma once

#include <string>

namespace mlpc {

// Of a file: that of its bytes. Of a folder: that of the lines that `sha256sum *` prints in it, hidden files and folders left out. Throws RunError.
std::string content_sha256(const std::string& path);

}  // namespace mlpc
