// What an .mlp test expects of `mlpc check`, written as comments before the lines that it is about.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::lang_test {

struct Finding {
    std::size_t line = 1;  // from 1
    std::string severity;  // "error", "warning", "note"
    std::string code;
    friend auto operator<=>(const Finding&, const Finding&) = default;
};

struct Expectations {
    std::vector<Finding> findings;      // sorted
    std::vector<std::string> problems;  // comments that begin like an expectation and are none
};

Expectations read_expectations(std::string_view text);

// One sentence for each finding that is missing or was not expected; both lists are sorted.
std::vector<std::string> differences(const std::vector<Finding>& expected, const std::vector<Finding>& actual);

// The text with the expectations that make `actual`, whose lines are those of `text`, the expected result.
std::string with_expectations(std::string_view text, const std::vector<Finding>& actual);

}  // namespace mlpc::lang_test
