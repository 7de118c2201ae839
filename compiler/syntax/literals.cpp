#include "compiler/syntax/literals.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

namespace mlpc::syntax {
namespace {

struct Unit {
    std::string_view name;
    double factor;
};
constexpr std::array<Unit, 6> kDurations = {{{"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}, {"w", 604800}}};
constexpr std::array<Unit, 9> kSizes = {{{"B", 1},
                                         {"kB", 1e3},
                                         {"MB", 1e6},
                                         {"GB", 1e9},
                                         {"TB", 1e12},
                                         {"KiB", 1024.0},
                                         {"MiB", 1048576.0},
                                         {"GiB", 1073741824.0},
                                         {"TiB", 1099511627776.0}}};

template <std::size_t N>
std::optional<double> factor_of(const std::array<Unit, N>& units, std::string_view name) {
    for (const Unit& unit : units) {
        if (unit.name == name) {
            return unit.factor;
        }
    }
    return std::nullopt;
}

std::string without_separators(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != '_') {
            digits += c;
        }
    }
    return digits;
}

// The nearest double; infinite where there is none.
double to_double(const std::string& digits) {
    double value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec != std::errc::result_out_of_range) {
        return value;
    }
    const bool underflow = digits.find("e-") != std::string::npos || digits.find("E-") != std::string::npos;
    return underflow ? 0 : HUGE_VAL;
}

ast::Expr error_at(Span span) { return {ast::ErrorExpr{}, span}; }

ast::Expr too_large(std::string_view text, Span span, Reporter& reporter) {
    reporter.report_once(span, span, diag::NumberTooLarge, std::string(text));
    return error_at(span);
}

}  // namespace

ast::Expr read_number(std::string_view text, ast::Number::Form form, Span span, Reporter& reporter) {
    ast::Number number{.form = form, .text = std::string(text)};
    const std::string digits = without_separators(form == ast::Number::Form::Percent ? text.substr(0, text.size() - 1) : text);
    number.value = to_double(digits);
    if (std::isinf(number.value)) {
        return too_large(text, span, reporter);
    }
    if (form == ast::Number::Form::Percent) {
        number.value /= 100;
    }
    if (form == ast::Number::Form::Integer) {
        const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number.integer);
        if (result.ec == std::errc::result_out_of_range) {
            return too_large(text, span, reporter);
        }
    }
    return {std::move(number), span};
}

ast::Expr read_quantity(std::string_view text, Span span, Reporter& reporter) {
    const std::size_t digits = text.find_first_not_of("0123456789_.");
    const std::size_t end = digits == std::string_view::npos ? text.size() : digits;
    const std::string_view unit = text.substr(end);
    const double amount = to_double(without_separators(text.substr(0, end)));
    if (const auto seconds = factor_of(kDurations, unit)) {
        return {ast::Duration{amount * *seconds, std::string(text)}, span};
    }
    const auto bytes = factor_of(kSizes, unit);
    if (!bytes) {
        const std::string why = unit.empty() ? "`_` stands between two digits" : "`" + std::string(unit) + "` is not a unit";
        if (Diagnostic* diagnostic = reporter.report_once(span, span, diag::MalformedNumber, std::string(text), why)) {
            diagnostic->help("units of time are `ms`, `s`, `min`, `h`, `d`, `w`; of size `B`, `kB`, `MB`, `GB`, `TB`, `KiB`, `MiB`, `GiB`, `TiB`");
        }
        return error_at(span);
    }
    constexpr double kLargest = 18446744073709549568.0;
    if (amount * *bytes > kLargest) {
        return too_large(text, span, reporter);
    }
    return {ast::Size{static_cast<std::uint64_t>(amount * *bytes), std::string(text)}, span};
}

ast::Expr read_date(std::string_view text, Span span, Reporter& reporter) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::from_chars(text.data(), text.data() + 4, year);
    std::from_chars(text.data() + 5, text.data() + 7, month);
    std::from_chars(text.data() + 8, text.data() + 10, day);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok()) {
        reporter.report_once(span, span, diag::NoSuchDate, std::string(text));
        return error_at(span);
    }
    return {ast::Date{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count()), std::string(text)}, span};
}

std::string read_string(std::string_view quoted) {
    const std::string_view body = quoted.substr(1, quoted.size() - 2);
    std::string value;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char next = body[i] == '\\' && i + 1 < body.size() ? body[i + 1] : '\0';
        const bool escape = next == '"' || next == '\\' || next == 'n' || next == 't';
        if (!escape) {
            value += body[i];
            continue;
        }
        value += next == 'n' ? '\n' : next == 't' ? '\t' : next;
        ++i;
    }
    return value;
}

std::string quote(std::string_view value) {
    std::string text = "\"";
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const char next = i + 1 < value.size() ? value[i + 1] : '\\';
        const bool would_escape = c == '\\' && (next == '"' || next == '\\' || next == 'n' || next == 't' || next == '\n' || next == '\t');
        text += c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '"' ? "\\\"" : would_escape ? "\\\\" : std::string(1, c);
    }
    return text + '"';
}

}  // namespace mlpc::syntax
