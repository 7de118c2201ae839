// CPU time of logistic fits, ours; logistic_speed.py runs it beside scikit-learn's on the same rows.
// Usage: logistic_speed FILE ROWS COLUMNS C…; FILE holds doubles: X by column, then y (0, 1, …). A line of seconds per C.
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>

namespace {

using namespace mlpc;

Target target_of(const std::vector<double>& y) {
    std::vector<std::int32_t> labels(y.begin(), y.end());
    Levels names;
    for (std::int32_t c = 0; c <= *std::max_element(labels.begin(), labels.end()); ++c) {
        names.push_back(std::to_string(c));
    }
    const Task task = names.size() == 2 ? Task::Binary : Task::Multiclass;
    return {.task = task, .values = {}, .labels = std::move(labels), .classes = std::make_shared<const Levels>(std::move(names)), .weights = {}};
}

double seconds_of_fit(const Frame& x, const Target& y, double C) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Model, "logistic");
    ParamValues params = info.default_params();
    params[0] = {C};
    FitContext context{.rng = Rng::of_seed(1)};
    const std::clock_t begin = std::clock();
    info.make_model(params)->fit(x, y, context);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto rows = static_cast<Eigen::Index>(std::stoull(arguments.at(1))), columns = static_cast<Eigen::Index>(std::stoull(arguments.at(2)));
    std::ifstream file(arguments.at(0), std::ios::binary);
    Matrix cells(rows, columns);
    std::vector<double> y(static_cast<std::size_t>(rows));
    file.read(reinterpret_cast<char*>(cells.data()), static_cast<std::streamsize>(sizeof(double)) * cells.size());
    file.read(reinterpret_cast<char*>(y.data()), static_cast<std::streamsize>(sizeof(double)) * rows);
    std::vector<std::string> names;
    for (Eigen::Index c = 0; c < columns; ++c) {
        names.push_back("x" + std::to_string(c));
    }
    const Frame x = Frame::from_matrix(std::move(cells), names);
    const Target target = target_of(y);
    for (std::size_t i = 3; i < arguments.size(); ++i) {
        double best = std::numeric_limits<double>::infinity();
        for (int repeat = 0; repeat < 3; ++repeat) {
            best = std::min(best, seconds_of_fit(x, target, std::stod(arguments[i])));
        }
        fmt::print("{:.6f}\n", best);
    }
}
