
// Generated from Mlp.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace mlpc::antlr {


class  MlpParser : public antlr4::Parser {
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
    UNKNOWN = 50, EDITION = 51, IMPORT = 52, PARAM = 53, SEED = 54, SEEDS = 55, 
    DATA = 56, CHECK = 57, SPLIT = 58, PIPELINE = 59, NETWORK = 60, SOURCE = 61, 
    MODEL = 62, SEARCH = 63, OBJECTIVE = 64, COMPARE = 65, FIT = 66, EVALUATE = 67, 
    REPORT = 68, SAVE = 69, ALLOW = 70, VARY = 71, OVER = 72, ON = 73, BECAUSE = 74, 
    WITH = 75, LOG = 76, STEP = 77, MATCHES = 78, ELSE = 79, EACH = 80, 
    MATCHING = 81, ORDERED = 82, MANUAL = 83, IGNORE = 84, OTHERS = 85, 
    POSITIVE = 86, KNOWN = 87, AFTER = 88, THEN = 89, REPEAT = 90, TRAIN = 91, 
    WORD = 92, NEXT = 93, WITHIN = 94, LBLOCK = 95, RBLOCK = 96, LSET = 97, 
    RSET = 98, DOTDOT_OPEN = 99, ERROR = 100
  };

  enum {
    RuleFile = 0, RuleDeclaration = 1, RuleEdition = 2, RuleImportFile = 3, 
    RuleParam = 4, RuleSeeds = 5, RuleData = 6, RuleCheck = 7, RuleSplit = 8, 
    RulePipeline = 9, RuleNetwork = 10, RuleSource = 11, RuleModel = 12, 
    RuleSearch = 13, RuleObjective = 14, RuleCompare = 15, RuleFit = 16, 
    RuleEvaluate = 17, RuleReport = 18, RuleSave = 19, RuleAllow = 20, RuleBinding = 21, 
    RuleSubject = 22, RuleSearchHead = 23, RuleSchemaBlock = 24, RuleSchemaLine = 25, 
    RuleIgnored = 26, RuleColumns = 27, RuleType = 28, RuleModifier = 29, 
    RuleRuleBlock = 30, RuleRuleLine = 31, RuleSplitBlock = 32, RuleSplitLine = 33, 
    RuleBranchBlock = 34, RuleBranchLine = 35, RuleSelector = 36, RuleNetworkBlock = 37, 
    RuleNetworkLine = 38, RuleBlockHead = 39, RuleClauseBlock = 40, RuleClauseLine = 41, 
    RuleExpr = 42, RuleArguments = 43, RuleArgument = 44, RuleNames = 45, 
    RuleName = 46
  };

  MlpParser(antlr4::TokenStream *input);
  ~MlpParser();

  virtual std::string getGrammarFileName() const override;
  virtual const antlr4::atn::ATN& getATN() const override { return _atn; };
  virtual const std::vector<std::string>& getTokenNames() const override { return _tokenNames; }; // deprecated: use vocabulary instead.
  virtual const std::vector<std::string>& getRuleNames() const override;
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;


  class FileContext;
  class DeclarationContext;
  class EditionContext;
  class ImportFileContext;
  class ParamContext;
  class SeedsContext;
  class DataContext;
  class CheckContext;
  class SplitContext;
  class PipelineContext;
  class NetworkContext;
  class SourceContext;
  class ModelContext;
  class SearchContext;
  class ObjectiveContext;
  class CompareContext;
  class FitContext;
  class EvaluateContext;
  class ReportContext;
  class SaveContext;
  class AllowContext;
  class BindingContext;
  class SubjectContext;
  class SearchHeadContext;
  class SchemaBlockContext;
  class SchemaLineContext;
  class IgnoredContext;
  class ColumnsContext;
  class TypeContext;
  class ModifierContext;
  class RuleBlockContext;
  class RuleLineContext;
  class SplitBlockContext;
  class SplitLineContext;
  class BranchBlockContext;
  class BranchLineContext;
  class SelectorContext;
  class NetworkBlockContext;
  class NetworkLineContext;
  class BlockHeadContext;
  class ClauseBlockContext;
  class ClauseLineContext;
  class ExprContext;
  class ArgumentsContext;
  class ArgumentContext;
  class NamesContext;
  class NameContext; 

  class  FileContext : public antlr4::ParserRuleContext {
  public:
    FileContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EOF();
    std::vector<DeclarationContext *> declaration();
    DeclarationContext* declaration(size_t i);

   
  };

  FileContext* file();

  class  DeclarationContext : public antlr4::ParserRuleContext {
  public:
    DeclarationContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NEWLINE();
    EditionContext *edition();
    ImportFileContext *importFile();
    ParamContext *param();
    SeedsContext *seeds();
    DataContext *data();
    CheckContext *check();
    SplitContext *split();
    PipelineContext *pipeline();
    NetworkContext *network();
    SourceContext *source();
    ModelContext *model();
    SearchContext *search();
    ObjectiveContext *objective();
    CompareContext *compare();
    FitContext *fit();
    EvaluateContext *evaluate();
    ReportContext *report();
    SaveContext *save();
    AllowContext *allow();

   
  };

  DeclarationContext* declaration();

  class  EditionContext : public antlr4::ParserRuleContext {
  public:
    EditionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EDITION();
    ExprContext *expr();

   
  };

  EditionContext* edition();

  class  ImportFileContext : public antlr4::ParserRuleContext {
  public:
    ImportFileContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IMPORT();
    antlr4::tree::TerminalNode *STRING();

   
  };

  ImportFileContext* importFile();

  class  ParamContext : public antlr4::ParserRuleContext {
  public:
    ParamContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *PARAM();
    BindingContext *binding();

   
  };

  ParamContext* param();

  class  SeedsContext : public antlr4::ParserRuleContext {
  public:
    SeedsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();
    antlr4::tree::TerminalNode *SEED();
    antlr4::tree::TerminalNode *SEEDS();
    antlr4::tree::TerminalNode *VARY();
    NamesContext *names();

   
  };

  SeedsContext* seeds();

  class  DataContext : public antlr4::ParserRuleContext {
  public:
    DataContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *DATA();
    BindingContext *binding();
    SchemaBlockContext *schemaBlock();

   
  };

  DataContext* data();

  class  CheckContext : public antlr4::ParserRuleContext {
  public:
    CheckContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *CHECK();
    SubjectContext *subject();
    RuleBlockContext *ruleBlock();

   
  };

  CheckContext* check();

  class  SplitContext : public antlr4::ParserRuleContext {
  public:
    SplitContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SPLIT();
    SubjectContext *subject();
    SplitBlockContext *splitBlock();

   
  };

  SplitContext* split();

  class  PipelineContext : public antlr4::ParserRuleContext {
  public:
    PipelineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *PIPELINE();
    SubjectContext *subject();
    BranchBlockContext *branchBlock();

   
  };

  PipelineContext* pipeline();

  class  NetworkContext : public antlr4::ParserRuleContext {
  public:
    NetworkContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NETWORK();
    SubjectContext *subject();
    NetworkBlockContext *networkBlock();

   
  };

  NetworkContext* network();

  class  SourceContext : public antlr4::ParserRuleContext {
  public:
    SourceContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SOURCE();
    BindingContext *binding();
    ClauseBlockContext *clauseBlock();

   
  };

  SourceContext* source();

  class  ModelContext : public antlr4::ParserRuleContext {
  public:
    ModelContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *MODEL();
    BindingContext *binding();

   
  };

  ModelContext* model();

  class  SearchContext : public antlr4::ParserRuleContext {
  public:
    SearchContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SEARCH();
    SearchHeadContext *searchHead();
    ClauseBlockContext *clauseBlock();

   
  };

  SearchContext* search();

  class  ObjectiveContext : public antlr4::ParserRuleContext {
  public:
    ObjectiveContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *OBJECTIVE();
    NameContext *name();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();
    ArgumentsContext *arguments();

   
  };

  ObjectiveContext* objective();

  class  CompareContext : public antlr4::ParserRuleContext {
  public:
    CompareContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *COMPARE();
    NamesContext *names();

   
  };

  CompareContext* compare();

  class  FitContext : public antlr4::ParserRuleContext {
  public:
    FitContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *FIT();
    NameContext *name();
    antlr4::tree::TerminalNode *ASSIGN();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *ON();

   
  };

  FitContext* fit();

  class  EvaluateContext : public antlr4::ParserRuleContext {
  public:
    EvaluateContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EVALUATE();
    SubjectContext *subject();
    ClauseBlockContext *clauseBlock();

   
  };

  EvaluateContext* evaluate();

  class  ReportContext : public antlr4::ParserRuleContext {
  public:
    ReportContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *REPORT();
    antlr4::tree::TerminalNode *STRING();

   
  };

  ReportContext* report();

  class  SaveContext : public antlr4::ParserRuleContext {
  public:
    SaveContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SAVE();
    NameContext *name();
    antlr4::tree::TerminalNode *STRING();

   
  };

  SaveContext* save();

  class  AllowContext : public antlr4::ParserRuleContext {
  public:
    AllowContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *ALLOW();
    NameContext *name();
    antlr4::tree::TerminalNode *BECAUSE();
    antlr4::tree::TerminalNode *STRING();

   
  };

  AllowContext* allow();

  class  BindingContext : public antlr4::ParserRuleContext {
  public:
    BindingContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  BindingContext* binding();

  class  SubjectContext : public antlr4::ParserRuleContext {
  public:
    SubjectContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();

   
  };

  SubjectContext* subject();

  class  SearchHeadContext : public antlr4::ParserRuleContext {
  public:
    SearchHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();
    antlr4::tree::TerminalNode *OVER();
    NamesContext *names();

   
  };

  SearchHeadContext* searchHead();

  class  SchemaBlockContext : public antlr4::ParserRuleContext {
  public:
    SchemaBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<SchemaLineContext *> schemaLine();
    SchemaLineContext* schemaLine(size_t i);

   
  };

  SchemaBlockContext* schemaBlock();

  class  SchemaLineContext : public antlr4::ParserRuleContext {
  public:
    SchemaLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NEWLINE();
    antlr4::tree::TerminalNode *IGNORE();
    IgnoredContext *ignored();
    ColumnsContext *columns();
    antlr4::tree::TerminalNode *COLON();
    TypeContext *type();
    std::vector<ModifierContext *> modifier();
    ModifierContext* modifier(size_t i);

   
  };

  SchemaLineContext* schemaLine();

  class  IgnoredContext : public antlr4::ParserRuleContext {
  public:
    IgnoredContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *MATCHING();
    antlr4::tree::TerminalNode *STRING();
    NamesContext *names();

   
  };

  IgnoredContext* ignored();

  class  ColumnsContext : public antlr4::ParserRuleContext {
  public:
    ColumnsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *MATCHING();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *OTHERS();
    NamesContext *names();

   
  };

  ColumnsContext* columns();

  class  TypeContext : public antlr4::ParserRuleContext {
  public:
    TypeContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    ArgumentsContext *arguments();

   
  };

  TypeContext* type();

  class  ModifierContext : public antlr4::ParserRuleContext {
  public:
    ModifierContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WITHIN();
    ExprContext *expr();
    antlr4::tree::TerminalNode *POSITIVE();
    antlr4::tree::TerminalNode *KNOWN();
    antlr4::tree::TerminalNode *AFTER();
    NameContext *name();

   
  };

  ModifierContext* modifier();

  class  RuleBlockContext : public antlr4::ParserRuleContext {
  public:
    RuleBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<RuleLineContext *> ruleLine();
    RuleLineContext* ruleLine(size_t i);

   
  };

  RuleBlockContext* ruleBlock();

  class  RuleLineContext : public antlr4::ParserRuleContext {
  public:
    RuleLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();
    antlr4::tree::TerminalNode *NEWLINE();
    antlr4::tree::TerminalNode *ELSE();
    NameContext *name();

   
  };

  RuleLineContext* ruleLine();

  class  SplitBlockContext : public antlr4::ParserRuleContext {
  public:
    SplitBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<SplitLineContext *> splitLine();
    SplitLineContext* splitLine(size_t i);

   
  };

  SplitBlockContext* splitBlock();

  class  SplitLineContext : public antlr4::ParserRuleContext {
  public:
    SplitLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WORD();
    antlr4::tree::TerminalNode *NEWLINE();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NEXT();
    antlr4::tree::TerminalNode* NEXT(size_t i);

   
  };

  SplitLineContext* splitLine();

  class  BranchBlockContext : public antlr4::ParserRuleContext {
  public:
    BranchBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<BranchLineContext *> branchLine();
    BranchLineContext* branchLine(size_t i);

   
  };

  BranchBlockContext* branchBlock();

  class  BranchLineContext : public antlr4::ParserRuleContext {
  public:
    BranchLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *ARROW();
    ExprContext *expr();
    antlr4::tree::TerminalNode *NEWLINE();
    antlr4::tree::TerminalNode *THEN();
    SelectorContext *selector();

   
  };

  BranchLineContext* branchLine();

  class  SelectorContext : public antlr4::ParserRuleContext {
  public:
    SelectorContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();
    antlr4::tree::TerminalNode *MATCHING();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *LSET();
    antlr4::tree::TerminalNode *RSET();
    ArgumentsContext *arguments();

   
  };

  SelectorContext* selector();

  class  NetworkBlockContext : public antlr4::ParserRuleContext {
  public:
    NetworkBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<NetworkLineContext *> networkLine();
    NetworkLineContext* networkLine(size_t i);

   
  };

  NetworkBlockContext* networkBlock();

  class  NetworkLineContext : public antlr4::ParserRuleContext {
  public:
    NetworkLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NEWLINE();
    antlr4::tree::TerminalNode *REPEAT();
    BlockHeadContext *blockHead();
    NetworkBlockContext *networkBlock();
    antlr4::tree::TerminalNode *TRAIN();
    ExprContext *expr();
    antlr4::tree::TerminalNode *EACH();
    ClauseBlockContext *clauseBlock();

   
  };

  NetworkLineContext* networkLine();

  class  BlockHeadContext : public antlr4::ParserRuleContext {
  public:
    BlockHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();

   
  };

  BlockHeadContext* blockHead();

  class  ClauseBlockContext : public antlr4::ParserRuleContext {
  public:
    ClauseBlockContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBLOCK();
    antlr4::tree::TerminalNode *RBLOCK();
    std::vector<ClauseLineContext *> clauseLine();
    ClauseLineContext* clauseLine(size_t i);

   
  };

  ClauseBlockContext* clauseBlock();

  class  ClauseLineContext : public antlr4::ParserRuleContext {
  public:
    ClauseLineContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NEWLINE();
    std::vector<antlr4::tree::TerminalNode *> WORD();
    antlr4::tree::TerminalNode* WORD(size_t i);
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *ON();
    antlr4::tree::TerminalNode *IN();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ClauseLineContext* clauseLine();

  class  ExprContext : public antlr4::ParserRuleContext {
  public:
    antlr4::Token *op = nullptr;;
    ExprContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LPAREN();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *RPAREN();
    antlr4::tree::TerminalNode *LSET();
    antlr4::tree::TerminalNode *RSET();
    antlr4::tree::TerminalNode *ORDERED();
    ArgumentsContext *arguments();
    antlr4::tree::TerminalNode *LBRACKET();
    antlr4::tree::TerminalNode *RBRACKET();
    antlr4::tree::TerminalNode *MANUAL();
    antlr4::tree::TerminalNode *MATCHING();
    antlr4::tree::TerminalNode *STRING();
    NameContext *name();
    antlr4::tree::TerminalNode *INTEGER();
    antlr4::tree::TerminalNode *REAL();
    antlr4::tree::TerminalNode *PERCENT();
    antlr4::tree::TerminalNode *QUANTITY();
    antlr4::tree::TerminalNode *DATE();
    antlr4::tree::TerminalNode *TRUE();
    antlr4::tree::TerminalNode *FALSE();
    antlr4::tree::TerminalNode *NONE();
    antlr4::tree::TerminalNode *ERROR();
    antlr4::tree::TerminalNode *MINUS();
    antlr4::tree::TerminalNode *DOTDOT();
    antlr4::tree::TerminalNode *NOT();
    antlr4::tree::TerminalNode *CARET();
    antlr4::tree::TerminalNode *STAR();
    antlr4::tree::TerminalNode *SLASH();
    antlr4::tree::TerminalNode *REMAINDER();
    antlr4::tree::TerminalNode *PLUS();
    antlr4::tree::TerminalNode *STEP();
    antlr4::tree::TerminalNode *EQUAL();
    antlr4::tree::TerminalNode *NOT_EQUAL();
    antlr4::tree::TerminalNode *LESS();
    antlr4::tree::TerminalNode *LESS_EQUAL();
    antlr4::tree::TerminalNode *GREATER();
    antlr4::tree::TerminalNode *GREATER_EQUAL();
    antlr4::tree::TerminalNode *IN();
    antlr4::tree::TerminalNode *MATCHES();
    antlr4::tree::TerminalNode *AND();
    antlr4::tree::TerminalNode *OR();
    antlr4::tree::TerminalNode *WITH();
    antlr4::tree::TerminalNode *ARROW();
    antlr4::tree::TerminalNode *BAR();
    antlr4::tree::TerminalNode *DOT();
    antlr4::tree::TerminalNode *DOTDOT_OPEN();
    antlr4::tree::TerminalNode *LOG();

   
  };

  ExprContext* expr();
  ExprContext* expr(int precedence);
  class  ArgumentsContext : public antlr4::ParserRuleContext {
  public:
    ArgumentsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ArgumentContext *> argument();
    ArgumentContext* argument(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ArgumentsContext* arguments();

  class  ArgumentContext : public antlr4::ParserRuleContext {
  public:
    ArgumentContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *COLON();

   
  };

  ArgumentContext* argument();

  class  NamesContext : public antlr4::ParserRuleContext {
  public:
    NamesContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<NameContext *> name();
    NameContext* name(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  NamesContext* names();

  class  NameContext : public antlr4::ParserRuleContext {
  public:
    NameContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *BACKQUOTED();

   
  };

  NameContext* name();


  virtual bool sempred(antlr4::RuleContext *_localctx, size_t ruleIndex, size_t predicateIndex) override;
  bool exprSempred(ExprContext *_localctx, size_t predicateIndex);

private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace mlpc::antlr
