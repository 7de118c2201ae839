// What searchers find of published functions; search_quality_peer.py asks this program for the same spaces and values.
// Usage: search_quality measure SEEDS METHODS [FUNCTION...]   METHODS: `tpe; gp(trials: 50)`; a line of JSON a search
//        search_quality front SEEDS METHODS [TRIALS]          ZDT1 in five dimensions, 200 trials: the hypervolume of its two goals
//        search_quality describe [FUNCTION...]                a line of JSON a function
//        search_quality serve                                 a value for each line {"function", "seed", "evaluation", "point"} that is read
// Functions are those of search_functions.h, and bbob_1 to bbob_24 in five dimensions, where seed n takes instance n; none named: the former.
#include "runtime/core/pareto.h"
#include "tests/reference/bbob.h"
#include "tests/reference/minimise.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <ctime>
#include <iostream>
#include <map>
#include <stdexcept>

namespace {

using namespace mlpc;
using nlohmann::json;

constexpr std::size_t bbob_trials = 200, front_dimensions = 5;

SearchFunction function_of(const std::string& name, std::uint64_t seed) {
    if (!name.starts_with("bbob_")) {
        return search_function(name);
    }
    SearchFunction function = bbob(std::stoi(name.substr(5)), static_cast<int>(seed), 5).function;
    function.trials = bbob_trials;
    return function;
}

std::vector<std::string> named_functions(const std::vector<std::string>& given) {
    if (!given.empty()) {
        return given;
    }
    std::vector<std::string> names;
    for (const SearchFunction& function : all_search_functions()) {
        names.push_back(function.name);
    }
    return names;
}

std::vector<std::string> methods_of(const std::string& text) {
    std::vector<std::string> methods;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = std::min(text.find(';', begin), text.size());
        const std::string method = text.substr(begin, end - begin);
        const auto first = method.find_first_not_of(' ');
        if (first != std::string::npos) {
            methods.push_back(method.substr(first));
        }
        begin = end + 1;
    }
    return methods;
}

void measure(const std::string& method, const std::string& name, std::uint64_t seed) {
    const SearchFunction function = function_of(name, seed);
    const std::clock_t begin = std::clock();
    const SearchCourse course = minimise(method, function, function.trials, seed);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const json line = {
        {"side", "mlpc"},    {"method", method}, {"function", name}, {"seed", seed}, {"trials", course.best.size()}, {"best", course.best.back()},
        {"seconds", seconds}};
    std::cout << line.dump() << std::endl;
}

// Zitzler, Deb and Thiele 2000.
Goals zdt1(const Assignment& x) {
    double sum = 0;
    for (std::size_t d = 1; d < x.size(); ++d) {
        sum += *x[d];
    }
    const double g = 1 + 9 * sum / static_cast<double>(x.size() - 1);
    return {*x[0], g * (1 - std::sqrt(*x[0] / g))};
}

void measure_front(const std::string& text, std::uint64_t seed, std::uint64_t trials) {
    SearchSpace space;
    for (std::size_t d = 0; d < front_dimensions; ++d) {
        space.dimensions.push_back({.name = fmt::format("x{}", d), .low = 0, .high = 1});
    }
    const SearchMethod method = search_method(text, trials);
    const std::clock_t begin = std::clock();
    const auto searcher = method.info->make_searcher(method.params, {.space = space, .rng = Rng::of_seed(seed), .goals = 2});
    std::vector<Goals> found;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        const Answer answer = searcher->ask(trial);
        const auto& suggestion = std::get<Suggestion>(answer);
        found.push_back(zdt1(suggestion.point));
        searcher->tell(trial, suggestion, {.value = found.back()[0], .values = found.back()});
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const json line = {{"side", "mlpc"},    {"method", text},   {"function", "zdt1"},
                       {"seed", seed},      {"trials", trials}, {"hypervolume", hypervolume(found, {1.1, 6})},
                       {"seconds", seconds}};
    std::cout << line.dump() << std::endl;
}

json described(const Dimension& d) {
    static const std::map<Dimension::Kind, std::string> kinds = {{Dimension::Kind::Integer, "integer"},
                                                                 {Dimension::Kind::Real, "real"},
                                                                 {Dimension::Kind::Choice, "choice"},
                                                                 {Dimension::Kind::Ordered, "choice"}};
    static const std::map<Dimension::Prior, std::string> priors = {{Dimension::Prior::Uniform, "uniform"},
                                                                   {Dimension::Prior::LogUniform, "log"},
                                                                   {Dimension::Prior::Normal, "normal"},
                                                                   {Dimension::Prior::LogNormal, "lognormal"}};
    json conditions = json::array();
    for (const Condition& condition : d.conditions) {
        conditions.push_back({{"dimension", condition.dimension.index}, {"choices", condition.choices}});
    }
    return {{"name", d.name}, {"kind", kinds.at(d.kind)},    {"prior", priors.at(d.prior)}, {"low", d.low}, {"high", d.high}, {"mean", d.mean},
            {"sd", d.sd},     {"choices", d.choices.size()}, {"conditions", conditions}};
}

json described(const std::string& name) {
    const SearchFunction function = function_of(name, 1);
    json dimensions = json::array();
    for (const Dimension& d : function.space.dimensions) {
        dimensions.push_back(described(d));
    }
    json line = {
        {"function", name}, {"trials", function.trials}, {"optimum", function.optimum}, {"target", function.target}, {"dimensions", dimensions}};
    if (name.starts_with("bbob_")) {
        line["group"] = name_of(bbob_group(std::stoi(name.substr(5))));
        line["title"] = function.name;
        line.erase("target");
    }
    return line;
}

void serve() {
    std::map<std::pair<std::string, std::uint64_t>, SearchFunction> functions;
    std::string line;
    while (std::getline(std::cin, line)) {
        const json question = json::parse(line);
        const std::string name = question.at("function");
        const std::uint64_t seed = question.at("seed");
        const auto key = std::make_pair(name, seed);
        if (!functions.contains(key)) {
            functions.emplace(key, function_of(name, seed));
        }
        Assignment point;
        for (const json& value : question.at("point")) {
            point.push_back(value.is_null() ? std::nullopt : std::optional(value.get<double>()));
        }
        fmt::print("{:.17g}\n", functions.at(key).value(point, noise_of(seed, question.at("evaluation"))));
        std::fflush(stdout);
    }
}

int run(const std::vector<std::string>& arguments) {
    const std::string& verb = arguments.at(0);
    if (verb == "serve") {
        serve();
    } else if (verb == "describe") {
        for (const std::string& name : named_functions({arguments.begin() + 1, arguments.end()})) {
            std::cout << described(name).dump() << "\n";
        }
    } else if (verb == "front") {
        const std::uint64_t trials = arguments.size() > 3 ? std::stoull(arguments[3]) : 200;
        for (const std::string& method : methods_of(arguments.at(2))) {
            for (std::uint64_t seed = 1; seed <= std::stoull(arguments.at(1)); ++seed) {
                measure_front(method, seed, trials);
            }
        }
    } else if (verb == "measure") {
        const std::uint64_t seeds = std::stoull(arguments.at(1));
        for (const std::string& method : methods_of(arguments.at(2))) {
            for (const std::string& name : named_functions({arguments.begin() + 3, arguments.end()})) {
                for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
                    measure(method, name, seed);
                }
            }
        }
    } else {
        throw std::invalid_argument("measure, front, describe or serve, not " + verb);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "search_quality: " << error.what() << "\n";
        return 2;
    }
}
