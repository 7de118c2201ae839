
// Generated from Mlp.g4 by ANTLR 4.7.2



#include "MlpParser.h"


using namespace antlrcpp;
using namespace mlpc::antlr;
using namespace antlr4;

MlpParser::MlpParser(TokenStream *input) : Parser(input) {
  _interpreter = new atn::ParserATNSimulator(this, _atn, _decisionToDFA, _sharedContextCache);
}

MlpParser::~MlpParser() {
  delete _interpreter;
}

std::string MlpParser::getGrammarFileName() const {
  return "Mlp.g4";
}

const std::vector<std::string>& MlpParser::getRuleNames() const {
  return _ruleNames;
}

dfa::Vocabulary& MlpParser::getVocabulary() const {
  return _vocabulary;
}


//----------------- FileContext ------------------------------------------------------------------

MlpParser::FileContext::FileContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::FileContext::EOF() {
  return getToken(MlpParser::EOF, 0);
}

std::vector<MlpParser::DeclarationContext *> MlpParser::FileContext::declaration() {
  return getRuleContexts<MlpParser::DeclarationContext>();
}

MlpParser::DeclarationContext* MlpParser::FileContext::declaration(size_t i) {
  return getRuleContext<MlpParser::DeclarationContext>(i);
}


size_t MlpParser::FileContext::getRuleIndex() const {
  return MlpParser::RuleFile;
}


