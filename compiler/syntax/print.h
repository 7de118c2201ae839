// Syntax tree to text in the one canonical format: `mlpc fmt`, and the rendering of expressions in messages and plans.
#pragma once

#include "compiler/syntax/ast.h"

#include <string>

namespace mlpc {

// The whole file, formatted; comments keep their place. Printing what was parsed from the result gives it again.
std::string print(const ast::File& file, const std::string& original_text);

// One expression on one line, in the canonical format.
std::string print(const ast::Expr& expr);

}  // namespace mlpc
