// Dot and interval charts in inline SVG whose text is HTML, so that they stay readable at any width and to a screen reader.
#pragma once

#include "runtime/report/score_format.h"

#include <string>
#include <vector>

namespace mlpc {

enum class MarkKind { Train, Validation, Test, Dummy };

struct ChartMark {
    MarkKind kind = MarkKind::Validation;
    Summary score;
};
struct ChartRow {
    std::string label;             // escaped by the chart
    std::string value;             // what the row says in text
    std::vector<ChartMark> marks;  // each with its interval where there is one
    MarkKind single_kind = MarkKind::Validation;
    std::vector<double> singles;  // small dots: one seed or one fold each
};

// The scale is common to all rows. `axis` names the metric and its direction; `legend` lists the kinds to explain.
std::string html_chart(const std::string& caption, const std::string& axis, const std::vector<ChartRow>& rows, const std::vector<MarkKind>& legend);

}  // namespace mlpc
