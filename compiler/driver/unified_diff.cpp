#include "compiler/driver/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace mlpc {

namespace {

struct Line {
    char sign;  // ' ', '-', '+'
    std::string_view text;
};

std::vector<std::string_view> lines_of(const std::string& text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.emplace_back(text.data() + begin, end - begin);
        begin = end + 1;
    }
    return lines;
}

// Lines kept, removed and added, by the longest common subsequence of what lies between equal beginnings and ends.
std::vector<Line> edit_script(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
        ++tail;
    }
    const std::size_t n = a.size() - head - tail, m = b.size() - head - tail;
    std::vector<Line> script;
    for (std::size_t i = 0; i < head; ++i) {
        script.push_back({' ', a[i]});
    }
    constexpr std::size_t largest_table = 25'000'000;
    if (n * m > largest_table) {
        for (std::size_t i = 0; i < n; ++i) {
            script.push_back({'-', a[head + i]});
        }
        for (std::size_t j = 0; j < m; ++j) {
            script.push_back({'+', b[head + j]});
        }
    } else {
        std::vector<std::vector<std::uint32_t>> common(n + 1, std::vector<std::uint32_t>(m + 1, 0));
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t j = m; j-- > 0;) {
                common[i][j] = a[head + i] == b[head + j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
            }
        }
        std::size_t i = 0, j = 0;
        while (i < n || j < m) {
            if (i < n && j < m && a[head + i] == b[head + j]) {
                script.push_back({' ', a[head + i]});
                ++i, ++j;
            } else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
                script.push_back({'-', a[head + i++]});
            } else {
                script.push_back({'+', b[head + j++]});
            }
        }
    }
    for (std::size_t i = a.size() - tail; i < a.size(); ++i) {
        script.push_back({' ', a[i]});
    }
    return script;
}

}  // namespace

std::string unified_diff(const std::string& before, const std::string& after, const std::string& path) {
    constexpr std::size_t context = 3;
    const std::vector<Line> script = edit_script(lines_of(before), lines_of(after));
    std::vector<bool> shown(script.size(), false);
    for (std::size_t i = 0; i < script.size(); ++i) {
        for (std::size_t j = i < context ? 0 : i - context; script[i].sign != ' ' && j < std::min(script.size(), i + context + 1); ++j) {
            shown[j] = true;
        }
    }
    std::string text;
    std::size_t old_line = 1, new_line = 1;
    for (std::size_t i = 0; i < script.size();) {
        if (!shown[i]) {
            old_line += script[i].sign != '+' ? 1 : 0;
            new_line += script[i].sign != '-' ? 1 : 0;
            ++i;
            continue;
        }
        std::string hunk;
        std::size_t old_count = 0, new_count = 0;
        for (; i < script.size() && shown[i]; ++i) {
            hunk += fmt::format("{}{}\n", script[i].sign, script[i].text);
            old_count += script[i].sign != '+' ? 1 : 0;
            new_count += script[i].sign != '-' ? 1 : 0;
        }
        text += fmt::format("@@ -{},{} +{},{} @@\n{}", old_line, old_count, new_line, new_count, hunk);
        old_line += old_count;
        new_line += new_count;
    }
    return text.empty() ? text : fmt::format("--- {}\n+++ {}\n{}", path, path, text);
}

}  // namespace mlpc
