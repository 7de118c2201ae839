// The source texts of one compilation: file ids to paths and text, byte offsets to lines and columns.
#pragma once

#include "runtime/core/span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct LineColumn {
    std::uint32_t line = 1;    // from 1
    std::uint32_t column = 1;  // from 1, in Unicode code points
};

class Sources {
public:
    FileId add(std::string path, std::string text);
    const std::string& path(FileId) const;
    const std::string& text(FileId) const;
    std::size_t count() const { return files_.size(); }
    LineColumn position(FileId, std::uint32_t offset) const;
    std::string_view line(FileId, std::uint32_t line) const;  // without its newline
    std::uint32_t line_begin(FileId, std::uint32_t line) const;

private:
    struct File {
        std::string path, text;
        std::vector<std::uint32_t> line_begins;
    };
    std::vector<File> files_;
};

}  // namespace mlpc
