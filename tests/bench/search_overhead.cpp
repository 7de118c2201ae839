// CPU time that a searcher itself takes, in ten dimensions; search_overhead.py runs it beside Optuna's samplers.
// Usage: search_overhead TRIALS METHOD...: a line of JSON a method.
#include "tests/reference/bbob.h"
#include "tests/reference/minimise.h"

#include <nlohmann/json.hpp>

#include <ctime>
#include <iostream>

namespace {

using namespace mlpc;

constexpr std::size_t dimensions = 10;

double cpu_seconds(const std::function<void()>& action) {
    const std::clock_t begin = std::clock();
    action();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const std::size_t trials = std::stoull(arguments.at(0));
    const SearchFunction function = bbob(8, 1, dimensions).function;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        SearchCourse course;
        const double seconds = cpu_seconds([&] { course = minimise(arguments[i], function, trials, 1); });
        const double evaluating = cpu_seconds([&] {
            for (const Assignment& point : course.points) {
                function.value(point, 0);
            }
        });
        const double searching = seconds - evaluating;
        std::cout << nlohmann::json{{"side", "mlpc"},
                                    {"method", arguments[i]},
                                    {"trials", course.points.size()},
                                    {"seconds", searching},
                                    {"milliseconds_per_proposal", 1e3 * searching / static_cast<double>(course.points.size())},
                                    {"best", course.best.back()}}
                         .dump()
                  << std::endl;
    }
}
