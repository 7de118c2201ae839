// Where a text goes on with its next declaration although something before it is not finished.
#pragma once

#include "compiler/syntax/token.h"

#include <string_view>
#include <vector>

namespace mlpc::syntax {

// Whether the token begins an unindented line that can only be a declaration.
bool begins_declaration(const std::vector<Token>& tokens, std::size_t index, std::string_view source);

}  // namespace mlpc::syntax
