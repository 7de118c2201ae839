#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/experiment_keys.h"
#include "compiler/driver/load_files.h"
#include "compiler/driver/progress.h"
#include "compiler/driver/report_findings.h"
#include "compiler/driver/run_lock.h"
#include "compiler/driver/run_store.h"
#include "compiler/driver/winner_chain.h"
#include "compiler/lower/lower.h"
#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"
#include "runtime/report/report.h"
#include "runtime/report/score_format.h"
#include "runtime/search/run_experiment.h"
#include "runtime/search/seen_sources.h"
#include "runtime/store/checkpoints.h"
#include "runtime/store/store.h"
#include "stdlib/pretrained/encoded_cache.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/stdlib.h"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <unistd.h>
#include <filesystem>
#include <thread>

namespace mlpc {

namespace fs = std::filesystem;

namespace {

std::string now_utc() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::map<std::string, std::string> hashes_beside(const PretrainedSpec& source) {
    return pretrained::hashes_beside(pretrained::source_of(*source.component, source.resolved_path, source.params));
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// "512MB" in bytes; 0 where it is no size.
std::size_t bytes_of(const std::string& text) {
    double number = 0;
    char unit[3] = {};
    if (std::sscanf(text.c_str(), "%lf%2s", &number, unit) < 1 || !(number > 0)) {
        return 0;
    }
    const std::string u = unit;
    const double scale = u == "GB" || u == "G" ? 1e9 : u == "MB" || u == "M" ? 1e6 : u == "KB" || u == "K" ? 1e3 : u.empty() || u == "B" ? 1 : 0;
    return static_cast<std::size_t>(std::min(number * scale, 1e15));
}

class RunCommand {
public:
    explicit RunCommand(const RunCommandOptions& options) : options_(options) {}

    int run() {
        const std::size_t memory = bytes_of(options_.memory);
        if (memory == 0) {
            print_error(fmt::format("--memory takes a size such as 512MB or 2GB, not `{}`", options_.memory));
            return exit_code::usage;
        }
        Compilation c = compile(options_.file, standard_library(), options_.overrides, CompileFor::Run);
        print_diagnostics(c.diags, c.sources);
        if (!c.plan) {
            return exit_code::findings;
        }
        const Experiment experiment = lower(std::move(*c.plan));
        if (experiment.searches.empty()) {
            print_error(fmt::format("{} has nothing to run: no `search`, no `compare`, and no `evaluate` of a model", options_.file));
            return exit_code::usage;
        }
        if (!options_.allow_commands && refuse_commands(experiment, c)) {
            return exit_code::findings;
        }
        begin_record(experiment, c);
        try {
            return execute(experiment, c, memory);
        } catch (const FindingsError& e) {
            Diagnostics found;
            report_findings(e.findings, found);
            print_diagnostics(found, c.sources);
            return exit_code::findings;
        } catch (const LocatedError& e) {
            Diagnostics found;
            found.report(e.span, diag::DataUnreadable, std::string(e.what()));
            print_diagnostics(found, c.sources);
            return exit_code::usage;
        }
    }

private:
    static void print_diagnostics(const Diagnostics& diags, const Sources& sources) {
        fmt::print(stderr, "{}", render_text(diags.sorted(), sources, colour_of(STDERR_FILENO)));
    }

    // Now and, as warnings, in the reports.
    void show(const Diagnostics& found, const Sources& sources) {
        print_diagnostics(found, sources);
        for (const Diagnostic& d : found.sorted()) {
            record_.warnings.push_back(fmt::format("{}: {}", d.kind.code, d.message));
        }
    }

    // Whether a search would start a program.
    static bool refuse_commands(const Experiment& experiment, const Compilation& c) {
        Diagnostics found;
        for (const SearchSpec& search : experiment.searches) {
            const ObjectiveSpec* objective = search.objective ? &experiment.objectives[*search.objective] : nullptr;
            if (objective != nullptr && !objective->formula) {
                found.report(objective->span, diag::CommandsNotAllowed, objective->name, objective->command.front())
                    .help("read what it starts, then allow it: `mlpc run --allow-commands`");
            }
        }
        print_diagnostics(found, c.sources);
        return found.has_errors();
    }

    void begin_record(const Experiment& experiment, const Compilation& c) {
        record_.file = options_.file;
        record_.source = c.sources.text(c.main_file().id);
        record_.file_sha256 = sha256_hex(record_.source);
        record_.version = MLPC_VERSION;
        record_.started = now_utc();
        record_.command = options_.typed;
        record_.overrides = options_.overrides;
        record_.allowed = experiment.allowed;
        record_.id =
            fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(std::time(nullptr)),
                        sha256_hex(fmt::format("{}{}{}", record_.file_sha256, getpid(), std::chrono::steady_clock::now().time_since_epoch().count()))
                            .substr(0, 6));
        for (const Diagnostic& d : c.diags.sorted()) {
            const LineColumn at = c.sources.position(d.span.file, d.span.begin);
            record_.warnings.push_back(fmt::format("{}: {} ({}:{})", d.kind.code, d.message, c.sources.path(d.span.file), at.line));
        }
    }

    // The chain of the first evaluated search's winner under the first seed.
    void describe_winner(const Experiment& experiment, const Compilation& c) {
        const std::uint32_t search = experiment.evaluations.empty() ? 0 : experiment.evaluations.front().search;
        if (experiment.is_only_compared(search)) {
            return;  // nothing has won
        }
        const SeedRecord& seed = record_.searches.at(search).seeds.at(0);
        if (seed.winner < seed.trials.size()) {
            record_.pipeline = winner_chain(c.files, experiment.searches[search], seed.trials[seed.winner]);
        }
    }

    std::string output_path(const std::string& path) const {
        if (options_.out.empty()) {
            return path;
        }
        const fs::path folder = fs::path(options_.file).parent_path();
        const fs::path below = fs::path(path).lexically_relative(folder.empty() ? "." : folder);
        return (fs::path(options_.out) / (below.empty() || *below.begin() == ".." ? fs::path(path).filename() : below)).string();
    }

    // Before anything is computed: a folder that cannot be made must not cost a result.
    void make_output_folders(const Experiment& experiment) const {
        const auto make = [&](const std::string& path) {
            const fs::path folder = fs::path(output_path(path)).parent_path();
            std::error_code error;
            if (!folder.empty()) {
                fs::create_directories(folder, error);
            }
            if (error || (!folder.empty() && !fs::is_directory(folder))) {
                throw RunError(
                    fmt::format("the output folder {} cannot be made: {}", folder.string(), error ? error.message() : "a file is in its place"));
            }
            if (!folder.empty() && access(folder.c_str(), W_OK) != 0) {
                throw RunError(fmt::format("no permission to write to the output folder {}", folder.string()));
            }
        };
        for (const ReportSpec& report : experiment.reports) {
            make(report.path);
        }
        for (const SaveSpec& save : experiment.saves) {
            make(save.path);
        }
    }

    int execute(const Experiment& experiment, const Compilation& c, std::size_t memory) {
        const auto wall_begin = std::chrono::steady_clock::now();
        PreparedData sources = read_sources(experiment);
        RunLock lock(options_.file, options_.lock);
        Diagnostics differences;
        lock.compare(experiment, seen_sources(experiment, sources, hashes_beside), differences);
        show(differences, c.sources);
        if (differences.has_errors()) {
            return exit_code::findings;
        }
        const PreparedData data = prepare(experiment, standard_library(), &interrupted(), std::move(sources));
        Diagnostics found;
        report_findings(data.warnings, found);
        show(found, c.sources);
        make_output_folders(experiment);
        lock.write();
        const std::string store_file = store_path(options_.file);
        std::error_code error;
        fs::create_directories(fs::path(store_file).parent_path(), error);
        Store store(store_file);
        store.begin_run(record_);
        const ExperimentKeys keys = experiment_keys(experiment, c, data, options_.overrides);
        store.set_keys(record_.id, keys);
        Checkpoints checkpoints((fs::path(store_file).parent_path() / "checkpoints").string());
        std::vector<SavedPipeline> pipelines;
        try {
            Progress progress;
            RunOptions run = run_options(c, store, keys, progress, memory);
            run.checkpoint_of = [&checkpoints](const Key& fit) { return checkpoints.of(fit); };
            pipelines = run_experiment(experiment, standard_library(), data, run, record_);
        } catch (const Cancelled&) {
            finish(store, wall_begin, "interrupted");
            fmt::print(stderr, "interrupted; the trials so far are kept. To continue: {}\n", options_.typed);
            return exit_code::interrupted;
        } catch (...) {
            finish(store, wall_begin, "failed");
            throw;
        }
        describe_winner(experiment, c);
        for (PretrainedRecord& source : record_.pretrained) {
            const pretrained::EncodedCounts rows = pretrained::encoded_counts(source.name);
            source.encoded_rows = rows.encoded;
            source.cached_rows = rows.cached;
        }
        finish(store, wall_begin, "done");
        if (const std::uint64_t fits = checkpoints.used(); fits > 0) {
            fmt::print(stderr, "{} went on from where a run before was stopped\n", counted(fits, "fit"));
        }
        checkpoints.remove();
        write_outputs(experiment, pipelines, store);
        return print_results();
    }

    RunOptions run_options(const Compilation& c, Store& store, const ExperimentKeys& keys, Progress& progress, std::size_t memory) {
        RunOptions run;
        run.jobs = options_.jobs > 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
        run.memory_bytes = memory;
        run.share = options_.share;
        run.cancelled = &interrupted();
        run.place = [&c](Span span) { return fmt::format("{}:{}", c.sources.path(span.file), c.sources.position(span.file, span.begin).line); };
        run.keep_trial = [this, &store](const std::string& search, std::uint64_t seed, const TrialRecord& trial) {
            pending_[{search, seed}].push_back(trial);
            const auto now = std::chrono::steady_clock::now();
            if (now - last_kept_ > until_next_) {
                keep_pending(store);
            }
            if (options_.format == "jsonl") {
                print_trial(search, seed, trial);
            }
        };
        run.earlier_trials = [&store, keys](const std::string& search, std::uint64_t seed) { return store.trials_of(keys, search, seed); };
        run.epoch_ended = [&progress](const EpochNews& news) { progress.show(news); };
        run.progress = [&progress](std::uint64_t done, std::uint64_t planned, const std::string& what) { progress.show(done, planned, what); };
        return run;
    }

    // Where the disk is slow, trials are kept in larger batches: no more than a tenth of the time goes into it.
    void keep_pending(Store& store) {
        const auto begin = std::chrono::steady_clock::now();
        for (const auto& [place, trials] : pending_) {
            store.add_trials(record_.id, place.first, place.second, trials);
        }
        pending_.clear();
        last_kept_ = std::chrono::steady_clock::now();
        until_next_ = std::max<std::chrono::steady_clock::duration>(std::chrono::milliseconds(250), 9 * (last_kept_ - begin));
    }

    static void print_trial(const std::string& search, std::uint64_t seed, const TrialRecord& trial) {
        nlohmann::ordered_json line{{"event", "trial"}, {"search", search}, {"seed", seed}, {"number", trial.number}, {"model", trial.model}};
        line["params"] = nlohmann::ordered_json::object();
        for (const auto& [name, value] : trial.params) {
            line["params"][name] = value;
        }
        line["share"] = {trial.share.part, trial.share.whole};
        line["fold_scores"] = trial.fold_scores;
        line["mean"] = trial.mean_score();
        line["failure"] = trial.failure;
        fmt::print("{}\n", line.dump());
    }

    void finish(Store& store, std::chrono::steady_clock::time_point wall_begin, const char* status) {
        keep_pending(store);
        record_.status = status;
        record_.finished = now_utc();
        record_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_begin).count();
        record_.cpu_seconds = cpu_seconds();
        store.finish_run(record_);
    }

