#include "runtime/report/html_text.h"

#include "runtime/core/unicode.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

bool is_control(char32_t c) { return (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7f && c < 0xa0); }

// Marks that reorder what stands around them, so that a name could pass for another.
bool reorders(char32_t c) { return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069); }

}  // namespace

std::string html_escaped(std::string_view text) {
    std::u32string safe;
    for (const char32_t c : decode_utf8(text)) {
        switch (c) {
            case U'&':
                safe += U"&amp;";
                break;
            case U'<':
                safe += U"&lt;";
                break;
            case U'>':
                safe += U"&gt;";
                break;
            case U'"':
                safe += U"&quot;";
                break;
            case U'\'':
                safe += U"&#39;";
                break;
            default:
                safe += is_control(c) || reorders(c) ? U'\ufffd' : c;
        }
    }
    return encode_utf8(safe);
}

std::string svg_line(double x1, double y1, double x2, double y2, const char* kind) {
    return fmt::format(R"(<line class="{}" x1="{:.2f}%" y1="{:.2f}%" x2="{:.2f}%" y2="{:.2f}%"/>)", kind, x1, y1, x2, y2);
}

}  // namespace mlpc
