#include "compiler/diagnostics/paint.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

const char* escape_code(Style style) {
    switch (style) {
        case Style::Error:
            return "1;31";
        case Style::Warning:
            return "1;33";
        case Style::Note:
            return "1;36";
        case Style::Label:
        case Style::Gutter:
            return "1;34";
        case Style::Help:
            return "1;36";
        case Style::Bold:
            return "1";
        case Style::Added:
            return "32";
        case Style::Removed:
            return "31";
    }
    return "0";
}

}  // namespace

std::string paint(std::string_view text, Style style, Colour colour) {
    if (colour == Colour::No || text.empty()) {
        return std::string(text);
    }
    return fmt::format("\x1b[{}m{}\x1b[0m", escape_code(style), text);
}

}  // namespace mlpc
