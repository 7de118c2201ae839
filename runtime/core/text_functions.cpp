// Functions of texts; positions and lengths count code points.
#include "runtime/core/expression_functions.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace mlpc::expressions {

namespace {

using Values = std::vector<Value>;

bool all_constant(const Values& x) {
    bool constant = true;
    for (const Value& value : x) {
        constant = constant && value.constant;
    }
    return constant;
}

// f(row) where no argument is missing.
template <class F>
Value text_rows(const Values& x, std::size_t rows, F f) {
    TextBuilder builder;
    const bool constant = all_constant(x);
    std::vector<std::int32_t> codes(constant ? 1 : rows, missing_code);
    for (std::size_t row = 0; row < codes.size(); ++row) {
        bool missing = false;
        for (const Value& value : x) {
            missing = missing || value.missing(row);
        }
        codes[row] = missing ? missing_code : builder.code(f(row));
    }
    return builder.value(std::move(codes), constant);
}
template <class F>
Value truth_rows(const Values& x, std::size_t rows, F f) {
    return each_row(all_constant(x), rows, [&](std::size_t row) {
        return x[0].missing(row) || x[1].missing(row) ? missing_number : truth(f(x[0].text(row), x[1].text(row)));
    });
}

Value length(const Values& x, std::size_t) {
    return numbers_of_texts(x[0], [](const std::string& cell) { return static_cast<double>(decode_utf8(cell).size()); });
}
Value lower(const Values& x, std::size_t) { return texts_of_texts(x[0], to_lower); }
Value upper(const Values& x, std::size_t) { return texts_of_texts(x[0], to_upper); }
Value trim(const Values& x, std::size_t) {
    return texts_of_texts(x[0], [](const std::string& cell) {
        constexpr const char* spaces = " \t\r\n\f\v";
        const std::size_t first = cell.find_first_not_of(spaces);
        return first == std::string::npos ? std::string() : cell.substr(first, cell.find_last_not_of(spaces) - first + 1);
    });
}

Value contains(const Values& x, std::size_t rows) {
    return truth_rows(x, rows, [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; });
}
Value starts_with(const Values& x, std::size_t rows) {
    return truth_rows(x, rows, [](const std::string& text, const std::string& part) { return text.starts_with(part); });
}
Value ends_with(const Values& x, std::size_t rows) {
    return truth_rows(x, rows, [](const std::string& text, const std::string& part) { return text.ends_with(part); });
}

// replace(text, what, by): every occurrence, from the left; nothing is replaced where `what` is empty.
Value replace(const Values& x, std::size_t rows) {
    return text_rows(x, rows, [&](std::size_t row) {
        const std::string &text = x[0].text(row), &what = x[1].text(row), &by = x[2].text(row);
        std::string result;
        std::size_t from = 0;
        for (std::size_t at = text.find(what); !what.empty() && at != std::string::npos; at = text.find(what, from)) {
            result.append(text, from, at - from).append(by);
            from = at + what.size();
        }
        return result.append(text, from);
    });
}

// substring(text, first, count): the first code point is 1; what lies outside is left out.
Value substring(const Values& x, std::size_t rows) {
    return text_rows(x, rows, [&](std::size_t row) {
        const std::u32string text = decode_utf8(x[0].text(row));
        const double first = std::round(x[1].number(row)) - 1;
        const double end = x.size() > 2 ? first + std::round(x[2].number(row)) : static_cast<double>(text.size());
        const auto inside = [&](double position) {
            return static_cast<std::size_t>(std::min(std::max(position, 0.0), static_cast<double>(text.size())));
        };
        const std::size_t from = inside(first), to = std::max(from, inside(end));
        return encode_utf8(std::u32string_view(text).substr(from, to - from));
    });
}

// Numbers are written with the fewest digits that read back to them.
Value concat(const Values& x, std::size_t rows) {
    return text_rows(x, rows, [&](std::size_t row) {
        std::string text;
        for (const Value& value : x) {
            text += value.is_text ? value.text(row) : fmt::format("{}", value.number(row));
        }
        return text;
    });
}

// Missing where the text is not wholly a number.
Value number(const Values& x, std::size_t) {
    return numbers_of_texts(x[0], [](const std::string& cell) {
        double value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        return error == std::errc() && end == cell.data() + cell.size() && std::isfinite(value) ? value : missing_number;
    });
}

}  // namespace

const std::vector<Function>& text_functions() {
    using enum ArgumentKind;
    constexpr std::size_t many = 100;
    static const std::vector<Function> list{
        {"length", 1, 1, {Text}, ResultKind::Number, length},
        {"lower", 1, 1, {Text}, ResultKind::Text, lower},
        {"upper", 1, 1, {Text}, ResultKind::Text, upper},
        {"trim", 1, 1, {Text}, ResultKind::Text, trim},
        {"contains", 2, 2, {Text}, ResultKind::Truth, contains},
        {"starts_with", 2, 2, {Text}, ResultKind::Truth, starts_with},
        {"ends_with", 2, 2, {Text}, ResultKind::Truth, ends_with},
        {"replace", 3, 3, {Text}, ResultKind::Text, replace},
        {"substring", 2, 3, {Text, Number}, ResultKind::Text, substring},
        {"concat", 1, many, {Any}, ResultKind::Text, concat},
        {"number", 1, 1, {Text}, ResultKind::Number, number},
    };
    return list;
}

}  // namespace mlpc::expressions