    void write_outputs(const Experiment& experiment, std::vector<SavedPipeline>& pipelines, Store& store) {
        for (SavedPipeline& saved : pipelines) {
            saved.pipeline.provenance = provenance();
            const std::string path = output_path(saved.path);
            save_pipeline(saved.pipeline, path);
            store.add_artifact(record_.id, fs::path(path).filename().string(), pipeline_bytes(saved.pipeline));
            fmt::print(stderr, "wrote {}\n", path);
        }
        for (const ReportSpec& report : experiment.reports) {
            const std::string path = output_path(report.path);
            const bool json = path.ends_with(".json"), text = path.ends_with(".txt");
            write_whole_file(path, json ? report_json(record_) : text ? report_text(record_, Colour::No) : report_html(record_));
            fmt::print(stderr, "wrote {}\n", path);
        }
    }

    std::string provenance() const {
        nlohmann::ordered_json json{{"mlpc", record_.version}, {"run", record_.id}, {"file", record_.file}, {"file_sha256", record_.file_sha256}};
        for (const DataRecord& data : record_.data) {
            json["data"].push_back({{"name", data.name}, {"sha256", data.sha256}, {"rows", data.rows}});
        }
        for (const SearchRecord& search : record_.searches) {
            const SeedRecord& seed = search.seeds.front();
            if (seed.winner >= seed.trials.size()) {
                continue;
            }
            nlohmann::ordered_json winner{{"search", search.name}, {"seed", seed.seed}, {"model", seed.trials[seed.winner].model}};
            for (const auto& [name, value] : seed.trials[seed.winner].params) {
                winner["params"][name] = value;
            }
            for (const auto& [metric, score] : seed.test_scores) {
                winner["test_scores"][metric] = score;
            }
            json["winners"].push_back(winner);
        }
        return json.dump();
    }

    int print_results() const {
        if (options_.format == "json") {
            fmt::print("{}\n", report_json(record_));
        } else if (options_.format == "jsonl") {
            fmt::print("{}\n", nlohmann::ordered_json{{"event", "run"}, {"run", nlohmann::ordered_json::parse(report_json(record_))}}.dump());
        } else {
            fmt::print("{}", report_text(record_, colour_of(STDOUT_FILENO)));
        }
        int code = exit_code::ok;
        for (const GateRecord& gate : record_.gates) {
            if (!gate.passed) {
                print_error(fmt::format("the gate `{}` is missed: it is {:.4g}", gate.condition, gate.value));
                code = exit_code::gate_missed;
            }
        }
        return code;
    }

    const RunCommandOptions& options_;
    RunRecord record_;
    std::map<std::pair<std::string, std::uint64_t>, std::vector<TrialRecord>> pending_;
    std::chrono::steady_clock::time_point last_kept_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration until_next_ = std::chrono::milliseconds(250);
};

}  // namespace

int command_run(const RunCommandOptions& options) { return RunCommand(options).run(); }

}  // namespace mlpc
