#include "tests/reference/python_oracle.h"

#include "tests/reference/model_testing.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace mlpc {
namespace {

constexpr const char* python = "/usr/bin/python3";

}  // namespace

std::optional<nlohmann::json> ask_scikit_learn(const std::string& script, const nlohmann::json& input) {
    const std::string probe = std::string(python) + " -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec(\"sklearn\"))'";
    if (std::system(probe.c_str()) != 0) {
        return std::nullopt;
    }
    std::string path = "/tmp/mlpc_oracle_XXXXXX";
    const int descriptor = mkstemp(path.data());
    if (descriptor < 0) {
        throw std::runtime_error("no temporary file");
    }
    close(descriptor);
    std::ofstream(path) << input.dump();

    const std::string command = std::string(python) + " " + MLPC_SOURCE_DIR + "/tests/unit/" + script + " < " + path;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        throw std::runtime_error("can't start " + command);
    }
    std::string output;
    char buffer[1 << 16];
    for (std::size_t size = 0; (size = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
        output.append(buffer, size);
    }
    const int status = pclose(pipe);
    unlink(path.c_str());
    if (status != 0) {
        throw std::runtime_error(command + " failed");
    }
    return nlohmann::json::parse(output);
}

Matrix matrix_of(const nlohmann::json& rows) {
    Matrix m(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.at(0).size()));
    for (Eigen::Index r = 0; r < m.rows(); ++r) {
        for (Eigen::Index c = 0; c < m.cols(); ++c) {
            m(r, c) = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)].get<double>();
        }
    }
    return m;
}

Target example_target(const nlohmann::json& example) {
    const auto values = example["y"].get<std::vector<double>>();
    const bool weighted = example.contains("weights") && !example["weights"].is_null();
    const auto weights = weighted ? example["weights"].get<std::vector<double>>() : std::vector<double>{};
    const auto classes = example["classes"].get<std::size_t>();
    return classes == 0 ? values_of(values, weights) : labels_of(classes, std::vector<std::int32_t>(values.begin(), values.end()), weights);
}

}  // namespace mlpc
