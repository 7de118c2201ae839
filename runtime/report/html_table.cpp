#include "runtime/report/html_table.h"

#include "runtime/report/html_text.h"

namespace mlpc {

std::string html_section(const std::string& heading, const std::string& content) {
    return content.empty() ? "" : "<section>\n<h2>" + html_escaped(heading) + "</h2>\n" + content + "</section>\n";
}

std::string html_table(const std::string& caption, const std::string& head, const std::string& body, const std::string& kind) {
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + html_escaped(caption) + "\">\n<table class=\"" + kind +
           "\">\n<caption>" + html_escaped(caption) + "</caption>\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body +
           "</tbody>\n</table>\n</div>\n";
}

std::string head_cell(const std::string& text) { return "<th scope=\"col\">" + html_escaped(text) + "</th>"; }
std::string number_head(const std::string& text) { return "<th scope=\"col\" class=\"number\">" + html_escaped(text) + "</th>"; }
std::string row_head(const std::string& text) { return "<th scope=\"row\">" + html_escaped(text) + "</th>"; }
std::string cell(const std::string& text) { return "<td>" + html_escaped(text) + "</td>"; }
std::string number_cell(const std::string& text) { return "<td class=\"number\">" + html_escaped(text) + "</td>"; }

std::string score_cell(const Summary& s, const ScoreFormat& score) {
    const std::string spread = s.count < 2 ? "" : " <span class=\"spread\">±" + score((s.high - s.low) / 2) + "</span>";
    return "<td class=\"number\">" + score(s.mean) + spread + "</td>";
}

}  // namespace mlpc
