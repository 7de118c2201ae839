#include "compiler/diagnostics/passwords.h"

#include <algorithm>
#include <vector>

namespace mlpc {

namespace {

struct Piece {
    std::size_t begin = 0, end = 0;
};

std::size_t end_of_word(std::string_view text, std::size_t from, std::string_view stops) {
    return std::min(text.find_first_of(stops, from), text.size());
}

// Between the colon and the last `@` of what stands before the path of a URL.
void find_in_urls(std::string_view text, std::vector<Piece>& found) {
    constexpr std::string_view scheme_end = "://";
    for (std::size_t at = text.find(scheme_end); at != std::string_view::npos; at = text.find(scheme_end, at + 1)) {
        const std::size_t begin = at + scheme_end.size();
        const std::string_view authority = text.substr(begin, end_of_word(text, begin, "/ \t\"'") - begin);
        const std::size_t colon = authority.find(':'), sign = authority.rfind('@');
        if (colon != std::string_view::npos && sign != std::string_view::npos && colon + 1 < sign) {
            found.push_back({begin + colon + 1, begin + sign});
        }
    }
}

void find_keywords(std::string_view text, std::vector<Piece>& found) {
    constexpr std::string_view keyword = "password";
    for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
        std::size_t begin = std::min(text.find_first_not_of(" \t", at + keyword.size()), text.size());
        if (begin == text.size() || text[begin] != '=') {
            continue;
        }
        begin = std::min(text.find_first_not_of(" \t", begin + 1), text.size());
        const bool quoted = begin < text.size() && text[begin] == '\'';
        const std::size_t end = quoted ? end_of_word(text, begin + 1, "'\"") : end_of_word(text, begin, " \t&\"");
        if (begin < end) {
            found.push_back({begin, end});
        }
    }
}

std::vector<Piece> find_passwords(std::string_view text) {
    std::vector<Piece> found;
    find_in_urls(text, found);
    find_keywords(text, found);
    return found;
}

}  // namespace

bool holds_password(std::string_view text) { return !find_passwords(text).empty(); }

std::string hide_passwords(std::string_view text) {
    std::string hidden(text);
    for (const Piece& piece : find_passwords(text)) {
        std::fill(hidden.begin() + static_cast<std::ptrdiff_t>(piece.begin), hidden.begin() + static_cast<std::ptrdiff_t>(piece.end), '*');
    }
    return hidden;
}

}  // namespace mlpc
