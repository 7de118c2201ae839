// Regular expressions for `matches`, `matching "…"` and `ignore matching "…"`: compiled once, linear time on any input.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace mlpc {

// RE2 syntax: no back-references and no look-around, and so no input that makes it slow or deep.
class Pattern {
public:
    // Throws RunError that quotes the pattern and says what is wrong with it.
    explicit Pattern(const std::string& text);
    ~Pattern();
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;

    bool matches_whole(std::string_view text) const;

private:
    std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace mlpc
