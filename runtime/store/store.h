// The run store: every run, trial and score in one SQLite file (WAL, synchronous FULL).
#pragma once

#include "runtime/core/digest.h"
#include "runtime/core/results.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlpc {

// What a run is known by when a later one looks for trials to go on from.
struct ExperimentKeys {
    Key experiment;  // of all that decides the results
    Key evaluation;  // of all that decides what a trial finds: as above, but for what only decides which points are tried
};

// One writer per run; readers may come at any time. All throw RunError that names the file.
class Store {
public:
    // Creates file and tables where absent; migrates older ones; refuses newer ones.
    explicit Store(const std::string& path);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void begin_run(const RunRecord&);  // manifest; status running
    // A finished trial is durable when this returns (batch them: one transaction).
    void add_trials(const std::string& run_id, const std::string& search, std::uint64_t seed, const std::vector<TrialRecord>&);
    void finish_run(const RunRecord&);                // everything else; replaces what begin_run wrote, adds the trials that are not there yet
    RunRecord load_run(const std::string& id) const;  // "latest", a whole id or an unambiguous beginning of one
    std::vector<RunRecord> list_runs() const;         // newest first; of the trials, only each seed's winner
    void set_keys(const std::string& run_id, const ExperimentKeys&);
    // Trials, by number, of runs with the same evaluation key, the newest run's where several have one: how a run continues after Ctrl-C, or
    // with more trials than before. None from before the same experiment was last finished: to run it once more is to begin anew.
    std::vector<TrialRecord> trials_of(const ExperimentKeys&, const std::string& search, std::uint64_t seed) const;
    // The fitted winner's bytes (an .mlpm), by run.
    void add_artifact(const std::string& run_id, const std::string& name, const std::string& bytes);
    // Nullopt where the run has none of that name.
    std::optional<std::string> artifact(const std::string& run_id, const std::string& name) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace mlpc