MlpParser::FileContext* MlpParser::file() {
  FileContext *_localctx = _tracker.createInstance<FileContext>(_ctx, getState());
  enterRule(_localctx, 0, MlpParser::RuleFile);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(97);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (((((_la - 51) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 51)) & ((1ULL << (MlpParser::EDITION - 51))
      | (1ULL << (MlpParser::IMPORT - 51))
      | (1ULL << (MlpParser::PARAM - 51))
      | (1ULL << (MlpParser::SEED - 51))
      | (1ULL << (MlpParser::SEEDS - 51))
      | (1ULL << (MlpParser::DATA - 51))
      | (1ULL << (MlpParser::CHECK - 51))
      | (1ULL << (MlpParser::SPLIT - 51))
      | (1ULL << (MlpParser::PIPELINE - 51))
      | (1ULL << (MlpParser::NETWORK - 51))
      | (1ULL << (MlpParser::SOURCE - 51))
      | (1ULL << (MlpParser::MODEL - 51))
      | (1ULL << (MlpParser::SEARCH - 51))
      | (1ULL << (MlpParser::OBJECTIVE - 51))
      | (1ULL << (MlpParser::COMPARE - 51))
      | (1ULL << (MlpParser::FIT - 51))
      | (1ULL << (MlpParser::EVALUATE - 51))
      | (1ULL << (MlpParser::REPORT - 51))
      | (1ULL << (MlpParser::SAVE - 51))
      | (1ULL << (MlpParser::ALLOW - 51)))) != 0)) {
      setState(94);
      declaration();
      setState(99);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(100);
    match(MlpParser::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- DeclarationContext ------------------------------------------------------------------

MlpParser::DeclarationContext::DeclarationContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::DeclarationContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

MlpParser::EditionContext* MlpParser::DeclarationContext::edition() {
  return getRuleContext<MlpParser::EditionContext>(0);
}

MlpParser::ImportFileContext* MlpParser::DeclarationContext::importFile() {
  return getRuleContext<MlpParser::ImportFileContext>(0);
}

MlpParser::ParamContext* MlpParser::DeclarationContext::param() {
  return getRuleContext<MlpParser::ParamContext>(0);
}

MlpParser::SeedsContext* MlpParser::DeclarationContext::seeds() {
  return getRuleContext<MlpParser::SeedsContext>(0);
}

MlpParser::DataContext* MlpParser::DeclarationContext::data() {
  return getRuleContext<MlpParser::DataContext>(0);
}

MlpParser::CheckContext* MlpParser::DeclarationContext::check() {
  return getRuleContext<MlpParser::CheckContext>(0);
}

MlpParser::SplitContext* MlpParser::DeclarationContext::split() {
  return getRuleContext<MlpParser::SplitContext>(0);
}

MlpParser::PipelineContext* MlpParser::DeclarationContext::pipeline() {
  return getRuleContext<MlpParser::PipelineContext>(0);
}

MlpParser::NetworkContext* MlpParser::DeclarationContext::network() {
  return getRuleContext<MlpParser::NetworkContext>(0);
}

MlpParser::SourceContext* MlpParser::DeclarationContext::source() {
  return getRuleContext<MlpParser::SourceContext>(0);
}

MlpParser::ModelContext* MlpParser::DeclarationContext::model() {
  return getRuleContext<MlpParser::ModelContext>(0);
}

MlpParser::SearchContext* MlpParser::DeclarationContext::search() {
  return getRuleContext<MlpParser::SearchContext>(0);
}

MlpParser::ObjectiveContext* MlpParser::DeclarationContext::objective() {
  return getRuleContext<MlpParser::ObjectiveContext>(0);
}

MlpParser::CompareContext* MlpParser::DeclarationContext::compare() {
  return getRuleContext<MlpParser::CompareContext>(0);
}

MlpParser::FitContext* MlpParser::DeclarationContext::fit() {
  return getRuleContext<MlpParser::FitContext>(0);
}

MlpParser::EvaluateContext* MlpParser::DeclarationContext::evaluate() {
  return getRuleContext<MlpParser::EvaluateContext>(0);
}

MlpParser::ReportContext* MlpParser::DeclarationContext::report() {
  return getRuleContext<MlpParser::ReportContext>(0);
}

MlpParser::SaveContext* MlpParser::DeclarationContext::save() {
  return getRuleContext<MlpParser::SaveContext>(0);
}

MlpParser::AllowContext* MlpParser::DeclarationContext::allow() {
  return getRuleContext<MlpParser::AllowContext>(0);
}


size_t MlpParser::DeclarationContext::getRuleIndex() const {
  return MlpParser::RuleDeclaration;
}


MlpParser::DeclarationContext* MlpParser::declaration() {
  DeclarationContext *_localctx = _tracker.createInstance<DeclarationContext>(_ctx, getState());
  enterRule(_localctx, 2, MlpParser::RuleDeclaration);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(121);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::EDITION: {
        setState(102);
        edition();
        break;
      }

      case MlpParser::IMPORT: {
        setState(103);
        importFile();
        break;
      }

      case MlpParser::PARAM: {
        setState(104);
        param();
        break;
      }

      case MlpParser::SEED:
      case MlpParser::SEEDS: {
        setState(105);
        seeds();
        break;
      }

      case MlpParser::DATA: {
        setState(106);
        data();
        break;
      }

      case MlpParser::CHECK: {
        setState(107);
        check();
        break;
      }

      case MlpParser::SPLIT: {
        setState(108);
        split();
        break;
      }

      case MlpParser::PIPELINE: {
        setState(109);
        pipeline();
        break;
      }

      case MlpParser::NETWORK: {
        setState(110);
        network();
        break;
      }

      case MlpParser::SOURCE: {
        setState(111);
        source();
        break;
      }

      case MlpParser::MODEL: {
        setState(112);
        model();
        break;
      }

      case MlpParser::SEARCH: {
        setState(113);
        search();
        break;
      }

      case MlpParser::OBJECTIVE: {
        setState(114);
        objective();
        break;
      }

      case MlpParser::COMPARE: {
        setState(115);
        compare();
        break;
      }

      case MlpParser::FIT: {
        setState(116);
        fit();
        break;
      }

      case MlpParser::EVALUATE: {
        setState(117);
        evaluate();
        break;
      }

      case MlpParser::REPORT: {
        setState(118);
        report();
        break;
      }

      case MlpParser::SAVE: {
        setState(119);
        save();
        break;
      }

      case MlpParser::ALLOW: {
        setState(120);
        allow();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(123);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- EditionContext ------------------------------------------------------------------

MlpParser::EditionContext::EditionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::EditionContext::EDITION() {
  return getToken(MlpParser::EDITION, 0);
}

MlpParser::ExprContext* MlpParser::EditionContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}


size_t MlpParser::EditionContext::getRuleIndex() const {
  return MlpParser::RuleEdition;
}


MlpParser::EditionContext* MlpParser::edition() {
  EditionContext *_localctx = _tracker.createInstance<EditionContext>(_ctx, getState());
  enterRule(_localctx, 4, MlpParser::RuleEdition);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(125);
    match(MlpParser::EDITION);
    setState(126);
    expr(0);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ImportFileContext ------------------------------------------------------------------

MlpParser::ImportFileContext::ImportFileContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ImportFileContext::IMPORT() {
  return getToken(MlpParser::IMPORT, 0);
}

tree::TerminalNode* MlpParser::ImportFileContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}


size_t MlpParser::ImportFileContext::getRuleIndex() const {
  return MlpParser::RuleImportFile;
}


MlpParser::ImportFileContext* MlpParser::importFile() {
  ImportFileContext *_localctx = _tracker.createInstance<ImportFileContext>(_ctx, getState());
  enterRule(_localctx, 6, MlpParser::RuleImportFile);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(128);
    match(MlpParser::IMPORT);
    setState(129);
    match(MlpParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParamContext ------------------------------------------------------------------

MlpParser::ParamContext::ParamContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ParamContext::PARAM() {
  return getToken(MlpParser::PARAM, 0);
}

MlpParser::BindingContext* MlpParser::ParamContext::binding() {
  return getRuleContext<MlpParser::BindingContext>(0);
}


size_t MlpParser::ParamContext::getRuleIndex() const {
  return MlpParser::RuleParam;
}


MlpParser::ParamContext* MlpParser::param() {
  ParamContext *_localctx = _tracker.createInstance<ParamContext>(_ctx, getState());
  enterRule(_localctx, 8, MlpParser::RuleParam);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(131);
    match(MlpParser::PARAM);
    setState(132);
    binding();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SeedsContext ------------------------------------------------------------------

MlpParser::SeedsContext::SeedsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::ExprContext* MlpParser::SeedsContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

tree::TerminalNode* MlpParser::SeedsContext::SEED() {
  return getToken(MlpParser::SEED, 0);
}

tree::TerminalNode* MlpParser::SeedsContext::SEEDS() {
  return getToken(MlpParser::SEEDS, 0);
}

tree::TerminalNode* MlpParser::SeedsContext::VARY() {
  return getToken(MlpParser::VARY, 0);
}

MlpParser::NamesContext* MlpParser::SeedsContext::names() {
  return getRuleContext<MlpParser::NamesContext>(0);
}


size_t MlpParser::SeedsContext::getRuleIndex() const {
  return MlpParser::RuleSeeds;
}


MlpParser::SeedsContext* MlpParser::seeds() {
  SeedsContext *_localctx = _tracker.createInstance<SeedsContext>(_ctx, getState());
  enterRule(_localctx, 10, MlpParser::RuleSeeds);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(134);
    _la = _input->LA(1);
    if (!(_la == MlpParser::SEED

    || _la == MlpParser::SEEDS)) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(135);
    expr(0);
    setState(138);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::VARY) {
      setState(136);
      match(MlpParser::VARY);
      setState(137);
      names();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- DataContext ------------------------------------------------------------------

MlpParser::DataContext::DataContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::DataContext::DATA() {
  return getToken(MlpParser::DATA, 0);
}

MlpParser::BindingContext* MlpParser::DataContext::binding() {
  return getRuleContext<MlpParser::BindingContext>(0);
}

MlpParser::SchemaBlockContext* MlpParser::DataContext::schemaBlock() {
  return getRuleContext<MlpParser::SchemaBlockContext>(0);
}


size_t MlpParser::DataContext::getRuleIndex() const {
  return MlpParser::RuleData;
}


MlpParser::DataContext* MlpParser::data() {
  DataContext *_localctx = _tracker.createInstance<DataContext>(_ctx, getState());
  enterRule(_localctx, 12, MlpParser::RuleData);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(140);
    match(MlpParser::DATA);
    setState(141);
    binding();
    setState(143);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::LBLOCK) {
      setState(142);
      schemaBlock();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- CheckContext ------------------------------------------------------------------

MlpParser::CheckContext::CheckContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::CheckContext::CHECK() {
  return getToken(MlpParser::CHECK, 0);
}

MlpParser::SubjectContext* MlpParser::CheckContext::subject() {
  return getRuleContext<MlpParser::SubjectContext>(0);
}

MlpParser::RuleBlockContext* MlpParser::CheckContext::ruleBlock() {
  return getRuleContext<MlpParser::RuleBlockContext>(0);
}


size_t MlpParser::CheckContext::getRuleIndex() const {
  return MlpParser::RuleCheck;
}


MlpParser::CheckContext* MlpParser::check() {
  CheckContext *_localctx = _tracker.createInstance<CheckContext>(_ctx, getState());
  enterRule(_localctx, 14, MlpParser::RuleCheck);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(145);
    match(MlpParser::CHECK);
    setState(146);
    subject();
    setState(147);
    ruleBlock();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SplitContext ------------------------------------------------------------------

MlpParser::SplitContext::SplitContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SplitContext::SPLIT() {
  return getToken(MlpParser::SPLIT, 0);
}

MlpParser::SubjectContext* MlpParser::SplitContext::subject() {
  return getRuleContext<MlpParser::SubjectContext>(0);
}

MlpParser::SplitBlockContext* MlpParser::SplitContext::splitBlock() {
  return getRuleContext<MlpParser::SplitBlockContext>(0);
}


size_t MlpParser::SplitContext::getRuleIndex() const {
  return MlpParser::RuleSplit;
}


MlpParser::SplitContext* MlpParser::split() {
  SplitContext *_localctx = _tracker.createInstance<SplitContext>(_ctx, getState());
  enterRule(_localctx, 16, MlpParser::RuleSplit);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(149);
    match(MlpParser::SPLIT);
    setState(150);
    subject();
    setState(151);
    splitBlock();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- PipelineContext ------------------------------------------------------------------

MlpParser::PipelineContext::PipelineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::PipelineContext::PIPELINE() {
  return getToken(MlpParser::PIPELINE, 0);
}

MlpParser::SubjectContext* MlpParser::PipelineContext::subject() {
  return getRuleContext<MlpParser::SubjectContext>(0);
}

MlpParser::BranchBlockContext* MlpParser::PipelineContext::branchBlock() {
  return getRuleContext<MlpParser::BranchBlockContext>(0);
}


size_t MlpParser::PipelineContext::getRuleIndex() const {
  return MlpParser::RulePipeline;
}


MlpParser::PipelineContext* MlpParser::pipeline() {
  PipelineContext *_localctx = _tracker.createInstance<PipelineContext>(_ctx, getState());
  enterRule(_localctx, 18, MlpParser::RulePipeline);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(153);
    match(MlpParser::PIPELINE);
    setState(154);
    subject();
    setState(155);
    branchBlock();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NetworkContext ------------------------------------------------------------------

MlpParser::NetworkContext::NetworkContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::NetworkContext::NETWORK() {
  return getToken(MlpParser::NETWORK, 0);
}

MlpParser::SubjectContext* MlpParser::NetworkContext::subject() {
  return getRuleContext<MlpParser::SubjectContext>(0);
}

MlpParser::NetworkBlockContext* MlpParser::NetworkContext::networkBlock() {
  return getRuleContext<MlpParser::NetworkBlockContext>(0);
}


size_t MlpParser::NetworkContext::getRuleIndex() const {
  return MlpParser::RuleNetwork;
}


MlpParser::NetworkContext* MlpParser::network() {
  NetworkContext *_localctx = _tracker.createInstance<NetworkContext>(_ctx, getState());
  enterRule(_localctx, 20, MlpParser::RuleNetwork);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(157);
    match(MlpParser::NETWORK);
    setState(158);
    subject();
    setState(159);
    networkBlock();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SourceContext ------------------------------------------------------------------

MlpParser::SourceContext::SourceContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SourceContext::SOURCE() {
  return getToken(MlpParser::SOURCE, 0);
}

MlpParser::BindingContext* MlpParser::SourceContext::binding() {
  return getRuleContext<MlpParser::BindingContext>(0);
}

MlpParser::ClauseBlockContext* MlpParser::SourceContext::clauseBlock() {
  return getRuleContext<MlpParser::ClauseBlockContext>(0);
}


size_t MlpParser::SourceContext::getRuleIndex() const {
  return MlpParser::RuleSource;
}


MlpParser::SourceContext* MlpParser::source() {
  SourceContext *_localctx = _tracker.createInstance<SourceContext>(_ctx, getState());
  enterRule(_localctx, 22, MlpParser::RuleSource);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(161);
    match(MlpParser::SOURCE);
    setState(162);
    binding();
    setState(164);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::LBLOCK) {
      setState(163);
      clauseBlock();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ModelContext ------------------------------------------------------------------

MlpParser::ModelContext::ModelContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ModelContext::MODEL() {
  return getToken(MlpParser::MODEL, 0);
}

MlpParser::BindingContext* MlpParser::ModelContext::binding() {
  return getRuleContext<MlpParser::BindingContext>(0);
}


size_t MlpParser::ModelContext::getRuleIndex() const {
  return MlpParser::RuleModel;
}


MlpParser::ModelContext* MlpParser::model() {
  ModelContext *_localctx = _tracker.createInstance<ModelContext>(_ctx, getState());
  enterRule(_localctx, 24, MlpParser::RuleModel);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(166);
    match(MlpParser::MODEL);
    setState(167);
    binding();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SearchContext ------------------------------------------------------------------

MlpParser::SearchContext::SearchContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SearchContext::SEARCH() {
  return getToken(MlpParser::SEARCH, 0);
}

MlpParser::SearchHeadContext* MlpParser::SearchContext::searchHead() {
  return getRuleContext<MlpParser::SearchHeadContext>(0);
}

MlpParser::ClauseBlockContext* MlpParser::SearchContext::clauseBlock() {
  return getRuleContext<MlpParser::ClauseBlockContext>(0);
}


size_t MlpParser::SearchContext::getRuleIndex() const {
  return MlpParser::RuleSearch;
}


MlpParser::SearchContext* MlpParser::search() {
  SearchContext *_localctx = _tracker.createInstance<SearchContext>(_ctx, getState());
  enterRule(_localctx, 26, MlpParser::RuleSearch);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(169);
    match(MlpParser::SEARCH);
    setState(170);
    searchHead();
    setState(172);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::LBLOCK) {
      setState(171);
      clauseBlock();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ObjectiveContext ------------------------------------------------------------------

MlpParser::ObjectiveContext::ObjectiveContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ObjectiveContext::OBJECTIVE() {
  return getToken(MlpParser::OBJECTIVE, 0);
}

MlpParser::NameContext* MlpParser::ObjectiveContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::ObjectiveContext::LPAREN() {
  return getToken(MlpParser::LPAREN, 0);
}

tree::TerminalNode* MlpParser::ObjectiveContext::RPAREN() {
  return getToken(MlpParser::RPAREN, 0);
}

tree::TerminalNode* MlpParser::ObjectiveContext::ASSIGN() {
  return getToken(MlpParser::ASSIGN, 0);
}

MlpParser::ExprContext* MlpParser::ObjectiveContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

MlpParser::ArgumentsContext* MlpParser::ObjectiveContext::arguments() {
  return getRuleContext<MlpParser::ArgumentsContext>(0);
}


size_t MlpParser::ObjectiveContext::getRuleIndex() const {
  return MlpParser::RuleObjective;
}


MlpParser::ObjectiveContext* MlpParser::objective() {
  ObjectiveContext *_localctx = _tracker.createInstance<ObjectiveContext>(_ctx, getState());
  enterRule(_localctx, 28, MlpParser::RuleObjective);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(174);
    match(MlpParser::OBJECTIVE);
    setState(175);
    name();
    setState(176);
    match(MlpParser::LPAREN);
    setState(178);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << MlpParser::NOT)
      | (1ULL << MlpParser::TRUE)
      | (1ULL << MlpParser::FALSE)
      | (1ULL << MlpParser::NONE)
      | (1ULL << MlpParser::DATE)
      | (1ULL << MlpParser::INTEGER)
      | (1ULL << MlpParser::REAL)
      | (1ULL << MlpParser::PERCENT)
      | (1ULL << MlpParser::QUANTITY)
      | (1ULL << MlpParser::NAME)
      | (1ULL << MlpParser::BACKQUOTED)
      | (1ULL << MlpParser::STRING)
      | (1ULL << MlpParser::DOTDOT)
      | (1ULL << MlpParser::MINUS)
      | (1ULL << MlpParser::LPAREN)
      | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::ORDERED - 81))
      | (1ULL << (MlpParser::MANUAL - 81))
      | (1ULL << (MlpParser::LSET - 81))
      | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
      setState(177);
      arguments();
    }
    setState(180);
    match(MlpParser::RPAREN);
    setState(181);
    match(MlpParser::ASSIGN);
    setState(182);
    expr(0);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- CompareContext ------------------------------------------------------------------

MlpParser::CompareContext::CompareContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::CompareContext::COMPARE() {
  return getToken(MlpParser::COMPARE, 0);
}

MlpParser::NamesContext* MlpParser::CompareContext::names() {
  return getRuleContext<MlpParser::NamesContext>(0);
}


size_t MlpParser::CompareContext::getRuleIndex() const {
  return MlpParser::RuleCompare;
}


MlpParser::CompareContext* MlpParser::compare() {
  CompareContext *_localctx = _tracker.createInstance<CompareContext>(_ctx, getState());
  enterRule(_localctx, 30, MlpParser::RuleCompare);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(184);
    match(MlpParser::COMPARE);
    setState(185);
    names();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- FitContext ------------------------------------------------------------------

MlpParser::FitContext::FitContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::FitContext::FIT() {
  return getToken(MlpParser::FIT, 0);
}

MlpParser::NameContext* MlpParser::FitContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::FitContext::ASSIGN() {
  return getToken(MlpParser::ASSIGN, 0);
}

std::vector<MlpParser::ExprContext *> MlpParser::FitContext::expr() {
  return getRuleContexts<MlpParser::ExprContext>();
}

MlpParser::ExprContext* MlpParser::FitContext::expr(size_t i) {
  return getRuleContext<MlpParser::ExprContext>(i);
}

tree::TerminalNode* MlpParser::FitContext::ON() {
  return getToken(MlpParser::ON, 0);
}


size_t MlpParser::FitContext::getRuleIndex() const {
  return MlpParser::RuleFit;
}


MlpParser::FitContext* MlpParser::fit() {
  FitContext *_localctx = _tracker.createInstance<FitContext>(_ctx, getState());
  enterRule(_localctx, 32, MlpParser::RuleFit);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(187);
    match(MlpParser::FIT);
    setState(188);
    name();
    setState(189);
    match(MlpParser::ASSIGN);
    setState(190);
    expr(0);
    setState(191);
    match(MlpParser::ON);
    setState(192);
    expr(0);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- EvaluateContext ------------------------------------------------------------------

MlpParser::EvaluateContext::EvaluateContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::EvaluateContext::EVALUATE() {
  return getToken(MlpParser::EVALUATE, 0);
}

MlpParser::SubjectContext* MlpParser::EvaluateContext::subject() {
  return getRuleContext<MlpParser::SubjectContext>(0);
}

MlpParser::ClauseBlockContext* MlpParser::EvaluateContext::clauseBlock() {
  return getRuleContext<MlpParser::ClauseBlockContext>(0);
}


size_t MlpParser::EvaluateContext::getRuleIndex() const {
  return MlpParser::RuleEvaluate;
}


MlpParser::EvaluateContext* MlpParser::evaluate() {
  EvaluateContext *_localctx = _tracker.createInstance<EvaluateContext>(_ctx, getState());
  enterRule(_localctx, 34, MlpParser::RuleEvaluate);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(194);
    match(MlpParser::EVALUATE);
    setState(195);
    subject();
    setState(197);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::LBLOCK) {
      setState(196);
      clauseBlock();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ReportContext ------------------------------------------------------------------

MlpParser::ReportContext::ReportContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ReportContext::REPORT() {
  return getToken(MlpParser::REPORT, 0);
}

tree::TerminalNode* MlpParser::ReportContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}


size_t MlpParser::ReportContext::getRuleIndex() const {
  return MlpParser::RuleReport;
}


MlpParser::ReportContext* MlpParser::report() {
  ReportContext *_localctx = _tracker.createInstance<ReportContext>(_ctx, getState());
  enterRule(_localctx, 36, MlpParser::RuleReport);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(199);
    match(MlpParser::REPORT);
    setState(200);
    match(MlpParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SaveContext ------------------------------------------------------------------

MlpParser::SaveContext::SaveContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SaveContext::SAVE() {
  return getToken(MlpParser::SAVE, 0);
}

MlpParser::NameContext* MlpParser::SaveContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::SaveContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}


size_t MlpParser::SaveContext::getRuleIndex() const {
  return MlpParser::RuleSave;
}


MlpParser::SaveContext* MlpParser::save() {
  SaveContext *_localctx = _tracker.createInstance<SaveContext>(_ctx, getState());
  enterRule(_localctx, 38, MlpParser::RuleSave);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(202);
    match(MlpParser::SAVE);
    setState(203);
    name();
    setState(204);
    match(MlpParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- AllowContext ------------------------------------------------------------------

MlpParser::AllowContext::AllowContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::AllowContext::ALLOW() {
  return getToken(MlpParser::ALLOW, 0);
}

MlpParser::NameContext* MlpParser::AllowContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::AllowContext::BECAUSE() {
  return getToken(MlpParser::BECAUSE, 0);
}

tree::TerminalNode* MlpParser::AllowContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}


size_t MlpParser::AllowContext::getRuleIndex() const {
  return MlpParser::RuleAllow;
}


MlpParser::AllowContext* MlpParser::allow() {
  AllowContext *_localctx = _tracker.createInstance<AllowContext>(_ctx, getState());
  enterRule(_localctx, 40, MlpParser::RuleAllow);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(206);
    match(MlpParser::ALLOW);
    setState(207);
    name();
    setState(208);
    match(MlpParser::BECAUSE);
    setState(209);
    match(MlpParser::STRING);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BindingContext ------------------------------------------------------------------

MlpParser::BindingContext::BindingContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::NameContext* MlpParser::BindingContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::BindingContext::ASSIGN() {
  return getToken(MlpParser::ASSIGN, 0);
}

MlpParser::ExprContext* MlpParser::BindingContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}


size_t MlpParser::BindingContext::getRuleIndex() const {
  return MlpParser::RuleBinding;
}


MlpParser::BindingContext* MlpParser::binding() {
  BindingContext *_localctx = _tracker.createInstance<BindingContext>(_ctx, getState());
  enterRule(_localctx, 42, MlpParser::RuleBinding);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(211);
    name();
    setState(212);
    match(MlpParser::ASSIGN);
    setState(213);
    expr(0);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SubjectContext ------------------------------------------------------------------

MlpParser::SubjectContext::SubjectContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::NameContext* MlpParser::SubjectContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}


size_t MlpParser::SubjectContext::getRuleIndex() const {
  return MlpParser::RuleSubject;
}


MlpParser::SubjectContext* MlpParser::subject() {
  SubjectContext *_localctx = _tracker.createInstance<SubjectContext>(_ctx, getState());
  enterRule(_localctx, 44, MlpParser::RuleSubject);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(215);
    name();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SearchHeadContext ------------------------------------------------------------------

MlpParser::SearchHeadContext::SearchHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::NameContext* MlpParser::SearchHeadContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::SearchHeadContext::OVER() {
  return getToken(MlpParser::OVER, 0);
}

MlpParser::NamesContext* MlpParser::SearchHeadContext::names() {
  return getRuleContext<MlpParser::NamesContext>(0);
}


size_t MlpParser::SearchHeadContext::getRuleIndex() const {
  return MlpParser::RuleSearchHead;
}


MlpParser::SearchHeadContext* MlpParser::searchHead() {
  SearchHeadContext *_localctx = _tracker.createInstance<SearchHeadContext>(_ctx, getState());
  enterRule(_localctx, 46, MlpParser::RuleSearchHead);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(217);
    name();
    setState(218);
    match(MlpParser::OVER);
    setState(219);
    names();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SchemaBlockContext ------------------------------------------------------------------

MlpParser::SchemaBlockContext::SchemaBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SchemaBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::SchemaBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::SchemaLineContext *> MlpParser::SchemaBlockContext::schemaLine() {
  return getRuleContexts<MlpParser::SchemaLineContext>();
}

MlpParser::SchemaLineContext* MlpParser::SchemaBlockContext::schemaLine(size_t i) {
  return getRuleContext<MlpParser::SchemaLineContext>(i);
}


size_t MlpParser::SchemaBlockContext::getRuleIndex() const {
  return MlpParser::RuleSchemaBlock;
}


MlpParser::SchemaBlockContext* MlpParser::schemaBlock() {
  SchemaBlockContext *_localctx = _tracker.createInstance<SchemaBlockContext>(_ctx, getState());
  enterRule(_localctx, 48, MlpParser::RuleSchemaBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(221);
    match(MlpParser::LBLOCK);
    setState(225);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == MlpParser::NAME

    || _la == MlpParser::BACKQUOTED || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::IGNORE - 81))
      | (1ULL << (MlpParser::OTHERS - 81)))) != 0)) {
      setState(222);
      schemaLine();
      setState(227);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(228);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SchemaLineContext ------------------------------------------------------------------

MlpParser::SchemaLineContext::SchemaLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SchemaLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

tree::TerminalNode* MlpParser::SchemaLineContext::IGNORE() {
  return getToken(MlpParser::IGNORE, 0);
}

MlpParser::IgnoredContext* MlpParser::SchemaLineContext::ignored() {
  return getRuleContext<MlpParser::IgnoredContext>(0);
}

MlpParser::ColumnsContext* MlpParser::SchemaLineContext::columns() {
  return getRuleContext<MlpParser::ColumnsContext>(0);
}

tree::TerminalNode* MlpParser::SchemaLineContext::COLON() {
  return getToken(MlpParser::COLON, 0);
}

MlpParser::TypeContext* MlpParser::SchemaLineContext::type() {
  return getRuleContext<MlpParser::TypeContext>(0);
}

std::vector<MlpParser::ModifierContext *> MlpParser::SchemaLineContext::modifier() {
  return getRuleContexts<MlpParser::ModifierContext>();
}

MlpParser::ModifierContext* MlpParser::SchemaLineContext::modifier(size_t i) {
  return getRuleContext<MlpParser::ModifierContext>(i);
}


size_t MlpParser::SchemaLineContext::getRuleIndex() const {
  return MlpParser::RuleSchemaLine;
}


MlpParser::SchemaLineContext* MlpParser::schemaLine() {
  SchemaLineContext *_localctx = _tracker.createInstance<SchemaLineContext>(_ctx, getState());
  enterRule(_localctx, 50, MlpParser::RuleSchemaLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(241);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::IGNORE: {
        setState(230);
        match(MlpParser::IGNORE);
        setState(231);
        ignored();
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED:
      case MlpParser::MATCHING:
      case MlpParser::OTHERS: {
        setState(232);
        columns();
        setState(233);
        match(MlpParser::COLON);
        setState(234);
        type();
        setState(238);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (_la == MlpParser::NAME

        || _la == MlpParser::BACKQUOTED || ((((_la - 86) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 86)) & ((1ULL << (MlpParser::POSITIVE - 86))
          | (1ULL << (MlpParser::KNOWN - 86))
          | (1ULL << (MlpParser::WITHIN - 86)))) != 0)) {
          setState(235);
          modifier();
          setState(240);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(243);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- IgnoredContext ------------------------------------------------------------------

MlpParser::IgnoredContext::IgnoredContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::IgnoredContext::MATCHING() {
  return getToken(MlpParser::MATCHING, 0);
}

tree::TerminalNode* MlpParser::IgnoredContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}

MlpParser::NamesContext* MlpParser::IgnoredContext::names() {
  return getRuleContext<MlpParser::NamesContext>(0);
}


size_t MlpParser::IgnoredContext::getRuleIndex() const {
  return MlpParser::RuleIgnored;
}


MlpParser::IgnoredContext* MlpParser::ignored() {
  IgnoredContext *_localctx = _tracker.createInstance<IgnoredContext>(_ctx, getState());
  enterRule(_localctx, 52, MlpParser::RuleIgnored);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(248);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::MATCHING: {
        enterOuterAlt(_localctx, 1);
        setState(245);
        match(MlpParser::MATCHING);
        setState(246);
        match(MlpParser::STRING);
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED: {
        enterOuterAlt(_localctx, 2);
        setState(247);
        names();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ColumnsContext ------------------------------------------------------------------

MlpParser::ColumnsContext::ColumnsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ColumnsContext::MATCHING() {
  return getToken(MlpParser::MATCHING, 0);
}

tree::TerminalNode* MlpParser::ColumnsContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}

tree::TerminalNode* MlpParser::ColumnsContext::OTHERS() {
  return getToken(MlpParser::OTHERS, 0);
}

MlpParser::NamesContext* MlpParser::ColumnsContext::names() {
  return getRuleContext<MlpParser::NamesContext>(0);
}


size_t MlpParser::ColumnsContext::getRuleIndex() const {
  return MlpParser::RuleColumns;
}


MlpParser::ColumnsContext* MlpParser::columns() {
  ColumnsContext *_localctx = _tracker.createInstance<ColumnsContext>(_ctx, getState());
  enterRule(_localctx, 54, MlpParser::RuleColumns);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(254);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::MATCHING: {
        enterOuterAlt(_localctx, 1);
        setState(250);
        match(MlpParser::MATCHING);
        setState(251);
        match(MlpParser::STRING);
        break;
      }

      case MlpParser::OTHERS: {
        enterOuterAlt(_localctx, 2);
        setState(252);
        match(MlpParser::OTHERS);
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED: {
        enterOuterAlt(_localctx, 3);
        setState(253);
        names();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TypeContext ------------------------------------------------------------------

MlpParser::TypeContext::TypeContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::NameContext* MlpParser::TypeContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::TypeContext::LPAREN() {
  return getToken(MlpParser::LPAREN, 0);
}

tree::TerminalNode* MlpParser::TypeContext::RPAREN() {
  return getToken(MlpParser::RPAREN, 0);
}

MlpParser::ArgumentsContext* MlpParser::TypeContext::arguments() {
  return getRuleContext<MlpParser::ArgumentsContext>(0);
}


size_t MlpParser::TypeContext::getRuleIndex() const {
  return MlpParser::RuleType;
}


MlpParser::TypeContext* MlpParser::type() {
  TypeContext *_localctx = _tracker.createInstance<TypeContext>(_ctx, getState());
  enterRule(_localctx, 56, MlpParser::RuleType);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(256);
    name();
    setState(262);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::LPAREN) {
      setState(257);
      match(MlpParser::LPAREN);
      setState(259);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if ((((_la & ~ 0x3fULL) == 0) &&
        ((1ULL << _la) & ((1ULL << MlpParser::NOT)
        | (1ULL << MlpParser::TRUE)
        | (1ULL << MlpParser::FALSE)
        | (1ULL << MlpParser::NONE)
        | (1ULL << MlpParser::DATE)
        | (1ULL << MlpParser::INTEGER)
        | (1ULL << MlpParser::REAL)
        | (1ULL << MlpParser::PERCENT)
        | (1ULL << MlpParser::QUANTITY)
        | (1ULL << MlpParser::NAME)
        | (1ULL << MlpParser::BACKQUOTED)
        | (1ULL << MlpParser::STRING)
        | (1ULL << MlpParser::DOTDOT)
        | (1ULL << MlpParser::MINUS)
        | (1ULL << MlpParser::LPAREN)
        | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
        ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
        | (1ULL << (MlpParser::ORDERED - 81))
        | (1ULL << (MlpParser::MANUAL - 81))
        | (1ULL << (MlpParser::LSET - 81))
        | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
        setState(258);
        arguments();
      }
      setState(261);
      match(MlpParser::RPAREN);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ModifierContext ------------------------------------------------------------------

MlpParser::ModifierContext::ModifierContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ModifierContext::WITHIN() {
  return getToken(MlpParser::WITHIN, 0);
}

MlpParser::ExprContext* MlpParser::ModifierContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

tree::TerminalNode* MlpParser::ModifierContext::POSITIVE() {
  return getToken(MlpParser::POSITIVE, 0);
}

tree::TerminalNode* MlpParser::ModifierContext::KNOWN() {
  return getToken(MlpParser::KNOWN, 0);
}

tree::TerminalNode* MlpParser::ModifierContext::AFTER() {
  return getToken(MlpParser::AFTER, 0);
}

MlpParser::NameContext* MlpParser::ModifierContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}


size_t MlpParser::ModifierContext::getRuleIndex() const {
  return MlpParser::RuleModifier;
}


MlpParser::ModifierContext* MlpParser::modifier() {
  ModifierContext *_localctx = _tracker.createInstance<ModifierContext>(_ctx, getState());
  enterRule(_localctx, 58, MlpParser::RuleModifier);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(272);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::WITHIN: {
        enterOuterAlt(_localctx, 1);
        setState(264);
        match(MlpParser::WITHIN);
        setState(265);
        expr(0);
        break;
      }

      case MlpParser::POSITIVE: {
        enterOuterAlt(_localctx, 2);
        setState(266);
        match(MlpParser::POSITIVE);
        setState(267);
        expr(0);
        break;
      }

      case MlpParser::KNOWN: {
        enterOuterAlt(_localctx, 3);
        setState(268);
        match(MlpParser::KNOWN);
        setState(269);
        match(MlpParser::AFTER);
        setState(270);
        name();
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED: {
        enterOuterAlt(_localctx, 4);
        setState(271);
        name();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- RuleBlockContext ------------------------------------------------------------------

MlpParser::RuleBlockContext::RuleBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::RuleBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::RuleBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::RuleLineContext *> MlpParser::RuleBlockContext::ruleLine() {
  return getRuleContexts<MlpParser::RuleLineContext>();
}

MlpParser::RuleLineContext* MlpParser::RuleBlockContext::ruleLine(size_t i) {
  return getRuleContext<MlpParser::RuleLineContext>(i);
}


size_t MlpParser::RuleBlockContext::getRuleIndex() const {
  return MlpParser::RuleRuleBlock;
}


MlpParser::RuleBlockContext* MlpParser::ruleBlock() {
  RuleBlockContext *_localctx = _tracker.createInstance<RuleBlockContext>(_ctx, getState());
  enterRule(_localctx, 60, MlpParser::RuleRuleBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(274);
    match(MlpParser::LBLOCK);
    setState(278);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << MlpParser::NOT)
      | (1ULL << MlpParser::TRUE)
      | (1ULL << MlpParser::FALSE)
      | (1ULL << MlpParser::NONE)
      | (1ULL << MlpParser::DATE)
      | (1ULL << MlpParser::INTEGER)
      | (1ULL << MlpParser::REAL)
      | (1ULL << MlpParser::PERCENT)
      | (1ULL << MlpParser::QUANTITY)
      | (1ULL << MlpParser::NAME)
      | (1ULL << MlpParser::BACKQUOTED)
      | (1ULL << MlpParser::STRING)
      | (1ULL << MlpParser::DOTDOT)
      | (1ULL << MlpParser::MINUS)
      | (1ULL << MlpParser::LPAREN)
      | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::ORDERED - 81))
      | (1ULL << (MlpParser::MANUAL - 81))
      | (1ULL << (MlpParser::LSET - 81))
      | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
      setState(275);
      ruleLine();
      setState(280);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(281);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- RuleLineContext ------------------------------------------------------------------

MlpParser::RuleLineContext::RuleLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::ExprContext* MlpParser::RuleLineContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

tree::TerminalNode* MlpParser::RuleLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

tree::TerminalNode* MlpParser::RuleLineContext::ELSE() {
  return getToken(MlpParser::ELSE, 0);
}

MlpParser::NameContext* MlpParser::RuleLineContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}


size_t MlpParser::RuleLineContext::getRuleIndex() const {
  return MlpParser::RuleRuleLine;
}


MlpParser::RuleLineContext* MlpParser::ruleLine() {
  RuleLineContext *_localctx = _tracker.createInstance<RuleLineContext>(_ctx, getState());
  enterRule(_localctx, 62, MlpParser::RuleRuleLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(283);
    expr(0);
    setState(286);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::ELSE) {
      setState(284);
      match(MlpParser::ELSE);
      setState(285);
      name();
    }
    setState(288);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SplitBlockContext ------------------------------------------------------------------

MlpParser::SplitBlockContext::SplitBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SplitBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::SplitBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::SplitLineContext *> MlpParser::SplitBlockContext::splitLine() {
  return getRuleContexts<MlpParser::SplitLineContext>();
}

MlpParser::SplitLineContext* MlpParser::SplitBlockContext::splitLine(size_t i) {
  return getRuleContext<MlpParser::SplitLineContext>(i);
}


size_t MlpParser::SplitBlockContext::getRuleIndex() const {
  return MlpParser::RuleSplitBlock;
}


MlpParser::SplitBlockContext* MlpParser::splitBlock() {
  SplitBlockContext *_localctx = _tracker.createInstance<SplitBlockContext>(_ctx, getState());
  enterRule(_localctx, 64, MlpParser::RuleSplitBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(290);
    match(MlpParser::LBLOCK);
    setState(294);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == MlpParser::WORD) {
      setState(291);
      splitLine();
      setState(296);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(297);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SplitLineContext ------------------------------------------------------------------

MlpParser::SplitLineContext::SplitLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::SplitLineContext::WORD() {
  return getToken(MlpParser::WORD, 0);
}

tree::TerminalNode* MlpParser::SplitLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

std::vector<MlpParser::ExprContext *> MlpParser::SplitLineContext::expr() {
  return getRuleContexts<MlpParser::ExprContext>();
}

MlpParser::ExprContext* MlpParser::SplitLineContext::expr(size_t i) {
  return getRuleContext<MlpParser::ExprContext>(i);
}

std::vector<tree::TerminalNode *> MlpParser::SplitLineContext::NEXT() {
  return getTokens(MlpParser::NEXT);
}

tree::TerminalNode* MlpParser::SplitLineContext::NEXT(size_t i) {
  return getToken(MlpParser::NEXT, i);
}


size_t MlpParser::SplitLineContext::getRuleIndex() const {
  return MlpParser::RuleSplitLine;
}


MlpParser::SplitLineContext* MlpParser::splitLine() {
  SplitLineContext *_localctx = _tracker.createInstance<SplitLineContext>(_ctx, getState());
  enterRule(_localctx, 66, MlpParser::RuleSplitLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(299);
    match(MlpParser::WORD);
    setState(308);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << MlpParser::NOT)
      | (1ULL << MlpParser::TRUE)
      | (1ULL << MlpParser::FALSE)
      | (1ULL << MlpParser::NONE)
      | (1ULL << MlpParser::DATE)
      | (1ULL << MlpParser::INTEGER)
      | (1ULL << MlpParser::REAL)
      | (1ULL << MlpParser::PERCENT)
      | (1ULL << MlpParser::QUANTITY)
      | (1ULL << MlpParser::NAME)
      | (1ULL << MlpParser::BACKQUOTED)
      | (1ULL << MlpParser::STRING)
      | (1ULL << MlpParser::DOTDOT)
      | (1ULL << MlpParser::MINUS)
      | (1ULL << MlpParser::LPAREN)
      | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::ORDERED - 81))
      | (1ULL << (MlpParser::MANUAL - 81))
      | (1ULL << (MlpParser::LSET - 81))
      | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
      setState(300);
      expr(0);
      setState(305);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == MlpParser::NEXT) {
        setState(301);
        match(MlpParser::NEXT);
        setState(302);
        expr(0);
        setState(307);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(310);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BranchBlockContext ------------------------------------------------------------------

MlpParser::BranchBlockContext::BranchBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::BranchBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::BranchBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::BranchLineContext *> MlpParser::BranchBlockContext::branchLine() {
  return getRuleContexts<MlpParser::BranchLineContext>();
}

MlpParser::BranchLineContext* MlpParser::BranchBlockContext::branchLine(size_t i) {
  return getRuleContext<MlpParser::BranchLineContext>(i);
}


size_t MlpParser::BranchBlockContext::getRuleIndex() const {
  return MlpParser::RuleBranchBlock;
}


MlpParser::BranchBlockContext* MlpParser::branchBlock() {
  BranchBlockContext *_localctx = _tracker.createInstance<BranchBlockContext>(_ctx, getState());
  enterRule(_localctx, 68, MlpParser::RuleBranchBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(312);
    match(MlpParser::LBLOCK);
    setState(316);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == MlpParser::NAME

    || _la == MlpParser::BACKQUOTED || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::THEN - 81))
      | (1ULL << (MlpParser::LSET - 81)))) != 0)) {
      setState(313);
      branchLine();
      setState(318);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(319);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BranchLineContext ------------------------------------------------------------------

MlpParser::BranchLineContext::BranchLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::BranchLineContext::ARROW() {
  return getToken(MlpParser::ARROW, 0);
}

MlpParser::ExprContext* MlpParser::BranchLineContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

tree::TerminalNode* MlpParser::BranchLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

tree::TerminalNode* MlpParser::BranchLineContext::THEN() {
  return getToken(MlpParser::THEN, 0);
}

MlpParser::SelectorContext* MlpParser::BranchLineContext::selector() {
  return getRuleContext<MlpParser::SelectorContext>(0);
}


size_t MlpParser::BranchLineContext::getRuleIndex() const {
  return MlpParser::RuleBranchLine;
}


MlpParser::BranchLineContext* MlpParser::branchLine() {
  BranchLineContext *_localctx = _tracker.createInstance<BranchLineContext>(_ctx, getState());
  enterRule(_localctx, 70, MlpParser::RuleBranchLine);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(323);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::THEN: {
        setState(321);
        match(MlpParser::THEN);
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED:
      case MlpParser::MATCHING:
      case MlpParser::LSET: {
        setState(322);
        selector();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(325);
    match(MlpParser::ARROW);
    setState(326);
    expr(0);
    setState(327);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SelectorContext ------------------------------------------------------------------

MlpParser::SelectorContext::SelectorContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::NameContext* MlpParser::SelectorContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::SelectorContext::MATCHING() {
  return getToken(MlpParser::MATCHING, 0);
}

tree::TerminalNode* MlpParser::SelectorContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}

tree::TerminalNode* MlpParser::SelectorContext::LSET() {
  return getToken(MlpParser::LSET, 0);
}

tree::TerminalNode* MlpParser::SelectorContext::RSET() {
  return getToken(MlpParser::RSET, 0);
}

MlpParser::ArgumentsContext* MlpParser::SelectorContext::arguments() {
  return getRuleContext<MlpParser::ArgumentsContext>(0);
}


size_t MlpParser::SelectorContext::getRuleIndex() const {
  return MlpParser::RuleSelector;
}


MlpParser::SelectorContext* MlpParser::selector() {
  SelectorContext *_localctx = _tracker.createInstance<SelectorContext>(_ctx, getState());
  enterRule(_localctx, 72, MlpParser::RuleSelector);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(337);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::NAME:
      case MlpParser::BACKQUOTED: {
        enterOuterAlt(_localctx, 1);
        setState(329);
        name();
        break;
      }

      case MlpParser::MATCHING: {
        enterOuterAlt(_localctx, 2);
        setState(330);
        match(MlpParser::MATCHING);
        setState(331);
        match(MlpParser::STRING);
        break;
      }

      case MlpParser::LSET: {
        enterOuterAlt(_localctx, 3);
        setState(332);
        match(MlpParser::LSET);
        setState(334);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << MlpParser::NOT)
          | (1ULL << MlpParser::TRUE)
          | (1ULL << MlpParser::FALSE)
          | (1ULL << MlpParser::NONE)
          | (1ULL << MlpParser::DATE)
          | (1ULL << MlpParser::INTEGER)
          | (1ULL << MlpParser::REAL)
          | (1ULL << MlpParser::PERCENT)
          | (1ULL << MlpParser::QUANTITY)
          | (1ULL << MlpParser::NAME)
          | (1ULL << MlpParser::BACKQUOTED)
          | (1ULL << MlpParser::STRING)
          | (1ULL << MlpParser::DOTDOT)
          | (1ULL << MlpParser::MINUS)
          | (1ULL << MlpParser::LPAREN)
          | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
          | (1ULL << (MlpParser::ORDERED - 81))
          | (1ULL << (MlpParser::MANUAL - 81))
          | (1ULL << (MlpParser::LSET - 81))
          | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
          setState(333);
          arguments();
        }
        setState(336);
        match(MlpParser::RSET);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NetworkBlockContext ------------------------------------------------------------------

MlpParser::NetworkBlockContext::NetworkBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::NetworkBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::NetworkBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::NetworkLineContext *> MlpParser::NetworkBlockContext::networkLine() {
  return getRuleContexts<MlpParser::NetworkLineContext>();
}

MlpParser::NetworkLineContext* MlpParser::NetworkBlockContext::networkLine(size_t i) {
  return getRuleContext<MlpParser::NetworkLineContext>(i);
}


size_t MlpParser::NetworkBlockContext::getRuleIndex() const {
  return MlpParser::RuleNetworkBlock;
}


MlpParser::NetworkBlockContext* MlpParser::networkBlock() {
  NetworkBlockContext *_localctx = _tracker.createInstance<NetworkBlockContext>(_ctx, getState());
  enterRule(_localctx, 74, MlpParser::RuleNetworkBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(339);
    match(MlpParser::LBLOCK);
    setState(343);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << MlpParser::NOT)
      | (1ULL << MlpParser::TRUE)
      | (1ULL << MlpParser::FALSE)
      | (1ULL << MlpParser::NONE)
      | (1ULL << MlpParser::DATE)
      | (1ULL << MlpParser::INTEGER)
      | (1ULL << MlpParser::REAL)
      | (1ULL << MlpParser::PERCENT)
      | (1ULL << MlpParser::QUANTITY)
      | (1ULL << MlpParser::NAME)
      | (1ULL << MlpParser::BACKQUOTED)
      | (1ULL << MlpParser::STRING)
      | (1ULL << MlpParser::DOTDOT)
      | (1ULL << MlpParser::MINUS)
      | (1ULL << MlpParser::LPAREN)
      | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::ORDERED - 81))
      | (1ULL << (MlpParser::MANUAL - 81))
      | (1ULL << (MlpParser::REPEAT - 81))
      | (1ULL << (MlpParser::TRAIN - 81))
      | (1ULL << (MlpParser::LSET - 81))
      | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
      setState(340);
      networkLine();
      setState(345);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(346);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NetworkLineContext ------------------------------------------------------------------

MlpParser::NetworkLineContext::NetworkLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::NetworkLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

tree::TerminalNode* MlpParser::NetworkLineContext::REPEAT() {
  return getToken(MlpParser::REPEAT, 0);
}

MlpParser::BlockHeadContext* MlpParser::NetworkLineContext::blockHead() {
  return getRuleContext<MlpParser::BlockHeadContext>(0);
}

MlpParser::NetworkBlockContext* MlpParser::NetworkLineContext::networkBlock() {
  return getRuleContext<MlpParser::NetworkBlockContext>(0);
}

tree::TerminalNode* MlpParser::NetworkLineContext::TRAIN() {
  return getToken(MlpParser::TRAIN, 0);
}

MlpParser::ExprContext* MlpParser::NetworkLineContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}

tree::TerminalNode* MlpParser::NetworkLineContext::EACH() {
  return getToken(MlpParser::EACH, 0);
}

MlpParser::ClauseBlockContext* MlpParser::NetworkLineContext::clauseBlock() {
  return getRuleContext<MlpParser::ClauseBlockContext>(0);
}


size_t MlpParser::NetworkLineContext::getRuleIndex() const {
  return MlpParser::RuleNetworkLine;
}


MlpParser::NetworkLineContext* MlpParser::networkLine() {
  NetworkLineContext *_localctx = _tracker.createInstance<NetworkLineContext>(_ctx, getState());
  enterRule(_localctx, 76, MlpParser::RuleNetworkLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(361);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::REPEAT: {
        setState(348);
        match(MlpParser::REPEAT);
        setState(349);
        blockHead();
        setState(351);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == MlpParser::EACH) {
          setState(350);
          match(MlpParser::EACH);
        }
        setState(353);
        networkBlock();
        break;
      }

      case MlpParser::TRAIN: {
        setState(355);
        match(MlpParser::TRAIN);
        setState(356);
        blockHead();
        setState(358);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == MlpParser::LBLOCK) {
          setState(357);
          clauseBlock();
        }
        break;
      }

      case MlpParser::NOT:
      case MlpParser::TRUE:
      case MlpParser::FALSE:
      case MlpParser::NONE:
      case MlpParser::DATE:
      case MlpParser::INTEGER:
      case MlpParser::REAL:
      case MlpParser::PERCENT:
      case MlpParser::QUANTITY:
      case MlpParser::NAME:
      case MlpParser::BACKQUOTED:
      case MlpParser::STRING:
      case MlpParser::DOTDOT:
      case MlpParser::MINUS:
      case MlpParser::LPAREN:
      case MlpParser::LBRACKET:
      case MlpParser::MATCHING:
      case MlpParser::ORDERED:
      case MlpParser::MANUAL:
      case MlpParser::LSET:
      case MlpParser::ERROR: {
        setState(360);
        expr(0);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    setState(363);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BlockHeadContext ------------------------------------------------------------------

MlpParser::BlockHeadContext::BlockHeadContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

MlpParser::ExprContext* MlpParser::BlockHeadContext::expr() {
  return getRuleContext<MlpParser::ExprContext>(0);
}


size_t MlpParser::BlockHeadContext::getRuleIndex() const {
  return MlpParser::RuleBlockHead;
}


MlpParser::BlockHeadContext* MlpParser::blockHead() {
  BlockHeadContext *_localctx = _tracker.createInstance<BlockHeadContext>(_ctx, getState());
  enterRule(_localctx, 78, MlpParser::RuleBlockHead);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(365);
    expr(0);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ClauseBlockContext ------------------------------------------------------------------

MlpParser::ClauseBlockContext::ClauseBlockContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ClauseBlockContext::LBLOCK() {
  return getToken(MlpParser::LBLOCK, 0);
}

tree::TerminalNode* MlpParser::ClauseBlockContext::RBLOCK() {
  return getToken(MlpParser::RBLOCK, 0);
}

std::vector<MlpParser::ClauseLineContext *> MlpParser::ClauseBlockContext::clauseLine() {
  return getRuleContexts<MlpParser::ClauseLineContext>();
}

MlpParser::ClauseLineContext* MlpParser::ClauseBlockContext::clauseLine(size_t i) {
  return getRuleContext<MlpParser::ClauseLineContext>(i);
}


size_t MlpParser::ClauseBlockContext::getRuleIndex() const {
  return MlpParser::RuleClauseBlock;
}


MlpParser::ClauseBlockContext* MlpParser::clauseBlock() {
  ClauseBlockContext *_localctx = _tracker.createInstance<ClauseBlockContext>(_ctx, getState());
  enterRule(_localctx, 80, MlpParser::RuleClauseBlock);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(367);
    match(MlpParser::LBLOCK);
    setState(371);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == MlpParser::WORD) {
      setState(368);
      clauseLine();
      setState(373);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(374);
    match(MlpParser::RBLOCK);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ClauseLineContext ------------------------------------------------------------------

MlpParser::ClauseLineContext::ClauseLineContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ClauseLineContext::NEWLINE() {
  return getToken(MlpParser::NEWLINE, 0);
}

std::vector<tree::TerminalNode *> MlpParser::ClauseLineContext::WORD() {
  return getTokens(MlpParser::WORD);
}

tree::TerminalNode* MlpParser::ClauseLineContext::WORD(size_t i) {
  return getToken(MlpParser::WORD, i);
}

std::vector<MlpParser::ExprContext *> MlpParser::ClauseLineContext::expr() {
  return getRuleContexts<MlpParser::ExprContext>();
}

MlpParser::ExprContext* MlpParser::ClauseLineContext::expr(size_t i) {
  return getRuleContext<MlpParser::ExprContext>(i);
}

tree::TerminalNode* MlpParser::ClauseLineContext::ON() {
  return getToken(MlpParser::ON, 0);
}

tree::TerminalNode* MlpParser::ClauseLineContext::IN() {
  return getToken(MlpParser::IN, 0);
}

std::vector<tree::TerminalNode *> MlpParser::ClauseLineContext::COMMA() {
  return getTokens(MlpParser::COMMA);
}

tree::TerminalNode* MlpParser::ClauseLineContext::COMMA(size_t i) {
  return getToken(MlpParser::COMMA, i);
}


size_t MlpParser::ClauseLineContext::getRuleIndex() const {
  return MlpParser::RuleClauseLine;
}


MlpParser::ClauseLineContext* MlpParser::clauseLine() {
  ClauseLineContext *_localctx = _tracker.createInstance<ClauseLineContext>(_ctx, getState());
  enterRule(_localctx, 82, MlpParser::RuleClauseLine);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(377); 
    _errHandler->sync(this);
    _la = _input->LA(1);
    do {
      setState(376);
      match(MlpParser::WORD);
      setState(379); 
      _errHandler->sync(this);
      _la = _input->LA(1);
    } while (_la == MlpParser::WORD);
    setState(392);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << MlpParser::IN)
      | (1ULL << MlpParser::NOT)
      | (1ULL << MlpParser::TRUE)
      | (1ULL << MlpParser::FALSE)
      | (1ULL << MlpParser::NONE)
      | (1ULL << MlpParser::DATE)
      | (1ULL << MlpParser::INTEGER)
      | (1ULL << MlpParser::REAL)
      | (1ULL << MlpParser::PERCENT)
      | (1ULL << MlpParser::QUANTITY)
      | (1ULL << MlpParser::NAME)
      | (1ULL << MlpParser::BACKQUOTED)
      | (1ULL << MlpParser::STRING)
      | (1ULL << MlpParser::DOTDOT)
      | (1ULL << MlpParser::MINUS)
      | (1ULL << MlpParser::LPAREN)
      | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
      | (1ULL << (MlpParser::ORDERED - 81))
      | (1ULL << (MlpParser::MANUAL - 81))
      | (1ULL << (MlpParser::LSET - 81))
      | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
      setState(382);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == MlpParser::IN) {
        setState(381);
        match(MlpParser::IN);
      }
      setState(384);
      expr(0);
      setState(389);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == MlpParser::COMMA) {
        setState(385);
        match(MlpParser::COMMA);
        setState(386);
        expr(0);
        setState(391);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(396);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::ON) {
      setState(394);
      match(MlpParser::ON);
      setState(395);
      expr(0);
    }
    setState(398);
    match(MlpParser::NEWLINE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ExprContext ------------------------------------------------------------------

MlpParser::ExprContext::ExprContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::ExprContext::LPAREN() {
  return getToken(MlpParser::LPAREN, 0);
}

std::vector<MlpParser::ExprContext *> MlpParser::ExprContext::expr() {
  return getRuleContexts<MlpParser::ExprContext>();
}

MlpParser::ExprContext* MlpParser::ExprContext::expr(size_t i) {
  return getRuleContext<MlpParser::ExprContext>(i);
}

tree::TerminalNode* MlpParser::ExprContext::RPAREN() {
  return getToken(MlpParser::RPAREN, 0);
}

tree::TerminalNode* MlpParser::ExprContext::LSET() {
  return getToken(MlpParser::LSET, 0);
}

tree::TerminalNode* MlpParser::ExprContext::RSET() {
  return getToken(MlpParser::RSET, 0);
}

tree::TerminalNode* MlpParser::ExprContext::ORDERED() {
  return getToken(MlpParser::ORDERED, 0);
}

MlpParser::ArgumentsContext* MlpParser::ExprContext::arguments() {
  return getRuleContext<MlpParser::ArgumentsContext>(0);
}

tree::TerminalNode* MlpParser::ExprContext::LBRACKET() {
  return getToken(MlpParser::LBRACKET, 0);
}

tree::TerminalNode* MlpParser::ExprContext::RBRACKET() {
  return getToken(MlpParser::RBRACKET, 0);
}

tree::TerminalNode* MlpParser::ExprContext::MANUAL() {
  return getToken(MlpParser::MANUAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::MATCHING() {
  return getToken(MlpParser::MATCHING, 0);
}

tree::TerminalNode* MlpParser::ExprContext::STRING() {
  return getToken(MlpParser::STRING, 0);
}

MlpParser::NameContext* MlpParser::ExprContext::name() {
  return getRuleContext<MlpParser::NameContext>(0);
}

tree::TerminalNode* MlpParser::ExprContext::INTEGER() {
  return getToken(MlpParser::INTEGER, 0);
}

tree::TerminalNode* MlpParser::ExprContext::REAL() {
  return getToken(MlpParser::REAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::PERCENT() {
  return getToken(MlpParser::PERCENT, 0);
}

tree::TerminalNode* MlpParser::ExprContext::QUANTITY() {
  return getToken(MlpParser::QUANTITY, 0);
}

tree::TerminalNode* MlpParser::ExprContext::DATE() {
  return getToken(MlpParser::DATE, 0);
}

tree::TerminalNode* MlpParser::ExprContext::TRUE() {
  return getToken(MlpParser::TRUE, 0);
}

tree::TerminalNode* MlpParser::ExprContext::FALSE() {
  return getToken(MlpParser::FALSE, 0);
}

tree::TerminalNode* MlpParser::ExprContext::NONE() {
  return getToken(MlpParser::NONE, 0);
}

tree::TerminalNode* MlpParser::ExprContext::ERROR() {
  return getToken(MlpParser::ERROR, 0);
}

tree::TerminalNode* MlpParser::ExprContext::MINUS() {
  return getToken(MlpParser::MINUS, 0);
}

tree::TerminalNode* MlpParser::ExprContext::DOTDOT() {
  return getToken(MlpParser::DOTDOT, 0);
}

tree::TerminalNode* MlpParser::ExprContext::NOT() {
  return getToken(MlpParser::NOT, 0);
}

tree::TerminalNode* MlpParser::ExprContext::CARET() {
  return getToken(MlpParser::CARET, 0);
}

tree::TerminalNode* MlpParser::ExprContext::STAR() {
  return getToken(MlpParser::STAR, 0);
}

tree::TerminalNode* MlpParser::ExprContext::SLASH() {
  return getToken(MlpParser::SLASH, 0);
}

tree::TerminalNode* MlpParser::ExprContext::REMAINDER() {
  return getToken(MlpParser::REMAINDER, 0);
}

tree::TerminalNode* MlpParser::ExprContext::PLUS() {
  return getToken(MlpParser::PLUS, 0);
}

tree::TerminalNode* MlpParser::ExprContext::STEP() {
  return getToken(MlpParser::STEP, 0);
}

tree::TerminalNode* MlpParser::ExprContext::EQUAL() {
  return getToken(MlpParser::EQUAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::NOT_EQUAL() {
  return getToken(MlpParser::NOT_EQUAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::LESS() {
  return getToken(MlpParser::LESS, 0);
}

tree::TerminalNode* MlpParser::ExprContext::LESS_EQUAL() {
  return getToken(MlpParser::LESS_EQUAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::GREATER() {
  return getToken(MlpParser::GREATER, 0);
}

tree::TerminalNode* MlpParser::ExprContext::GREATER_EQUAL() {
  return getToken(MlpParser::GREATER_EQUAL, 0);
}

tree::TerminalNode* MlpParser::ExprContext::IN() {
  return getToken(MlpParser::IN, 0);
}

tree::TerminalNode* MlpParser::ExprContext::MATCHES() {
  return getToken(MlpParser::MATCHES, 0);
}

tree::TerminalNode* MlpParser::ExprContext::AND() {
  return getToken(MlpParser::AND, 0);
}

tree::TerminalNode* MlpParser::ExprContext::OR() {
  return getToken(MlpParser::OR, 0);
}

tree::TerminalNode* MlpParser::ExprContext::WITH() {
  return getToken(MlpParser::WITH, 0);
}

tree::TerminalNode* MlpParser::ExprContext::ARROW() {
  return getToken(MlpParser::ARROW, 0);
}

tree::TerminalNode* MlpParser::ExprContext::BAR() {
  return getToken(MlpParser::BAR, 0);
}

tree::TerminalNode* MlpParser::ExprContext::DOT() {
  return getToken(MlpParser::DOT, 0);
}

tree::TerminalNode* MlpParser::ExprContext::DOTDOT_OPEN() {
  return getToken(MlpParser::DOTDOT_OPEN, 0);
}

tree::TerminalNode* MlpParser::ExprContext::LOG() {
  return getToken(MlpParser::LOG, 0);
}


size_t MlpParser::ExprContext::getRuleIndex() const {
  return MlpParser::RuleExpr;
}



MlpParser::ExprContext* MlpParser::expr() {
   return expr(0);
}

MlpParser::ExprContext* MlpParser::expr(int precedence) {
  ParserRuleContext *parentContext = _ctx;
  size_t parentState = getState();
  MlpParser::ExprContext *_localctx = _tracker.createInstance<ExprContext>(_ctx, parentState);
  MlpParser::ExprContext *previousContext = _localctx;
  (void)previousContext; // Silence compiler, in case the context is not used by generated code.
  size_t startState = 84;
  enterRecursionRule(_localctx, 84, MlpParser::RuleExpr, precedence);

    size_t _la = 0;

  auto onExit = finally([=] {
    unrollRecursionContexts(parentContext);
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(441);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case MlpParser::LPAREN: {
        setState(401);
        match(MlpParser::LPAREN);
        setState(402);
        expr(0);
        setState(403);
        match(MlpParser::RPAREN);
        break;
      }

      case MlpParser::ORDERED:
      case MlpParser::LSET: {
        setState(406);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if (_la == MlpParser::ORDERED) {
          setState(405);
          match(MlpParser::ORDERED);
        }
        setState(408);
        match(MlpParser::LSET);
        setState(410);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << MlpParser::NOT)
          | (1ULL << MlpParser::TRUE)
          | (1ULL << MlpParser::FALSE)
          | (1ULL << MlpParser::NONE)
          | (1ULL << MlpParser::DATE)
          | (1ULL << MlpParser::INTEGER)
          | (1ULL << MlpParser::REAL)
          | (1ULL << MlpParser::PERCENT)
          | (1ULL << MlpParser::QUANTITY)
          | (1ULL << MlpParser::NAME)
          | (1ULL << MlpParser::BACKQUOTED)
          | (1ULL << MlpParser::STRING)
          | (1ULL << MlpParser::DOTDOT)
          | (1ULL << MlpParser::MINUS)
          | (1ULL << MlpParser::LPAREN)
          | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
          | (1ULL << (MlpParser::ORDERED - 81))
          | (1ULL << (MlpParser::MANUAL - 81))
          | (1ULL << (MlpParser::LSET - 81))
          | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
          setState(409);
          arguments();
        }
        setState(412);
        match(MlpParser::RSET);
        break;
      }

      case MlpParser::LBRACKET: {
        setState(413);
        match(MlpParser::LBRACKET);
        setState(415);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << MlpParser::NOT)
          | (1ULL << MlpParser::TRUE)
          | (1ULL << MlpParser::FALSE)
          | (1ULL << MlpParser::NONE)
          | (1ULL << MlpParser::DATE)
          | (1ULL << MlpParser::INTEGER)
          | (1ULL << MlpParser::REAL)
          | (1ULL << MlpParser::PERCENT)
          | (1ULL << MlpParser::QUANTITY)
          | (1ULL << MlpParser::NAME)
          | (1ULL << MlpParser::BACKQUOTED)
          | (1ULL << MlpParser::STRING)
          | (1ULL << MlpParser::DOTDOT)
          | (1ULL << MlpParser::MINUS)
          | (1ULL << MlpParser::LPAREN)
          | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
          | (1ULL << (MlpParser::ORDERED - 81))
          | (1ULL << (MlpParser::MANUAL - 81))
          | (1ULL << (MlpParser::LSET - 81))
          | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
          setState(414);
          arguments();
        }
        setState(417);
        match(MlpParser::RBRACKET);
        break;
      }

      case MlpParser::MANUAL: {
        setState(418);
        match(MlpParser::MANUAL);
        setState(419);
        match(MlpParser::LBRACKET);
        setState(421);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << MlpParser::NOT)
          | (1ULL << MlpParser::TRUE)
          | (1ULL << MlpParser::FALSE)
          | (1ULL << MlpParser::NONE)
          | (1ULL << MlpParser::DATE)
          | (1ULL << MlpParser::INTEGER)
          | (1ULL << MlpParser::REAL)
          | (1ULL << MlpParser::PERCENT)
          | (1ULL << MlpParser::QUANTITY)
          | (1ULL << MlpParser::NAME)
          | (1ULL << MlpParser::BACKQUOTED)
          | (1ULL << MlpParser::STRING)
          | (1ULL << MlpParser::DOTDOT)
          | (1ULL << MlpParser::MINUS)
          | (1ULL << MlpParser::LPAREN)
          | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
          | (1ULL << (MlpParser::ORDERED - 81))
          | (1ULL << (MlpParser::MANUAL - 81))
          | (1ULL << (MlpParser::LSET - 81))
          | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
          setState(420);
          arguments();
        }
        setState(423);
        match(MlpParser::RBRACKET);
        break;
      }

      case MlpParser::MATCHING: {
        setState(424);
        match(MlpParser::MATCHING);
        setState(425);
        match(MlpParser::STRING);
        break;
      }

      case MlpParser::NAME:
      case MlpParser::BACKQUOTED: {
        setState(426);
        name();
        setState(432);
        _errHandler->sync(this);

        switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 40, _ctx)) {
        case 1: {
          setState(427);
          match(MlpParser::LPAREN);
          setState(429);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if ((((_la & ~ 0x3fULL) == 0) &&
            ((1ULL << _la) & ((1ULL << MlpParser::NOT)
            | (1ULL << MlpParser::TRUE)
            | (1ULL << MlpParser::FALSE)
            | (1ULL << MlpParser::NONE)
            | (1ULL << MlpParser::DATE)
            | (1ULL << MlpParser::INTEGER)
            | (1ULL << MlpParser::REAL)
            | (1ULL << MlpParser::PERCENT)
            | (1ULL << MlpParser::QUANTITY)
            | (1ULL << MlpParser::NAME)
            | (1ULL << MlpParser::BACKQUOTED)
            | (1ULL << MlpParser::STRING)
            | (1ULL << MlpParser::DOTDOT)
            | (1ULL << MlpParser::MINUS)
            | (1ULL << MlpParser::LPAREN)
            | (1ULL << MlpParser::LBRACKET))) != 0) || ((((_la - 81) & ~ 0x3fULL) == 0) &&
            ((1ULL << (_la - 81)) & ((1ULL << (MlpParser::MATCHING - 81))
            | (1ULL << (MlpParser::ORDERED - 81))
            | (1ULL << (MlpParser::MANUAL - 81))
            | (1ULL << (MlpParser::LSET - 81))
            | (1ULL << (MlpParser::ERROR - 81)))) != 0)) {
            setState(428);
            arguments();
          }
          setState(431);
          match(MlpParser::RPAREN);
          break;
        }

        }
        break;
      }

      case MlpParser::TRUE:
      case MlpParser::FALSE:
      case MlpParser::NONE:
      case MlpParser::DATE:
      case MlpParser::INTEGER:
      case MlpParser::REAL:
      case MlpParser::PERCENT:
      case MlpParser::QUANTITY:
      case MlpParser::STRING:
      case MlpParser::ERROR: {
        setState(434);
        _la = _input->LA(1);
        if (!((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << MlpParser::TRUE)
          | (1ULL << MlpParser::FALSE)
          | (1ULL << MlpParser::NONE)
          | (1ULL << MlpParser::DATE)
          | (1ULL << MlpParser::INTEGER)
          | (1ULL << MlpParser::REAL)
          | (1ULL << MlpParser::PERCENT)
          | (1ULL << MlpParser::QUANTITY)
          | (1ULL << MlpParser::STRING))) != 0) || _la == MlpParser::ERROR)) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        break;
      }

      case MlpParser::MINUS: {
        setState(435);
        dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::MINUS);
        setState(436);
        expr(15);
        break;
      }

      case MlpParser::DOTDOT: {
        setState(437);
        dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::DOTDOT);
        setState(438);
        expr(10);
        break;
      }

      case MlpParser::NOT: {
        setState(439);
        dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::NOT);
        setState(440);
        expr(6);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
    _ctx->stop = _input->LT(-1);
    setState(485);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 43, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        if (!_parseListeners.empty())
          triggerExitRuleEvent();
        previousContext = _localctx;
        setState(483);
        _errHandler->sync(this);
        switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 42, _ctx)) {
        case 1: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(443);

          if (!(precpred(_ctx, 16))) throw FailedPredicateException(this, "precpred(_ctx, 16)");
          setState(444);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::CARET);
          setState(445);
          expr(16);
          break;
        }

        case 2: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(446);

          if (!(precpred(_ctx, 14))) throw FailedPredicateException(this, "precpred(_ctx, 14)");
          setState(447);
          dynamic_cast<ExprContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!((((_la & ~ 0x3fULL) == 0) &&
            ((1ULL << _la) & ((1ULL << MlpParser::STAR)
            | (1ULL << MlpParser::SLASH)
            | (1ULL << MlpParser::REMAINDER))) != 0))) {
            dynamic_cast<ExprContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(448);
          expr(15);
          break;
        }

        case 3: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(449);

          if (!(precpred(_ctx, 13))) throw FailedPredicateException(this, "precpred(_ctx, 13)");
          setState(450);
          dynamic_cast<ExprContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!(_la == MlpParser::PLUS

          || _la == MlpParser::MINUS)) {
            dynamic_cast<ExprContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(451);
          expr(14);
          break;
        }

        case 4: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(452);

          if (!(precpred(_ctx, 12))) throw FailedPredicateException(this, "precpred(_ctx, 12)");
          setState(453);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::DOTDOT);
          setState(454);
          expr(13);
          break;
        }

        case 5: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(455);

          if (!(precpred(_ctx, 8))) throw FailedPredicateException(this, "precpred(_ctx, 8)");
          setState(456);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::STEP);
          setState(457);
          expr(9);
          break;
        }

        case 6: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(458);

          if (!(precpred(_ctx, 7))) throw FailedPredicateException(this, "precpred(_ctx, 7)");
          setState(459);
          dynamic_cast<ExprContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!((((_la & ~ 0x3fULL) == 0) &&
            ((1ULL << _la) & ((1ULL << MlpParser::IN)
            | (1ULL << MlpParser::EQUAL)
            | (1ULL << MlpParser::NOT_EQUAL)
            | (1ULL << MlpParser::LESS_EQUAL)
            | (1ULL << MlpParser::GREATER_EQUAL)
            | (1ULL << MlpParser::LESS)
            | (1ULL << MlpParser::GREATER))) != 0) || _la == MlpParser::MATCHES)) {
            dynamic_cast<ExprContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(460);
          expr(8);
          break;
        }

        case 7: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(461);

          if (!(precpred(_ctx, 5))) throw FailedPredicateException(this, "precpred(_ctx, 5)");
          setState(462);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::AND);
          setState(463);
          expr(6);
          break;
        }

        case 8: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(464);

          if (!(precpred(_ctx, 4))) throw FailedPredicateException(this, "precpred(_ctx, 4)");
          setState(465);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::OR);
          setState(466);
          expr(5);
          break;
        }

        case 9: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(467);

          if (!(precpred(_ctx, 3))) throw FailedPredicateException(this, "precpred(_ctx, 3)");
          setState(468);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::WITH);
          setState(469);
          expr(4);
          break;
        }

        case 10: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(470);

          if (!(precpred(_ctx, 2))) throw FailedPredicateException(this, "precpred(_ctx, 2)");
          setState(471);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::ARROW);
          setState(472);
          expr(3);
          break;
        }

        case 11: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(473);

          if (!(precpred(_ctx, 1))) throw FailedPredicateException(this, "precpred(_ctx, 1)");
          setState(474);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::BAR);
          setState(475);
          expr(2);
          break;
        }

        case 12: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(476);

          if (!(precpred(_ctx, 17))) throw FailedPredicateException(this, "precpred(_ctx, 17)");
          setState(477);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::DOT);
          setState(478);
          name();
          break;
        }

        case 13: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(479);

          if (!(precpred(_ctx, 11))) throw FailedPredicateException(this, "precpred(_ctx, 11)");
          setState(480);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::DOTDOT_OPEN);
          break;
        }

        case 14: {
          _localctx = _tracker.createInstance<ExprContext>(parentContext, parentState);
          pushNewRecursionContext(_localctx, startState, RuleExpr);
          setState(481);

          if (!(precpred(_ctx, 9))) throw FailedPredicateException(this, "precpred(_ctx, 9)");
          setState(482);
          dynamic_cast<ExprContext *>(_localctx)->op = match(MlpParser::LOG);
          break;
        }

        } 
      }
      setState(487);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 43, _ctx);
    }
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }
  return _localctx;
}

