// The syntax tree of a `.mlp` file: everything edition 1 can say, with the span of each part; nothing is resolved here.
#pragma once

#include "runtime/core/span.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mlpc::ast {

struct Name {
    std::string text;     // without backquotes
    Span span;            // with backquotes, where written
    bool quoted = false;  // `Passenger Id`
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Number {
    enum class Form { Integer, Real, Percent };
    Form form = Form::Integer;
    double value = 0;          // 20% is 0.2
    std::int64_t integer = 0;  // for Form::Integer
    std::string text;          // as written
};
struct String {
    std::string value;  // without quotes, escapes resolved
};
struct Bool {
    bool value = false;
};
struct None {};  // the empty step, `none`
struct Date {
    std::int32_t days = 0;  // since 1970-01-01
    std::string text;
};
struct Duration {
    double seconds = 0;
    std::string text;
};
struct Size {
    std::uint64_t bytes = 0;
    std::string text;
};
struct NameRef {
    Name name;
};
struct Member {  // churn.train, forest.depth
    ExprPtr object;
    Name member;
};
enum class UnaryOp { Minus, Not };
struct Unary {
    UnaryOp op;
    ExprPtr operand;
};
enum class BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Matches,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power
};
struct Binary {
    BinaryOp op;
    Span op_span;
    ExprPtr left, right;  // comparisons associate to the left: `a < b < c` is ((a < b) < c)
};
struct Range {  // lo..hi, lo..hi log, lo..hi step s; one end may be open: `0..`, `..5`
    ExprPtr low, high;
    bool log = false;
    ExprPtr step;
};
struct Set {  // {a, b, c}, ordered {s, m, l}
    std::vector<Expr> elements;
    bool ordered = false;
};
struct List {  // [a, b]
    std::vector<Expr> elements;
};
// `name: value` fixes, `name in space` searches, anything else is positional. `filter(age in 18..65)` parses as Search
// too: a component that takes expressions reads it as membership.
struct Arg;
struct Record {  // {C: 1.0, depth: 3} inside manual [...]
    std::vector<Arg> fields;
};
struct Call {
    Name callee;
    std::vector<Arg> args;
};
struct Chain {  // a -> b -> c
    std::vector<Expr> links;
};
struct Alternatives {  // a | b | none; looser than `->`
    std::vector<Expr> options;
};
struct Paren {
    ExprPtr inner;
};
struct With {  // stack(a, b) with logistic()
    ExprPtr base, with;
};
struct Matching {  // matching "pixel_.*"
    std::string pattern;
};
struct ErrorExpr {};  // where a syntax error was; swallows follow-on errors

struct Expr {
    std::variant<Number, String, Bool, None, Date, Duration, Size, NameRef, Member, Unary, Binary, Range, Set, List, Record, Call, Chain,
                 Alternatives, Paren, With, Matching, ErrorExpr>
        node;
    Span span;
};

struct Arg {
    enum class Kind { Positional, Fixed, Search };
    Kind kind = Kind::Positional;
    Name name;  // empty for Positional
    Expr value;
    Span span;
};

// --- declarations -------------------------------------------------------------------------------------------------

struct Edition {
    Expr number;
};
struct Import {
    std::string path;
    Span path_span;
};
struct Param {
    Name name;
    Expr value;
};
struct Seeds {    // `seed 42`, `seeds 1..5`, `seeds {3, 7} vary init`
    Expr values;  // a number, a range or a set
    bool plural = false;
    std::vector<Name> vary;  // empty: all
};

