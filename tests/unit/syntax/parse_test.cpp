#include "compiler/syntax/dump.h"
#include "tests/unit/syntax/parsed.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace {

std::string tree(const std::string& text) {
    const Parsed parsed(text);
    EXPECT_EQ(parsed.joined_messages(), "") << text;
    return dump(parsed.file);
}

// The tree of one expression.
std::string value(const std::string& text) {
    const std::string all = tree("model m = " + text);
    return all.substr(8, all.size() - 9);
}

TEST(Expressions, BindAsInMathematics) {
    EXPECT_EQ(value("1 + 2 * 3 - 4"), "(- (+ 1 (* 2 3)) 4)");
    EXPECT_EQ(value("-x^2^3"), "(- (^ x (^ 2 3)))");
    EXPECT_EQ(value("2^-1 * 3"), "(* (^ 2 (- 1)) 3)");
    EXPECT_EQ(value("a / b % c"), "(% (/ a b) c)");
    EXPECT_EQ(value("not a in b and c or d"), "(or (and (not (in a b)) c) d)");
    EXPECT_EQ(value("a < b < c"), "(< (< a b) c)");
    EXPECT_EQ(value("a.b.c * 2"), "(* (. (. a b) c) 2)");
    EXPECT_EQ(value("(a)"), "(paren a)");
}

TEST(Expressions, ChainsBindTighterThanAlternatives) {
    EXPECT_EQ(value("a -> b | c -> d -> e | none"), "(| (-> a b) (-> c d e) none)");
    EXPECT_EQ(value("a -> (b | c)"), "(-> a (paren (| b c)))");
    EXPECT_EQ(value("stack(a, b) with logistic() -> c"), "(-> (with (call stack a b) (call logistic)) c)");
}

TEST(Expressions, Ranges) {
    EXPECT_EQ(value("1e-4..1e2 log"), "(range (real 0.0001) (real 100) log)");
    EXPECT_EQ(value("1..9 step 2"), "(range 1 9 step 2)");
    EXPECT_EQ(value("2 * a .. 3 + b"), "(range (* 2 a) (+ 3 b))");
    EXPECT_EQ(value("-5.0..10.0"), "(range (- (real 5)) (real 10))");
    EXPECT_EQ(value("f(0.., ..5, a in 1..2 and b)"), "(call f (range 0 -) (range - 5) (and (in a (range 1 2)) b))");
    EXPECT_EQ(value("x in 0.. and y"), "(and (in x (range 0 -)) y)");
}

TEST(Expressions, ArgumentsAreFixedSearchedOrPositional) {
    EXPECT_EQ(value("f(C: 1.0, d in {a, b}, e, g in ordered {s, m})"), "(call f (fixed C (real 1)) (search d (set a b)) e (search g (ordered s m)))");
    EXPECT_EQ(value("f(a in 1..2 and b in 3..4)"), "(call f (and (in a (range 1 2)) (in b (range 3 4))))");
    EXPECT_EQ(value("f(x: a | none)"), "(call f (fixed x (| a none)))");
    EXPECT_EQ(value("f(1, 2,)"), "(call f 1 2)");
}

TEST(Expressions, BracesAreSetsOrRecords) {
    EXPECT_EQ(value("manual [{C: 1.0, d: {e: 2}}, {C: 2}]"),
              "(call manual (list (record (fixed C (real 1)) (fixed d (record (fixed e 2)))) (record (fixed C 2))))");
    EXPECT_EQ(value("f({1, 2}, {}, [])"), "(call f (set 1 2) (set) (list))");
}

TEST(Literals, HaveTheirValues) {
    EXPECT_EQ(value("1_000"), "1000");
    EXPECT_EQ(value("2.5e3"), "(real 2500)");
    EXPECT_EQ(value("20%"), "(percent 0.2)");
    EXPECT_EQ(value("1970-01-02"), "(date 1)");
    EXPECT_EQ(value("2024-02-29"), "(date 19782)");
    EXPECT_EQ(value("f(30s, 10min, 7d, 2h, 1w, 250ms, 1.5h)"),
              "(call f (seconds 30) (seconds 600) (seconds 604800) (seconds 7200) (seconds 604800) (seconds 0.25) (seconds 5400))");
    EXPECT_EQ(value("f(4GB, 2KiB)"), "(call f (bytes 4000000000) (bytes 2048))");
    EXPECT_EQ(value("f(true, false, none)"), "(call f true false none)");
    EXPECT_EQ(value("`Passenger Id`"), "`Passenger Id`");
}

TEST(Literals, StringsKeepBackslashesThatEscapeNothing) {
    const Parsed parsed(R"(param a = "\d\"\\\n\t\w")");
    EXPECT_EQ(std::get<ast::String>(std::get<ast::Param>(parsed.file.declarations[0].node).value.node).value, "\\d\"\\\n\t\\w");
}

TEST(Declarations, Data) {
    EXPECT_EQ(tree("data a = csv(\"x\") -> filter(b > 1) {\n  a, `b c`: category target positive \"yes\"\n  matching \"p_.*\": numeric in 0..\n"
                   "  others: ordinal(x < y) known after a\n  ignore d, e\n  ignore matching \"q\"\n}"),
              "data a (-> (call csv \"x\") (call filter (> b 1))) schema\n"
              "  columns a `b c`: category (target) (positive \"yes\")\n"
              "  matching matching \"p_.*\": numeric (in (range 0 -))\n"
              "  others: (call ordinal (< x y)) (known after a)\n"
              "  ignore d e\n"
              "  ignore matching \"q\"\n");
}

