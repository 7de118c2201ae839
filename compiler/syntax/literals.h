// What a literal's text means: numbers, percentages, durations, sizes, dates, strings.
#pragma once

#include "compiler/syntax/ast.h"
#include "compiler/syntax/reporter.h"

#include <string>
#include <string_view>

namespace mlpc::syntax {

// Each reports text that has no value and gives ErrorExpr for it.
ast::Expr read_number(std::string_view text, ast::Number::Form form, Span span, Reporter& reporter);
ast::Expr read_quantity(std::string_view text, Span span, Reporter& reporter);
ast::Expr read_date(std::string_view text, Span span, Reporter& reporter);

// The value of a string with its quotes. Escapes are `\"`, `\\`, `\n` and `\t`; any other backslash stands for itself,
// so that a regular expression can be written as it is.
std::string read_string(std::string_view quoted);

// A string with quotes that reads as `value`.
std::string quote(std::string_view value);

}  // namespace mlpc::syntax
