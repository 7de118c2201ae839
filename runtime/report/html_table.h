// Sections and tables of the HTML report. Every text is escaped here.
#pragma once

#include "runtime/report/score_format.h"

#include <string>

namespace mlpc {

// Nothing where the content is empty.
std::string html_section(const std::string& heading, const std::string& content);
// A table that scrolls by itself where the page is narrow, by keyboard too. Head and body are rows of HTML.
std::string html_table(const std::string& caption, const std::string& head, const std::string& body, const std::string& kind = "");
std::string head_cell(const std::string& text);
std::string number_head(const std::string& text);
std::string row_head(const std::string& text);
std::string cell(const std::string& text);
std::string number_cell(const std::string& text);
std::string score_cell(const Summary&, const ScoreFormat&);

}  // namespace mlpc