struct Modifier {  // target, id, group, time, weight, optional, in SPACE, positive V, known after V, transform NAME
    enum class Kind { Target, Id, Group, Time, Weight, Optional, In, Positive, KnownAfter, Transform, Unknown };
    Kind kind = Kind::Unknown;
    Name word;      // as written (`known after` is one word here)
    ExprPtr value;  // for In, Positive, KnownAfter, Transform
    Span span;
};
struct SchemaLine {
    enum class Kind { Columns, Matching, Others, Ignore };
    Kind kind = Kind::Columns;
    std::vector<Name> columns;  // Columns, Ignore
    std::string pattern;        // Matching, and Ignore with `matching "…"`
    Expr type;                  // NameRef or Call: numeric, ordinal(a < b < c), image(h, w, c); ErrorExpr for Ignore
    std::vector<Modifier> modifiers;
    Span span;
};
struct Data {
    Name name;
    Expr source;  // Call, NameRef, or a Chain that begins with one
    std::vector<SchemaLine> schema;
    bool has_schema = false;
};
struct CheckRule {
    Expr condition;
    bool warn = false;  // else warn
    Span span;
};
struct Check {
    Name data;
    std::vector<CheckRule> rules;
};
struct SplitOption {  // stratified, grouped, shuffled, seed 7, repeat 3, gap 7d
    Name word;
    ExprPtr value;
};
struct SplitClause {
    enum class Part { Test, Folds, Outer, Duplicates };
    // Value: test 20%, folds 5, outer 5. From: test from 2024-01-01. File: test "other.csv". None: test none.
    // Forward: folds forward 5. LeaveOneGroup: folds leave one group. By: folds by column. Word: duplicates drop.
    enum class Form { Value, From, File, None, Forward, LeaveOneGroup, By, Word };
    Part part = Part::Test;
    Form form = Form::Value;
    Span part_span;
    ExprPtr value;  // number, date, string, or a NameRef for By and Word
    std::vector<SplitOption> options;
    Span span;
};
struct Split {
    Name data;
    std::vector<SplitClause> clauses;
};
struct Branch {
    bool then = false;  // `then -> step…` acts on the concatenation; no selector
    Expr selector;      // NameRef (a type, a column, `all`), Set of names, or Matching
    Expr chain;         // what follows the first `->`: a single step, a Chain, a Paren of Alternatives
    Span span;
};
struct Pipeline {
    Name name;
    std::vector<Branch> branches;
};
// One line of a block: `maximize mcc`, `errors by plan, region`, `stop early 5 on churn.test`, `trained on "imagenet"`.
struct Clause {
    std::string keyword;  // its words joined by one space: "maximize", "errors by", "stop early", "trained on"
    Span keyword_span;
    std::vector<Expr> values;
    bool open = false;  // `epochs in 5..50`: the value is a space
    ExprPtr on;         // trailing `on PARTITION`, where the clause takes one
    Span span;
};
struct NetworkItem;
struct Repeat {
    Expr count;         // 3, a space, or `NAME in SPACE`
    bool each = false;  // every copy has parameters of its own
    std::vector<NetworkItem> items;
};
struct Train {
    Expr optimiser;
    std::vector<Clause> settings;
};
struct NetworkItem {
    std::variant<Expr, Repeat, Train> node;  // Expr: a chain of layers
    Span span;
};
struct Network {
    Name name;
    std::vector<NetworkItem> items;
};
struct Source {
    Name name;
    Expr file;  // Call: onnx("…")
    std::vector<Clause> clauses;
};
struct Model {
    Name name;
    Expr chain;
};
struct Search {
    Name name;
    std::vector<Name> over;
    std::vector<Clause> clauses;  // method, maximize, minimize, prune, where, budget, batch, on
};
struct Objective {
    Name name;
    std::vector<Arg> parameters;
    Expr value;
};
struct Compare {
    std::vector<Name> models;
};
struct Fit {
    Name name;
    Expr model;
    Expr on;
};
struct Evaluate {
    Name name;
    std::vector<Clause> clauses;  // on, metrics, errors by, gate
};
struct Report {
    std::string path;
    Span path_span;
};
struct Save {
    Name name;
    std::string path;
    Span path_span;
};
struct Allow {
    Name code;
    std::string reason;
    Span reason_span;
};

struct Declaration {
    std::variant<Edition, Import, Param, Seeds, Data, Check, Split, Pipeline, Network, Source, Model, Search, Objective, Compare, Fit, Evaluate,
                 Report, Save, Allow>
        node;
    Span span;          // the whole declaration
    Span keyword_span;  // its first word
};

struct Comment {
    std::string text;  // from `#`, without the newline
    Span span;
    bool own_line = false;
};

struct File {
    FileId id;
    std::vector<Declaration> declarations;
    std::vector<Comment> comments;  // in order of position
};

}  // namespace mlpc::ast
