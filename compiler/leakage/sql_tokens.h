// The words and signs of an SQL query, as far as L118 needs them: strings and comments are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::leakage {

struct SqlToken {
    enum class Kind { Word, Quoted, Sign };
    Kind kind = Kind::Sign;
    std::string text;  // a word in lower case; a quoted name without its quotes
};
// Knows 'texts' with '' and E'\'', $tag$ texts $tag$, -- and nested /* */ comments, and names in "", `` and [].
std::vector<SqlToken> sql_tokens(std::string_view query);

}  // namespace mlpc::leakage
