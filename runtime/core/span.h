// A place in a source text; it rides from the parser to the report, so that a failed trial points at its line.
#pragma once

#include <cstdint>

namespace mlpc {

struct FileId {
    std::uint32_t index = 0;
    friend bool operator==(FileId, FileId) = default;
};

// Half-open range of byte offsets [begin, end) in one file.
struct Span {
    FileId file;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(Span, Span) = default;
};

// The smallest span that covers both; they must be of one file.
constexpr Span cover(Span a, Span b) { return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end}; }

}  // namespace mlpc
