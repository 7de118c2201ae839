// Row-wise expressions of `derive`, `filter`, `check` and `where`, typed by sema and evaluated a column at a time.
#pragma once

#include "runtime/core/span.h"
#include "runtime/core/table.h"

#include <functional>
#include <string>
#include <vector>

namespace mlpc {

// A node of the tree. Missing spreads: an operation on a missing number or text is missing, `missing(x)` asks for it;
// `and` and `or` are three-valued.
struct Expression {
    enum class Op {
        Number,     // number
        Text,       // text
        ColumnRef,  // text: the column's name
        Negate,
        Not,
        Add,
        Subtract,
        Multiply,
        Divide,
        Remainder,
        Power,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        And,
        Or,
        InRange,    // operand, low, high (both ends included; a missing end is open: NaN Number)
        InSet,      // operand, then the members
        Matches,    // operand text, regular expression in `text`, the whole cell must match
        Function,   // text: name, operands: row-wise functions below
        Aggregate,  // text: name, operands: aggregates below; one value for all rows
    };
    Op op = Op::Number;
    double number = 0;
    std::string text = {};
    std::vector<Expression> operands = {};
    Span span = {};
};

// Row-wise: abs sqrt exp log log1p log10 sin cos tan tanh floor ceil round sign min(a,b,…) max(a,b,…) if(c,a,b) missing(x)
// year month day weekday (of a date; Monday is 1) length lower upper (of a text; length counts code points).
// A result that is no number (0/0, the log of -1) is missing; `%` has the sign of the divisor; `round` goes away from zero at a half.
const std::vector<std::string>& row_wise_functions();
// Aggregates, legal in `check` only (L105 elsewhere): rows, count(cond), share(cond) of all rows, missing(x) as a share of all rows (sema makes
// `missing` an Aggregate where it is compared with a percentage, else the row-wise Function), unique(x, …) true where no two rows agree, mean sd
// min max sum median of what is not missing, classes(x) the number of distinct values.
const std::vector<std::string>& aggregate_functions();

// The value of an expression on every row: numbers (booleans are 0, 1, NaN missing) or texts.
struct ExpressionValue {
    bool is_text = false;
    std::vector<double> numbers = {};
    std::vector<std::string> texts = {};
    std::vector<std::uint8_t> text_missing = {};
};
// Evaluates on every row of the frame. Throws RunError where a column is absent or a type does not fit (sema checks both before).
ExpressionValue evaluate(const Expression&, const Frame&);
// The value of an expression in which every column is inside an aggregate: one number, however many rows there are, also none.
double evaluate_once(const Expression&, const Frame&);
// For formulas that have no rows (`objective`, `where` on parameters): names are looked up by `value_of`.
double evaluate(const Expression&, const std::function<double(const std::string&)>& value_of);

// Whether a column stands outside every aggregate, so that the value differs from row to row.
bool depends_on_row(const Expression&);
// Every column named, in order of first mention.
std::vector<std::string> columns_of(const Expression&);
// The first aggregate inside, or null.
const Expression* find_aggregate(const Expression&);
// Canonical text: equal trees give equal text; used in content keys and messages.
std::string to_string(const Expression&);

}  // namespace mlpc
