#include "compiler/driver/commands.h"
#include "runtime/core/error.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <csignal>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

// Fits take and give back matrices of megabytes all the time. By default each one's pages come anew from the kernel, which clears them first:
// up to a tenth of the time of a search over small models.
void keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

constexpr const char* examples = R"(examples:
  mlpc new churn --from churn.csv      write a first experiment for a table
  mlpc check churn.mlp                 find mistakes and leaks, before any data are read
  mlpc plan churn.mlp                  what will run, and how many fits are shared
  mlpc run churn.mlp                   run it: report on stdout, outputs beside the file
  mlpc predict out/churn.mlpm new.csv  predictions of the saved winner
  mlpc explain L109                    what a diagnostic means, with a fixed example
)";

// The help of a command begins with an example.
class ExampleFirst : public CLI::Formatter {
public:
    explicit ExampleFirst(std::string example) : example_(std::move(example)) { column_width(30); }
    std::string make_description(const CLI::App* app) const override {
        return app->get_parent() == nullptr ? CLI::Formatter::make_description(app)
                                            : "example:\n  " + example_ + "\n\n" + CLI::Formatter::make_description(app);
    }

private:
    std::string example_;
};

mlpc::Overrides parse_overrides(const std::vector<std::string>& settings) {
    mlpc::Overrides overrides;
    for (const std::string& setting : settings) {
        const std::size_t at = setting.find('=');
        if (at == std::string::npos || at == 0) {
            throw CLI::ValidationError("--set", "takes NAME=VALUE, not `" + setting + "`");
        }
        overrides.emplace_back(setting.substr(0, at), setting.substr(at + 1));
    }
    return overrides;
}

