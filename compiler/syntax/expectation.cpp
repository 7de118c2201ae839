#include "compiler/syntax/expectation.h"

#include "compiler/syntax/token_kinds.h"

#include <array>

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;
using antlr4::misc::IntervalSet;

std::string_view text_of(const antlr4::Token& token, std::string_view source) {
    return source.substr(token.getStartIndex(), token.getStopIndex() + 1 - token.getStartIndex());
}

std::string ticked(std::string_view text) { return "`" + std::string(text) + "`"; }

bool expects(const IntervalSet& set, std::size_t type) { return set.contains(static_cast<ssize_t>(type)); }

// The declaration around a rule, as a noun.
const char* noun_of(const antlr4::RuleContext* context) {
    for (; context != nullptr; context = dynamic_cast<const antlr4::RuleContext*>(context->parent)) {
        switch (context->getRuleIndex()) {
            case MlpParser::RuleParam:
                return "constant";
            case MlpParser::RuleData:
                return "table";
            case MlpParser::RuleSource:
                return "source";
            case MlpParser::RuleModel:
                return "model";
            case MlpParser::RuleObjective:
                return "objective";
            case MlpParser::RuleFit:
                return "fit";
            case MlpParser::RuleSearch:
                return "search";
            default:
                break;
        }
    }
    return nullptr;
}

std::string operand_after(const antlr4::Token* previous, bool may_close, std::size_t rule, std::string_view source) {
    if (previous == nullptr) {
        return "a declaration";
    }
    switch (previous->getType()) {
        case MlpParser::ARROW:
            return "a step after `->`";
        case MlpParser::BAR:
            return "an alternative after `|`";
        case MlpParser::IN:
        case MlpParser::WITHIN:
            return "a space after `in`, such as `1..10` or `{a, b}`";
        case MlpParser::LPAREN:
            return may_close ? "an argument or `)`" : "a value after `(`";
        case MlpParser::LBRACKET:
            return "an element or `]`";
        case MlpParser::LSET:
            return "an element or `}`";
        case MlpParser::LBLOCK:
        case MlpParser::NEWLINE:
            return rule == MlpParser::RuleNetworkBlock || rule == MlpParser::RuleNetworkLine ? "a layer" : "a condition";
        default:
            return "a value after " + ticked(text_of(*previous, source));
    }
}

std::string name_after(const antlr4::Token* previous, std::size_t rule, std::string_view source) {
    switch (rule) {
        case MlpParser::RuleSchemaBlock:
        case MlpParser::RuleSchemaLine:
            if (previous->getType() == MlpParser::COLON) {
                return "a type after `:`";
            }
            return previous->getType() == MlpParser::LBLOCK || previous->getType() == MlpParser::NEWLINE
                       ? "a column's name"
                       : "a modifier such as `optional`, or the end of the line";
        case MlpParser::RuleType:
            return previous->getType() == MlpParser::COLON ? "a type after `:`" : "a modifier such as `optional`, or the end of the line";
        case MlpParser::RuleBranchBlock:
        case MlpParser::RuleBranchLine:
        case MlpParser::RuleSelector:
            return "columns: a type, a name, a set or `matching`";
        default:
            return "a name after " + ticked(text_of(*previous, source));
    }
}

struct Sign {
    std::size_t type;
    const char* text;
};
constexpr std::array<Sign, 15> kSigns = {{{MlpParser::ASSIGN, "`=`"},
                                          {MlpParser::OVER, "`over`"},
                                          {MlpParser::BECAUSE, "`because`"},
                                          {MlpParser::AFTER, "`after`"},
                                          {MlpParser::COMMA, "`,`"},
                                          {MlpParser::COLON, "`:`"},
                                          {MlpParser::LPAREN, "`(`"},
                                          {MlpParser::RPAREN, "`)`"},
                                          {MlpParser::RBRACKET, "`]`"},
                                          {MlpParser::RSET, "`}`"},
                                          {MlpParser::STRING, "a text in double quotes"},
                                          {MlpParser::LBRACKET, "`[`"},
                                          {MlpParser::LBLOCK, "`{`"},
                                          {MlpParser::RBLOCK, "`}`"},
                                          {MlpParser::NEWLINE, "the end of the line"}}};
