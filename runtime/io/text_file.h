// The text of a file, checked before anything is read from it: it exists, is UTF-8, is no binary format, and is not too large.
#pragma once

#include "runtime/io/bytes.h"
#include "runtime/io/text_survey.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct TextFile {
    std::string path;
    Bytes bytes;                    // unpacked where it was gzip or zstd, and a NUL at the end
    Bytes packed;                   // as it lies on disk, where that is something else
    std::size_t begin = 0;          // after the byte order mark
    std::vector<TextBlock> blocks;  // of the text

    // Of the file as it lies on disk. It takes as long as reading a third of a table does: to be computed beside that.
    std::string sha256() const;
    // Followed by a NUL byte, which occurs nowhere inside.
    std::string_view text() const { return {bytes.data() + begin, bytes.size() - 1 - begin}; }
};
// Throws RunError that names the path and the remedy.
TextFile read_text_file(const std::string& path);

}  // namespace mlpc
