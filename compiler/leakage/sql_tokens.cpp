#include "compiler/leakage/sql_tokens.h"

#include <algorithm>
#include <utility>

namespace mlpc::leakage {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_word(char c) { return c == '_' || (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class Scanner {
public:
    explicit Scanner(std::string_view query) : query_(query) {}

    std::vector<SqlToken> run() {
        while (at_ < query_.size()) {
            const char c = query_[at_];
            if (is_space(c)) {
                ++at_;
            } else if (looking_at("--")) {
                at_ = std::min(query_.find('\n', at_), query_.size());
            } else if (looking_at("/*")) {
                skip_comment();
            } else if (c == '\'') {
                quoted('\'', Escapes::No);
            } else if ((c == 'e' || c == 'E') && at_ + 1 < query_.size() && query_[at_ + 1] == '\'') {
                ++at_;
                quoted('\'', Escapes::Yes);
            } else if (c == '"' || c == '`') {
                tokens_.push_back({SqlToken::Kind::Quoted, quoted(c, Escapes::No)});
            } else if (c == '[') {
                tokens_.push_back({SqlToken::Kind::Quoted, quoted(']', Escapes::No)});
            } else if (c == '$' && !skip_dollar_text()) {
                ++at_;
            } else if (begins_word(c)) {
                tokens_.push_back({SqlToken::Kind::Word, word()});
            } else if (is_digit(c)) {
                word();
            } else if (c != '$') {
                tokens_.push_back({SqlToken::Kind::Sign, std::string(1, c)});
                ++at_;
            }
        }
        return std::move(tokens_);
    }

private:
    enum class Escapes { No, Yes };
    bool looking_at(std::string_view text) const { return query_.substr(at_).starts_with(text); }

    void skip_comment() {
        std::size_t depth = 0;
        do {
            if (looking_at("/*")) {
                ++depth;
                at_ += 2;
            } else if (looking_at("*/")) {
                --depth;
                at_ += 2;
            } else {
                ++at_;
            }
        } while (depth > 0 && at_ < query_.size());
    }

    // What stands between the sign here and the closing one; a closing one that is doubled stands for itself.
    std::string quoted(char close, Escapes escapes) {
        std::string inside;
        for (++at_; at_ < query_.size(); ++at_) {
            if (escapes == Escapes::Yes && query_[at_] == '\\') {
                ++at_;
                continue;
            }
            if (query_[at_] == close && (at_ + 1 >= query_.size() || query_[at_ + 1] != close)) {
                break;
            }
            at_ += query_[at_] == close ? 1 : 0;
            inside += query_[at_];
        }
        at_ = std::min(at_ + 1, query_.size());
        return inside;
    }

    // $$ text $$ and $tag$ text $tag$; `$1` is a parameter.
    bool skip_dollar_text() {
        std::size_t end = at_ + 1;
        while (end < query_.size() && (begins_word(query_[end]) || (end > at_ + 1 && is_digit(query_[end])))) {
            ++end;
        }
        if (end >= query_.size() || query_[end] != '$') {
            return false;
        }
        const std::string_view tag = query_.substr(at_, end + 1 - at_);
        const std::size_t close = query_.find(tag, end + 1);
        at_ = close == std::string_view::npos ? query_.size() : close + tag.size();
        return true;
    }

    std::string word() {
        std::string text;
        while (at_ < query_.size() && (begins_word(query_[at_]) || is_digit(query_[at_]))) {
            text += lower(query_[at_++]);
        }
        return text;
    }

    std::string_view query_;
    std::size_t at_ = 0;
    std::vector<SqlToken> tokens_;
};

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view query) { return Scanner(query).run(); }

}  // namespace mlpc::leakage
