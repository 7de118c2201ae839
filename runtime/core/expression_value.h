// What expressions are calculated with: a column of numbers, or of texts as codes into their dictionary; constants once.
#pragma once

#include "runtime/core/expression.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace mlpc::expressions {

using Op = Expression::Op;

// One value a row, or one for all rows.
struct Value {
    bool is_text = false;
    bool constant = false;
    std::vector<double> numbers = {};
    std::vector<std::int32_t> codes = {};
    std::shared_ptr<const Levels> levels = {};
    bool ordered = false;  // levels are in a declared order

    std::size_t size() const { return is_text ? codes.size() : numbers.size(); }
    double number(std::size_t row) const { return numbers[constant ? 0 : row]; }
    std::int32_t code(std::size_t row) const { return codes[constant ? 0 : row]; }
    bool missing(std::size_t row) const { return is_text ? code(row) < 0 : std::isnan(number(row)); }
    const std::string& text(std::size_t row) const { return (*levels)[static_cast<std::size_t>(code(row))]; }
};

inline Value constant_number(double number) { return {.constant = true, .numbers = {number}}; }
inline Value constant_text(std::string text) {
    return {.is_text = true, .constant = true, .codes = {0}, .levels = std::make_shared<const Levels>(Levels{std::move(text)})};
}

// Applies f(row) to one row where every operand is constant, else to all rows.
template <class F>
Value each_row(bool constant, std::size_t rows, F f) {
    Value result{.constant = constant};
    result.numbers.resize(constant ? 1 : rows);
    for (std::size_t row = 0; row < result.numbers.size(); ++row) {
        result.numbers[row] = f(row);
    }
    return result;
}

// f(text) for each level that occurs, by code; unused levels are not looked at.
template <class F>
auto each_level(const Value& texts, F f) {
    std::vector<decltype(f(texts.text(0)))> result(texts.levels->size());
    std::vector<bool> done(texts.levels->size());
    for (const std::int32_t code : texts.codes) {
        if (code >= 0 && !done[static_cast<std::size_t>(code)]) {
            done[static_cast<std::size_t>(code)] = true;
            result[static_cast<std::size_t>(code)] = f((*texts.levels)[static_cast<std::size_t>(code)]);
        }
    }
    return result;
}

template <class F>
Value numbers_of_texts(const Value& texts, F f) {
    const auto by_code = each_level(texts, [&](const std::string& text) -> double { return f(text); });
    return each_row(texts.constant, texts.size(), [&](std::size_t row) {
        const std::int32_t code = texts.code(row);
        return code < 0 ? missing_number : by_code[static_cast<std::size_t>(code)];
    });
}

// Builds texts row by row.
class TextBuilder {
public:
    std::int32_t code(const std::string& text) {
        const auto [entry, is_new] = codes_.try_emplace(text, static_cast<std::int32_t>(levels_.size()));
        if (is_new) {
            levels_.push_back(text);
        }
        return entry->second;
    }
    Value value(std::vector<std::int32_t> codes, bool constant) {
        return {.is_text = true, .constant = constant, .codes = std::move(codes), .levels = std::make_shared<const Levels>(std::move(levels_))};
    }

private:
    std::unordered_map<std::string, std::int32_t> codes_;
    Levels levels_;
};

template <class F>
Value texts_of_texts(const Value& texts, F f) {
    TextBuilder builder;
    const auto by_code = each_level(texts, [&](const std::string& text) { return builder.code(f(text)); });
    std::vector<std::int32_t> codes(texts.codes.size(), missing_code);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (texts.codes[i] >= 0) {
            codes[i] = by_code[static_cast<std::size_t>(texts.codes[i])];
        }
    }
    return builder.value(std::move(codes), texts.constant);
}

inline double truth(bool b) { return b ? 1.0 : 0.0; }
inline bool is_true(double number) { return !std::isnan(number) && number != 0; }

// Numbers each row so that two rows have the same number where their values agree; -1 where missing.
std::vector<std::int64_t> distinct_ids(const Value&, std::size_t rows);

}  // namespace mlpc::expressions
