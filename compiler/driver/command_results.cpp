#include "compiler/driver/commands.h"
#include "compiler/driver/run_store.h"
#include "runtime/report/report.h"
#include "runtime/store/store.h"

#include <fmt/core.h>

#include <unistd.h>
#include <filesystem>

namespace mlpc {

int command_results(const ResultsOptions& options) {
    const std::string path = store_path("./here");
    if (!std::filesystem::exists(path)) {
        fmt::print(stderr, "no runs: {} does not exist; `mlpc run FILE.mlp` writes it\n", path);
        return options.run.empty() ? exit_code::ok : exit_code::usage;
    }
    const Store store(path);
    if (options.run.empty()) {
        fmt::print("{}", runs_table(store.list_runs()));
        return exit_code::ok;
    }
    const RunRecord run = store.load_run(options.run);
    if (options.format == "json") {
        fmt::print("{}\n", report_json(run));
    } else if (options.format == "html") {
        fmt::print("{}\n", report_html(run));
    } else {
        fmt::print("{}", report_text(run, colour_of(STDOUT_FILENO)));
    }
    return exit_code::ok;
}

}  // namespace mlpc
