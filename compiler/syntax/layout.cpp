#include "compiler/syntax/layout.h"

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/declaration_start.h"
#include "compiler/syntax/token_kinds.h"
#include "compiler/syntax/vocabulary.h"

#include <map>
#include <numeric>
#include <string>
#include <string_view>

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;
using WordTable = std::map<std::string_view, std::size_t>;

const WordTable& declaration_types() {
    static const WordTable table = {
        {"edition", MlpParser::EDITION},   {"import", MlpParser::IMPORT},       {"param", MlpParser::PARAM},     {"seed", MlpParser::SEED},
        {"seeds", MlpParser::SEEDS},       {"data", MlpParser::DATA},           {"check", MlpParser::CHECK},     {"split", MlpParser::SPLIT},
        {"pipeline", MlpParser::PIPELINE}, {"network", MlpParser::NETWORK},     {"source", MlpParser::SOURCE},   {"model", MlpParser::MODEL},
        {"search", MlpParser::SEARCH},     {"objective", MlpParser::OBJECTIVE}, {"compare", MlpParser::COMPARE}, {"fit", MlpParser::FIT},
        {"evaluate", MlpParser::EVALUATE}, {"report", MlpParser::REPORT},       {"save", MlpParser::SAVE},       {"allow", MlpParser::ALLOW},
    };
    return table;
}

// Words that are keywords because they follow an operand, where no operand can stand.
const WordTable& infix_types() {
    static const WordTable table = {{"vary", MlpParser::VARY},       {"over", MlpParser::OVER},       {"on", MlpParser::ON},
                                    {"because", MlpParser::BECAUSE}, {"with", MlpParser::WITH},       {"log", MlpParser::LOG},
                                    {"step", MlpParser::STEP},       {"matches", MlpParser::MATCHES}, {"else", MlpParser::ELSE}};
    return table;
}

const WordTable& schema_types() {
    static const WordTable table = {
        {"log", MlpParser::LOG}, {"step", MlpParser::STEP}, {"positive", MlpParser::POSITIVE}, {"known", MlpParser::KNOWN}};
    return table;
}

Block block_of(std::size_t keyword) {
    switch (keyword) {
        case MlpParser::DATA:
            return Block::Schema;
        case MlpParser::CHECK:
            return Block::Rules;
        case MlpParser::SPLIT:
            return Block::Split;
        case MlpParser::PIPELINE:
            return Block::Branches;
        case MlpParser::NETWORK:
        case MlpParser::REPEAT:
            return Block::Network;
        case MlpParser::SOURCE:
            return Block::Source;
        case MlpParser::SEARCH:
            return Block::Search;
        case MlpParser::EVALUATE:
            return Block::Evaluate;
        case MlpParser::TRAIN:
            return Block::Train;
        default:
            return Block::None;
    }
}

bool nests(std::size_t type) {
    switch (type) {
        case MlpParser::COMMA:
        case MlpParser::COLON:
        case MlpParser::ASSIGN:
            return false;
        case MlpParser::DOT:
        case MlpParser::DOTDOT:
        case MlpParser::WITH:
        case MlpParser::STEP:
        case MlpParser::MATCHES:
            return true;
        default:
            return continues_line(type) && !is_opener(type);
    }
}

class LayOut {
public:
    LayOut(const std::vector<Token>& tokens, Reporter& reporter) : tokens_(tokens), reporter_(reporter), text_(reporter.text()) {}

