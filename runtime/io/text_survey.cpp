#include "runtime/io/text_survey.h"

#include "runtime/core/parallel.h"
#include "runtime/core/unicode.h"

#include <algorithm>

namespace mlpc {
namespace {

struct Counts {
    unsigned char bits = 0, nuls = 0, quotes = 0, lines = 0;
};

// The compiler makes vector instructions of it, because no count passes 255.
Counts counts_of(std::string_view part) {
    Counts counts;
    for (const char c : part) {
        counts.bits = static_cast<unsigned char>(counts.bits | static_cast<unsigned char>(c));
        counts.nuls = static_cast<unsigned char>(counts.nuls + (c == '\0'));
        counts.quotes = static_cast<unsigned char>(counts.quotes + (c == '"'));
        counts.lines = static_cast<unsigned char>(counts.lines + (c == '\n'));
    }
    return counts;
}

void add_quoted(TextBlock& block, std::string_view part) {
    for (const char c : part) {
        block.odd_quotes = block.odd_quotes != (c == '"');
        (block.odd_quotes ? block.lines_odd : block.lines_even) += c == '\n';
    }
}

TextBlock block_of(std::string_view text) {
    constexpr std::size_t part_size = 240;
    TextBlock block{.size = text.size()};
    unsigned char bits = 0;
    for (std::size_t at = 0; at < text.size(); at += part_size) {
        const std::string_view part = text.substr(at, part_size);
        const Counts counts = part.size() == part_size ? counts_of({part.data(), part_size}) : counts_of(part);
        bits |= counts.bits;
        block.plain = block.plain && counts.nuls == 0;
        if (counts.quotes > 0) {
            add_quoted(block, part);
        } else {
            (block.odd_quotes ? block.lines_odd : block.lines_even) += counts.lines;
        }
    }
    block.plain = block.plain && (bits < 0x80 || find_malformed_utf8(text) == std::string_view::npos);
    return block;
}

}  // namespace

std::vector<TextBlock> survey_text(std::string_view text) {
    constexpr std::size_t fewest_bytes = std::size_t{2} << 20;
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t line = text.size() <= fewest_bytes ? std::string_view::npos : text.find('\n', fewest_bytes - 1);
        parts.push_back(text.substr(0, line == std::string_view::npos ? line : line + 1));
        text.remove_prefix(parts.back().size());
    }
    std::vector<TextBlock> blocks(parts.size());
    parallel_for(parts.size(), [&](std::size_t i) { blocks[i] = block_of(parts[i]); });
    return blocks;
}

}  // namespace mlpc
