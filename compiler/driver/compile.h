// From source text to a plan that is proved and made cheaper: the whole compiler in one function.
#pragma once

#include "compiler/plan/plan.h"
#include "compiler/sema/build_plan.h"
#include "compiler/syntax/ast.h"

#include <optional>
#include <string>

namespace mlpc {

enum class CompileFor {
    Check,  // constructs that this version cannot run are fine
    Run,    // they are errors
};

struct Compilation {
    Sources sources;
    std::vector<ast::File> files;  // the file itself last
    Diagnostics diags;
    std::optional<plan::Plan> plan;  // where there was no error

    const ast::File& main_file() const { return files.back(); }
};

// Throws RunError where the file itself cannot be read.
Compilation compile(const std::string& path, const Catalog&, const Overrides&, CompileFor);

}  // namespace mlpc
