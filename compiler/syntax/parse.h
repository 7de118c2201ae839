// Text to syntax tree; ANTLR stays behind this one function.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"

namespace mlpc {

// Parses one file of `sources`. Every syntax error is reported in the user's terms; what could be understood is
// returned all the same (ErrorExpr stands where it could not). Throws nothing.
ast::File parse(const Sources& sources, FileId file, Diagnostics& diags);

}  // namespace mlpc
