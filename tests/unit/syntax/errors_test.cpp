#include "compiler/diagnostics/explain.h"
#include "compiler/diagnostics/fixes.h"
#include "tests/unit/syntax/parsed.h"

#include <gtest/gtest.h>

#include <set>

namespace mlpc {
namespace {

struct Mistake {
    const char* name;
    const char* text;
    std::vector<std::string> messages;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

const std::vector<Mistake>& mistakes() {
    static const std::vector<Mistake> all = {
        {"ModelWithoutName", "model = a", {"1:7 S001 expected a name after `model`, found `=`"}},
        {"ModelWithoutSign", "model a b", {"1:9 S001 expected `=` after the model's name, found `b`"}},
        {"ModelWithoutValue", "model a =\nmodel b = c", {"1:10 S001 expected a value after `=`, found the end of the line"}},
        {"StepAfterArrow", "model a = b ->\nmodel c = d", {"1:15 S001 expected a step after `->`, found the end of the line"}},
        {"ArgumentComma", "model a = f(b c)", {"1:15 S001 expected `,` or `)`, found `c`"}},
        {"ArgumentValue", "model a = f(C: )", {"1:16 S001 expected a value after `:`, found `)`"}},
        {"ArgumentSpace", "model a = f(C in )", {"1:18 S001 expected a space after `in`, such as `1..10` or `{a, b}`, found `)`"}},
        {"OperatorValue", "param a = 1 + * 2", {"1:15 S001 expected a value after `+`, found `*`"}},
        {"EndOfLine", "compare a b", {"1:11 S001 expected the end of the line, found `b`"}},
        {"SecondRange", "param a = 1..2..3", {"1:15 S001 expected one `..` in a range, found a second one"}},
        {"ParameterName", "model a = f(1: 2)", {"1:13 S001 expected a parameter's name before `:`, found a value"}},
        {"ListColon", "model a = f([b: 2])", {"1:15 S001 expected `,` or `]`, found `:`"}},
        {"ReportText", "report churn", {"1:8 S001 expected a text in double quotes after `report`, found `churn`"}},
        {"SaveText", "save best", {"1:10 S001 expected a text in double quotes after `best`, found the end of the line"}},
        {"AllowBecause", "allow L101 \"x\"", {"1:12 S001 expected `because` after `L101`, found the text \"x\""}},
        {"AllowReason", "allow L101 because", {"1:19 S001 expected a text in double quotes after `because`, found the end of the line"}},
        {"ImportText", "import steps", {"1:8 S001 expected a text in double quotes after `import`, found `steps`"}},
        {"FitOn", "fit a = b", {"1:10 S001 expected `on`, found the end of the line"}},
        {"SearchOver", "search best", {"1:12 S001 expected `over` and the models after the search's name, found the end of the line"}},
        {"SearchOverTypo",
         "search best ovr a {\n  method grid\n}",
         {"1:13 S001 expected `over` and the models after the search's name, found `ovr`"}},
        {"BlockMissing", "check churn", {"1:12 S001 expected `{`, found the end of the line"}},
        {"BlockAfterJunk",
         "data churn = csv(\"x\") y {\n  a = text\n}",
         {"1:23 S001 expected `{` or the end of the line, found `y`", "2:5 S030 `=` gives a name to a declaration: here it is `:`"}},
        {"SchemaColon",
         "data t = csv(\"x\") {\n  a numeric\n  b: text\n}",
         {"2:5 S001 expected `:` and a type after the column's name, found `numeric`"}},
        {"SchemaType",
         "data t = csv(\"x\") {\n  a:\n  b: text 7\n}",
         {"2:5 S001 expected a type after `:`, found the end of the line", "3:11 S001 expected the end of the line, found `7`"}},
        {"SchemaKnown",
         "data t = csv(\"x\") {\n  a: text known\n  b: text known after\n}",
         {"2:16 S001 expected `after` after `known`, found the end of the line",
          "3:22 S001 expected a name after `after`, found the end of the line"}},
        {"SchemaStart", "data t = csv(\"x\") {\n  7: text\n  b: text\n}", {"2:3 S001 expected a column's name, found `7`"}},
        {"BranchArrow",
         "pipeline p {\n  numeric scale()\n  -> b\n  7 -> c\n  a -> b\n}",
         {"2:11 S001 expected `->` after the columns, found `scale`", "4:3 S001 expected columns: a type, a name, a set or `matching`, found `7`"}},
        {"ClauseStart", "search s over a {\n  7\n  method grid\n}", {"2:3 S001 expected a clause, which begins with its name, found `7`"}},
        {"LeaveOne", "split t {\n  folds leave one\n}", {"2:9 S001 expected `leave one group`, found `leave`"}},
        {"EditionValue", "edition", {"1:8 S001 expected a value after `edition`, found the end of the line"}},
        {"ObjectiveEquals", "objective f(x in 0..1)", {"1:23 S001 expected `=` after the objective's name, found the end of the line"}},
        {"TextJunk", "model a = b {\n  c\n}\nmodel d = e", {"1:13 S001 expected the end of the line, found `{`"}},
        {"StrayWordInNetwork",
         "network n {\n  dense(8) relu\n  repeat 1..3\n  train adam x {\n    epochs 3\n    epoch 4\n  }\n}",
         {"2:12 S001 expected the end of the line, found `relu`", "3:14 S001 expected `{`, found the end of the line",
          "4:14 S001 expected `{` or the end of the line, found `x`", "6:5 S012 a `train` block has no clause `epoch`"}},
        {"OtherLanguage",
         "\n  <!DOCTYPE MeshLabDocument>",
         {"2:3 S003 a file that begins with `<` is not an experiment: MeshLab's projects are also named `.mlp`"}},
        {"UnclosedString", "param a = \"x\nparam b = 1", {"1:11 S004 a string that starts here has no end"}},
        {"UnclosedBackquote", "check t {\n  `a > 1\n  b > 1\n}", {"2:3 S005 a backquoted name that starts here has no end"}},
        {"UnclosedParenAtDeclaration", "model a = f(b,\n  c\nmodel d = e", {"1:12 S006 this `(` is never closed"}},
        {"UnclosedBlock", "split t {\n  folds 5\nmodel a = b", {"1:9 S006 this `{` is never closed"}},
        {"UnclosedSet",
         "model a = f(b in {1, 2)\nmodel c = f(b in {1, 2\n",
         {"1:18 S006 this `{` is never closed", "2:18 S006 this `{` is never closed"}},
        {"UnclosedInnerBlock", "network n {\n  train adam {\n    epochs 3\n}\nmodel a = b", {"2:14 S006 this `{` is never closed"}},
        {"UnclosedSetInBlock", "pipeline p {\n  {a, b -> c\n  d -> e\n}\nmodel x = y", {"2:3 S006 this `{` is never closed"}},
        {"StrayCloser", "model a = b)\nmodel c = d", {"1:12 S007 this `)` closes nothing"}},
        {"Mismatched", "model a = f(b]", {"1:14 S008 `(` is closed by `]`"}},
        {"UnknownCharacter", "param a = 1 $ 2", {"1:13 S010 `$` has no meaning in an experiment"}},
        {"UnknownDeclaration",
         "parm a = 1\nexperiment x {\n  a\n}\nx = 3\nmethod grid",
         {"1:1 S011 `parm` begins no declaration", "2:1 S011 `experiment` begins no declaration", "5:1 S011 `x` begins no declaration",
          "6:1 S011 `method` begins no declaration"}},
        {"Semicolon", "evaluate a {\n  metrics b; gate c > 1;\n}", {"2:12 S013 there are no semicolons: a newline ends a clause"}},
        {"UnknownUnit", "param a = 3 * 10sek", {"1:15 S014 `10sek` is not a number: `sek` is not a unit"}},
        {"Separator", "param a = 1__0", {"1:11 S014 `1__0` is not a number: `_` stands between two digits"}},
        {"LeadingPoint", "param a = .5", {"1:11 S014 `.5` is not a number: a digit comes before the point"}},
        {"Date", "param a = 2024-02-30", {"1:11 S015 `2024-02-30` is not a day of the calendar"}},
        {"SingleQuotes", "param a = 'b'", {"1:11 S016 text stands in double quotes"}},
        {"ForeignOperators",
         "check t {\n  a && b\n  a || b\n  a <> b\n  !a\n  a ** b\n  a ≤ b\n}",
         {"2:5 S017 `&&` is written `and`", "3:5 S017 `||` is written `or`", "4:5 S017 `<>` is written `!=`", "5:3 S017 `!` is written `not`",
          "6:5 S017 `**` is written `^`", "7:5 S017 `≤` is written `<=`"}},
        {"AssignInCondition",
         "check t {\n  share(a = 1) > 2\n  b = 3\n}",
         {"2:11 S018 `=` gives a name to something: two values are compared with `==`",
          "3:5 S018 `=` gives a name to something: two values are compared with `==`"}},
        {"AssignForColon",
         "model a = f(C = 1)\ndata t = csv(\"x\") {\n  a = text\n}",
         {"1:15 S030 `=` gives a name to a declaration: here it is `:`", "3:5 S030 `=` gives a name to a declaration: here it is `:`"}},
        {"BraceOnOwnLine", "evaluate a\n{\n  metrics b\n}", {"2:1 S019 a block's `{` stands at the end of the line that it belongs to"}},
        {"UnknownModifier",
         "data t = csv(\"x\") {\n  a: text optionl\n  b: text foo\n  c: text `target`\n}",
         {"2:11 S020 `optionl` says nothing about a column", "3:11 S020 `foo` says nothing about a column",
          "4:11 S020 `target` says nothing about a column"}},
        {"UnknownSplitOption",
         "split t {\n  test 20% stratfied\n  folds 5 3\n  folds forwrd 5\n}",
         {"2:12 S021 `stratfied` has no meaning after `test`", "3:11 S021 `3` has no meaning after `folds`",
          "4:9 S021 `forwrd` has no meaning after `folds`"}},
        {"SplitValues",
         "split t {\n  test\n  folds by\n  test 20% seed\n  foo 3\n}",
         {"2:3 S027 `test` needs a value", "3:9 S027 `by` needs a value", "4:12 S027 `seed` needs a value",
          "5:3 S012 a `split` block has no clause `foo`"}},
        {"ElseWithoutWarn", "check t {\n  a > 1 else stop\n}", {"2:14 S022 only `warn` can follow `else`, not `stop`"}},
        {"BareAlternatives", "pipeline p {\n  a -> b | c\n}", {"2:8 S023 the alternatives of a branch stand in parentheses"}},
        {"ForeignComment", "seed 1 // one", {"1:8 S024 a comment begins with `#`"}},
        {"TooLarge",
         "param a = 1e999\nparam b = 99999999999999999999\nparam c = 99999999999TB",
         {"1:11 S025 `1e999` is larger than a number can be", "2:11 S025 `99999999999999999999` is larger than a number can be",
          "3:11 S025 `99999999999TB` is larger than a number can be"}},
        {"MixedBraces",
         "param a = {b: 1, 2}\nparam c = ordered {b: 1}",
         {"1:11 S026 `{` holds either the elements of a set or the fields of a record, not both",
          "2:11 S026 `{` holds either the elements of a set or the fields of a record, not both"}},
        {"ClauseWithoutValue", "search s over a {\n  maximize\n}", {"2:3 S027 `maximize` needs a value"}},
        {"UnknownClause",
         "search s over a {\n  maximise mcc\n  trials 60\n}\nevaluate s {\n  errors plan\n}",
         {"2:3 S012 a `search` block has no clause `maximise`", "3:3 S012 a `search` block has no clause `trials`",
          "6:3 S012 an `evaluate` block has no clause `errors`"}},
        {"ReservedWord",
         "model none = a\ndata t = csv(\"x\") {\n  in: text\n  a, or: text\n}",
         {"1:7 S028 `none` is a reserved word and cannot be a name as it stands",
          "3:3 S028 `in` is a reserved word and cannot be a name as it stands",
          "4:6 S028 `or` is a reserved word and cannot be a name as it stands"}},
        {"RangeSuffix",
         "param a = 60 log\nparam b = 1..2 log step 3",
         {"1:14 S029 `log` can only follow a range such as `1..10`", "2:20 S029 `step` can only follow a range such as `1..10`"}},
        {"SignAfterClause",
         "search s over a {\n  method = tpe\n  budget: 10min\n}",
         {"2:10 S031 the value of `method` follows without `=`", "3:9 S031 the value of `budget` follows without `:`"}},
        {"OperatorBeginsLine",
         "model a\n  = b\ncheck t {\n  a\n    and b\n}",
         {"2:3 S032 `=` cannot begin a line", "5:5 S032 `and` cannot begin a line"}},
        {"JsonFile", "{\n  \"a\": 1\n}", {"1:1 S011 `{` begins no declaration"}},
        {"PythonFile",
         "import pandas as pd\n\ndef f(x):\n    return x\n",
         {"1:8 S001 expected a text in double quotes after `import`, found `pandas`", "3:1 S011 `def` begins no declaration",
          "4:5 S011 `return` begins no declaration"}},
        {"SplitJunk",
         "split t {\n  test 20% (3)\n  folds -5 ]\n}",
         {"2:12 S001 expected the end of the line, found `(`", "3:12 S007 this `]` closes nothing"}},
        {"SchemaPositive",
         "data t = csv(\"x\") {\n  a: category positive\n  b: numeric positive 1 in 0..5\n  c: numeric in\n}",
         {"2:23 S001 expected a value after `positive`, found the end of the line",
          "4:16 S001 expected a space after `in`, such as `1..10` or `{a, b}`, found the end of the line"}},
        {"UnclosedParenBeforeBlock",
         "data t = csv(\"x\" {\n  a: text\n  b text\n}",
         {"1:13 S006 this `(` is never closed", "3:5 S001 expected `:` and a type after the column's name, found `text`"}},
        {"ElseAfterIn",
         "check t {\n  a in else warn\n  a > else warn\n}",
         {"2:8 S001 expected a space after `in`, such as `1..10` or `{a, b}`, found `else`", "3:7 S001 expected a value after `>`, found `else`"}},
    };
    return all;
}

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreReportedInTheReadersTerms) { EXPECT_EQ(Parsed(GetParam().text).messages(), GetParam().messages); }

INSTANTIATE_TEST_SUITE_P(Syntax, Mistakes, testing::ValuesIn(mistakes()), [](const auto& tested) { return tested.param.name; });

TEST(Errors, EveryCodeHasAMistake) {
    std::set<std::string> seen;
    for (const Mistake& mistake : mistakes()) {
        for (const std::string& message : mistake.messages) {
            seen.insert(message.substr(message.find(' ') + 1, 4));
        }
    }
    seen.insert("S002");  // tested below, with bytes that are no text
    seen.insert("S009");  // tested with the limits in robustness_test.cpp
    for (const DiagnosticKind& kind : all_diagnostics()) {
        EXPECT_TRUE(kind.code[0] != 'S' || seen.contains(kind.code)) << kind.code;
    }
}

std::set<std::string> codes(const std::string& text) {
    const Parsed parsed(text);
    std::set<std::string> result;
    for (const Diagnostic& diagnostic : parsed.diags.all()) {
        result.insert(diagnostic.kind.code);
    }
    return result;
}

TEST(Errors, ExplanationPagesHoldTheirCodeAndItsCure) {
    for (const DiagnosticKind& kind : all_diagnostics()) {
        if (kind.code[0] != 'S') {
            continue;
        }
        const auto page = explanation(kind.code);
        ASSERT_TRUE(page.has_value()) << kind.code;
        const ExplanationParts parts = parse_explanation(*page);
        EXPECT_EQ(codes(std::string(parts.fails)), std::set<std::string>{kind.code}) << kind.code;
        EXPECT_EQ(codes(std::string(parts.fixed)), std::set<std::string>{}) << kind.code;
    }
}

TEST(Errors, TextThatIsNoneIsOneDiagnostic) {
    EXPECT_EQ(Parsed(std::string("seed 1\nseed \0 2\n)", 17)).messages(),
              std::vector<std::string>{"2:6 S002 the file is not UTF-8 text: it holds a NUL byte"});
    EXPECT_EQ(Parsed("param a = \"\xff\"").messages(),
              std::vector<std::string>{"1:12 S002 the file is not UTF-8 text: it holds the byte 0xFF where no character can have it"});
    EXPECT_EQ(codes("param a = \"\xed\xa0\x80\""), std::set<std::string>{"S002"});
    EXPECT_EQ(codes("param a = \"\xc0\xaf\""), std::set<std::string>{"S002"});
    EXPECT_EQ(codes("param a = \"\xf0\x9f\x92\""), std::set<std::string>{"S002"});
    EXPECT_EQ(codes("param a = \"\xf0\x9f\x92\xa9\""), std::set<std::string>{});
}

TEST(Errors, TwelveMistakesAreTwelveDiagnosticsInOrder) {
    const Parsed parsed(R"(edition
parm trials = 60
data churn = csv("churn.csv" {
  churned: category target positve "yes"
  tenure numeric
  income: numeric in 0..
}
check churn {
  rows = 3
  share(a) in else warn
}
split churn {
  tets 20%
  folds 5 stratifed
}
model a - b
search best ovr a {
  method tpe(trials 60)
  maximize
}
)");
    std::vector<std::uint32_t> lines;
    for (const Diagnostic& diagnostic : parsed.diags.sorted()) {
        lines.push_back(parsed.sources.position(parsed.id, diagnostic.span.begin).line);
    }
    EXPECT_EQ(lines, (std::vector<std::uint32_t>{1, 2, 3, 4, 5, 9, 10, 13, 14, 16, 17, 18, 19})) << parsed.joined_messages();
}

TEST(Errors, UnclosedBracketPointsAtWhereItWasNoticed) {
    const Parsed parsed("search s over a {\n  method tpe(trials: 60\n  maximize mcc\n}\n");
    ASSERT_EQ(parsed.diags.all().size(), 1U);
    const Diagnostic& diagnostic = parsed.diags.all()[0];
    EXPECT_EQ(parsed.sources.position(parsed.id, diagnostic.span.begin).line, 2U);
    ASSERT_EQ(diagnostic.labels.size(), 1U);
    EXPECT_EQ(parsed.sources.position(parsed.id, diagnostic.labels[0].span.begin).line, 4U);
    EXPECT_EQ(std::get<ast::Search>(parsed.file.declarations[0].node).clauses.size(), 2U);
}

TEST(Errors, WhatIsAroundAMistakeIsStillRead) {
    const Parsed parsed("model a = \nmodel b = x -> \nmodel c = y\nsplit a {\n  )\n  folds 5\n}\n");
    ASSERT_EQ(parsed.file.declarations.size(), 4U);
    EXPECT_TRUE(std::holds_alternative<ast::ErrorExpr>(std::get<ast::Model>(parsed.file.declarations[0].node).chain.node));
    EXPECT_TRUE(std::holds_alternative<ast::NameRef>(std::get<ast::Model>(parsed.file.declarations[2].node).chain.node));
    EXPECT_EQ(std::get<ast::Split>(parsed.file.declarations[3].node).clauses.size(), 1U);
}

class Fixes : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Fixes, MakeTheTextRight) {
    const auto& [before, after] = GetParam();
    const Parsed parsed(before);
    ASSERT_FALSE(parsed.diags.empty());
    std::string text = before;
    for (const Diagnostic& diagnostic : parsed.diags.sorted()) {
        ASSERT_EQ(diagnostic.fixes.size(), 1U) << diagnostic.message;
        const Fix& fix = diagnostic.fixes[0];
        text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.replacement);
    }
    EXPECT_EQ(text, after);
    EXPECT_EQ(Parsed(text).joined_messages(), "");
}

INSTANTIATE_TEST_SUITE_P(Syntax, Fixes,
                         testing::ValuesIn(std::vector<std::pair<std::string, std::string>>{
                             {"pipelin p {\n  a -> b\n}\n", "pipeline p {\n  a -> b\n}\n"},
                             {"param a = 'x \"y\"'\n", "param a = \"x \\\"y\\\"\"\n"},
                             {"param a = b && c\n", "param a = b and c\n"},
                             {"param a = !b\n", "param a = not b\n"},
                             {"seed 1 // c\n", "seed 1 # c\n"},
                             {"check t {\n  a = 1\n}\n", "check t {\n  a == 1\n}\n"},
                             {"model a = f(C = 1)\n", "model a = f(C : 1)\n"},
                             {"data t = csv(\"x\") {\n  a = text\n}\n", "data t = csv(\"x\") {\n  a : text\n}\n"},
                             {"search s over a {\n  method: tpe\n}\n", "search s over a {\n  method tpe\n}\n"},
                             {"evaluate a {\n  metrics b; gate c\n}\n", "evaluate a {\n  metrics b\n   gate c\n}\n"},
                             {"seed 1;\n", "seed 1\n"},
                             {"model a = f(b; c)\n", "model a = f(b, c)\n"},
                             {"param a = .5\n", "param a = 0.5\n"},
                             {"model in = a\n", "model `in` = a\n"},
                             {"param a = (1]\n", "param a = (1)\n"},
                             {"split t {\n  test 20% stratfied\n}\n", "split t {\n  test 20% stratified\n}\n"},
                             {"search s ovr a\n", "search s over a\n"},
                         }));

}  // namespace
}  // namespace mlpc
