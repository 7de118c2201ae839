// Files that are written whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

// Writes a temporary file beside `path`, syncs it, renames it and syncs the directory; throws RunError and leaves what was there.
void write_whole_file(const std::string& path, std::string_view content);

}  // namespace mlpc
