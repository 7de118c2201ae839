// Where a piece of text stands in a source, so that tests name spans instead of counting bytes.
#pragma once

#include "compiler/diagnostics/sources.h"

#include <stdexcept>

namespace mlpc {

inline Span span_of(const Sources& sources, FileId file, std::string_view needle) {
    const std::size_t at = sources.text(file).find(needle);
    if (at == std::string::npos) {
        throw std::logic_error("no such text in the source: " + std::string(needle));
    }
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + needle.size())};
}

}  // namespace mlpc
