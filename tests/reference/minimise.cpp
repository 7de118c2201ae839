#include "tests/reference/minimise.h"

#include "stdlib/stdlib.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace mlpc {
namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const auto end = std::min(text.find(separator, begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

ParamValue value_of(const ParamSpec& spec, const std::string& text) {
    switch (spec.type) {
        case ParamType::Boolean:
            return {text == "true"};
        case ParamType::Integer:
            return {std::int64_t{std::stoll(text)}};
        case ParamType::Real:
            return {std::stod(text)};
        case ParamType::Word:
            return {Word{text}};
        case ParamType::Text:
            return {text};
        case ParamType::WordOrReal:
            return text.find_first_not_of("0123456789.e+-") == std::string::npos ? ParamValue{std::stod(text)} : ParamValue{Word{text}};
        case ParamType::OptionalInteger:
            return text == "none" ? ParamValue{} : ParamValue{std::int64_t{std::stoll(text)}};
        case ParamType::OptionalReal:
            return text == "none" ? ParamValue{} : ParamValue{std::stod(text)};
        case ParamType::Interval:
        case ParamType::List:
        case ParamType::Expression:
            break;
    }
    throw std::invalid_argument("the parameter " + spec.name + " cannot be given as a text here");
}

void set_param(SearchMethod& method, const std::string& name, const std::string& text) {
    const std::size_t position = method.info->find_param(name);
    if (position == method.info->params.size()) {
        throw std::invalid_argument("the searcher " + method.info->name + " has no parameter " + name);
    }
    method.params[position] = value_of(method.info->params[position], text);
}

}  // namespace

SearchMethod search_method(const std::string& text, std::size_t trials) {
    const auto open = text.find('(');
    const std::string name = trimmed(text.substr(0, open));
    SearchMethod method{.info = standard_library().find(ComponentKind::Searcher, name), .params = {}};
    if (method.info == nullptr) {
        throw std::invalid_argument("no searcher is called " + name);
    }
    method.params = method.info->default_params();
    if (method.info->find_param("trials") < method.info->params.size()) {
        set_param(method, "trials", std::to_string(trials));
    }
    if (open == std::string::npos) {
        return method;
    }
    for (const std::string& argument : parts_of(text.substr(open + 1, text.rfind(')') - open - 1), ',')) {
        const auto pair = parts_of(argument, ':');
        set_param(method, pair.at(0), pair.at(1));
    }
    return method;
}

SearchCourse minimise(const std::string& text, const SearchFunction& function, std::size_t trials, std::uint64_t seed) {
    const SearchMethod method = search_method(text, trials);
    const auto searcher = method.info->make_searcher(method.params, {.space = function.space, .rng = Rng::of_seed(seed)});
    SearchCourse course;
    double best = std::numeric_limits<double>::infinity();
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        const Answer answer = searcher->ask(trial);
        if (std::holds_alternative<Done>(answer)) {
            break;
        }
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr || !suggestion->rung.share.is_whole() || suggestion->continues) {
            throw std::logic_error(text + " does not propose whole trials one after the other");
        }
        const double value = function.value(suggestion->point, noise_of(seed, trial));
        searcher->tell(trial, *suggestion, {.value = value, .failed = !std::isfinite(value), .rung = suggestion->rung});
        best = std::isnan(value) ? best : std::min(best, value);
        course.points.push_back(suggestion->point);
        course.values.push_back(value);
        course.best.push_back(best);
    }
    return course;
}

}  // namespace mlpc
