#include "runtime/report/pretrained_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mlpc {

std::string provenance_text(const PretrainedRecord& source) {
    const std::string trained = source.trained_on.empty() ? "on what it was trained is unknown, so it may have seen the test rows"
                                                          : fmt::format("trained on {}", fmt::join(source.trained_on, ", "));
    return trained + (source.licence.empty() ? ", licence unknown" : ", licence " + source.licence);
}

std::string pin_text(const PretrainedRecord& source) {
    return source.sha256 +
           (source.pinned ? ", as declared"
                          : fmt::format(", not declared: to pin it, add `sha256 \"{}\"` to `{}`, or `mlpc check --fix`", source.sha256, source.name));
}

std::string encoded_text(const PretrainedRecord& source) {
    if (source.encoded_rows + source.cached_rows == 0) {
        return "";
    }
    return fmt::format("{} row{} computed, {} read from the cache", source.encoded_rows, source.encoded_rows == 1 ? "" : "s", source.cached_rows);
}

}  // namespace mlpc
