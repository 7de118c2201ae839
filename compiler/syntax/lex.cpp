#include "compiler/syntax/lex.h"

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/utf8.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mlpc::syntax {
namespace {

using antlr::MlpLexer;
using antlr::MlpParser;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Byte offsets of ANTLR's code point indices.
class ByteOffsets {
public:
    ByteOffsets(std::string_view text, std::uint32_t base) : base_(base) {
        if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
            return;
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
                offsets_.push_back(static_cast<std::uint32_t>(i));
            }
        }
        offsets_.push_back(static_cast<std::uint32_t>(text.size()));
    }
    std::uint32_t operator[](std::size_t code_point) const {
        return base_ + (offsets_.empty() ? static_cast<std::uint32_t>(code_point) : offsets_[std::min(code_point, offsets_.size() - 1)]);
    }

private:
    std::uint32_t base_;
    std::vector<std::uint32_t> offsets_;  // empty: every code point is one byte
};

struct Replacement {
    std::string_view written;
    std::size_t type;
};

std::optional<Replacement> replacement_of(std::string_view op) {
    static const std::map<std::string_view, Replacement> table = {
        {"&&", {"and", MlpParser::AND}},      {"||", {"or", MlpParser::OR}},           {"!", {"not", MlpParser::NOT}},
        {"**", {"^", MlpParser::CARET}},      {"=>", {"->", MlpParser::ARROW}},        {"<>", {"!=", MlpParser::NOT_EQUAL}},
        {":=", {"=", MlpParser::ASSIGN}},     {"===", {"==", MlpParser::EQUAL}},       {"→", {"->", MlpParser::ARROW}},
        {"≤", {"<=", MlpParser::LESS_EQUAL}}, {"≥", {">=", MlpParser::GREATER_EQUAL}}, {"≠", {"!=", MlpParser::NOT_EQUAL}},
        {"−", {"-", MlpParser::MINUS}},
    };
    const auto found = table.find(op);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::string with_double_quotes(std::string_view single_quoted) {
    std::string result = "\"";
    for (const char c : single_quoted.substr(1, single_quoted.size() - 2)) {
        if (c == '"') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

class Lex {
public:
    explicit Lex(Reporter& reporter) : reporter_(reporter), text_(reporter.text()) {}

    Lexed run() {
        const auto base = static_cast<std::uint32_t>(text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
        if (!is_readable(base)) {
            end_file();
            return std::move(result_);
        }
        const std::string_view body = text_.substr(base);
        antlr4::ANTLRInputStream input{std::string(body)};
        MlpLexer lexer(&input);
        lexer.removeErrorListeners();
        const ByteOffsets offsets(body, base);
        for (;;) {
            const std::unique_ptr<antlr4::Token> raw = lexer.nextToken();
            if (raw->getType() == antlr4::Token::EOF) {
                break;
            }
            add({.type = raw->getType(),
                 .begin = offsets[raw->getStartIndex()],
                 .end = offsets[raw->getStopIndex() + 1],
                 .line = static_cast<std::uint32_t>(raw->getLine())});
        }
        end_file();
        return std::move(result_);
    }

private:
    bool is_readable(std::uint32_t base) {
        if (const auto damage = find_damage(text_)) {
            reporter_.report(reporter_.span(damage->begin, damage->end), diag::NotText, damage->what).help("save the file as UTF-8");
            return false;
        }
        const std::size_t first = text_.find_first_not_of(" \t\r\n", base);
        if (first != std::string_view::npos && text_[first] == '<') {
            const auto at = static_cast<std::uint32_t>(first);
            reporter_.report(reporter_.span(at, at + 1), diag::OtherLanguage).help("open a MeshLab project with MeshLab");
            return false;
        }
        return true;
    }

    void end_file() {
        const auto end = static_cast<std::uint32_t>(text_.size());
        const std::uint32_t line = result_.tokens.empty() ? 1 : result_.tokens.back().line;
        result_.tokens.push_back({.type = MlpParser::NEWLINE, .begin = end, .end = end, .line = line});
        result_.tokens.push_back({.type = antlr4::Token::EOF, .begin = end, .end = end, .line = line});
    }

    void add(Token token) {
        const Span span = reporter_.span(token.begin, token.end);
        const std::string_view written = text_of(token, text_);
        switch (token.type) {
            case MlpParser::COMMENT:
                add_comment(token);
                return;
            case MlpParser::FOREIGN_COMMENT:
                reporter_.report(span, diag::ForeignComment).fix(reporter_.span(token.begin, token.begin + 2), "#", "write `#`");
                return;
            case MlpParser::UNCLOSED_STRING:
                reporter_.report(span, diag::UnclosedString).help("a string ends on the line where it starts");
                token.type = MlpParser::ERROR;
                break;
            case MlpParser::UNCLOSED_BACKQUOTED:
                reporter_.report(span, diag::UnclosedBackquote).help("a backquoted name ends on the line where it starts");
                token.type = MlpParser::ERROR;
                break;
            case MlpParser::SINGLE_QUOTED:
                reporter_.report(span, diag::SingleQuotes).fix(span, with_double_quotes(written), "write it in double quotes");
                token.type = MlpParser::STRING;
                break;
            case MlpParser::FOREIGN_OPERATOR:
                replace_operator(token);
                break;
            case MlpParser::UNKNOWN:
                reporter_.report(span, diag::UnknownCharacter, "`" + std::string(written) + "`");
                token.type = MlpParser::ERROR;
                break;
            default:
                break;
        }
        result_.tokens.push_back(token);
    }

    void add_comment(const Token& token) {
        const bool own_line = result_.tokens.empty() || result_.tokens.back().type == MlpParser::NEWLINE;
        std::string_view text = text_of(token, text_);
        text = text.substr(0, text.find_last_not_of(" \t\f") + 1);
        result_.comments.push_back({.text = std::string(text), .span = reporter_.span(token.begin, token.end), .own_line = own_line});
    }

    void replace_operator(Token& token) {
        const std::string_view written = text_of(token, text_);
        const auto replacement = replacement_of(written);
        const Span span = reporter_.span(token.begin, token.end);
        const bool word = replacement->written == "not";
        reporter_.report(span, diag::ForeignOperator, std::string(written), std::string(replacement->written))
            .fix(span, std::string(replacement->written) + (word ? " " : ""), "write `" + std::string(replacement->written) + "`");
        token.type = replacement->type;
    }

    Reporter& reporter_;
    std::string_view text_;
    Lexed result_;
};

}  // namespace

Lexed lex(Reporter& reporter) { return Lex(reporter).run(); }

}  // namespace mlpc::syntax
