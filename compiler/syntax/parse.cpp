#include "compiler/syntax/parse.h"

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/brackets.h"
#include "compiler/syntax/build_ast.h"
#include "compiler/syntax/errors.h"
#include "compiler/syntax/layout.h"
#include "compiler/syntax/lex.h"
#include "compiler/syntax/reporter.h"

#include <memory>
#include <utility>

namespace mlpc {
namespace {

using antlr::MlpParser;

std::vector<std::unique_ptr<antlr4::Token>> to_antlr(const std::vector<syntax::Token>& tokens) {
    std::vector<std::unique_ptr<antlr4::Token>> result;
    result.reserve(tokens.size());
    for (const syntax::Token& token : tokens) {
        auto made = std::make_unique<antlr4::CommonToken>(token.type);
        made->setStartIndex(token.begin);
        made->setStopIndex(std::size_t{token.end} - 1);
        made->setLine(token.line);
        result.push_back(std::move(made));
    }
    return result;
}

// SLL prediction suffices for every file without errors; where it stops, LL decides what the error is.
MlpParser::FileContext* parse_tree(MlpParser& parser, antlr4::CommonTokenStream& stream, const std::shared_ptr<syntax::ErrorStrategy>& strategy) {
    parser.removeErrorListeners();
    auto* prediction = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
    prediction->setPredictionMode(antlr4::atn::PredictionMode::SLL);
    parser.setErrorHandler(std::make_shared<syntax::GiveUp>());
    try {
        return parser.file();
    } catch (const antlr4::ParseCancellationException&) {
        stream.seek(0);
        parser.reset();
    }
    prediction->setPredictionMode(antlr4::atn::PredictionMode::LL);
    parser.setErrorHandler(strategy);
    return parser.file();
}

}  // namespace

ast::File parse(const Sources& sources, FileId file, Diagnostics& diags) {
    syntax::Reporter reporter(sources, file, diags);
    syntax::Lexed lexed = syntax::lex(reporter);
    const std::vector<syntax::Token> tokens = syntax::lay_out(syntax::match_brackets(std::move(lexed.tokens), reporter), reporter);
    std::vector<std::uint32_t> block_depths;
    block_depths.reserve(tokens.size());
    for (const syntax::Token& token : tokens) {
        block_depths.push_back(token.block_depth);
    }
    antlr4::ListTokenSource source(to_antlr(tokens));
    antlr4::CommonTokenStream stream(&source);
    stream.fill();
    MlpParser parser(&stream);
    MlpParser::FileContext* tree = parse_tree(parser, stream, std::make_shared<syntax::ErrorStrategy>(reporter, block_depths));
    return {.id = file, .declarations = syntax::build_ast(tree, reporter), .comments = std::move(lexed.comments)};
}

}  // namespace mlpc
