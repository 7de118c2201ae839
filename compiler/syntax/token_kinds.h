// What a token's type says about the tokens around it.
#pragma once

#include <cstddef>

namespace mlpc::syntax {

bool is_opener(std::size_t type);  // ( [ { in any of its readings
bool is_closer(std::size_t type);

// A name, a literal or a closing bracket: what follows it can be an operator or a word, but not another operand.
bool ends_operand(std::size_t type);

bool begins_operand(std::size_t type);

// An operator, `,`, `->`, `|`, `=`, `:` or an opening bracket: the line goes on after it.
bool continues_line(std::size_t type);

// An operator that needs something before it, and is none of those that may continue the line before.
bool cannot_begin_line(std::size_t type);

// `->` or `|`: a line that begins with it goes on with the line before.
bool continues_previous_line(std::size_t type);

}  // namespace mlpc::syntax
