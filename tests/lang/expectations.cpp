#include "tests/lang/expectations.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace mlpc::lang_test {

namespace {

constexpr std::string_view severities[] = {"error", "warning", "note"};

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

struct Comment {
    std::string_view severity, rest;
};

// `# error: rest`
std::optional<Comment> expectation_comment(std::string_view line) {
    const std::string_view text = trim(line);
    if (!text.starts_with('#')) {
        return std::nullopt;
    }
    const std::string_view words = trim(text.substr(1));
    for (std::string_view severity : severities) {
        if (words.starts_with(severity) && words.substr(severity.size()).starts_with(':')) {
            return Comment{severity, trim(words.substr(severity.size() + 1))};
        }
    }
    return std::nullopt;
}

// `[L102, L105]`; empty where it is not that.
std::vector<std::string> codes_of(std::string_view list) {
    if (!list.starts_with('[') || !list.ends_with(']')) {
        return {};
    }
    std::vector<std::string> codes;
    list = list.substr(1, list.size() - 2);
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        codes.emplace_back(trim(list.substr(0, comma)));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return codes;
}

std::string sentence(const Finding& finding, const char* what) {
    return "line " + std::to_string(finding.line) + ": " + finding.severity + "[" + finding.code + "] " + what;
}

// The comments that expect the findings of one line, with the line's indentation.
std::string comments_for(const std::vector<Finding>& findings, std::string_view line) {
    const std::string indentation(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
    std::string result;
    for (std::string_view severity : severities) {
        std::string codes;
        for (const Finding& finding : findings) {
            if (finding.severity == severity) {
                codes += (codes.empty() ? "" : ", ") + finding.code;
            }
        }
        result += codes.empty() ? "" : indentation + "# " + std::string(severity) + ": [" + codes + "]\n";
    }
    return result;
}

}  // namespace

Expectations read_expectations(std::string_view text) {
    Expectations result;
    std::vector<Finding> waiting;
    std::size_t number = 0;
    for (std::string_view line : split_lines(text)) {
        ++number;
        const auto comment = expectation_comment(line);
        if (!comment) {
            for (Finding& finding : waiting) {
                finding.line = number;
                result.findings.push_back(std::move(finding));
            }
            waiting.clear();
            continue;
        }
        const std::vector<std::string> codes = codes_of(comment->rest);
        if (codes.empty()) {
            result.problems.push_back("line " + std::to_string(number) + ": write the codes as `# error: [L102]`");
        }
        for (const std::string& code : codes) {
            waiting.push_back({number, std::string(comment->severity), code});
        }
    }
    for (const Finding& finding : waiting) {
        result.problems.push_back(sentence(finding, "is expected of a line that does not follow"));
    }
    std::sort(result.findings.begin(), result.findings.end());
    return result;
}

std::vector<std::string> differences(const std::vector<Finding>& expected, const std::vector<Finding>& actual) {
    std::vector<Finding> missing;
    std::vector<Finding> surprising;
    std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(), std::back_inserter(missing));
    std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(), std::back_inserter(surprising));
    std::vector<std::string> result;
    for (const Finding& finding : missing) {
        result.push_back(sentence(finding, "was expected and not reported"));
    }
    for (const Finding& finding : surprising) {
        result.push_back(sentence(finding, "was reported and not expected"));
    }
    return result;
}

std::string with_expectations(std::string_view text, const std::vector<Finding>& actual) {
    std::map<std::size_t, std::vector<Finding>> by_line;
    for (const Finding& finding : actual) {
        by_line[finding.line].push_back(finding);
    }
    std::string result;
    std::size_t number = 0;
    for (std::string_view line : split_lines(text)) {
        ++number;
        if (expectation_comment(line)) {
            continue;
        }
        const auto findings = by_line.find(number);
        result += findings == by_line.end() ? "" : comments_for(findings->second, line);
        result += std::string(line) + "\n";
    }
    result.pop_back();
    return result;
}

}  // namespace mlpc::lang_test
