// The syntax tree as text, without spans: `mlpc --emit=ast`, and equality of trees in tests.
#pragma once

#include "compiler/syntax/ast.h"

#include <string>

namespace mlpc {

// One declaration or block line a line, nested parts in parentheses. Two files with the same dump mean the same.
std::string dump(const ast::File& file);
std::string dump(const ast::Expr& expr);

}  // namespace mlpc
