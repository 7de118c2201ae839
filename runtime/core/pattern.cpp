#include "runtime/core/pattern.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace mlpc {

Pattern::Pattern(const std::string& text) {
    RE2::Options options;
    options.set_log_errors(false);
    compiled_ = std::make_unique<RE2>(text, options);
    if (!compiled_->ok()) {
        throw RunError(fmt::format("the pattern \"{}\" is not a regular expression: {}", text, compiled_->error()));
    }
}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

bool Pattern::matches_whole(std::string_view text) const { return RE2::FullMatch({text.data(), text.size()}, *compiled_); }

}  // namespace mlpc
