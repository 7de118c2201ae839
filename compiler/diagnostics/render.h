// The same records for people, programs and code-review sites: text, JSON and SARIF 2.1.0.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/diagnostics/paint.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

// Source lines with carets under the primary span and dashes under labelled ones, helps, and fixes as removed and added lines.
// Every span must be of a file in `sources`; so too below.
std::string render_text(const std::vector<Diagnostic>& diagnostics, const Sources& sources, Colour colour);

// An array of objects, one per record:
//   code, severity ("error" | "warning" | "note"), message, PLACE,
//   labels: [{PLACE, text}], helps: [string], fixes: [{PLACE, replacement, title}]
// where PLACE is file, line, column, end_line, end_column (from 1, in code points, the end exclusive) and
// begin, end (byte offsets from 0, the end exclusive). The fixes of one record are one change: apply all or none.
// Fields may be added; none is ever removed or given another meaning.
std::string render_json(const std::vector<Diagnostic>& diagnostics, const Sources& sources);

// One SARIF 2.1.0 log with one run; its rules are the codes that occur, explained by their pages.
std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const Sources& sources, std::string_view tool_version);

// "error", "warning" or "note".
const char* severity_name(Severity severity);

}  // namespace mlpc
