#include "compiler/diagnostics/explain.h"

#include "compiler/diagnostics/explain_pages.h"

#include <algorithm>
#include <span>

namespace mlpc {

namespace {

std::span<const EmbeddedPage> pages() { return {embedded_pages, embedded_page_count}; }

std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
    const std::size_t at = text.find(open);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = text.substr(at + open.size());
    const std::size_t end = rest.find(close);
    return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
}

std::string_view example_under(std::string_view page, std::string_view heading) {
    const std::size_t at = page.find(heading);
    return at == std::string_view::npos ? std::string_view{} : between(page.substr(at + heading.size()), "```mlp\n", "```");
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \n");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

// The phrase may run over the end of a line.
bool says(const ExplanationParts& page, std::string_view phrase) {
    std::string meaning(page.meaning);
    std::replace(meaning.begin(), meaning.end(), '\n', ' ');
    return meaning.find(phrase) != std::string::npos;
}

}  // namespace

std::optional<std::string_view> explanation(std::string_view code) {
    const auto all = pages();
    const auto at = std::find_if(all.begin(), all.end(), [&](const EmbeddedPage& page) { return page.code == code; });
    return at == all.end() ? std::nullopt : std::optional<std::string_view>(at->text);
}

std::vector<std::string> explained_codes() {
    std::vector<std::string> codes;
    for (const EmbeddedPage& page : pages()) {
        codes.emplace_back(page.code);
    }
    return codes;
}

ExplanationParts parse_explanation(std::string_view page) {
    ExplanationParts parts;
    const std::string_view heading = page.substr(0, page.find('\n'));
    const std::size_t colon = heading.find(": ");
    if (heading.starts_with("# ") && colon != std::string_view::npos) {
        parts.code = heading.substr(2, colon - 2);
        parts.title = heading.substr(colon + 2);
    }
    parts.meaning = trim(between(page, "\n", "\n## "));
    parts.fails = example_under(page, "\n## Fails\n");
    parts.fixed = example_under(page, "\n## Fixed\n");
    return parts;
}

bool found_when_run(const ExplanationParts& page) { return page.code.starts_with('R') || says(page, "(found when run)"); }

bool needs_more_than_one_file(const ExplanationParts& page) { return says(page, "(needs more than one file or a flag)"); }

}  // namespace mlpc
