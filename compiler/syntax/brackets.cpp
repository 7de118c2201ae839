#include "compiler/syntax/brackets.h"

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/declaration_start.h"
#include "compiler/syntax/token_kinds.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;

std::size_t closer_of(std::size_t opener) {
    switch (opener) {
        case MlpParser::LPAREN:
            return MlpParser::RPAREN;
        case MlpParser::LBRACKET:
            return MlpParser::RBRACKET;
        case MlpParser::LBLOCK:
            return MlpParser::RBLOCK;
        default:
            return MlpParser::RSET;
    }
}

const char* written(std::size_t bracket) {
    switch (bracket) {
        case MlpParser::LPAREN:
            return "(";
        case MlpParser::RPAREN:
            return ")";
        case MlpParser::LBRACKET:
            return "[";
        case MlpParser::RBRACKET:
            return "]";
        case MlpParser::LBRACE:
        case MlpParser::LBLOCK:
        case MlpParser::LSET:
            return "{";
        default:
            return "}";
    }
}

class MatchBrackets {
public:
    MatchBrackets(std::vector<Token> tokens, Reporter& reporter)
        : tokens_(std::move(tokens)), reporter_(reporter), text_(reporter.text()), partner_(tokens_.size(), 0), dropped_(tokens_.size(), false) {}

    std::vector<Token> run() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!open_.empty() && ends_open_brackets(i)) {
                close_all(i);
            }
            if (is_opener(tokens_[i].type)) {
                i = open(i);
            } else if (is_closer(tokens_[i].type)) {
                close(i);
            }
        }
        return assemble();
    }

