// Reads a line of a `split` block from its words and values.
#pragma once

#include "compiler/syntax/ast.h"
#include "compiler/syntax/reporter.h"

#include <optional>
#include <vector>

namespace mlpc::syntax {

// `part` is the first word; what has no meaning is reported and left out, the whole line where `part` has none.
std::optional<ast::SplitClause> read_split_clause(const ast::Name& part, std::vector<ast::Expr> words, Span line, Reporter& reporter);

}  // namespace mlpc::syntax
