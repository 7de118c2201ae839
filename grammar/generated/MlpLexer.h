
// Generated from Mlp.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace mlpc::antlr {


class  MlpLexer : public antlr4::Lexer {
public:
  enum {
    NEWLINE = 1, SPACE = 2, COMMENT = 3, IN = 4, AND = 5, OR = 6, NOT = 7, 
    TRUE = 8, FALSE = 9, NONE = 10, DATE = 11, INTEGER = 12, REAL = 13, 
    PERCENT = 14, QUANTITY = 15, NAME = 16, BACKQUOTED = 17, UNCLOSED_BACKQUOTED = 18, 
    STRING = 19, UNCLOSED_STRING = 20, SINGLE_QUOTED = 21, ARROW = 22, DOTDOT = 23, 
    EQUAL = 24, NOT_EQUAL = 25, LESS_EQUAL = 26, GREATER_EQUAL = 27, LESS = 28, 
    GREATER = 29, ASSIGN = 30, COLON = 31, COMMA = 32, DOT = 33, PLUS = 34, 
    MINUS = 35, STAR = 36, SLASH = 37, REMAINDER = 38, CARET = 39, BAR = 40, 
    LPAREN = 41, RPAREN = 42, LBRACKET = 43, RBRACKET = 44, LBRACE = 45, 
    RBRACE = 46, SEMICOLON = 47, FOREIGN_OPERATOR = 48, FOREIGN_COMMENT = 49, 
    UNKNOWN = 50
  };

  MlpLexer(antlr4::CharStream *input);
  ~MlpLexer();

  virtual std::string getGrammarFileName() const override;
  virtual const std::vector<std::string>& getRuleNames() const override;

  virtual const std::vector<std::string>& getChannelNames() const override;
  virtual const std::vector<std::string>& getModeNames() const override;
  virtual const std::vector<std::string>& getTokenNames() const override; // deprecated, use vocabulary instead
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;

  virtual const std::vector<uint16_t> getSerializedATN() const override;
  virtual const antlr4::atn::ATN& getATN() const override;

private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;
  static std::vector<std::string> _channelNames;
  static std::vector<std::string> _modeNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  // Individual action functions triggered by action() above.

  // Individual semantic predicate functions triggered by sempred() above.

  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace mlpc::antlr