TEST(Declarations, Split) {
    EXPECT_EQ(tree("split a {\n  test from 2024-01-01 seed 7\n  test \"o.csv\"\n  test none\n  folds forward 5 gap 7d\n  folds leave one group\n"
                   "  folds by f stratified\n  folds 5 repeat 3\n  outer k\n  duplicates drop\n}"),
              "split a\n"
              "  test (from (date 19723)) (seed 7)\n"
              "  test (file \"o.csv\")\n"
              "  test (none -)\n"
              "  folds (forward 5) (gap (seconds 604800))\n"
              "  folds (leave one group -)\n"
              "  folds (by f) (stratified -)\n"
              "  folds (value 5) (repeat 3)\n"
              "  outer (value k)\n"
              "  duplicates (word drop)\n");
}

TEST(Declarations, PipelineAndNetwork) {
    EXPECT_EQ(tree("pipeline p {\n  numeric -> a -> (b | none)\n  {x, y} -> c\n  matching \"z\" -> d\n  then -> e\n}"),
              "pipeline p\n"
              "  numeric -> (-> a (paren (| b none)))\n"
              "  (set x y) -> c\n"
              "  (matching \"z\") -> d\n"
              "  then -> e\n");
    EXPECT_EQ(tree("network n {\n  conv(3) -> relu\n  repeat 1..3 {\n    dense(8)\n  }\n  train adam(rate in 1..2) {\n    stop early 5 on a.test\n"
                   "    augment flip, crop(2)\n  }\n}"),
              "network n\n"
              "  (-> (call conv 3) relu)\n"
              "  repeat (range 1 3)\n"
              "    (call dense 8)\n"
              "  train (call adam (search rate (range 1 2)))\n"
              "    (stop early 5 on (. a test))\n"
              "    (augment flip (call crop 2))\n");
}

TEST(Declarations, SearchAndWhatFollows) {
    EXPECT_EQ(tree("search s over a, b {\n  where a.x * 2 <= 3\n  on d.train\n}\nevaluate s {\n  errors by p, q\n  gate mcc >= 0.4\n}\nevaluate s"),
              "search s (over a b)\n"
              "  (where (<= (* (. a x) 2) 3))\n"
              "  (on (. d train))\n"
              "evaluate s\n"
              "  (errors by p q)\n"
              "  (gate (>= mcc (real 0.4)))\n"
              "evaluate s\n");
    EXPECT_EQ(tree("seeds {3, 7} vary init, split\nfit f = a -> b on c.train\nobjective o(x in 0..1) = x^2\nallow L111 because \"w\""),
              "seeds (set 3 7) (vary init split)\n"
              "fit f (-> a b) on (. c train)\n"
              "objective o (parameters (search x (range 0 1))) (^ x 2)\n"
              "allow L111 \"w\"\n");
    EXPECT_EQ(tree("source r = onnx(\"x\") {\n  trained on \"imagenet\"\n  features at \"pool\"\n}"),
              "source r (call onnx \"x\")\n  (trained on \"imagenet\")\n  (features at \"pool\")\n");
}

TEST(Lines, GoOnInBracketsAfterOperatorsAndBeforeArrows) {
    EXPECT_EQ(tree("model a = b ->\n  c\n\n  # comment\n  -> d(\n  e\n)\n  | f\ncheck t {\n  a and\n  b\n  -c > 1\n}"),
              "model a (| (-> b c (call d e)) f)\ncheck t\n  (and a b)\n  (> (- c) 1)\n");
}

TEST(Spans, CoverWhatWasWritten) {
    const std::string text =
        "\xEF\xBB\xBF"
        "# ä\nmodel größe = prep -> f(`a b` in 1..2)\r\nreport \"x\"";
    const Parsed parsed(text);
    ASSERT_EQ(parsed.file.declarations.size(), 2U);
    const auto slice = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
    const auto& model = std::get<ast::Model>(parsed.file.declarations[0].node);
    EXPECT_EQ(slice(parsed.file.declarations[0].span), "model größe = prep -> f(`a b` in 1..2)");
    EXPECT_EQ(slice(parsed.file.declarations[0].keyword_span), "model");
    EXPECT_EQ(slice(model.name.span), "größe");
    const auto& call = std::get<ast::Call>(std::get<ast::Chain>(model.chain.node).links[1].node);
    EXPECT_EQ(slice(call.args[0].span), "`a b` in 1..2");
    EXPECT_EQ(slice(call.args[0].name.span), "`a b`");
    EXPECT_EQ(call.args[0].name.text, "a b");
    EXPECT_EQ(slice(std::get<ast::Report>(parsed.file.declarations[1].node).path_span), "\"x\"");
    EXPECT_EQ(parsed.file.comments[0].text, "# ä");
    EXPECT_TRUE(parsed.file.comments[0].own_line);
}

}  // namespace
}  // namespace mlpc
