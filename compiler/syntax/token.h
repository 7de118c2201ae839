// The token as the passes before the parser see it: the lexer makes them, bracket matching and layout change them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

struct Token {
    std::size_t type = 0;     // MlpParser's numbering
    std::uint32_t begin = 0;  // byte offsets
    std::uint32_t end = 0;
    std::uint32_t line = 0;         // from 1
    std::uint32_t block_depth = 0;  // how many block braces are open around it
};

inline std::string_view text_of(const Token& token, std::string_view source) { return source.substr(token.begin, token.end - token.begin); }

}  // namespace mlpc::syntax
