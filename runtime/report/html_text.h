// Text that came from files and data, made safe to stand in a page.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

// For element content and quoted attributes: markup, control characters and malformed UTF-8 lose their power.
std::string html_escaped(std::string_view text);

}  // namespace mlpc
