// The syntax tree as text: what `--emit=ast` prints.
#pragma once

#include "compiler/syntax/ast.h"

#include <string>

namespace mlpc {

// A declaration a line group, indented by depth; every node with its kind.
std::string dump_ast(const ast::File&);

}  // namespace mlpc
