// Syntax errors in the user's terms, and where reading goes on after one: ANTLR's strategy with its words and guesses replaced.
#pragma once

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/reporter.h"

#include <exception>
#include <string>
#include <vector>

namespace mlpc::syntax {

// Reports once a line. An error ends its line or its declaration's head; nothing is guessed into the text.
class ErrorStrategy : public antlr4::DefaultErrorStrategy {
public:
    ErrorStrategy(Reporter& reporter, const std::vector<std::uint32_t>& block_depths) : reporter_(reporter), block_depths_(block_depths) {}

    void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
    void recover(antlr4::Parser* parser, std::exception_ptr error) override;
    antlr4::Token* recoverInline(antlr4::Parser* parser) override;
    void sync(antlr4::Parser* parser) override;

private:
    void report(antlr4::Parser* parser, antlr4::Token* offending);
    void skip_to_block_or_line_end(antlr4::Parser* parser, std::uint32_t depth);
    void skip_line(antlr4::Parser* parser, std::uint32_t depth);
    std::uint32_t depth_of(const antlr4::Token* token) const { return block_depths_[token->getTokenIndex()]; }

    Reporter& reporter_;
    const std::vector<std::uint32_t>& block_depths_;  // by token index
};

// Throws at the first error: the fast first attempt.
class GiveUp : public antlr4::BailErrorStrategy {};

}  // namespace mlpc::syntax