constexpr std::array<Sign, 9> kWords = {{{MlpParser::OVER, "over"},
                                         {MlpParser::BECAUSE, "because"},
                                         {MlpParser::AFTER, "after"},
                                         {MlpParser::ON, "on"},
                                         {MlpParser::VARY, "vary"},
                                         {MlpParser::ELSE, "else"},
                                         {MlpParser::WITH, "with"},
                                         {MlpParser::LOG, "log"},
                                         {MlpParser::STEP, "step"}}};

std::string signs_in(const IntervalSet& set, bool in_list) {
    std::vector<std::string> found;
    if (in_list && !expects(set, MlpParser::COMMA)) {
        found.emplace_back("`,`");
    }
    for (const Sign& sign : kSigns) {
        if (expects(set, sign.type)) {
            found.emplace_back(sign.text);
        }
    }
    if (expects(set, MlpParser::ON) && found.empty()) {
        found.emplace_back("`on`");
    }
    std::string text;
    for (std::size_t i = 0; i < found.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == found.size() ? " or " : ", ") + found[i];
    }
    return text.empty() ? "something else" : text;
}

// What the sign comes after, where that says more than the text before it.
std::string place_of_sign(const antlr4::RuleContext* context, const IntervalSet& set, const antlr4::Token* previous, std::string_view source) {
    const char* noun = noun_of(context);
    if (expects(set, MlpParser::ASSIGN) && noun != nullptr) {
        return std::string(" after the ") + noun + "'s name";
    }
    if (expects(set, MlpParser::OVER)) {
        return " and the models after the search's name";
    }
    if (context->getRuleIndex() == MlpParser::RuleBranchLine && expects(set, MlpParser::ARROW)) {
        return " after the columns";
    }
    if (context->getRuleIndex() == MlpParser::RuleSchemaLine && expects(set, MlpParser::COLON)) {
        return " and a type after the column's name";
    }
    const bool text_expected = expects(set, MlpParser::STRING) || expects(set, MlpParser::AFTER) || expects(set, MlpParser::BECAUSE);
    return text_expected && previous != nullptr ? " after " + ticked(text_of(*previous, source)) : "";
}

}  // namespace

Expectation expectation_at(antlr4::Parser& parser, std::string_view source) {
    const IntervalSet set = parser.getExpectedTokens();
    const antlr4::Token* previous = parser.getTokenStream()->LT(-1);
    antlr4::ParserRuleContext* context = parser.getContext();
    if (context->getRuleIndex() == MlpParser::RuleName && context->parent != nullptr) {
        context = dynamic_cast<antlr4::ParserRuleContext*>(context->parent);
    }
    const std::size_t rule = context->getRuleIndex();
    Expectation result;
    for (const Sign& word : kWords) {
        if (expects(set, word.type)) {
            result.words.emplace_back(word.text);
        }
    }
    if (expects(set, MlpParser::WORD) && !expects(set, MlpParser::NEWLINE)) {
        result.text = "a clause, which begins with its name";
        return result;
    }
    const bool after_operand = previous != nullptr && ends_operand(previous->getType());
    if (expects(set, MlpParser::INTEGER) && !after_operand) {
        result.text = operand_after(previous, expects(set, MlpParser::RPAREN), rule, source);
        return result;
    }
    if (expects(set, MlpParser::NAME) && !(after_operand && rule != MlpParser::RuleSchemaLine && rule != MlpParser::RuleType)) {
        result.text = name_after(previous, rule, source);
        result.name = !after_operand;
        return result;
    }
    auto* expr = dynamic_cast<MlpParser::ExprContext*>(context);
    const bool in_list = expr != nullptr && expr->arguments() != nullptr;
    if (rule == MlpParser::RuleBranchLine && expects(set, MlpParser::ARROW)) {
        result.text = "`->` after the columns";
        return result;
    }
    result.text = signs_in(set, in_list) + place_of_sign(context, set, previous, source);
    return result;
}

std::string describe(const antlr4::Token& token, std::string_view source) {
    switch (token.getType()) {
        case antlr4::Token::EOF:
            return "the end of the file";
        case MlpParser::NEWLINE:
            return "the end of the line";
        case MlpParser::STRING:
            return "the text " + std::string(text_of(token, source));
        default:
            return ticked(text_of(token, source));
    }
}

}  // namespace mlpc::syntax
