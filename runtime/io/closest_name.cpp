#include "runtime/io/closest_name.h"

#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace mlpc {
namespace {

// Edits between two texts (Levenshtein), case aside.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> last(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(last[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = last[j];
            last[j] = std::min({last[j] + 1, last[j - 1] + 1, replace});
        }
    }
    return last[b.size()];
}

}  // namespace

std::string suggestion(std::string_view wanted, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest_name = 200;  // the distance takes time by the product of the lengths
    if (wanted.size() > longest_name) {
        return "";
    }
    const std::u32string key = decode_utf8(to_lower(wanted));
    std::size_t best = key.size() / 3 + 1;
    const std::string* closest = nullptr;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest_name) {
            continue;
        }
        const std::size_t distance = edit_distance(key, decode_utf8(to_lower(candidate)));
        if (distance < best || (distance == best && closest == nullptr && distance < key.size())) {
            best = distance;
            closest = &candidate;
        }
    }
    return closest == nullptr ? "" : fmt::format("; did you mean `{}`?", *closest);
}

}  // namespace mlpc
