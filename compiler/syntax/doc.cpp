#include "compiler/syntax/doc.h"

#include <algorithm>
#include <utility>

namespace mlpc::syntax {

std::size_t display_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Doc Doc::text(std::string text) { return Doc(Kind::Text, std::move(text), {}); }

Doc::Doc(Kind kind, std::string text, std::vector<Doc> parts) : kind_(kind), text_(std::move(text)), parts_(std::move(parts)) {
    const bool comment = kind_ == Kind::TrailingComment || kind_ == Kind::OwnComment;
    has_comment_ = comment;
    flat_width_ = comment ? 0 : display_width(text_);
    if (is_line() || comment) {
        width_to_break_ = 0;
    }
    for (const Doc& part : parts_) {
        if (!width_to_break_ && part.width_to_break_) {
            width_to_break_ = flat_width_ + *part.width_to_break_;
        }
        flat_width_ += part.flat_width_;
        has_comment_ = has_comment_ || part.has_comment_;
    }
}

std::string Doc::flat() const {
    const bool comment = kind_ == Kind::TrailingComment || kind_ == Kind::OwnComment;
    std::string result = comment ? "" : text_;
    for (const Doc& part : parts_) {
        result += part.flat();
    }
    return result;
}

namespace {

class Render {
public:
    Render(std::string first, std::size_t indent) : indent_(indent) {
        lines_.push_back({.code = std::move(first)});
        column_ = display_width(lines_.back().code);
    }

    // `after` is how many columns follow the document on its last line before that can be broken.
    void write(const Doc& doc, bool flat, std::size_t after) {
        switch (doc.kind()) {
            case Doc::Kind::Text:
                write_text(doc.text());
                return;
            case Doc::Kind::IndentedLine:
                indent_ += 2;
                write(Doc::line(), flat, after);
                indent_ -= 2;
                return;
            case Doc::Kind::Line:
            case Doc::Kind::SoftLine:
                if (flat && lines_.back().comment.empty()) {
                    write_text(doc.text());
                } else {
                    new_line();
                }
                return;
            case Doc::Kind::TrailingComment:
                write_comment(doc.text(), !has_code() || !lines_.back().comment.empty());
                return;
            case Doc::Kind::OwnComment:
                write_comment(doc.text(), true);
                return;
            case Doc::Kind::Nest:
                indent_ += 2;
                write_parts(doc, flat, after);
                indent_ -= 2;
                return;
            case Doc::Kind::Group:
                write_parts(doc, flat || fits(doc, after), after);
                return;
            case Doc::Kind::Fill:
                write_fill(doc, after);
                return;
            case Doc::Kind::Concat:
                write_parts(doc, flat, after);
                return;
        }
    }

    std::vector<DocLine> take() { return std::move(lines_); }

private:
    bool fits(const Doc& doc, std::size_t after) const { return !doc.has_comment() && column_ + doc.flat_width() + after <= kLineWidth; }

    static std::size_t width_after(const std::vector<Doc>& parts, std::size_t i, std::size_t after) {
        std::size_t width = 0;
        for (++i; i < parts.size(); ++i) {
            if (const auto broken = parts[i].width_to_break()) {
                return width + *broken;
            }
            width += parts[i].flat_width();
        }
        return width + after;
    }

    void write_parts(const Doc& doc, bool flat, std::size_t after) {
        for (std::size_t i = 0; i < doc.parts().size(); ++i) {
            write(doc.parts()[i], flat, width_after(doc.parts(), i, after));
        }
    }

    void write_fill(const Doc& doc, std::size_t after) {
        const std::vector<Doc>& parts = doc.parts();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool flat = parts[i].is_line() && column_ + parts[i].flat_width() + width_after(parts, i, after) <= kLineWidth;
            write(parts[i], flat, width_after(parts, i, after));
        }
    }

    void write_text(const std::string& text) {
        if (!lines_.back().comment.empty()) {
            new_line();
        }
        lines_.back().code += text;
        column_ += display_width(text);
    }

    void write_comment(const std::string& text, bool own_line) {
        if (own_line && (has_code() || !lines_.back().comment.empty())) {
            new_line();
        }
        lines_.back().comment = text;
    }

    bool has_code() const { return lines_.back().code.find_first_not_of(' ') != std::string::npos; }

    void new_line() {
        if (has_code()) {
            std::string& code = lines_.back().code;
            code.erase(code.find_last_not_of(' ') + 1);
        }
        lines_.push_back({.code = std::string(indent_, ' ')});
        column_ = indent_;
    }

    std::vector<DocLine> lines_;
    std::size_t column_ = 0;
    std::size_t indent_;
};

}  // namespace

std::vector<DocLine> render(const Doc& doc, std::string first, std::size_t indent) {
    Render render(std::move(first), indent);
    render.write(doc, false, 0);
    return render.take();
}

}  // namespace mlpc::syntax
