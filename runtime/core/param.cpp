#include "runtime/core/param.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace mlpc {
namespace {

template <class... F>
struct overloaded : F... {
    using F::operator()...;
};

// Shortest digits that read back to the same number: 0.1, 20.0, 1e-5, 1e20.
std::string real_text(double number) {
    std::string text = fmt::format("{}", number);
    const std::size_t exponent = text.find('e');
    if (exponent == std::string::npos) {
        const bool looks_real = !std::isfinite(number) || text.find('.') != std::string::npos;
        return looks_real ? text : text + ".0";
    }
    std::size_t sign_end = exponent + 1;
    if (text[sign_end] == '+') {
        text.erase(sign_end, 1);
    } else if (text[sign_end] == '-') {
        ++sign_end;
    }
    while (text[sign_end] == '0' && sign_end + 1 < text.size()) {
        text.erase(sign_end, 1);
    }
    return text;
}

// The end of an interval, which has no integer type of its own: 0..1 and not 0.0..1.0; an open end is empty.
std::string end_text(double number) {
    if (std::isinf(number)) {
        return "";
    }
    std::string text = real_text(number);
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                out += c;
        }
    }
    return out + '"';
}

std::string list_text(const std::vector<ParamValue>& items) {
    std::string out = "[";
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += i == 0 ? "" : ", ";
        out += items[i].to_string();
    }
    return out + "]";
}

bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

std::string ParamValue::to_string() const {
    return std::visit(overloaded{
                          [](std::monostate) -> std::string { return "none"; },
                          [](bool b) -> std::string { return b ? "true" : "false"; },
                          [](std::int64_t i) { return std::to_string(i); },
                          [](double d) { return real_text(d); },
                          [](const Word& w) { return w.text; },
                          [](const std::string& s) { return quoted(s); },
                          [](const Interval& i) { return end_text(i.low) + ".." + end_text(i.high); },
                          [](const std::vector<ParamValue>& items) { return list_text(items); },
                          [](const std::shared_ptr<const Expression>& e) { return e ? mlpc::to_string(*e) : std::string("none"); },
                      },
                      value);
}

bool operator==(const ParamValue& a, const ParamValue& b) {
    if (a.value.index() != b.value.index()) {
        return false;
    }
    if (const auto* number = std::get_if<double>(&a.value)) {
        return same_number(*number, std::get<double>(b.value));
    }
    // Two trees parsed apart are the same value where they are the same text.
    if (std::holds_alternative<std::shared_ptr<const Expression>>(a.value)) {
        return a.to_string() == b.to_string();
    }
    return a.value == b.value;
}

namespace detail {

bool is_number(const ParamValue& v) { return std::holds_alternative<std::int64_t>(v.value) || std::holds_alternative<double>(v.value); }

double number_of(const ParamValue& v) {
    if (const auto* integer = std::get_if<std::int64_t>(&v.value)) {
        return static_cast<double>(*integer);
    }
    return std::get<double>(v.value);
}

std::int64_t integer_of(const ParamValue& v) { return std::get<std::int64_t>(v.value); }

const std::string& text_of(const ParamValue& v) {
    if (const auto* word = std::get_if<Word>(&v.value)) {
        return word->text;
    }
    return std::get<std::string>(v.value);
}

std::size_t word_index(const ParamSpec& spec, const ParamValue& v) {
    const auto found = std::find(spec.words.begin(), spec.words.end(), text_of(v));
    assert(found != spec.words.end() && "sema lets only the words of the schema through");
    return static_cast<std::size_t>(found - spec.words.begin());
}

}  // namespace detail
}  // namespace mlpc
