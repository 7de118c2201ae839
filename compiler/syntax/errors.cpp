#include "compiler/syntax/errors.h"

#include "compiler/syntax/expectation.h"

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;

bool ends_line(std::size_t type) {
    return type == MlpParser::NEWLINE || type == MlpParser::LBLOCK || type == MlpParser::RBLOCK || type == antlr4::Token::EOF;
}

bool is_reserved(std::size_t type) {
    switch (type) {
        case MlpParser::IN:
        case MlpParser::WITHIN:
        case MlpParser::AND:
        case MlpParser::OR:
        case MlpParser::NOT:
        case MlpParser::TRUE:
        case MlpParser::FALSE:
        case MlpParser::NONE:
            return true;
        default:
            return false;
    }
}

bool is_line(std::size_t rule) {
    switch (rule) {
        case MlpParser::RuleDeclaration:
        case MlpParser::RuleSchemaLine:
        case MlpParser::RuleRuleLine:
        case MlpParser::RuleSplitLine:
        case MlpParser::RuleBranchLine:
        case MlpParser::RuleNetworkLine:
        case MlpParser::RuleClauseLine:
            return true;
        default:
            return false;
    }
}

bool is_head(std::size_t rule) {
    return rule == MlpParser::RuleBinding || rule == MlpParser::RuleSubject || rule == MlpParser::RuleSearchHead || rule == MlpParser::RuleBlockHead;
}

bool is_block(std::size_t rule) {
    switch (rule) {
        case MlpParser::RuleSchemaBlock:
        case MlpParser::RuleRuleBlock:
        case MlpParser::RuleSplitBlock:
        case MlpParser::RuleBranchBlock:
        case MlpParser::RuleNetworkBlock:
        case MlpParser::RuleClauseBlock:
            return true;
        default:
            return false;
    }
}

bool has_optional_block(std::size_t rule) {
    switch (rule) {
        case MlpParser::RuleData:
        case MlpParser::RuleCheck:
        case MlpParser::RuleSplit:
        case MlpParser::RulePipeline:
        case MlpParser::RuleNetwork:
        case MlpParser::RuleSource:
        case MlpParser::RuleSearch:
        case MlpParser::RuleEvaluate:
            return true;
        default:
            return false;
    }
}

std::uint32_t begin_of(const antlr4::Token* token) { return static_cast<std::uint32_t>(token->getStartIndex()); }
std::uint32_t end_of(const antlr4::Token* token) { return static_cast<std::uint32_t>(token->getStopIndex() + 1); }

// The line that the token is on, or ends.
Span line_around(antlr4::TokenStream& tokens, const antlr4::Token* token, const Reporter& reporter) {
    std::size_t first = token->getTokenIndex();
    while (first > 0 && !ends_line(tokens.get(first - 1)->getType())) {
        --first;
    }
    std::size_t last = token->getTokenIndex();
    while (!ends_line(tokens.get(last)->getType())) {
        ++last;
    }
    return reporter.span(begin_of(tokens.get(first)), begin_of(tokens.get(last)));
}

}  // namespace

void ErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
    if (inErrorRecoveryMode(parser)) {
        return;
    }
    beginErrorCondition(parser);
    report(parser, error.getOffendingToken());
}

void ErrorStrategy::report(antlr4::Parser* parser, antlr4::Token* offending) {
    const Span within = line_around(*parser->getTokenStream(), offending, reporter_);
    const Span at = reporter_.span(begin_of(offending), end_of(offending));
    const std::string found = describe(*offending, reporter_.text());
    const Expectation expected = expectation_at(*parser, reporter_.text());
    const std::string written = reporter_.text().substr(at.begin, at.end - at.begin);
    if (expected.name && is_reserved(offending->getType())) {
        if (Diagnostic* diagnostic = reporter_.report_once(within, at, diag::ReservedWord, written)) {
            diagnostic->fix(at, "`" + written + "`", "write it in backquotes");
        }
        return;
    }
    Diagnostic* diagnostic = reporter_.report_once(within, at, diag::SyntaxExpected, expected.text, found);
    if (diagnostic == nullptr || offending->getType() != MlpParser::NAME) {
        return;
    }
    const std::string meant = did_you_mean(written, expected.words);
    if (!meant.empty()) {
        diagnostic->help("did you mean `" + meant + "`?").fix(at, meant, "write `" + meant + "`");
    }
}

antlr4::Token* ErrorStrategy::recoverInline(antlr4::Parser* parser) { throw antlr4::InputMismatchException(parser); }

void ErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
    antlr4::ParserRuleContext* context = parser->getContext();
    const std::size_t rule = context->getRuleIndex();
    const std::uint32_t depth = depth_of(context->getStart());
    if (is_head(rule)) {
        skip_to_block_or_line_end(parser, depth);
    } else if (is_line(rule)) {
        skip_line(parser, depth);
    } else if (rule != MlpParser::RuleFile) {
        std::rethrow_exception(error);
    }
    endErrorCondition(parser);
}

void ErrorStrategy::skip_to_block_or_line_end(antlr4::Parser* parser, std::uint32_t depth) {
    antlr4::TokenStream& tokens = *parser->getTokenStream();
    for (;;) {
        const antlr4::Token* token = tokens.LT(1);
        if (token->getType() == antlr4::Token::EOF || (depth_of(token) <= depth && ends_line(token->getType()))) {
            return;
        }
        tokens.consume();
    }
}

void ErrorStrategy::skip_line(antlr4::Parser* parser, std::uint32_t depth) {
    antlr4::TokenStream& tokens = *parser->getTokenStream();
    for (;;) {
        const antlr4::Token* token = tokens.LT(1);
        const bool around = depth_of(token) < depth;
        if (token->getType() == antlr4::Token::EOF || around) {
            return;
        }
        tokens.consume();
        if (token->getType() == MlpParser::NEWLINE && depth_of(token) == depth) {
            return;
        }
    }
}

// Called by the parser before each decision: a line that cannot begin so, or text between a head and its block, is
// reported here, because the decision would leave the rule.
void ErrorStrategy::sync(antlr4::Parser* parser) {
    if (inErrorRecoveryMode(parser)) {
        return;
    }
    antlr4::ParserRuleContext* context = parser->getContext();
    const std::size_t rule = context->getRuleIndex();
    antlr4::TokenStream& tokens = *parser->getTokenStream();
    const antlr4::Token* token = tokens.LT(1);
    if (is_block(rule)) {
        const auto& atn = parser->getATN();
        const antlr4::misc::IntervalSet starts = atn.nextTokens(atn.states[parser->getState()]);
        for (; token->getType() != antlr4::Token::EOF && !starts.contains(static_cast<ssize_t>(token->getType())); token = tokens.LT(1)) {
            report(parser, tokens.LT(1));
            skip_line(parser, depth_of(token));
        }
        return;
    }
    const bool past_head = rule == MlpParser::RuleNetworkLine && context->children.size() >= 2 && token->getType() != MlpParser::EACH;
    if ((has_optional_block(rule) || past_head) && !ends_line(token->getType())) {
        report(parser, tokens.LT(1));
        skip_to_block_or_line_end(parser, depth_of(context->getStart()));
    }
}

}  // namespace mlpc::syntax
