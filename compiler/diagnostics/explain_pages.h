// What embed_pages.cmake generates from explain/*.md.
#pragma once

#include <cstddef>

namespace mlpc {

struct EmbeddedPage {
    const char* code;
    const char* text;
};

extern const EmbeddedPage embedded_pages[];  // sorted by code
extern const std::size_t embedded_page_count;

}  // namespace mlpc
