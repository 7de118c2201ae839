// Text that knows where it may be broken: groups stay on one line where they fit, comments force the line to end.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

inline constexpr std::size_t kLineWidth = 100;

// How many columns a UTF-8 text takes, one a code point.
std::size_t display_width(std::string_view text);

class Doc {
public:
    enum class Kind {
        Text,
        Concat,
        Line,             // a space, or a new line
        IndentedLine,     // a space, or a new line indented by two more
        SoftLine,         // nothing, or a new line
        Nest,             // new lines inside are indented by two more
        Group,            // its lines are new lines all or none
        Fill,             // each line is a new line only where what follows it does not fit
        TrailingComment,  // after the code of its line
        OwnComment,       // on a line of its own
    };

    static Doc text(std::string text);
    static Doc concat(std::vector<Doc> parts) { return Doc(Kind::Concat, "", std::move(parts)); }
    static Doc line() { return Doc(Kind::Line, " ", {}); }
    static Doc indented_line() { return Doc(Kind::IndentedLine, " ", {}); }
    static Doc soft_line() { return Doc(Kind::SoftLine, "", {}); }
    static Doc nest(std::vector<Doc> parts) { return Doc(Kind::Nest, "", std::move(parts)); }
    static Doc group(std::vector<Doc> parts) { return Doc(Kind::Group, "", std::move(parts)); }
    static Doc fill(std::vector<Doc> parts) { return Doc(Kind::Fill, "", std::move(parts)); }
    static Doc comment(std::string text, bool own_line) { return Doc(own_line ? Kind::OwnComment : Kind::TrailingComment, std::move(text), {}); }

    Kind kind() const { return kind_; }
    const std::string& text() const { return text_; }
    const std::vector<Doc>& parts() const { return parts_; }
    bool is_line() const { return kind_ == Kind::Line || kind_ == Kind::IndentedLine || kind_ == Kind::SoftLine; }
    bool has_comment() const { return has_comment_; }
    std::size_t flat_width() const { return flat_width_; }
    // Columns before the first place where it can be broken; nothing where there is none.
    std::optional<std::size_t> width_to_break() const { return width_to_break_; }
    std::string flat() const;

private:
    Doc(Kind kind, std::string text, std::vector<Doc> parts);

    Kind kind_;
    std::string text_;
    std::vector<Doc> parts_;
    bool has_comment_ = false;
    std::size_t flat_width_ = 0;
    std::optional<std::size_t> width_to_break_;
};

struct DocLine {
    std::string code;  // with its indentation
    std::string comment;
};

// Lines of at most kLineWidth columns where that can be. `first` is what stands on the first line already, `indent` the
// indentation of the lines that follow.
std::vector<DocLine> render(const Doc& doc, std::string first, std::size_t indent);

}  // namespace mlpc::syntax