int dispatch(int argc, char** argv) {
    using namespace mlpc;
    CLI::App app{std::string(examples) + "\nmlpc compiles and runs .mlp files: machine-learning experiments that are proved leak-free", "mlpc"};
    app.set_version_flag("--version", std::string("mlpc ") + MLPC_VERSION);
    app.set_help_flag("-h,--help", "print this help");
    app.require_subcommand(0, 1);
    app.get_formatter()->column_width(30);
    std::string emit, emit_file;
    app.add_option("--emit", emit, "print the ast, the plan or the graph of FILE and stop")->check(CLI::IsMember({"ast", "plan", "graph"}));
    app.add_option("file", emit_file, "with --emit");

    std::vector<std::string> settings;
    const auto add = [&](const char* name, const char* what, const char* example) {
        CLI::App* command = app.add_subcommand(name, what);
        command->formatter(std::make_shared<ExampleFirst>(example));
        return command;
    };
    const auto add_set = [&](CLI::App* command) { command->add_option("--set", settings, "NAME=VALUE for a `param` of the file"); };

    CheckOptions check_options;
    CLI::App* check = add("check", "find mistakes and leaks; reads no data", "mlpc check --fix churn.mlp");
    check->add_option("files", check_options.files, "experiments; - is standard input")->required();
    check->add_option("--format", check_options.format, "text, json or sarif")->check(CLI::IsMember({"text", "json", "sarif"}));
    check->add_flag("--fix", check_options.fix, "apply the fixes that are offered");
    add_set(check);

    FmtOptions fmt_options;
    CLI::App* fmt_command = add("fmt", "write files in the canonical format", "mlpc fmt --diff churn.mlp");
    fmt_command->add_option("files", fmt_options.files, "experiments; - reads standard input and writes standard output")->required();
    fmt_command->add_flag("--check", fmt_options.check, "change nothing; exit code 1 where a file differs");
    fmt_command->add_flag("--diff", fmt_options.diff, "change nothing; print the difference");

    std::string code;
    CLI::App* explain = add("explain", "what a diagnostic means", "mlpc explain L109");
    explain->add_option("code", code, "for instance L109")->required();

    PlanOptions plan_options;
    CLI::App* plan = add("plan", "what will run: the graph, and the fits before and after sharing", "mlpc plan churn.mlp");
    plan->add_option("file", plan_options.file, "the experiment")->required();
    add_set(plan);

    RunCommandOptions run_options;
    CLI::App* run = add("run", "run an experiment", "mlpc run churn.mlp --set trials=10 --jobs 4");
    run->add_option("file", run_options.file, "the experiment")->required();
    add_set(run);
    run->add_option("--jobs", run_options.jobs, "threads; the results are the same for any number")->check(CLI::Range(1U, 1024U));
    run->add_option("--format", run_options.format, "what to print: text, json, or jsonl (a line a trial)")
        ->check(CLI::IsMember({"text", "json", "jsonl"}));
    run->add_option("--out", run_options.out, "folder for reports and models instead of beside the file");
    run->add_option("--memory", run_options.memory, "budget for values kept to be shared: 512MB, 2GB")->capture_default_str();
    run->add_flag("--allow-commands", run_options.allow_commands, "start the programs that an `objective` names");
    bool locked = false, relock = false;
    CLI::Option* locked_flag = run->add_flag("--locked", locked, "refuse to run on other data or networks than the lock beside the file has");
    run->add_flag("--relock", relock, "write the lock anew, of what is there now")->excludes(locked_flag);
    bool no_share = false;
    run->add_flag("--no-share", no_share, "fit everything anew for every trial and fold; same results, slower");

    ResultsOptions results_options;
    CLI::App* results = add("results", "list the runs of the project, or show one", "mlpc results latest --format json");
    results->add_option("run", results_options.run, "an id, the beginning of one, or latest");
    results->add_option("--format", results_options.format, "text, json or html")->check(CLI::IsMember({"text", "json", "html"}));

    std::string name;
    CLI::App* docs = add("docs", "the reference page of a component", "mlpc docs random_forest");
    std::string docs_folder;
    CLI::Option* docs_name = docs->add_option("name", name, "a step, model, metric, splitter, searcher or pruner");
    CLI::Option* docs_write = docs->add_option("--write", docs_folder, "write the pages of all of them below this folder");
    docs_name->excludes(docs_write);
    CLI::App* list = add("list", "the components of a kind", "mlpc list steps");
    list->add_option("kind", name, "steps, models, metrics, splitters, searchers or pruners")->required();
    CLI::App* describe = add("describe", "columns of a table, and a schema block to paste", "mlpc describe churn.csv");
    describe->add_option("data", name, "a table in a file: CSV, TSV, JSONL, ARFF, LIBSVM, NPY, Parquet")->required();

    NewOptions new_options;
    CLI::App* new_command = add("new", "write a working experiment for a table", "mlpc new churn --from churn.csv --target churned");
    new_command->add_option("name", new_options.name, "NAME.mlp is written")->required();
    new_command->add_option("--from", new_options.from, "the file with the table")->required();
    new_command->add_option("--target", new_options.target, "the column to predict; guessed where absent");

    PredictOptions predict_options;
    CLI::App* predict = add("predict", "predictions of a saved model, as CSV", "mlpc predict out/churn.mlpm new.csv > predictions.csv");
    predict->add_option("model", predict_options.model, "an .mlpm file")->required();
    predict->add_option("data", predict_options.data, "a table with the model's columns")->required();

    try {
        app.parse(argc, argv);
        check_options.overrides = plan_options.overrides = run_options.overrides = parse_overrides(settings);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exit_code::ok : exit_code::usage;
    }
    run_options.share = !no_share;
    run_options.lock = locked ? LockUse::Locked : relock ? LockUse::Relock : LockUse::Follow;
    run_options.typed = "mlpc";
    for (int i = 1; i < argc; ++i) {
        run_options.typed += std::string(" ") + argv[i];
    }
    if (check->parsed())
        return command_check(check_options);
    if (fmt_command->parsed())
        return command_fmt(fmt_options);
    if (explain->parsed())
        return command_explain(code);
    if (plan->parsed())
        return command_plan(plan_options);
    if (run->parsed())
        return command_run(run_options);
    if (results->parsed())
        return command_results(results_options);
    if (docs->parsed())
        return docs_folder.empty() ? command_docs(name) : command_write_docs(docs_folder);
    if (list->parsed())
        return command_list(name);
    if (describe->parsed())
        return command_describe(name);
    if (new_command->parsed())
        return command_new(new_options);
    if (predict->parsed())
        return command_predict(predict_options);
    if (!emit.empty() && !emit_file.empty())
        return command_emit(emit, emit_file);
    fmt::print(stderr, "{}", app.help());
    return exit_code::usage;
}

}  // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    std::signal(SIGPIPE, SIG_DFL);
    mlpc::catch_interrupts();
    try {
        return dispatch(argc, argv);
    } catch (const mlpc::RunError& e) {
        mlpc::print_error(e.what());
        return mlpc::exit_code::usage;
    } catch (const mlpc::Cancelled&) {
        fmt::print(stderr, "interrupted; nothing had been computed yet\n");
        return mlpc::exit_code::interrupted;
    } catch (const std::exception& e) {
        mlpc::print_error(fmt::format("this is a bug in mlpc, please report it with the file: {}", e.what()));
        return mlpc::exit_code::our_bug;
    }
}
