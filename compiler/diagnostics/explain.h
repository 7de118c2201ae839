// The explanation pages, compiled in, so that `mlpc explain CODE` needs no files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

// The page of a code as Markdown, or nothing where there is none.
std::optional<std::string_view> explanation(std::string_view code);

// The codes that have a page, sorted.
std::vector<std::string> explained_codes();

// A page taken apart; a part that the page lacks is empty.
struct ExplanationParts {
    std::string_view code, title;  // of `# CODE: title`
    std::string_view meaning;      // the prose
    std::string_view fails;        // the example under `## Fails`
    std::string_view fixed;        // the example under `## Fixed`
};

ExplanationParts parse_explanation(std::string_view page);

// True where the page says that only a run can find the mistake, so that its failing example passes `mlpc check`.
bool found_when_run(const ExplanationParts& page);

// True where the page says that other files or a flag bring the mistake about, so that its failing example alone passes `mlpc check`.
bool needs_more_than_one_file(const ExplanationParts& page);

}  // namespace mlpc
