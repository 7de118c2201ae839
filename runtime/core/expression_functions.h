// The functions of expressions: what each takes and gives, and how it is calculated.
#pragma once

#include "runtime/core/expression_value.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::expressions {

enum class ArgumentKind {
    Number,  // dates and booleans are numbers too
    Truth,
    Text,
    Any,
    Alike,  // any type, but the same for all of these; it is the function's too
};
enum class ResultKind { Number, Truth, Text, Alike };

struct Function {
    std::string_view name;
    std::size_t least, most;          // how many arguments
    std::vector<ArgumentKind> kinds;  // the last stands for all further ones
    ResultKind result = ResultKind::Number;
    Value (*call)(const std::vector<Value>&, std::size_t rows) = nullptr;  // null for aggregates

    ArgumentKind kind_of(std::size_t argument) const { return kinds[std::min(argument, kinds.size() - 1)]; }
};

// Null where there is no such function.
const Function* find_function(std::string_view name);
const Function* find_aggregate_function(std::string_view name);

// By kind; each in the order in which the reference lists them.
const std::vector<Function>& number_functions();
const std::vector<Function>& text_functions();
const std::vector<Function>& date_functions();
const std::vector<Function>& choosing_functions();  // if, coalesce, missing

// One value for all rows. The name is that of an aggregate function, and the values fit it.
double aggregate(const std::string& name, const std::vector<Value>&, std::size_t rows);

}  // namespace mlpc::expressions
