// A run's results for people and programs: text, JSON, one self-contained HTML page.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

enum class Colour { No, Yes };

std::string report_text(const RunRecord&, Colour);
std::string report_json(const RunRecord&);  // stable, documented in docs/report-json.md
std::string report_html(const RunRecord&);
// Whether the winner over- or underfits, by train, validation, test and dummy scores; one paragraph in plain words, used by all three.
std::string verdict(const RunRecord&);
// Writes temp, fsync, rename; throws RunError.
void write_whole_file(const std::string& path, const std::string& content);

}  // namespace mlpc
