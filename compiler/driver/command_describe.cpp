#include "compiler/driver/commands.h"
#include "runtime/core/whole_file.h"
#include "runtime/io/new_experiment.h"
#include "runtime/io/read.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

namespace mlpc {

int command_describe(const std::string& file) {
    const TableDescription table = describe_table(file);
    fmt::print("{}\n{}", to_text(table), schema_block(table));
    return exit_code::ok;
}

int command_new(const NewOptions& options) {
    namespace fs = std::filesystem;
    const std::string name = options.name.ends_with(".mlp") ? options.name.substr(0, options.name.size() - 4) : options.name;
    const std::string path = name + ".mlp";
    if (fs::exists(path)) {
        print_error(fmt::format("{} is there already: choose another name, or remove it", path));
        return exit_code::usage;
    }
    const TableDescription table = describe_table(options.from);
    if (!options.target.empty() &&
        std::none_of(table.columns.begin(), table.columns.end(), [&](const auto& c) { return c.name == options.target; })) {
        print_error(fmt::format("{} has no column `{}`", options.from, options.target));
        return exit_code::usage;
    }
    const fs::path folder = fs::absolute(path).parent_path();
    const std::string data = fs::absolute(options.from).lexically_normal().lexically_relative(folder).string();
    write_whole_file(path, new_experiment(table, fs::path(name).filename().string(), data, options.target));
    fmt::print(stderr, "wrote {}; next: mlpc check {} && mlpc run {}\n", path, path, path);
    return exit_code::ok;
}

}  // namespace mlpc