private:
    struct Insertion {
        std::size_t before;
        Token token;
    };

    Span span(std::size_t i) const { return reporter_.span(tokens_[i].begin, tokens_[i].end); }
    bool is_block(std::size_t opener) const { return tokens_[opener].type == MlpParser::LBLOCK; }
    bool is_first_on_line(std::size_t i) const { return i == 0 || tokens_[i - 1].type == MlpParser::NEWLINE; }
    std::size_t line_begin(std::size_t i) const {
        const std::size_t newline = tokens_[i].begin == 0 ? std::string_view::npos : text_.find_last_of("\r\n", tokens_[i].begin - 1);
        return newline == std::string_view::npos ? 0 : newline + 1;
    }
    std::size_t indentation(std::size_t i) const {
        const std::size_t begin = line_begin(i);
        const std::size_t first = text_.find_first_not_of(" \t", begin);
        return first - begin;
    }

    // The end of the file, or an unindented line that can only be the next declaration.
    bool ends_open_brackets(std::size_t i) const { return tokens_[i].type == antlr4::Token::EOF || begins_declaration(tokens_, i, text_); }

    // A block's brace follows the name or value that the block belongs to; every other brace is a set's or a record's.
    std::size_t kind_of_brace(std::size_t i) {
        if (!open_.empty() && !is_block(open_.back())) {
            return MlpParser::LSET;
        }
        if (i == 0) {
            return MlpParser::LSET;
        }
        if (is_first_on_line(i)) {
            return open_.empty() && joins_line_before(i) ? MlpParser::LBLOCK : MlpParser::LSET;
        }
        const bool after_operand = ends_operand(tokens_[i - 1].type);
        return after_operand && !is_set_word(i - 1) ? MlpParser::LBLOCK : MlpParser::LSET;
    }

    bool is_set_word(std::size_t i) const {
        const std::string_view word = text_of(tokens_[i], text_);
        if (tokens_[i].type != MlpParser::NAME) {
            return false;
        }
        if (word == "seeds") {
            return open_.empty() && is_first_on_line(i);
        }
        if (word == "repeat") {  // `repeat {1, 2} {`: the block's brace ends its line
            return is_first_on_line(i) && tokens_[i + 2].type != MlpParser::NEWLINE;
        }
        const bool names_a_declaration = i > 0 && tokens_[i - 1].type == MlpParser::NAME && is_first_on_line(i - 1);
        return word == "ordered" && !names_a_declaration;
    }

    // A brace on its own line at the top level was meant to open the block of the line before.
    bool joins_line_before(std::size_t i) {
        std::size_t last = i;
        while (last > 0 && tokens_[last - 1].type == MlpParser::NEWLINE) {
            --last;
        }
        if (last == 0 || !ends_operand(tokens_[last - 1].type) || is_closer_of_block(last - 1)) {
            return false;
        }
        if (Diagnostic* diagnostic = reporter_.report_once(span(i), span(i), diag::BraceOnOwnLine)) {
            diagnostic->note(span(last - 1), "at the end of this line");
        }
        std::fill(dropped_.begin() + static_cast<std::ptrdiff_t>(last), dropped_.begin() + static_cast<std::ptrdiff_t>(i), true);
        return true;
    }
    bool is_closer_of_block(std::size_t i) const { return tokens_[i].type == MlpParser::RBLOCK || dropped_[i]; }

    // Returns the index to go on after.
    std::size_t open(std::size_t i) {
        if (open_.size() >= kMaxDepth) {
            return skip_too_deep(i);
        }
        if (tokens_[i].type == MlpParser::LBRACE) {
            close_brackets_before_block(i);
            tokens_[i].type = kind_of_brace(i);
        }
        open_.push_back(i);
        return i;
    }

    // `f(a {` at the end of a line: no set can follow an operand, so it is the block of a line with an open bracket.
    void close_brackets_before_block(std::size_t i) {
        const bool ends_line = tokens_[i + 1].type == MlpParser::NEWLINE;
        if (!ends_line || i == 0 || !ends_operand(tokens_[i - 1].type) || is_set_word(i - 1)) {
            return;
        }
        while (!open_.empty() && !is_block(open_.back())) {
            close_missing(i);
        }
    }

    std::size_t skip_too_deep(std::size_t i) {
        reporter_.report_once(span(i), span(i), diag::NestedTooDeeply, kMaxDepth);
        tokens_[i].type = MlpParser::ERROR;
        int depth = 1;
        std::size_t last = i;
        while (depth > 0 && !ends_open_brackets(last + 1)) {
            ++last;
            depth += is_opener(tokens_[last].type) ? 1 : is_closer(tokens_[last].type) ? -1 : 0;
            dropped_[last] = true;
        }
        return last;
    }

    static bool matches(std::size_t opener, std::size_t closer) {
        return closer_of(opener) == closer || (closer == MlpParser::RBRACE && (opener == MlpParser::LBLOCK || opener == MlpParser::LSET));
    }

    void close(std::size_t i) {
        const std::size_t depth = depth_closed_by(i);
        if (depth == 0) {
            close_nothing(i);
            return;
        }
        while (open_.size() > depth) {
            close_missing(i);
        }
        pair_up(i);
    }

    void pair_up(std::size_t closer) {
        const std::size_t opener = open_.back();
        open_.pop_back();
        tokens_[closer].type = closer_of(tokens_[opener].type);
        partner_[opener] = closer;
    }

    // How many brackets are open where the one that `i` closes is the innermost; 0 where it closes none.
    std::size_t depth_closed_by(std::size_t i) const {
        const std::size_t closer = tokens_[i].type;
        const bool first = is_first_on_line(i);
        for (std::size_t depth = open_.size(); depth > 0; --depth) {
            const std::size_t opener = open_[depth - 1];
            if (!matches(tokens_[opener].type, closer)) {
                if (is_block(opener)) {
                    return 0;
                }
                continue;
            }
            // `}` to the left of the line that opened the innermost `{` belongs to one further out.
            const bool of_outer = closer == MlpParser::RBRACE && first && indentation(i) < indentation(opener) && has_block_below(depth - 1);
            if (!of_outer) {
                return depth;
            }
        }
        return 0;
    }
    bool has_block_below(std::size_t depth) const {
        return std::any_of(open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(depth), [&](std::size_t o) { return is_block(o); });
    }

    void close_nothing(std::size_t i) {
        const bool inside_line = !open_.empty() && !is_block(open_.back());
        if (!inside_line) {
            reporter_.report_once(span(i), span(i), diag::StrayBracket, written(tokens_[i].type));
            dropped_[i] = true;
            return;
        }
        const std::size_t opener = open_.back();
        const std::string wanted = written(closer_of(tokens_[opener].type));
        if (Diagnostic* diagnostic =
                reporter_.report_once(span(i), span(i), diag::MismatchedBracket, written(tokens_[opener].type), written(tokens_[i].type))) {
            diagnostic->note(span(opener), "opened here").fix(span(i), wanted, "write `" + wanted + "`");
        }
        pair_up(i);
    }

    void close_all(std::size_t i) {
        while (!open_.empty()) {
            close_missing(i);
        }
    }

    // The innermost bracket has no closer before `noticed`: one is put where its line ends.
    void close_missing(std::size_t noticed) {
        const std::size_t opener = open_.back();
        open_.pop_back();
        if (Diagnostic* diagnostic = reporter_.report_once(span(opener), span(opener), diag::UnclosedBracket, written(tokens_[opener].type))) {
            diagnostic->note(span(noticed), where_noticed(noticed));
        }
        const std::size_t before = is_block(opener) ? noticed : end_of_line(opener, noticed);
        const std::uint32_t at = before == 0 ? 0 : tokens_[before - 1].end;
        const Token closer{.type = closer_of(tokens_[opener].type), .begin = at, .end = at, .line = tokens_[before].line};
        insertions_.push_back({before, closer});
        if (is_block(opener)) {
            insertions_.push_back({before, {.type = MlpParser::NEWLINE, .begin = at, .end = at, .line = closer.line}});
        }
    }

    std::string where_noticed(std::size_t i) const {
        if (tokens_[i].type == antlr4::Token::EOF) {
            return "the file ends here";
        }
        if (tokens_[i].type == MlpParser::LBRACE) {
            return "and this opens a block";
        }
        return is_closer(tokens_[i].type) ? "and this closes what is around it" : "and the next declaration begins here";
    }

    std::size_t end_of_line(std::size_t opener, std::size_t noticed) const {
        for (std::size_t i = opener + 1; i < noticed; ++i) {
            if (partner_[i] > i) {
                i = partner_[i];
                continue;
            }
            const bool goes_on = continues_line(tokens_[i - 1].type) || continues_previous_line(first_after_newlines(i));
            if (tokens_[i].type == MlpParser::NEWLINE && !goes_on) {
                return i;
            }
        }
        return noticed;
    }

    std::size_t first_after_newlines(std::size_t i) const {
        while (tokens_[i].type == MlpParser::NEWLINE) {
            ++i;
        }
        return tokens_[i].type;
    }

    std::vector<Token> assemble() {
        std::stable_sort(insertions_.begin(), insertions_.end(), [](const Insertion& a, const Insertion& b) { return a.before < b.before; });
        auto insertion = insertions_.begin();
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            for (; insertion != insertions_.end() && insertion->before == i; ++insertion) {
                emit(insertion->token);
            }
            if (!dropped_[i]) {
                emit(tokens_[i]);
            }
        }
        return std::move(result_);
    }

    void emit(Token token) {
        depth_ -= token.type == MlpParser::RBLOCK ? 1 : 0;
        token.block_depth = depth_;
        depth_ += token.type == MlpParser::LBLOCK ? 1 : 0;
        result_.push_back(token);
    }

    std::vector<Token> tokens_;
    Reporter& reporter_;
    std::string_view text_;
    std::vector<std::size_t> partner_;  // of an opener, the index of its closer; 0 where none is known
    std::vector<bool> dropped_;
    std::vector<std::size_t> open_;  // indices of the openers around the current token
    std::vector<Insertion> insertions_;
    std::vector<Token> result_;
    std::uint32_t depth_ = 0;
};

}  // namespace

std::vector<Token> match_brackets(std::vector<Token> tokens, Reporter& reporter) { return MatchBrackets(std::move(tokens), reporter).run(); }

}  // namespace mlpc::syntax
