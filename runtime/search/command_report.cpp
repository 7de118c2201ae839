#include "runtime/search/command_report.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace mlpc {

namespace {

using Json = nlohmann::json;

constexpr std::size_t most_shown = 80;

std::string trimmed(const std::string& line) {
    const std::size_t from = line.find_first_not_of(" \t");
    return from == std::string::npos ? "" : line.substr(from, line.find_last_not_of(" \t") + 1 - from);
}

std::string shown(const std::string& text) { return text.size() <= most_shown ? text : text.substr(0, most_shown) + "…"; }

Json parsed(const std::string& text) { return Json::parse(text, nullptr, false); }

std::optional<double> number_in(const std::string& text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [stop, error] = std::from_chars(begin, end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

double finite(double number, const std::string& name) {
    if (!std::isfinite(number)) {
        throw RunError(fmt::format("gave a `{}` that is {}", name, std::isnan(number) ? "no number" : "infinite"));
    }
    return number;
}

std::int64_t count_of(const Json& object, const char* name) {
    const Json& count = object.value(name, Json());
    if (!count.is_number_integer() || count.get<std::int64_t>() < 1) {
        throw RunError(fmt::format("printed a step without `{}`, or with one that is no positive integer", name));
    }
    return count.get<std::int64_t>();
}

CommandReport of_object(const Json& object) {
    CommandReport report;
    report.result.value = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [name, value] : object.items()) {
        if (name == "step" || name == "of") {
            continue;
        }
        const bool number = value.is_number() || value.is_boolean();
        if (name == "value" && !number) {
            throw RunError("gave a `value` that is no number");
        }
        if (number) {
            const double cell = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : finite(value.get<double>(), name);
            (name == "value" ? report.result.value : report.result.reported[name]) = cell;
        }
    }
    report.is_step = object.contains("step");
    if (report.is_step) {
        report.result.share = {count_of(object, "step"), count_of(object, "of")};
        if (report.result.share.part > report.result.share.whole) {
            throw RunError(fmt::format("printed step {} of {}", report.result.share.part, report.result.share.whole));
        }
    }
    return report;
}

}  // namespace

bool is_step(const std::string& line) {
    const std::string text = trimmed(line);
    return text.starts_with('{') && text.find("\"step\"") != std::string::npos;
}

CommandReport read_report(const std::string& line) {
    const std::string text = trimmed(line);
    if (const auto number = number_in(text)) {
        CommandReport report;
        report.result.value = finite(*number, "value");
        return report;
    }
    const Json object = text.starts_with('{') ? parsed(text) : Json();
    if (object.is_discarded()) {
        throw RunError(fmt::format("printed `{}`, which is no JSON (nor are NaN and Infinity)", shown(text)));
    }
    if (!object.is_object()) {
        throw RunError(fmt::format("printed `{}` last, where a number or a JSON object is expected", shown(text)));
    }
    return of_object(object);
}

}  // namespace mlpc
