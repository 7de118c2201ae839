// The file and everything that it imports, parsed.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"

#include <string>
#include <vector>

namespace mlpc {

// Imports first, each once, the file itself last; "-" is standard input. Cycles, absent files and paths that leave the project's root are
// reported. Throws RunError where the file itself cannot be read.
std::vector<ast::File> load_files(const std::string& path, Sources&, Diagnostics&);

// The text of a file; "-" is standard input. Throws RunError where it cannot be read.
std::string read_source(const std::string& path);

// The nearest folder at or above that of `path` that holds `.git` or `.mlpc`; the folder of `path` where there is none.
std::string project_root(const std::string& path);

}  // namespace mlpc