//----------------- ArgumentsContext ------------------------------------------------------------------

MlpParser::ArgumentsContext::ArgumentsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<MlpParser::ArgumentContext *> MlpParser::ArgumentsContext::argument() {
  return getRuleContexts<MlpParser::ArgumentContext>();
}

MlpParser::ArgumentContext* MlpParser::ArgumentsContext::argument(size_t i) {
  return getRuleContext<MlpParser::ArgumentContext>(i);
}

std::vector<tree::TerminalNode *> MlpParser::ArgumentsContext::COMMA() {
  return getTokens(MlpParser::COMMA);
}

tree::TerminalNode* MlpParser::ArgumentsContext::COMMA(size_t i) {
  return getToken(MlpParser::COMMA, i);
}


size_t MlpParser::ArgumentsContext::getRuleIndex() const {
  return MlpParser::RuleArguments;
}


MlpParser::ArgumentsContext* MlpParser::arguments() {
  ArgumentsContext *_localctx = _tracker.createInstance<ArgumentsContext>(_ctx, getState());
  enterRule(_localctx, 86, MlpParser::RuleArguments);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(488);
    argument();
    setState(493);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 44, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        setState(489);
        match(MlpParser::COMMA);
        setState(490);
        argument(); 
      }
      setState(495);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 44, _ctx);
    }
    setState(497);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::COMMA) {
      setState(496);
      match(MlpParser::COMMA);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ArgumentContext ------------------------------------------------------------------

MlpParser::ArgumentContext::ArgumentContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<MlpParser::ExprContext *> MlpParser::ArgumentContext::expr() {
  return getRuleContexts<MlpParser::ExprContext>();
}

MlpParser::ExprContext* MlpParser::ArgumentContext::expr(size_t i) {
  return getRuleContext<MlpParser::ExprContext>(i);
}

tree::TerminalNode* MlpParser::ArgumentContext::COLON() {
  return getToken(MlpParser::COLON, 0);
}


size_t MlpParser::ArgumentContext::getRuleIndex() const {
  return MlpParser::RuleArgument;
}


MlpParser::ArgumentContext* MlpParser::argument() {
  ArgumentContext *_localctx = _tracker.createInstance<ArgumentContext>(_ctx, getState());
  enterRule(_localctx, 88, MlpParser::RuleArgument);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(499);
    expr(0);
    setState(502);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == MlpParser::COLON) {
      setState(500);
      match(MlpParser::COLON);
      setState(501);
      expr(0);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NamesContext ------------------------------------------------------------------

MlpParser::NamesContext::NamesContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<MlpParser::NameContext *> MlpParser::NamesContext::name() {
  return getRuleContexts<MlpParser::NameContext>();
}

MlpParser::NameContext* MlpParser::NamesContext::name(size_t i) {
  return getRuleContext<MlpParser::NameContext>(i);
}

std::vector<tree::TerminalNode *> MlpParser::NamesContext::COMMA() {
  return getTokens(MlpParser::COMMA);
}

tree::TerminalNode* MlpParser::NamesContext::COMMA(size_t i) {
  return getToken(MlpParser::COMMA, i);
}


size_t MlpParser::NamesContext::getRuleIndex() const {
  return MlpParser::RuleNames;
}


MlpParser::NamesContext* MlpParser::names() {
  NamesContext *_localctx = _tracker.createInstance<NamesContext>(_ctx, getState());
  enterRule(_localctx, 90, MlpParser::RuleNames);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(504);
    name();
    setState(509);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == MlpParser::COMMA) {
      setState(505);
      match(MlpParser::COMMA);
      setState(506);
      name();
      setState(511);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NameContext ------------------------------------------------------------------

MlpParser::NameContext::NameContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* MlpParser::NameContext::NAME() {
  return getToken(MlpParser::NAME, 0);
}

tree::TerminalNode* MlpParser::NameContext::BACKQUOTED() {
  return getToken(MlpParser::BACKQUOTED, 0);
}


size_t MlpParser::NameContext::getRuleIndex() const {
  return MlpParser::RuleName;
}


MlpParser::NameContext* MlpParser::name() {
  NameContext *_localctx = _tracker.createInstance<NameContext>(_ctx, getState());
  enterRule(_localctx, 92, MlpParser::RuleName);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(512);
    _la = _input->LA(1);
    if (!(_la == MlpParser::NAME

    || _la == MlpParser::BACKQUOTED)) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

bool MlpParser::sempred(RuleContext *context, size_t ruleIndex, size_t predicateIndex) {
  switch (ruleIndex) {
    case 42: return exprSempred(dynamic_cast<ExprContext *>(context), predicateIndex);

  default:
    break;
  }
  return true;
}

bool MlpParser::exprSempred(ExprContext *_localctx, size_t predicateIndex) {
  switch (predicateIndex) {
    case 0: return precpred(_ctx, 16);
    case 1: return precpred(_ctx, 14);
    case 2: return precpred(_ctx, 13);
    case 3: return precpred(_ctx, 12);
    case 4: return precpred(_ctx, 8);
    case 5: return precpred(_ctx, 7);
    case 6: return precpred(_ctx, 5);
    case 7: return precpred(_ctx, 4);
    case 8: return precpred(_ctx, 3);
    case 9: return precpred(_ctx, 2);
    case 10: return precpred(_ctx, 1);
    case 11: return precpred(_ctx, 17);
    case 12: return precpred(_ctx, 11);
    case 13: return precpred(_ctx, 9);

  default:
    break;
  }
  return true;
}

// Static vars and initialization.
std::vector<dfa::DFA> MlpParser::_decisionToDFA;
atn::PredictionContextCache MlpParser::_sharedContextCache;

// We own the ATN which in turn owns the ATN states.
atn::ATN MlpParser::_atn;
std::vector<uint16_t> MlpParser::_serializedATN;

std::vector<std::string> MlpParser::_ruleNames = {
  "file", "declaration", "edition", "importFile", "param", "seeds", "data", 
  "check", "split", "pipeline", "network", "source", "model", "search", 
  "objective", "compare", "fit", "evaluate", "report", "save", "allow", 
  "binding", "subject", "searchHead", "schemaBlock", "schemaLine", "ignored", 
  "columns", "type", "modifier", "ruleBlock", "ruleLine", "splitBlock", 
  "splitLine", "branchBlock", "branchLine", "selector", "networkBlock", 
  "networkLine", "blockHead", "clauseBlock", "clauseLine", "expr", "arguments", 
  "argument", "names", "name"
};

std::vector<std::string> MlpParser::_literalNames = {
  "", "", "", "", "'in'", "'and'", "'or'", "'not'", "'true'", "'false'", 
  "'none'", "", "", "", "", "", "", "", "", "", "", "", "'->'", "'..'", 
  "'=='", "'!='", "'<='", "'>='", "'<'", "'>'", "'='", "':'", "','", "'.'", 
  "'+'", "'-'", "'*'", "'/'", "'%'", "'^'", "'|'", "'('", "')'", "'['", 
  "']'", "'{'", "'}'", "';'"
};

std::vector<std::string> MlpParser::_symbolicNames = {
  "", "NEWLINE", "SPACE", "COMMENT", "IN", "AND", "OR", "NOT", "TRUE", "FALSE", 
  "NONE", "DATE", "INTEGER", "REAL", "PERCENT", "QUANTITY", "NAME", "BACKQUOTED", 
  "UNCLOSED_BACKQUOTED", "STRING", "UNCLOSED_STRING", "SINGLE_QUOTED", "ARROW", 
  "DOTDOT", "EQUAL", "NOT_EQUAL", "LESS_EQUAL", "GREATER_EQUAL", "LESS", 
  "GREATER", "ASSIGN", "COLON", "COMMA", "DOT", "PLUS", "MINUS", "STAR", 
  "SLASH", "REMAINDER", "CARET", "BAR", "LPAREN", "RPAREN", "LBRACKET", 
  "RBRACKET", "LBRACE", "RBRACE", "SEMICOLON", "FOREIGN_OPERATOR", "FOREIGN_COMMENT", 
  "UNKNOWN", "EDITION", "IMPORT", "PARAM", "SEED", "SEEDS", "DATA", "CHECK", 
  "SPLIT", "PIPELINE", "NETWORK", "SOURCE", "MODEL", "SEARCH", "OBJECTIVE", 
  "COMPARE", "FIT", "EVALUATE", "REPORT", "SAVE", "ALLOW", "VARY", "OVER", 
  "ON", "BECAUSE", "WITH", "LOG", "STEP", "MATCHES", "ELSE", "EACH", "MATCHING", 
  "ORDERED", "MANUAL", "IGNORE", "OTHERS", "POSITIVE", "KNOWN", "AFTER", 
  "THEN", "REPEAT", "TRAIN", "WORD", "NEXT", "WITHIN", "LBLOCK", "RBLOCK", 
  "LSET", "RSET", "DOTDOT_OPEN", "ERROR"
};

dfa::Vocabulary MlpParser::_vocabulary(_literalNames, _symbolicNames);

std::vector<std::string> MlpParser::_tokenNames;

MlpParser::Initializer::Initializer() {
	for (size_t i = 0; i < _symbolicNames.size(); ++i) {
		std::string name = _vocabulary.getLiteralName(i);
		if (name.empty()) {
			name = _vocabulary.getSymbolicName(i);
		}

		if (name.empty()) {
			_tokenNames.push_back("<INVALID>");
		} else {
      _tokenNames.push_back(name);
    }
	}

  _serializedATN = {
    0x3, 0x608b, 0xa72a, 0x8133, 0xb9ed, 0x417c, 0x3be7, 0x7786, 0x5964, 
    0x3, 0x66, 0x205, 0x4, 0x2, 0x9, 0x2, 0x4, 0x3, 0x9, 0x3, 0x4, 0x4, 
    0x9, 0x4, 0x4, 0x5, 0x9, 0x5, 0x4, 0x6, 0x9, 0x6, 0x4, 0x7, 0x9, 0x7, 
    0x4, 0x8, 0x9, 0x8, 0x4, 0x9, 0x9, 0x9, 0x4, 0xa, 0x9, 0xa, 0x4, 0xb, 
    0x9, 0xb, 0x4, 0xc, 0x9, 0xc, 0x4, 0xd, 0x9, 0xd, 0x4, 0xe, 0x9, 0xe, 
    0x4, 0xf, 0x9, 0xf, 0x4, 0x10, 0x9, 0x10, 0x4, 0x11, 0x9, 0x11, 0x4, 
    0x12, 0x9, 0x12, 0x4, 0x13, 0x9, 0x13, 0x4, 0x14, 0x9, 0x14, 0x4, 0x15, 
    0x9, 0x15, 0x4, 0x16, 0x9, 0x16, 0x4, 0x17, 0x9, 0x17, 0x4, 0x18, 0x9, 
    0x18, 0x4, 0x19, 0x9, 0x19, 0x4, 0x1a, 0x9, 0x1a, 0x4, 0x1b, 0x9, 0x1b, 
    0x4, 0x1c, 0x9, 0x1c, 0x4, 0x1d, 0x9, 0x1d, 0x4, 0x1e, 0x9, 0x1e, 0x4, 
    0x1f, 0x9, 0x1f, 0x4, 0x20, 0x9, 0x20, 0x4, 0x21, 0x9, 0x21, 0x4, 0x22, 
    0x9, 0x22, 0x4, 0x23, 0x9, 0x23, 0x4, 0x24, 0x9, 0x24, 0x4, 0x25, 0x9, 
    0x25, 0x4, 0x26, 0x9, 0x26, 0x4, 0x27, 0x9, 0x27, 0x4, 0x28, 0x9, 0x28, 
    0x4, 0x29, 0x9, 0x29, 0x4, 0x2a, 0x9, 0x2a, 0x4, 0x2b, 0x9, 0x2b, 0x4, 
    0x2c, 0x9, 0x2c, 0x4, 0x2d, 0x9, 0x2d, 0x4, 0x2e, 0x9, 0x2e, 0x4, 0x2f, 
    0x9, 0x2f, 0x4, 0x30, 0x9, 0x30, 0x3, 0x2, 0x7, 0x2, 0x62, 0xa, 0x2, 
    0xc, 0x2, 0xe, 0x2, 0x65, 0xb, 0x2, 0x3, 0x2, 0x3, 0x2, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x3, 0x5, 0x3, 0x7c, 0xa, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 
    0x3, 0x6, 0x3, 0x6, 0x3, 0x6, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 
    0x5, 0x7, 0x8d, 0xa, 0x7, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x5, 0x8, 0x92, 
    0xa, 0x8, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0xa, 0x3, 0xa, 
    0x3, 0xa, 0x3, 0xa, 0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xc, 
    0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 0xd, 
    0xa7, 0xa, 0xd, 0x3, 0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xf, 0x3, 0xf, 0x3, 
    0xf, 0x5, 0xf, 0xaf, 0xa, 0xf, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 
    0x10, 0x5, 0x10, 0xb5, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 
    0x10, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 
    0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x13, 0x3, 0x13, 0x3, 
    0x13, 0x5, 0x13, 0xc8, 0xa, 0x13, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 
    0x15, 0x3, 0x15, 0x3, 0x15, 0x3, 0x15, 0x3, 0x16, 0x3, 0x16, 0x3, 0x16, 
    0x3, 0x16, 0x3, 0x16, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 
    0x18, 0x3, 0x18, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x1a, 
    0x3, 0x1a, 0x7, 0x1a, 0xe2, 0xa, 0x1a, 0xc, 0x1a, 0xe, 0x1a, 0xe5, 0xb, 
    0x1a, 0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 
    0x3, 0x1b, 0x3, 0x1b, 0x7, 0x1b, 0xef, 0xa, 0x1b, 0xc, 0x1b, 0xe, 0x1b, 
    0xf2, 0xb, 0x1b, 0x5, 0x1b, 0xf4, 0xa, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 0x3, 
    0x1c, 0x3, 0x1c, 0x3, 0x1c, 0x5, 0x1c, 0xfb, 0xa, 0x1c, 0x3, 0x1d, 0x3, 
    0x1d, 0x3, 0x1d, 0x3, 0x1d, 0x5, 0x1d, 0x101, 0xa, 0x1d, 0x3, 0x1e, 
    0x3, 0x1e, 0x3, 0x1e, 0x5, 0x1e, 0x106, 0xa, 0x1e, 0x3, 0x1e, 0x5, 0x1e, 
    0x109, 0xa, 0x1e, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 
    0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x5, 0x1f, 0x113, 0xa, 0x1f, 0x3, 0x20, 
    0x3, 0x20, 0x7, 0x20, 0x117, 0xa, 0x20, 0xc, 0x20, 0xe, 0x20, 0x11a, 
    0xb, 0x20, 0x3, 0x20, 0x3, 0x20, 0x3, 0x21, 0x3, 0x21, 0x3, 0x21, 0x5, 
    0x21, 0x121, 0xa, 0x21, 0x3, 0x21, 0x3, 0x21, 0x3, 0x22, 0x3, 0x22, 
    0x7, 0x22, 0x127, 0xa, 0x22, 0xc, 0x22, 0xe, 0x22, 0x12a, 0xb, 0x22, 
    0x3, 0x22, 0x3, 0x22, 0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x23, 0x7, 
    0x23, 0x132, 0xa, 0x23, 0xc, 0x23, 0xe, 0x23, 0x135, 0xb, 0x23, 0x5, 
    0x23, 0x137, 0xa, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x24, 0x3, 0x24, 
    0x7, 0x24, 0x13d, 0xa, 0x24, 0xc, 0x24, 0xe, 0x24, 0x140, 0xb, 0x24, 
    0x3, 0x24, 0x3, 0x24, 0x3, 0x25, 0x3, 0x25, 0x5, 0x25, 0x146, 0xa, 0x25, 
    0x3, 0x25, 0x3, 0x25, 0x3, 0x25, 0x3, 0x25, 0x3, 0x26, 0x3, 0x26, 0x3, 
    0x26, 0x3, 0x26, 0x3, 0x26, 0x5, 0x26, 0x151, 0xa, 0x26, 0x3, 0x26, 
    0x5, 0x26, 0x154, 0xa, 0x26, 0x3, 0x27, 0x3, 0x27, 0x7, 0x27, 0x158, 
    0xa, 0x27, 0xc, 0x27, 0xe, 0x27, 0x15b, 0xb, 0x27, 0x3, 0x27, 0x3, 0x27, 
    0x3, 0x28, 0x3, 0x28, 0x3, 0x28, 0x5, 0x28, 0x162, 0xa, 0x28, 0x3, 0x28, 
    0x3, 0x28, 0x3, 0x28, 0x3, 0x28, 0x3, 0x28, 0x5, 0x28, 0x169, 0xa, 0x28, 
    0x3, 0x28, 0x5, 0x28, 0x16c, 0xa, 0x28, 0x3, 0x28, 0x3, 0x28, 0x3, 0x29, 
    0x3, 0x29, 0x3, 0x2a, 0x3, 0x2a, 0x7, 0x2a, 0x174, 0xa, 0x2a, 0xc, 0x2a, 
    0xe, 0x2a, 0x177, 0xb, 0x2a, 0x3, 0x2a, 0x3, 0x2a, 0x3, 0x2b, 0x6, 0x2b, 
    0x17c, 0xa, 0x2b, 0xd, 0x2b, 0xe, 0x2b, 0x17d, 0x3, 0x2b, 0x5, 0x2b, 
    0x181, 0xa, 0x2b, 0x3, 0x2b, 0x3, 0x2b, 0x3, 0x2b, 0x7, 0x2b, 0x186, 
    0xa, 0x2b, 0xc, 0x2b, 0xe, 0x2b, 0x189, 0xb, 0x2b, 0x5, 0x2b, 0x18b, 
    0xa, 0x2b, 0x3, 0x2b, 0x3, 0x2b, 0x5, 0x2b, 0x18f, 0xa, 0x2b, 0x3, 0x2b, 
    0x3, 0x2b, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 
    0x2c, 0x5, 0x2c, 0x199, 0xa, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x5, 0x2c, 
    0x19d, 0xa, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x5, 0x2c, 0x1a2, 
    0xa, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x5, 0x2c, 0x1a8, 
    0xa, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 
    0x2c, 0x5, 0x2c, 0x1b0, 0xa, 0x2c, 0x3, 0x2c, 0x5, 0x2c, 0x1b3, 0xa, 
    0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 
    0x3, 0x2c, 0x5, 0x2c, 0x1bc, 0xa, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 
    0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 
    0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 
    0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 
    0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 
    0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 
    0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x3, 0x2c, 0x7, 0x2c, 0x1e6, 
    0xa, 0x2c, 0xc, 0x2c, 0xe, 0x2c, 0x1e9, 0xb, 0x2c, 0x3, 0x2d, 0x3, 0x2d, 
    0x3, 0x2d, 0x7, 0x2d, 0x1ee, 0xa, 0x2d, 0xc, 0x2d, 0xe, 0x2d, 0x1f1, 
    0xb, 0x2d, 0x3, 0x2d, 0x5, 0x2d, 0x1f4, 0xa, 0x2d, 0x3, 0x2e, 0x3, 0x2e, 
    0x3, 0x2e, 0x5, 0x2e, 0x1f9, 0xa, 0x2e, 0x3, 0x2f, 0x3, 0x2f, 0x3, 0x2f, 
    0x7, 0x2f, 0x1fe, 0xa, 0x2f, 0xc, 0x2f, 0xe, 0x2f, 0x201, 0xb, 0x2f, 
    0x3, 0x30, 0x3, 0x30, 0x3, 0x30, 0x2, 0x3, 0x56, 0x31, 0x2, 0x4, 0x6, 
    0x8, 0xa, 0xc, 0xe, 0x10, 0x12, 0x14, 0x16, 0x18, 0x1a, 0x1c, 0x1e, 
    0x20, 0x22, 0x24, 0x26, 0x28, 0x2a, 0x2c, 0x2e, 0x30, 0x32, 0x34, 0x36, 
    0x38, 0x3a, 0x3c, 0x3e, 0x40, 0x42, 0x44, 0x46, 0x48, 0x4a, 0x4c, 0x4e, 
    0x50, 0x52, 0x54, 0x56, 0x58, 0x5a, 0x5c, 0x5e, 0x2, 0x8, 0x3, 0x2, 
    0x38, 0x39, 0x5, 0x2, 0xa, 0x11, 0x15, 0x15, 0x66, 0x66, 0x3, 0x2, 0x26, 
    0x28, 0x3, 0x2, 0x24, 0x25, 0x5, 0x2, 0x6, 0x6, 0x1a, 0x1f, 0x50, 0x50, 
    0x3, 0x2, 0x12, 0x13, 0x2, 0x22f, 0x2, 0x63, 0x3, 0x2, 0x2, 0x2, 0x4, 
    0x7b, 0x3, 0x2, 0x2, 0x2, 0x6, 0x7f, 0x3, 0x2, 0x2, 0x2, 0x8, 0x82, 
    0x3, 0x2, 0x2, 0x2, 0xa, 0x85, 0x3, 0x2, 0x2, 0x2, 0xc, 0x88, 0x3, 0x2, 
    0x2, 0x2, 0xe, 0x8e, 0x3, 0x2, 0x2, 0x2, 0x10, 0x93, 0x3, 0x2, 0x2, 
    0x2, 0x12, 0x97, 0x3, 0x2, 0x2, 0x2, 0x14, 0x9b, 0x3, 0x2, 0x2, 0x2, 
    0x16, 0x9f, 0x3, 0x2, 0x2, 0x2, 0x18, 0xa3, 0x3, 0x2, 0x2, 0x2, 0x1a, 
    0xa8, 0x3, 0x2, 0x2, 0x2, 0x1c, 0xab, 0x3, 0x2, 0x2, 0x2, 0x1e, 0xb0, 
    0x3, 0x2, 0x2, 0x2, 0x20, 0xba, 0x3, 0x2, 0x2, 0x2, 0x22, 0xbd, 0x3, 
    0x2, 0x2, 0x2, 0x24, 0xc4, 0x3, 0x2, 0x2, 0x2, 0x26, 0xc9, 0x3, 0x2, 
    0x2, 0x2, 0x28, 0xcc, 0x3, 0x2, 0x2, 0x2, 0x2a, 0xd0, 0x3, 0x2, 0x2, 
    0x2, 0x2c, 0xd5, 0x3, 0x2, 0x2, 0x2, 0x2e, 0xd9, 0x3, 0x2, 0x2, 0x2, 
    0x30, 0xdb, 0x3, 0x2, 0x2, 0x2, 0x32, 0xdf, 0x3, 0x2, 0x2, 0x2, 0x34, 
    0xf3, 0x3, 0x2, 0x2, 0x2, 0x36, 0xfa, 0x3, 0x2, 0x2, 0x2, 0x38, 0x100, 
    0x3, 0x2, 0x2, 0x2, 0x3a, 0x102, 0x3, 0x2, 0x2, 0x2, 0x3c, 0x112, 0x3, 
    0x2, 0x2, 0x2, 0x3e, 0x114, 0x3, 0x2, 0x2, 0x2, 0x40, 0x11d, 0x3, 0x2, 
    0x2, 0x2, 0x42, 0x124, 0x3, 0x2, 0x2, 0x2, 0x44, 0x12d, 0x3, 0x2, 0x2, 
    0x2, 0x46, 0x13a, 0x3, 0x2, 0x2, 0x2, 0x48, 0x145, 0x3, 0x2, 0x2, 0x2, 
    0x4a, 0x153, 0x3, 0x2, 0x2, 0x2, 0x4c, 0x155, 0x3, 0x2, 0x2, 0x2, 0x4e, 
    0x16b, 0x3, 0x2, 0x2, 0x2, 0x50, 0x16f, 0x3, 0x2, 0x2, 0x2, 0x52, 0x171, 
    0x3, 0x2, 0x2, 0x2, 0x54, 0x17b, 0x3, 0x2, 0x2, 0x2, 0x56, 0x1bb, 0x3, 
    0x2, 0x2, 0x2, 0x58, 0x1ea, 0x3, 0x2, 0x2, 0x2, 0x5a, 0x1f5, 0x3, 0x2, 
    0x2, 0x2, 0x5c, 0x1fa, 0x3, 0x2, 0x2, 0x2, 0x5e, 0x202, 0x3, 0x2, 0x2, 
    0x2, 0x60, 0x62, 0x5, 0x4, 0x3, 0x2, 0x61, 0x60, 0x3, 0x2, 0x2, 0x2, 
    0x62, 0x65, 0x3, 0x2, 0x2, 0x2, 0x63, 0x61, 0x3, 0x2, 0x2, 0x2, 0x63, 
    0x64, 0x3, 0x2, 0x2, 0x2, 0x64, 0x66, 0x3, 0x2, 0x2, 0x2, 0x65, 0x63, 
    0x3, 0x2, 0x2, 0x2, 0x66, 0x67, 0x7, 0x2, 0x2, 0x3, 0x67, 0x3, 0x3, 
    0x2, 0x2, 0x2, 0x68, 0x7c, 0x5, 0x6, 0x4, 0x2, 0x69, 0x7c, 0x5, 0x8, 
    0x5, 0x2, 0x6a, 0x7c, 0x5, 0xa, 0x6, 0x2, 0x6b, 0x7c, 0x5, 0xc, 0x7, 
    0x2, 0x6c, 0x7c, 0x5, 0xe, 0x8, 0x2, 0x6d, 0x7c, 0x5, 0x10, 0x9, 0x2, 
    0x6e, 0x7c, 0x5, 0x12, 0xa, 0x2, 0x6f, 0x7c, 0x5, 0x14, 0xb, 0x2, 0x70, 
    0x7c, 0x5, 0x16, 0xc, 0x2, 0x71, 0x7c, 0x5, 0x18, 0xd, 0x2, 0x72, 0x7c, 
    0x5, 0x1a, 0xe, 0x2, 0x73, 0x7c, 0x5, 0x1c, 0xf, 0x2, 0x74, 0x7c, 0x5, 
    0x1e, 0x10, 0x2, 0x75, 0x7c, 0x5, 0x20, 0x11, 0x2, 0x76, 0x7c, 0x5, 
    0x22, 0x12, 0x2, 0x77, 0x7c, 0x5, 0x24, 0x13, 0x2, 0x78, 0x7c, 0x5, 
    0x26, 0x14, 0x2, 0x79, 0x7c, 0x5, 0x28, 0x15, 0x2, 0x7a, 0x7c, 0x5, 
    0x2a, 0x16, 0x2, 0x7b, 0x68, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x69, 0x3, 0x2, 
    0x2, 0x2, 0x7b, 0x6a, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x6b, 0x3, 0x2, 0x2, 
    0x2, 0x7b, 0x6c, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x6d, 0x3, 0x2, 0x2, 0x2, 
    0x7b, 0x6e, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x6f, 0x3, 0x2, 0x2, 0x2, 0x7b, 
    0x70, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x71, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x72, 
    0x3, 0x2, 0x2, 0x2, 0x7b, 0x73, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x74, 0x3, 
    0x2, 0x2, 0x2, 0x7b, 0x75, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x76, 0x3, 0x2, 
    0x2, 0x2, 0x7b, 0x77, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x78, 0x3, 0x2, 0x2, 
    0x2, 0x7b, 0x79, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x7a, 0x3, 0x2, 0x2, 0x2, 
    0x7c, 0x7d, 0x3, 0x2, 0x2, 0x2, 0x7d, 0x7e, 0x7, 0x3, 0x2, 0x2, 0x7e, 
    0x5, 0x3, 0x2, 0x2, 0x2, 0x7f, 0x80, 0x7, 0x35, 0x2, 0x2, 0x80, 0x81, 
    0x5, 0x56, 0x2c, 0x2, 0x81, 0x7, 0x3, 0x2, 0x2, 0x2, 0x82, 0x83, 0x7, 
    0x36, 0x2, 0x2, 0x83, 0x84, 0x7, 0x15, 0x2, 0x2, 0x84, 0x9, 0x3, 0x2, 
    0x2, 0x2, 0x85, 0x86, 0x7, 0x37, 0x2, 0x2, 0x86, 0x87, 0x5, 0x2c, 0x17, 
    0x2, 0x87, 0xb, 0x3, 0x2, 0x2, 0x2, 0x88, 0x89, 0x9, 0x2, 0x2, 0x2, 
    0x89, 0x8c, 0x5, 0x56, 0x2c, 0x2, 0x8a, 0x8b, 0x7, 0x49, 0x2, 0x2, 0x8b, 
    0x8d, 0x5, 0x5c, 0x2f, 0x2, 0x8c, 0x8a, 0x3, 0x2, 0x2, 0x2, 0x8c, 0x8d, 
    0x3, 0x2, 0x2, 0x2, 0x8d, 0xd, 0x3, 0x2, 0x2, 0x2, 0x8e, 0x8f, 0x7, 
    0x3a, 0x2, 0x2, 0x8f, 0x91, 0x5, 0x2c, 0x17, 0x2, 0x90, 0x92, 0x5, 0x32, 
    0x1a, 0x2, 0x91, 0x90, 0x3, 0x2, 0x2, 0x2, 0x91, 0x92, 0x3, 0x2, 0x2, 
    0x2, 0x92, 0xf, 0x3, 0x2, 0x2, 0x2, 0x93, 0x94, 0x7, 0x3b, 0x2, 0x2, 
    0x94, 0x95, 0x5, 0x2e, 0x18, 0x2, 0x95, 0x96, 0x5, 0x3e, 0x20, 0x2, 
    0x96, 0x11, 0x3, 0x2, 0x2, 0x2, 0x97, 0x98, 0x7, 0x3c, 0x2, 0x2, 0x98, 
    0x99, 0x5, 0x2e, 0x18, 0x2, 0x99, 0x9a, 0x5, 0x42, 0x22, 0x2, 0x9a, 
    0x13, 0x3, 0x2, 0x2, 0x2, 0x9b, 0x9c, 0x7, 0x3d, 0x2, 0x2, 0x9c, 0x9d, 
    0x5, 0x2e, 0x18, 0x2, 0x9d, 0x9e, 0x5, 0x46, 0x24, 0x2, 0x9e, 0x15, 
    0x3, 0x2, 0x2, 0x2, 0x9f, 0xa0, 0x7, 0x3e, 0x2, 0x2, 0xa0, 0xa1, 0x5, 
    0x2e, 0x18, 0x2, 0xa1, 0xa2, 0x5, 0x4c, 0x27, 0x2, 0xa2, 0x17, 0x3, 
    0x2, 0x2, 0x2, 0xa3, 0xa4, 0x7, 0x3f, 0x2, 0x2, 0xa4, 0xa6, 0x5, 0x2c, 
    0x17, 0x2, 0xa5, 0xa7, 0x5, 0x52, 0x2a, 0x2, 0xa6, 0xa5, 0x3, 0x2, 0x2, 
    0x2, 0xa6, 0xa7, 0x3, 0x2, 0x2, 0x2, 0xa7, 0x19, 0x3, 0x2, 0x2, 0x2, 
    0xa8, 0xa9, 0x7, 0x40, 0x2, 0x2, 0xa9, 0xaa, 0x5, 0x2c, 0x17, 0x2, 0xaa, 
    0x1b, 0x3, 0x2, 0x2, 0x2, 0xab, 0xac, 0x7, 0x41, 0x2, 0x2, 0xac, 0xae, 
    0x5, 0x30, 0x19, 0x2, 0xad, 0xaf, 0x5, 0x52, 0x2a, 0x2, 0xae, 0xad, 
    0x3, 0x2, 0x2, 0x2, 0xae, 0xaf, 0x3, 0x2, 0x2, 0x2, 0xaf, 0x1d, 0x3, 
    0x2, 0x2, 0x2, 0xb0, 0xb1, 0x7, 0x42, 0x2, 0x2, 0xb1, 0xb2, 0x5, 0x5e, 
    0x30, 0x2, 0xb2, 0xb4, 0x7, 0x2b, 0x2, 0x2, 0xb3, 0xb5, 0x5, 0x58, 0x2d, 
    0x2, 0xb4, 0xb3, 0x3, 0x2, 0x2, 0x2, 0xb4, 0xb5, 0x3, 0x2, 0x2, 0x2, 
    0xb5, 0xb6, 0x3, 0x2, 0x2, 0x2, 0xb6, 0xb7, 0x7, 0x2c, 0x2, 0x2, 0xb7, 
    0xb8, 0x7, 0x20, 0x2, 0x2, 0xb8, 0xb9, 0x5, 0x56, 0x2c, 0x2, 0xb9, 0x1f, 
    0x3, 0x2, 0x2, 0x2, 0xba, 0xbb, 0x7, 0x43, 0x2, 0x2, 0xbb, 0xbc, 0x5, 
    0x5c, 0x2f, 0x2, 0xbc, 0x21, 0x3, 0x2, 0x2, 0x2, 0xbd, 0xbe, 0x7, 0x44, 
    0x2, 0x2, 0xbe, 0xbf, 0x5, 0x5e, 0x30, 0x2, 0xbf, 0xc0, 0x7, 0x20, 0x2, 
    0x2, 0xc0, 0xc1, 0x5, 0x56, 0x2c, 0x2, 0xc1, 0xc2, 0x7, 0x4b, 0x2, 0x2, 
    0xc2, 0xc3, 0x5, 0x56, 0x2c, 0x2, 0xc3, 0x23, 0x3, 0x2, 0x2, 0x2, 0xc4, 
    0xc5, 0x7, 0x45, 0x2, 0x2, 0xc5, 0xc7, 0x5, 0x2e, 0x18, 0x2, 0xc6, 0xc8, 
    0x5, 0x52, 0x2a, 0x2, 0xc7, 0xc6, 0x3, 0x2, 0x2, 0x2, 0xc7, 0xc8, 0x3, 
    0x2, 0x2, 0x2, 0xc8, 0x25, 0x3, 0x2, 0x2, 0x2, 0xc9, 0xca, 0x7, 0x46, 
    0x2, 0x2, 0xca, 0xcb, 0x7, 0x15, 0x2, 0x2, 0xcb, 0x27, 0x3, 0x2, 0x2, 
    0x2, 0xcc, 0xcd, 0x7, 0x47, 0x2, 0x2, 0xcd, 0xce, 0x5, 0x5e, 0x30, 0x2, 
    0xce, 0xcf, 0x7, 0x15, 0x2, 0x2, 0xcf, 0x29, 0x3, 0x2, 0x2, 0x2, 0xd0, 
    0xd1, 0x7, 0x48, 0x2, 0x2, 0xd1, 0xd2, 0x5, 0x5e, 0x30, 0x2, 0xd2, 0xd3, 
    0x7, 0x4c, 0x2, 0x2, 0xd3, 0xd4, 0x7, 0x15, 0x2, 0x2, 0xd4, 0x2b, 0x3, 
    0x2, 0x2, 0x2, 0xd5, 0xd6, 0x5, 0x5e, 0x30, 0x2, 0xd6, 0xd7, 0x7, 0x20, 
    0x2, 0x2, 0xd7, 0xd8, 0x5, 0x56, 0x2c, 0x2, 0xd8, 0x2d, 0x3, 0x2, 0x2, 
    0x2, 0xd9, 0xda, 0x5, 0x5e, 0x30, 0x2, 0xda, 0x2f, 0x3, 0x2, 0x2, 0x2, 
    0xdb, 0xdc, 0x5, 0x5e, 0x30, 0x2, 0xdc, 0xdd, 0x7, 0x4a, 0x2, 0x2, 0xdd, 
    0xde, 0x5, 0x5c, 0x2f, 0x2, 0xde, 0x31, 0x3, 0x2, 0x2, 0x2, 0xdf, 0xe3, 
    0x7, 0x61, 0x2, 0x2, 0xe0, 0xe2, 0x5, 0x34, 0x1b, 0x2, 0xe1, 0xe0, 0x3, 
    0x2, 0x2, 0x2, 0xe2, 0xe5, 0x3, 0x2, 0x2, 0x2, 0xe3, 0xe1, 0x3, 0x2, 
    0x2, 0x2, 0xe3, 0xe4, 0x3, 0x2, 0x2, 0x2, 0xe4, 0xe6, 0x3, 0x2, 0x2, 
    0x2, 0xe5, 0xe3, 0x3, 0x2, 0x2, 0x2, 0xe6, 0xe7, 0x7, 0x62, 0x2, 0x2, 
    0xe7, 0x33, 0x3, 0x2, 0x2, 0x2, 0xe8, 0xe9, 0x7, 0x56, 0x2, 0x2, 0xe9, 
    0xf4, 0x5, 0x36, 0x1c, 0x2, 0xea, 0xeb, 0x5, 0x38, 0x1d, 0x2, 0xeb, 
    0xec, 0x7, 0x21, 0x2, 0x2, 0xec, 0xf0, 0x5, 0x3a, 0x1e, 0x2, 0xed, 0xef, 
    0x5, 0x3c, 0x1f, 0x2, 0xee, 0xed, 0x3, 0x2, 0x2, 0x2, 0xef, 0xf2, 0x3, 
    0x2, 0x2, 0x2, 0xf0, 0xee, 0x3, 0x2, 0x2, 0x2, 0xf0, 0xf1, 0x3, 0x2, 
    0x2, 0x2, 0xf1, 0xf4, 0x3, 0x2, 0x2, 0x2, 0xf2, 0xf0, 0x3, 0x2, 0x2, 
    0x2, 0xf3, 0xe8, 0x3, 0x2, 0x2, 0x2, 0xf3, 0xea, 0x3, 0x2, 0x2, 0x2, 
    0xf4, 0xf5, 0x3, 0x2, 0x2, 0x2, 0xf5, 0xf6, 0x7, 0x3, 0x2, 0x2, 0xf6, 
    0x35, 0x3, 0x2, 0x2, 0x2, 0xf7, 0xf8, 0x7, 0x53, 0x2, 0x2, 0xf8, 0xfb, 
    0x7, 0x15, 0x2, 0x2, 0xf9, 0xfb, 0x5, 0x5c, 0x2f, 0x2, 0xfa, 0xf7, 0x3, 
    0x2, 0x2, 0x2, 0xfa, 0xf9, 0x3, 0x2, 0x2, 0x2, 0xfb, 0x37, 0x3, 0x2, 
    0x2, 0x2, 0xfc, 0xfd, 0x7, 0x53, 0x2, 0x2, 0xfd, 0x101, 0x7, 0x15, 0x2, 
    0x2, 0xfe, 0x101, 0x7, 0x57, 0x2, 0x2, 0xff, 0x101, 0x5, 0x5c, 0x2f, 
    0x2, 0x100, 0xfc, 0x3, 0x2, 0x2, 0x2, 0x100, 0xfe, 0x3, 0x2, 0x2, 0x2, 
    0x100, 0xff, 0x3, 0x2, 0x2, 0x2, 0x101, 0x39, 0x3, 0x2, 0x2, 0x2, 0x102, 
    0x108, 0x5, 0x5e, 0x30, 0x2, 0x103, 0x105, 0x7, 0x2b, 0x2, 0x2, 0x104, 
    0x106, 0x5, 0x58, 0x2d, 0x2, 0x105, 0x104, 0x3, 0x2, 0x2, 0x2, 0x105, 
    0x106, 0x3, 0x2, 0x2, 0x2, 0x106, 0x107, 0x3, 0x2, 0x2, 0x2, 0x107, 
    0x109, 0x7, 0x2c, 0x2, 0x2, 0x108, 0x103, 0x3, 0x2, 0x2, 0x2, 0x108, 
    0x109, 0x3, 0x2, 0x2, 0x2, 0x109, 0x3b, 0x3, 0x2, 0x2, 0x2, 0x10a, 0x10b, 
    0x7, 0x60, 0x2, 0x2, 0x10b, 0x113, 0x5, 0x56, 0x2c, 0x2, 0x10c, 0x10d, 
    0x7, 0x58, 0x2, 0x2, 0x10d, 0x113, 0x5, 0x56, 0x2c, 0x2, 0x10e, 0x10f, 
    0x7, 0x59, 0x2, 0x2, 0x10f, 0x110, 0x7, 0x5a, 0x2, 0x2, 0x110, 0x113, 
    0x5, 0x5e, 0x30, 0x2, 0x111, 0x113, 0x5, 0x5e, 0x30, 0x2, 0x112, 0x10a, 
    0x3, 0x2, 0x2, 0x2, 0x112, 0x10c, 0x3, 0x2, 0x2, 0x2, 0x112, 0x10e, 
    0x3, 0x2, 0x2, 0x2, 0x112, 0x111, 0x3, 0x2, 0x2, 0x2, 0x113, 0x3d, 0x3, 
    0x2, 0x2, 0x2, 0x114, 0x118, 0x7, 0x61, 0x2, 0x2, 0x115, 0x117, 0x5, 
    0x40, 0x21, 0x2, 0x116, 0x115, 0x3, 0x2, 0x2, 0x2, 0x117, 0x11a, 0x3, 
    0x2, 0x2, 0x2, 0x118, 0x116, 0x3, 0x2, 0x2, 0x2, 0x118, 0x119, 0x3, 
    0x2, 0x2, 0x2, 0x119, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x11a, 0x118, 0x3, 
    0x2, 0x2, 0x2, 0x11b, 0x11c, 0x7, 0x62, 0x2, 0x2, 0x11c, 0x3f, 0x3, 
    0x2, 0x2, 0x2, 0x11d, 0x120, 0x5, 0x56, 0x2c, 0x2, 0x11e, 0x11f, 0x7, 
    0x51, 0x2, 0x2, 0x11f, 0x121, 0x5, 0x5e, 0x30, 0x2, 0x120, 0x11e, 0x3, 
    0x2, 0x2, 0x2, 0x120, 0x121, 0x3, 0x2, 0x2, 0x2, 0x121, 0x122, 0x3, 
    0x2, 0x2, 0x2, 0x122, 0x123, 0x7, 0x3, 0x2, 0x2, 0x123, 0x41, 0x3, 0x2, 
    0x2, 0x2, 0x124, 0x128, 0x7, 0x61, 0x2, 0x2, 0x125, 0x127, 0x5, 0x44, 
    0x23, 0x2, 0x126, 0x125, 0x3, 0x2, 0x2, 0x2, 0x127, 0x12a, 0x3, 0x2, 
    0x2, 0x2, 0x128, 0x126, 0x3, 0x2, 0x2, 0x2, 0x128, 0x129, 0x3, 0x2, 
    0x2, 0x2, 0x129, 0x12b, 0x3, 0x2, 0x2, 0x2, 0x12a, 0x128, 0x3, 0x2, 
    0x2, 0x2, 0x12b, 0x12c, 0x7, 0x62, 0x2, 0x2, 0x12c, 0x43, 0x3, 0x2, 
    0x2, 0x2, 0x12d, 0x136, 0x7, 0x5e, 0x2, 0x2, 0x12e, 0x133, 0x5, 0x56, 
    0x2c, 0x2, 0x12f, 0x130, 0x7, 0x5f, 0x2, 0x2, 0x130, 0x132, 0x5, 0x56, 
    0x2c, 0x2, 0x131, 0x12f, 0x3, 0x2, 0x2, 0x2, 0x132, 0x135, 0x3, 0x2, 
    0x2, 0x2, 0x133, 0x131, 0x3, 0x2, 0x2, 0x2, 0x133, 0x134, 0x3, 0x2, 
    0x2, 0x2, 0x134, 0x137, 0x3, 0x2, 0x2, 0x2, 0x135, 0x133, 0x3, 0x2, 
    0x2, 0x2, 0x136, 0x12e, 0x3, 0x2, 0x2, 0x2, 0x136, 0x137, 0x3, 0x2, 
    0x2, 0x2, 0x137, 0x138, 0x3, 0x2, 0x2, 0x2, 0x138, 0x139, 0x7, 0x3, 
    0x2, 0x2, 0x139, 0x45, 0x3, 0x2, 0x2, 0x2, 0x13a, 0x13e, 0x7, 0x61, 
    0x2, 0x2, 0x13b, 0x13d, 0x5, 0x48, 0x25, 0x2, 0x13c, 0x13b, 0x3, 0x2, 
    0x2, 0x2, 0x13d, 0x140, 0x3, 0x2, 0x2, 0x2, 0x13e, 0x13c, 0x3, 0x2, 
    0x2, 0x2, 0x13e, 0x13f, 0x3, 0x2, 0x2, 0x2, 0x13f, 0x141, 0x3, 0x2, 
    0x2, 0x2, 0x140, 0x13e, 0x3, 0x2, 0x2, 0x2, 0x141, 0x142, 0x7, 0x62, 
    0x2, 0x2, 0x142, 0x47, 0x3, 0x2, 0x2, 0x2, 0x143, 0x146, 0x7, 0x5b, 
    0x2, 0x2, 0x144, 0x146, 0x5, 0x4a, 0x26, 0x2, 0x145, 0x143, 0x3, 0x2, 
    0x2, 0x2, 0x145, 0x144, 0x3, 0x2, 0x2, 0x2, 0x146, 0x147, 0x3, 0x2, 
    0x2, 0x2, 0x147, 0x148, 0x7, 0x18, 0x2, 0x2, 0x148, 0x149, 0x5, 0x56, 
    0x2c, 0x2, 0x149, 0x14a, 0x7, 0x3, 0x2, 0x2, 0x14a, 0x49, 0x3, 0x2, 
    0x2, 0x2, 0x14b, 0x154, 0x5, 0x5e, 0x30, 0x2, 0x14c, 0x14d, 0x7, 0x53, 
    0x2, 0x2, 0x14d, 0x154, 0x7, 0x15, 0x2, 0x2, 0x14e, 0x150, 0x7, 0x63, 
    0x2, 0x2, 0x14f, 0x151, 0x5, 0x58, 0x2d, 0x2, 0x150, 0x14f, 0x3, 0x2, 
    0x2, 0x2, 0x150, 0x151, 0x3, 0x2, 0x2, 0x2, 0x151, 0x152, 0x3, 0x2, 
    0x2, 0x2, 0x152, 0x154, 0x7, 0x64, 0x2, 0x2, 0x153, 0x14b, 0x3, 0x2, 
    0x2, 0x2, 0x153, 0x14c, 0x3, 0x2, 0x2, 0x2, 0x153, 0x14e, 0x3, 0x2, 
    0x2, 0x2, 0x154, 0x4b, 0x3, 0x2, 0x2, 0x2, 0x155, 0x159, 0x7, 0x61, 
    0x2, 0x2, 0x156, 0x158, 0x5, 0x4e, 0x28, 0x2, 0x157, 0x156, 0x3, 0x2, 
    0x2, 0x2, 0x158, 0x15b, 0x3, 0x2, 0x2, 0x2, 0x159, 0x157, 0x3, 0x2, 
    0x2, 0x2, 0x159, 0x15a, 0x3, 0x2, 0x2, 0x2, 0x15a, 0x15c, 0x3, 0x2, 
    0x2, 0x2, 0x15b, 0x159, 0x3, 0x2, 0x2, 0x2, 0x15c, 0x15d, 0x7, 0x62, 
    0x2, 0x2, 0x15d, 0x4d, 0x3, 0x2, 0x2, 0x2, 0x15e, 0x15f, 0x7, 0x5c, 
    0x2, 0x2, 0x15f, 0x161, 0x5, 0x50, 0x29, 0x2, 0x160, 0x162, 0x7, 0x52, 
    0x2, 0x2, 0x161, 0x160, 0x3, 0x2, 0x2, 0x2, 0x161, 0x162, 0x3, 0x2, 
    0x2, 0x2, 0x162, 0x163, 0x3, 0x2, 0x2, 0x2, 0x163, 0x164, 0x5, 0x4c, 
    0x27, 0x2, 0x164, 0x16c, 0x3, 0x2, 0x2, 0x2, 0x165, 0x166, 0x7, 0x5d, 
    0x2, 0x2, 0x166, 0x168, 0x5, 0x50, 0x29, 0x2, 0x167, 0x169, 0x5, 0x52, 
    0x2a, 0x2, 0x168, 0x167, 0x3, 0x2, 0x2, 0x2, 0x168, 0x169, 0x3, 0x2, 
    0x2, 0x2, 0x169, 0x16c, 0x3, 0x2, 0x2, 0x2, 0x16a, 0x16c, 0x5, 0x56, 
    0x2c, 0x2, 0x16b, 0x15e, 0x3, 0x2, 0x2, 0x2, 0x16b, 0x165, 0x3, 0x2, 
    0x2, 0x2, 0x16b, 0x16a, 0x3, 0x2, 0x2, 0x2, 0x16c, 0x16d, 0x3, 0x2, 
    0x2, 0x2, 0x16d, 0x16e, 0x7, 0x3, 0x2, 0x2, 0x16e, 0x4f, 0x3, 0x2, 0x2, 
    0x2, 0x16f, 0x170, 0x5, 0x56, 0x2c, 0x2, 0x170, 0x51, 0x3, 0x2, 0x2, 
    0x2, 0x171, 0x175, 0x7, 0x61, 0x2, 0x2, 0x172, 0x174, 0x5, 0x54, 0x2b, 
    0x2, 0x173, 0x172, 0x3, 0x2, 0x2, 0x2, 0x174, 0x177, 0x3, 0x2, 0x2, 
    0x2, 0x175, 0x173, 0x3, 0x2, 0x2, 0x2, 0x175, 0x176, 0x3, 0x2, 0x2, 
    0x2, 0x176, 0x178, 0x3, 0x2, 0x2, 0x2, 0x177, 0x175, 0x3, 0x2, 0x2, 
    0x2, 0x178, 0x179, 0x7, 0x62, 0x2, 0x2, 0x179, 0x53, 0x3, 0x2, 0x2, 
    0x2, 0x17a, 0x17c, 0x7, 0x5e, 0x2, 0x2, 0x17b, 0x17a, 0x3, 0x2, 0x2, 
    0x2, 0x17c, 0x17d, 0x3, 0x2, 0x2, 0x2, 0x17d, 0x17b, 0x3, 0x2, 0x2, 
    0x2, 0x17d, 0x17e, 0x3, 0x2, 0x2, 0x2, 0x17e, 0x18a, 0x3, 0x2, 0x2, 
    0x2, 0x17f, 0x181, 0x7, 0x6, 0x2, 0x2, 0x180, 0x17f, 0x3, 0x2, 0x2, 
    0x2, 0x180, 0x181, 0x3, 0x2, 0x2, 0x2, 0x181, 0x182, 0x3, 0x2, 0x2, 
    0x2, 0x182, 0x187, 0x5, 0x56, 0x2c, 0x2, 0x183, 0x184, 0x7, 0x22, 0x2, 
    0x2, 0x184, 0x186, 0x5, 0x56, 0x2c, 0x2, 0x185, 0x183, 0x3, 0x2, 0x2, 
    0x2, 0x186, 0x189, 0x3, 0x2, 0x2, 0x2, 0x187, 0x185, 0x3, 0x2, 0x2, 
    0x2, 0x187, 0x188, 0x3, 0x2, 0x2, 0x2, 0x188, 0x18b, 0x3, 0x2, 0x2, 
    0x2, 0x189, 0x187, 0x3, 0x2, 0x2, 0x2, 0x18a, 0x180, 0x3, 0x2, 0x2, 
    0x2, 0x18a, 0x18b, 0x3, 0x2, 0x2, 0x2, 0x18b, 0x18e, 0x3, 0x2, 0x2, 
    0x2, 0x18c, 0x18d, 0x7, 0x4b, 0x2, 0x2, 0x18d, 0x18f, 0x5, 0x56, 0x2c, 
    0x2, 0x18e, 0x18c, 0x3, 0x2, 0x2, 0x2, 0x18e, 0x18f, 0x3, 0x2, 0x2, 
    0x2, 0x18f, 0x190, 0x3, 0x2, 0x2, 0x2, 0x190, 0x191, 0x7, 0x3, 0x2, 
    0x2, 0x191, 0x55, 0x3, 0x2, 0x2, 0x2, 0x192, 0x193, 0x8, 0x2c, 0x1, 
    0x2, 0x193, 0x194, 0x7, 0x2b, 0x2, 0x2, 0x194, 0x195, 0x5, 0x56, 0x2c, 
    0x2, 0x195, 0x196, 0x7, 0x2c, 0x2, 0x2, 0x196, 0x1bc, 0x3, 0x2, 0x2, 
    0x2, 0x197, 0x199, 0x7, 0x54, 0x2, 0x2, 0x198, 0x197, 0x3, 0x2, 0x2, 
    0x2, 0x198, 0x199, 0x3, 0x2, 0x2, 0x2, 0x199, 0x19a, 0x3, 0x2, 0x2, 
    0x2, 0x19a, 0x19c, 0x7, 0x63, 0x2, 0x2, 0x19b, 0x19d, 0x5, 0x58, 0x2d, 
    0x2, 0x19c, 0x19b, 0x3, 0x2, 0x2, 0x2, 0x19c, 0x19d, 0x3, 0x2, 0x2, 
    0x2, 0x19d, 0x19e, 0x3, 0x2, 0x2, 0x2, 0x19e, 0x1bc, 0x7, 0x64, 0x2, 
    0x2, 0x19f, 0x1a1, 0x7, 0x2d, 0x2, 0x2, 0x1a0, 0x1a2, 0x5, 0x58, 0x2d, 
    0x2, 0x1a1, 0x1a0, 0x3, 0x2, 0x2, 0x2, 0x1a1, 0x1a2, 0x3, 0x2, 0x2, 
    0x2, 0x1a2, 0x1a3, 0x3, 0x2, 0x2, 0x2, 0x1a3, 0x1bc, 0x7, 0x2e, 0x2, 
    0x2, 0x1a4, 0x1a5, 0x7, 0x55, 0x2, 0x2, 0x1a5, 0x1a7, 0x7, 0x2d, 0x2, 
    0x2, 0x1a6, 0x1a8, 0x5, 0x58, 0x2d, 0x2, 0x1a7, 0x1a6, 0x3, 0x2, 0x2, 
    0x2, 0x1a7, 0x1a8, 0x3, 0x2, 0x2, 0x2, 0x1a8, 0x1a9, 0x3, 0x2, 0x2, 
    0x2, 0x1a9, 0x1bc, 0x7, 0x2e, 0x2, 0x2, 0x1aa, 0x1ab, 0x7, 0x53, 0x2, 
    0x2, 0x1ab, 0x1bc, 0x7, 0x15, 0x2, 0x2, 0x1ac, 0x1b2, 0x5, 0x5e, 0x30, 
    0x2, 0x1ad, 0x1af, 0x7, 0x2b, 0x2, 0x2, 0x1ae, 0x1b0, 0x5, 0x58, 0x2d, 
    0x2, 0x1af, 0x1ae, 0x3, 0x2, 0x2, 0x2, 0x1af, 0x1b0, 0x3, 0x2, 0x2, 
    0x2, 0x1b0, 0x1b1, 0x3, 0x2, 0x2, 0x2, 0x1b1, 0x1b3, 0x7, 0x2c, 0x2, 
    0x2, 0x1b2, 0x1ad, 0x3, 0x2, 0x2, 0x2, 0x1b2, 0x1b3, 0x3, 0x2, 0x2, 
    0x2, 0x1b3, 0x1bc, 0x3, 0x2, 0x2, 0x2, 0x1b4, 0x1bc, 0x9, 0x3, 0x2, 
    0x2, 0x1b5, 0x1b6, 0x7, 0x25, 0x2, 0x2, 0x1b6, 0x1bc, 0x5, 0x56, 0x2c, 
    0x11, 0x1b7, 0x1b8, 0x7, 0x19, 0x2, 0x2, 0x1b8, 0x1bc, 0x5, 0x56, 0x2c, 
    0xc, 0x1b9, 0x1ba, 0x7, 0x9, 0x2, 0x2, 0x1ba, 0x1bc, 0x5, 0x56, 0x2c, 
    0x8, 0x1bb, 0x192, 0x3, 0x2, 0x2, 0x2, 0x1bb, 0x198, 0x3, 0x2, 0x2, 
    0x2, 0x1bb, 0x19f, 0x3, 0x2, 0x2, 0x2, 0x1bb, 0x1a4, 0x3, 0x2, 0x2, 
    0x2, 0x1bb, 0x1aa, 0x3, 0x2, 0x2, 0x2, 0x1bb, 0x1ac, 0x3, 0x2, 0x2, 
    0x2, 0x1bb, 0x1b4, 0x3, 0x2, 0x2, 0x2, 0x1bb, 0x1b5, 0x3, 0x2, 0x2, 
    0x2, 0x1bb, 0x1b7, 0x3, 0x2, 0x2, 0x2, 0x1bb, 0x1b9, 0x3, 0x2, 0x2, 
    0x2, 0x1bc, 0x1e7, 0x3, 0x2, 0x2, 0x2, 0x1bd, 0x1be, 0xc, 0x12, 0x2, 
    0x2, 0x1be, 0x1bf, 0x7, 0x29, 0x2, 0x2, 0x1bf, 0x1e6, 0x5, 0x56, 0x2c, 
    0x12, 0x1c0, 0x1c1, 0xc, 0x10, 0x2, 0x2, 0x1c1, 0x1c2, 0x9, 0x4, 0x2, 
    0x2, 0x1c2, 0x1e6, 0x5, 0x56, 0x2c, 0x11, 0x1c3, 0x1c4, 0xc, 0xf, 0x2, 
    0x2, 0x1c4, 0x1c5, 0x9, 0x5, 0x2, 0x2, 0x1c5, 0x1e6, 0x5, 0x56, 0x2c, 
    0x10, 0x1c6, 0x1c7, 0xc, 0xe, 0x2, 0x2, 0x1c7, 0x1c8, 0x7, 0x19, 0x2, 
    0x2, 0x1c8, 0x1e6, 0x5, 0x56, 0x2c, 0xf, 0x1c9, 0x1ca, 0xc, 0xa, 0x2, 
    0x2, 0x1ca, 0x1cb, 0x7, 0x4f, 0x2, 0x2, 0x1cb, 0x1e6, 0x5, 0x56, 0x2c, 
    0xb, 0x1cc, 0x1cd, 0xc, 0x9, 0x2, 0x2, 0x1cd, 0x1ce, 0x9, 0x6, 0x2, 
    0x2, 0x1ce, 0x1e6, 0x5, 0x56, 0x2c, 0xa, 0x1cf, 0x1d0, 0xc, 0x7, 0x2, 
    0x2, 0x1d0, 0x1d1, 0x7, 0x7, 0x2, 0x2, 0x1d1, 0x1e6, 0x5, 0x56, 0x2c, 
    0x8, 0x1d2, 0x1d3, 0xc, 0x6, 0x2, 0x2, 0x1d3, 0x1d4, 0x7, 0x8, 0x2, 
    0x2, 0x1d4, 0x1e6, 0x5, 0x56, 0x2c, 0x7, 0x1d5, 0x1d6, 0xc, 0x5, 0x2, 
    0x2, 0x1d6, 0x1d7, 0x7, 0x4d, 0x2, 0x2, 0x1d7, 0x1e6, 0x5, 0x56, 0x2c, 
    0x6, 0x1d8, 0x1d9, 0xc, 0x4, 0x2, 0x2, 0x1d9, 0x1da, 0x7, 0x18, 0x2, 
    0x2, 0x1da, 0x1e6, 0x5, 0x56, 0x2c, 0x5, 0x1db, 0x1dc, 0xc, 0x3, 0x2, 
    0x2, 0x1dc, 0x1dd, 0x7, 0x2a, 0x2, 0x2, 0x1dd, 0x1e6, 0x5, 0x56, 0x2c, 
    0x4, 0x1de, 0x1df, 0xc, 0x13, 0x2, 0x2, 0x1df, 0x1e0, 0x7, 0x23, 0x2, 
    0x2, 0x1e0, 0x1e6, 0x5, 0x5e, 0x30, 0x2, 0x1e1, 0x1e2, 0xc, 0xd, 0x2, 
    0x2, 0x1e2, 0x1e6, 0x7, 0x65, 0x2, 0x2, 0x1e3, 0x1e4, 0xc, 0xb, 0x2, 
    0x2, 0x1e4, 0x1e6, 0x7, 0x4e, 0x2, 0x2, 0x1e5, 0x1bd, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1c0, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1c3, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1c6, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1c9, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1cc, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1cf, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1d2, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1d5, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1d8, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1db, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1de, 0x3, 0x2, 0x2, 0x2, 0x1e5, 0x1e1, 0x3, 0x2, 0x2, 
    0x2, 0x1e5, 0x1e3, 0x3, 0x2, 0x2, 0x2, 0x1e6, 0x1e9, 0x3, 0x2, 0x2, 
    0x2, 0x1e7, 0x1e5, 0x3, 0x2, 0x2, 0x2, 0x1e7, 0x1e8, 0x3, 0x2, 0x2, 
    0x2, 0x1e8, 0x57, 0x3, 0x2, 0x2, 0x2, 0x1e9, 0x1e7, 0x3, 0x2, 0x2, 0x2, 
    0x1ea, 0x1ef, 0x5, 0x5a, 0x2e, 0x2, 0x1eb, 0x1ec, 0x7, 0x22, 0x2, 0x2, 
    0x1ec, 0x1ee, 0x5, 0x5a, 0x2e, 0x2, 0x1ed, 0x1eb, 0x3, 0x2, 0x2, 0x2, 
    0x1ee, 0x1f1, 0x3, 0x2, 0x2, 0x2, 0x1ef, 0x1ed, 0x3, 0x2, 0x2, 0x2, 
    0x1ef, 0x1f0, 0x3, 0x2, 0x2, 0x2, 0x1f0, 0x1f3, 0x3, 0x2, 0x2, 0x2, 
    0x1f1, 0x1ef, 0x3, 0x2, 0x2, 0x2, 0x1f2, 0x1f4, 0x7, 0x22, 0x2, 0x2, 
    0x1f3, 0x1f2, 0x3, 0x2, 0x2, 0x2, 0x1f3, 0x1f4, 0x3, 0x2, 0x2, 0x2, 
    0x1f4, 0x59, 0x3, 0x2, 0x2, 0x2, 0x1f5, 0x1f8, 0x5, 0x56, 0x2c, 0x2, 
    0x1f6, 0x1f7, 0x7, 0x21, 0x2, 0x2, 0x1f7, 0x1f9, 0x5, 0x56, 0x2c, 0x2, 
    0x1f8, 0x1f6, 0x3, 0x2, 0x2, 0x2, 0x1f8, 0x1f9, 0x3, 0x2, 0x2, 0x2, 
    0x1f9, 0x5b, 0x3, 0x2, 0x2, 0x2, 0x1fa, 0x1ff, 0x5, 0x5e, 0x30, 0x2, 
    0x1fb, 0x1fc, 0x7, 0x22, 0x2, 0x2, 0x1fc, 0x1fe, 0x5, 0x5e, 0x30, 0x2, 
    0x1fd, 0x1fb, 0x3, 0x2, 0x2, 0x2, 0x1fe, 0x201, 0x3, 0x2, 0x2, 0x2, 
    0x1ff, 0x1fd, 0x3, 0x2, 0x2, 0x2, 0x1ff, 0x200, 0x3, 0x2, 0x2, 0x2, 
    0x200, 0x5d, 0x3, 0x2, 0x2, 0x2, 0x201, 0x1ff, 0x3, 0x2, 0x2, 0x2, 0x202, 
    0x203, 0x9, 0x7, 0x2, 0x2, 0x203, 0x5f, 0x3, 0x2, 0x2, 0x2, 0x32, 0x63, 
    0x7b, 0x8c, 0x91, 0xa6, 0xae, 0xb4, 0xc7, 0xe3, 0xf0, 0xf3, 0xfa, 0x100, 
    0x105, 0x108, 0x112, 0x118, 0x120, 0x128, 0x133, 0x136, 0x13e, 0x145, 
    0x150, 0x153, 0x159, 0x161, 0x168, 0x16b, 0x175, 0x17d, 0x180, 0x187, 
    0x18a, 0x18e, 0x198, 0x19c, 0x1a1, 0x1a7, 0x1af, 0x1b2, 0x1bb, 0x1e5, 
    0x1e7, 0x1ef, 0x1f3, 0x1f8, 0x1ff, 
  };

  atn::ATNDeserializer deserializer;
  _atn = deserializer.deserialize(_serializedATN);

  size_t count = _atn.getNumberOfDecisions();
  _decisionToDFA.reserve(count);
  for (size_t i = 0; i < count; i++) { 
    _decisionToDFA.emplace_back(_atn.getDecisionState(i), i);
  }
}

MlpParser::Initializer MlpParser::_init;
