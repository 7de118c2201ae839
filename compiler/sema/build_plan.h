// Syntax tree to Plan: names, types, spaces, schemas. The Plan may leak: compiler/leakage judges it.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/plan/plan.h"
#include "compiler/syntax/ast.h"

#include <string>
#include <utility>
#include <vector>

namespace mlpc {

// `name=value` of `mlpc run --set`.
using Overrides = std::vector<std::pair<std::string, std::string>>;

// `files`: the file itself last, its imports before it, each once. Reports every error of the files but leaks; the plan
// then holds what could be resolved.
plan::Plan build_plan(const std::vector<ast::File>& files, const Sources&, const Catalog&, const Overrides&, Diagnostics&);

}  // namespace mlpc
