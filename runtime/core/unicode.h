// UTF-8 as people see it: code points, letters and case, whatever locale the process runs in.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

// Offset of the first byte that is not well-formed UTF-8, or npos.
std::size_t find_malformed_utf8(std::string_view text);
// Each malformed byte becomes U+FFFD.
std::u32string decode_utf8(std::string_view text);
std::string encode_utf8(std::u32string_view text);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
// Whether the text is a name in the language without backquotes.
bool is_bare_name(std::string_view text);
// The name as it stands in a file, in backquotes where it needs them.
std::string written_name(std::string_view name);
// The text as a literal of the language, in double quotes.
std::string written_text(std::string_view text);

}  // namespace mlpc
