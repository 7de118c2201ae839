// Parameters of components: their values, their schema, and how a parameter struct is described by it.
#pragma once

#include "runtime/core/expression.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace mlpc {

struct Interval {
    double low = 0, high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};
struct NamedExpression {
    std::string name;
    Expression expression;
};
// What a file can put into a parameter. Word is a bare name (`median`, `sqrt`), std::string a quoted text.
struct Word {
    std::string text;
    friend bool operator==(const Word&, const Word&) = default;
};
struct ParamValue {
    std::variant<std::monostate, bool, std::int64_t, double, Word, std::string, Interval, std::vector<ParamValue>, std::shared_ptr<const Expression>>
        value;

    bool is_none() const { return std::holds_alternative<std::monostate>(value); }
    // Canonical text as it would stand in a file; equal values give equal text.
    std::string to_string() const;
};
bool operator==(const ParamValue&, const ParamValue&);

enum class ParamType {
    Boolean,
    Integer,
    Real,
    Word,  // one of `words`
    Text,
    Interval,         // 0..1
    WordOrReal,       // features in {sqrt, log2, 0.5}: one of `words`, or a number
    OptionalInteger,  // an integer or none
    OptionalReal,
    List,        // of numbers, texts or words
    Expression,  // row-wise
};

// What a parameter may be. Bounds are inclusive unless open.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool open_low = false, open_high = false;
};
// The space that a search uses where the file opens the parameter without one, and that the reference shows.
struct DefaultSpace {
    double low = 0, high = 0;
    bool log = false;
    std::vector<std::string> words = {};
    bool empty() const { return low == high && words.empty(); }
};

struct ParamSpec {
    std::string name;
    std::string doc;  // one sentence, begins with a capital, no full stop
    Range valid = {};
    std::vector<std::string> words = {};  // Word and WordOrReal
    DefaultSpace search = {};
    bool path = false;  // one fit answers every smaller value
    // What a search may give a trial a share of at first: rounds, trees, epochs. Then Model::grow goes on from a smaller value.
    bool resource = false;
    // Filled by field():
    ParamType type = ParamType::Real;
    ParamValue fallback = {};  // the default
};

// Parameter values of one component by position in its schema, every default filled in.
using ParamValues = std::vector<ParamValue>;

// The parameter that is either a word or a number.
struct WordOrReal {
    std::string word;  // empty: the number counts
    double number = 0;
};

// --- describing a parameter struct --------------------------------------------------------------------------------
//   struct RidgeParams { double alpha = 1.0; bool intercept = true; };
//   Schema<RidgeParams> schema = { field(&RidgeParams::alpha, {.name = "alpha", .doc = "…", .valid = {.low = 0}}), … };
// Supported members: bool, std::int64_t, double, std::string (Word where .words is given, else Text), an enum class (Word: .words in order
// of its values), Interval, WordOrReal, std::optional<std::int64_t>, std::optional<double>, std::vector<ParamValue>, std::shared_ptr<const
// Expression>.

template <class P>
struct Field {
    ParamSpec spec;
    std::function<void(P&, const ParamValue&)> set;
    std::function<ParamValue(const P&)> get;
};
template <class P>
using Schema = std::vector<Field<P>>;

namespace detail {
template <class T>
ParamType param_type_of(const ParamSpec& spec) {
    if constexpr (std::is_same_v<T, bool>)
        return ParamType::Boolean;
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return ParamType::Integer;
    else if constexpr (std::is_same_v<T, double>)
        return ParamType::Real;
    else if constexpr (std::is_enum_v<T>)
        return ParamType::Word;
    else if constexpr (std::is_same_v<T, std::string>)
        return spec.words.empty() ? ParamType::Text : ParamType::Word;
    else if constexpr (std::is_same_v<T, Interval>)
        return ParamType::Interval;
    else if constexpr (std::is_same_v<T, WordOrReal>)
        return ParamType::WordOrReal;
    else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>)
        return ParamType::OptionalInteger;
    else if constexpr (std::is_same_v<T, std::optional<double>>)
        return ParamType::OptionalReal;
    else if constexpr (std::is_same_v<T, std::vector<ParamValue>>)
        return ParamType::List;
    else {
        static_assert(std::is_same_v<T, std::shared_ptr<const Expression>>, "a parameter member of a type the schema does not know");
        return ParamType::Expression;
    }
}
bool is_number(const ParamValue&);  // an integer or a real
double number_of(const ParamValue&);
std::int64_t integer_of(const ParamValue&);
const std::string& text_of(const ParamValue&);  // a Word's or a text's
std::size_t word_index(const ParamSpec&, const ParamValue&);

template <class T>
void set_member(T& member, const ParamSpec& spec, const ParamValue& v) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Interval> || std::is_same_v<T, std::vector<ParamValue>> ||
                  std::is_same_v<T, std::shared_ptr<const Expression>>)
        member = std::get<T>(v.value);
    else if constexpr (std::is_same_v<T, std::int64_t>)
        member = integer_of(v);
    else if constexpr (std::is_same_v<T, double>)
        member = number_of(v);
    else if constexpr (std::is_enum_v<T>)
        member = static_cast<T>(word_index(spec, v));
    else if constexpr (std::is_same_v<T, std::string>)
        member = text_of(v);
    else if constexpr (std::is_same_v<T, WordOrReal>)
        member = std::holds_alternative<Word>(v.value) ? WordOrReal{text_of(v), 0} : WordOrReal{"", number_of(v)};
    else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>)
        member = v.is_none() ? T{} : T{integer_of(v)};
    else if constexpr (std::is_same_v<T, std::optional<double>>)
        member = v.is_none() ? T{} : T{number_of(v)};
}
template <class T>
ParamValue get_member(const T& member, const ParamSpec& spec) {
    if constexpr (std::is_enum_v<T>)
        return {Word{spec.words.at(static_cast<std::size_t>(member))}};
    else if constexpr (std::is_same_v<T, std::string>)
        return spec.words.empty() ? ParamValue{member} : ParamValue{Word{member}};
    else if constexpr (std::is_same_v<T, WordOrReal>)
        return member.word.empty() ? ParamValue{member.number} : ParamValue{Word{member.word}};
    else if constexpr (std::is_same_v<T, std::optional<std::int64_t>> || std::is_same_v<T, std::optional<double>>)
        return member ? ParamValue{*member} : ParamValue{};
    else
        return ParamValue{member};
}
}  // namespace detail

template <class P, class T>
Field<P> field(T P::*member, ParamSpec spec) {
    spec.type = detail::param_type_of<T>(spec);
    spec.fallback = detail::get_member<T>(P{}.*member, spec);
    return {spec, [member, spec](P& p, const ParamValue& v) { detail::set_member<T>(p.*member, spec, v); },
            [member, spec](const P& p) { return detail::get_member<T>(p.*member, spec); }};
}

template <class P>
P read_params(const Schema<P>& schema, const ParamValues& values) {
    P params;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        schema[i].set(params, values.at(i));
    }
    return params;
}

}  // namespace mlpc
