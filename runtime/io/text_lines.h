// The lines of a text that is not CSV: JSONL, LIBSVM, ARFF.
#pragma once

#include <string_view>

namespace mlpc {

// Calls f(line, number) for each line that is not blank, numbers from 1, without its LF or CRLF.
template <class F>
void each_line(std::string_view text, F f) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.find_first_not_of(" \t") != std::string_view::npos) {
            f(line, number);
        }
    }
}

}  // namespace mlpc
