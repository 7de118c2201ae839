// Parse tree to declarations of the AST; what the grammar leaves to words (clauses, modifiers, split options) is read here.
#pragma once

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/reporter.h"

#include <vector>

namespace mlpc::syntax {

// A declaration whose name is not known is left out; in the others ErrorExpr stands for what is.
std::vector<ast::Declaration> build_ast(antlr::MlpParser::FileContext* tree, Reporter& reporter);

}  // namespace mlpc::syntax