    std::vector<Token> run() {
        result_.reserve(tokens_.size());
        while (at_ < tokens_.size()) {
            read();
        }
        return std::move(result_);
    }

private:
    const Token& current() const { return tokens_[at_]; }
    std::size_t next_type(std::size_t ahead = 1) const { return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead].type : antlr4::Token::EOF; }
    std::string_view next_text() const { return at_ + 1 < tokens_.size() ? text_of(tokens_[at_ + 1], text_) : std::string_view(); }
    std::size_t last_type() const { return result_.empty() ? std::size_t{MlpParser::NEWLINE} : result_.back().type; }
    std::string_view last_text() const { return result_.empty() ? std::string_view() : text_of(result_.back(), text_); }
    Block block() const { return blocks_.empty() ? Block::None : blocks_.back(); }
    bool in_brackets() const { return !operators_.empty(); }
    bool at_line_start() const { return last_type() == MlpParser::NEWLINE || last_type() == MlpParser::LBLOCK; }
    Span span(const Token& token) const { return reporter_.span(token.begin, token.end); }

    void emit(std::size_t type) {
        result_.push_back(current());
        result_.back().type = type;
        ++at_;
    }
    // Ends the line before the current token, where it is not ended.
    void end_line() {
        if (at_line_start()) {
            return;
        }
        Token newline = current();
        newline.type = MlpParser::NEWLINE;
        newline.begin = newline.end = result_.back().end;
        newline.block_depth = static_cast<std::uint32_t>(blocks_.size());
        result_.push_back(newline);
        line_operators_ = 0;
    }

    void read() {
        switch (current().type) {
            case antlr4::Token::EOF:
                end_line();
                emit(antlr4::Token::EOF);
                return;
            case MlpParser::NEWLINE:
                read_newline();
                return;
            case MlpParser::SEMICOLON:
                read_semicolon();
                return;
            case MlpParser::LBLOCK:
                blocks_.push_back(block_of(line_keyword_));
                line_operators_ = 0;
                emit(MlpParser::LBLOCK);
                return;
            case MlpParser::RBLOCK:
                end_line();
                blocks_.pop_back();
                emit(MlpParser::RBLOCK);
                return;
            default:
                break;
        }
        if (at_line_start()) {
            read_line_start();
            return;
        }
        read_inside_line();
    }

    void read_newline() {
        std::size_t next = at_ + 1;
        while (tokens_[next].type == MlpParser::NEWLINE) {
            ++next;
        }
        if (block() != Block::Schema && !in_brackets() && !at_line_start() && cannot_begin_line(tokens_[next].type)) {
            join_lines(next);
            return;
        }
        const bool goes_on = in_brackets() || at_line_start() || (continues_line(last_type()) && !begins_line_anew(next)) ||
                             continues_previous_line(tokens_[next].type);
        if (!goes_on) {
            end_line();
        }
        at_ = next;
    }

    void join_lines(std::size_t next) {
        const Span at = span(tokens_[next]);
        if (Diagnostic* diagnostic = reporter_.report_once(at, at, diag::LineBeginsWithOperator, std::string(text_of(tokens_[next], text_)))) {
            diagnostic->note(span(result_.back()), "it belongs at the end of this line");
        }
        at_ = next;
    }

    // After an unfinished line, a line that is complete by its first word is not its continuation.
    bool begins_line_anew(std::size_t i) const {
        const std::size_t type = tokens_[i].type;
        if (type == MlpParser::RBLOCK || type == antlr4::Token::EOF || begins_declaration(tokens_, i, text_)) {
            return true;
        }
        const std::size_t after = tokens_[i + 1].type;
        const bool column = type == MlpParser::NAME || type == MlpParser::BACKQUOTED;
        const bool unfinished = last_type() == MlpParser::COLON || last_type() == MlpParser::WITHIN;
        if (block() == Block::Schema && unfinished && column && after == MlpParser::COLON) {
            return true;
        }
        const bool operand_follows = ends_operand(after) && !is_closer(after);
        return type == MlpParser::NAME && operand_follows && contains(clause_words(block()), text_of(tokens_[i], text_));
    }

    void read_semicolon() {
        const bool last = next_type() == MlpParser::NEWLINE;
        if (Diagnostic* diagnostic = reporter_.report_once(span(current()), span(current()), diag::Semicolon)) {
            const std::string indent(2 * blocks_.size(), ' ');
            diagnostic->fix(span(current()),
                            in_brackets() ? ","
                            : last        ? ""
                                          : "\n" + indent,
                            in_brackets() ? "write `,`"
                            : last        ? "remove it"
                                          : "begin a new line");
        }
        if (in_brackets()) {
            emit(MlpParser::COMMA);
            return;
        }
        end_line();
        ++at_;
    }

    // --- the first token of a line
    void read_line_start() {
        line_keyword_ = 0;
        if (blocks_.empty()) {
            read_declaration_start();
            return;
        }
        if (current().type != MlpParser::NAME) {
            read_inside_line();
            return;
        }
        switch (block()) {
            case Block::Schema:
                read_schema_start();
                return;
            case Block::Branches:
                read_word_or_name(text_of(current(), text_) == "then" && next_type() != MlpParser::COMMA, MlpParser::THEN);
                return;
            case Block::Network:
                read_network_start();
                return;
            case Block::Split:
            case Block::Source:
            case Block::Search:
            case Block::Evaluate:
            case Block::Train:
                read_clause_start();
                return;
            case Block::None:
            case Block::Rules:
                read_inside_line();
                return;
        }
    }

    void read_word_or_name(bool is_word, std::size_t type) {
        if (!is_word) {
            read_inside_line();
            return;
        }
        line_keyword_ = type;
        emit(type);
    }

    void read_declaration_start() {
        const std::string_view word = text_of(current(), text_);
        const auto found = declaration_types().find(word);
        if (current().type == MlpParser::NAME && found != declaration_types().end()) {
            line_keyword_ = found->second;
            emit(found->second);
            return;
        }
        const std::string meant = current().type == MlpParser::NAME ? did_you_mean(word, declaration_words()) : "";
        report_unknown_declaration(word, meant);
        if (meant.empty()) {
            skip_declaration();
            return;
        }
        line_keyword_ = declaration_types().at(meant);
        emit(line_keyword_);
    }

    void report_unknown_declaration(std::string_view word, const std::string& meant) {
        const Span at = span(current());
        Diagnostic* diagnostic = reporter_.report_once(at, at, diag::UnknownDeclaration, "`" + std::string(word) + "`");
        if (diagnostic == nullptr) {
            return;
        }
        if (!meant.empty()) {
            diagnostic->help("did you mean `" + meant + "`?").fix(at, meant, "write `" + meant + "`");
            return;
        }
        for (const Block block : {Block::Split, Block::Search, Block::Evaluate, Block::Source, Block::Train}) {
            if (contains(clause_words(block), word)) {
                diagnostic->help("`" + std::string(word) + "` stands in " + std::string(block_name(block)));
                return;
            }
        }
        if (next_type() == MlpParser::ASSIGN) {
            diagnostic->help("a chain is named by `model NAME = …`, a constant by `param NAME = …`, a table by `data NAME = …`");
        }
    }

    void skip_declaration() {
        int depth = 0;
        while (current().type != antlr4::Token::EOF && !(current().type == MlpParser::NEWLINE && depth == 0)) {
            depth += is_opener(current().type) ? 1 : is_closer(current().type) ? -1 : 0;
            ++at_;
        }
    }

    void read_schema_start() {
        const std::string_view word = text_of(current(), text_);
        const bool is_column = next_type() == MlpParser::COLON || next_type() == MlpParser::COMMA;
        if (word == "others" && next_type() == MlpParser::COLON) {
            emit(MlpParser::OTHERS);
            return;
        }
        read_word_or_name(word == "ignore" && !is_column, MlpParser::IGNORE);
    }

    void read_network_start() {
        const std::string_view word = text_of(current(), text_);
        const std::size_t next = next_type();
        // `train (adam | sgd)`; without the space it would be a layer.
        const bool apart = next == MlpParser::LPAREN && tokens_[at_ + 1].begin > current().end;
        const bool operand_follows = (ends_operand(next) && !is_closer(next)) || next == MlpParser::LSET || next == MlpParser::DOTDOT || apart;
        if (operand_follows && word == "repeat") {
            read_word_or_name(true, MlpParser::REPEAT);
            return;
        }
        read_word_or_name(operand_follows && word == "train", MlpParser::TRAIN);
    }

    void read_clause_start() {
        std::string words(text_of(current(), text_));
        emit(MlpParser::WORD);
        const std::string two_words = words + " " + std::string(text_of(current(), text_));
        if (contains(clause_words(block()), two_words)) {
            emit(MlpParser::WORD);
            words = two_words;
        }
        const std::size_t sign = current().type;
        if (sign != MlpParser::ASSIGN && sign != MlpParser::COLON) {
            return;
        }
        if (Diagnostic* diagnostic =
                reporter_.report_once(span(current()), span(current()), diag::SignAfterClause, words, std::string(text_of(current(), text_)))) {
            diagnostic->fix(span(current()), "", "remove it");
        }
        ++at_;
    }

    // --- the others
    void read_inside_line() {
        const std::size_t type = current().type;
        if (is_opener(type)) {
            operators_.push_back(0);
            emit(type);
            return;
        }
        if (is_closer(type)) {
            operators_.pop_back();
            emit(type);
            return;
        }
        if (type == MlpParser::COMMA) {
            operators_here() = 0;
        }
        if (begins_next_value()) {
            result_.push_back({.type = MlpParser::NEXT,
                               .begin = current().begin,
                               .end = current().begin,
                               .line = current().line,
                               .block_depth = current().block_depth});
        }
        if (type == MlpParser::NAME) {
            emit(type_of_name());
        } else if (type == MlpParser::IN && block() == Block::Schema && !in_brackets()) {
            emit(MlpParser::WITHIN);
        } else if (type == MlpParser::DOTDOT) {
            emit(is_open_range() ? MlpParser::DOTDOT_OPEN : MlpParser::DOTDOT);
        } else if (type == MlpParser::ASSIGN) {
            read_assign();
        } else if (type == MlpParser::DOT && !ends_operand(last_type()) && next_type() == MlpParser::INTEGER) {
            read_fraction();
        } else {
            emit(type);
        }
        count_operator();
    }

    // The values of a split's line follow each other without a sign: the grammar is given one.
    bool begins_next_value() const {
        const std::size_t type = current().type;
        const bool may_continue = type == MlpParser::MINUS || type == MlpParser::NOT || type == MlpParser::DOTDOT;
        return block() == Block::Split && !in_brackets() && ends_operand(last_type()) && begins_operand(type) && !may_continue;
    }

    int& operators_here() { return operators_.empty() ? line_operators_ : operators_.back(); }

    void count_operator() {
        if (!nests(last_type())) {
            return;
        }
        ++operators_here();
        if (std::accumulate(operators_.begin(), operators_.end(), line_operators_) <= kMaxOperators) {
            return;
        }
        const Span at = span(result_.back());
        reporter_.report_once(at, at, diag::NestedTooDeeply, kMaxOperators);
        result_.pop_back();
        skip_operand();
    }

    void skip_operand() {
        int depth = 0;
        while (current().type != antlr4::Token::EOF && current().type != MlpParser::LBLOCK) {
            const std::size_t type = current().type;
            const bool ends = is_closer(type) || type == MlpParser::COMMA || type == MlpParser::NEWLINE || type == MlpParser::SEMICOLON;
            if (depth == 0 && ends) {
                return;
            }
            depth += is_opener(type) ? 1 : is_closer(type) ? -1 : 0;
            ++at_;
        }
    }

    std::size_t type_of_name() const {
        const std::string_view word = text_of(current(), text_);
        if (last_type() == MlpParser::KNOWN) {
            return word == "after" ? MlpParser::AFTER : MlpParser::NAME;
        }
        if (ends_operand(last_type())) {
            return type_after_operand(word);
        }
        if (word == "else" && next_text() == "warn") {
            return MlpParser::ELSE;
        }
        const std::size_t next = next_type();
        if (next == MlpParser::STRING && word == "matching") {
            return MlpParser::MATCHING;
        }
        if (next == MlpParser::LSET && word == "ordered") {
            return MlpParser::ORDERED;
        }
        return next == MlpParser::LBRACKET && word == "manual" ? MlpParser::MANUAL : MlpParser::NAME;
    }

    std::size_t type_after_operand(std::string_view word) const {
        if (block() == Block::Split && !in_brackets()) {
            return MlpParser::NAME;
        }
        if (word == "each" && line_keyword_ == MlpParser::REPEAT && next_type() == MlpParser::LBLOCK && !in_brackets()) {
            return MlpParser::EACH;
        }
        const bool in_schema = block() == Block::Schema && !in_brackets();
        if (in_schema && last_text() == "transform") {
            return MlpParser::NAME;  // `transform log`
        }
        const WordTable& table = in_schema ? schema_types() : infix_types();
        const auto found = table.find(word);
        return found == table.end() ? std::size_t{MlpParser::NAME} : found->second;
    }

    bool is_open_range() const {
        if (!ends_operand(last_type())) {
            return false;
        }
        const std::size_t next = next_type();
        if (next != MlpParser::NAME) {
            return !begins_operand(next);
        }
        if (block() == Block::Schema && !in_brackets()) {
            return contains(modifier_words(), next_text()) || next_text() == "known" || next_text() == "log";
        }
        return infix_types().contains(next_text()) && next_type(2) != MlpParser::LPAREN;
    }

    // `=` stands once in a declaration; elsewhere it was meant as `:` or `==`.
    void read_assign() {
        const bool declares = blocks_.empty() && !in_brackets();
        if (declares) {
            emit(MlpParser::ASSIGN);
            return;
        }
        const std::size_t before = result_.size() < 2 ? std::size_t{MlpParser::NEWLINE} : result_[result_.size() - 2].type;
        const bool after_lone_name = last_type() == MlpParser::NAME || last_type() == MlpParser::BACKQUOTED;
        const bool names_argument = block() != Block::Rules && in_brackets() && after_lone_name && (is_opener(before) || before == MlpParser::COMMA);
        if (names_argument || (block() == Block::Schema && !in_brackets())) {
            if (Diagnostic* diagnostic = reporter_.report_once(span(current()), span(current()), diag::AssignForColon)) {
                diagnostic->fix(span(current()), ":", "write `:`");
            }
            emit(MlpParser::COLON);
            return;
        }
        if (Diagnostic* diagnostic = reporter_.report_once(span(current()), span(current()), diag::AssignInCondition)) {
            diagnostic->fix(span(current()), "==", "write `==`");
        }
        emit(MlpParser::EQUAL);
    }

    void read_fraction() {
        const Span number = reporter_.span(current().begin, tokens_[at_ + 1].end);
        const std::string written(text_.substr(number.begin, number.end - number.begin));
        if (Diagnostic* diagnostic = reporter_.report_once(number, number, diag::MalformedNumber, written, "a digit comes before the point")) {
            diagnostic->fix(number, "0" + written, "write `0" + written + "`");
        }
        ++at_;
        emit(MlpParser::INTEGER);
    }

    const std::vector<Token>& tokens_;
    Reporter& reporter_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_keyword_ = 0;  // the keyword that the current line began with, 0 for none
    std::vector<Block> blocks_;
    std::vector<int> operators_;  // one per open bracket of the line: operators of the current operand
    int line_operators_ = 0;      // the same outside brackets
    std::vector<Token> result_;
};

}  // namespace

std::vector<Token> lay_out(const std::vector<Token>& tokens, Reporter& reporter) { return LayOut(tokens, reporter).run(); }

}  // namespace mlpc::syntax
