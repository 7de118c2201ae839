// A run's results for people and programs: text, JSON, one self-contained HTML page.
#pragma once

#include "runtime/core/colour.h"
#include "runtime/core/results.h"
#include "runtime/core/whole_file.h"

#include <string>
#include <vector>

namespace mlpc {

std::string report_text(const RunRecord&, Colour);
std::string report_json(const RunRecord&);  // stable, documented in docs/report-json.md
std::string report_html(const RunRecord&);
// Whether the winner over- or underfits, by train, validation, test and dummy scores; one paragraph in plain words, used by all three.
std::string verdict(const RunRecord&);
// `mlpc results`: one line a run, in the order given: id, file, status, started, best score.
std::string runs_table(const std::vector<RunRecord>&);

}  // namespace mlpc
