#include "compiler/driver/run_lock.h"

#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"

#include <fmt/format.h>

#include <filesystem>

namespace mlpc {

namespace {

namespace fs = std::filesystem;

std::string lock_path(const std::string& experiment_file) {
    const fs::path file(experiment_file);
    return (file.extension() == ".mlp" ? fs::path(file).replace_extension(".lock") : fs::path(experiment_file + ".lock")).string();
}

// Where the source of that name is declared; the first declaration of the experiment where it is declared no longer.
Span place_of(const Experiment& experiment, const std::string& name) {
    for (const DataSpec& data : experiment.data) {
        if (data.name == name) {
            return data.span;
        }
    }
    for (const PretrainedSpec& source : experiment.pretrained) {
        if (source.name == name) {
            return source.span;
        }
    }
    return experiment.data.empty() ? experiment.searches.front().span : experiment.data.front().span;
}

}  // namespace

RunLock::RunLock(const std::string& experiment_file, LockUse use) : use_(use) {
    if (experiment_file == "-") {
        return;
    }
    path_ = lock_path(experiment_file);
    try {
        locked_ = read_lock(path_);
    } catch (const RunError& error) {
        unreadable_ = error.what();
    }
}

void RunLock::report(const Experiment& experiment, const LockChange& change, Diagnostics& diags) const {
    const Span at = place_of(experiment, change.name);
    const std::string lock = fs::path(path_).filename().string();
    if (use_ == LockUse::Locked) {
        diags.report(at, diag::LockRefuses, change.name, lock, change.detail)
            .help("put back what was locked; or accept what is there, and commit the lock: `mlpc run --relock`");
    } else if (change.why == LockChange::Why::Content) {
        diags.report(at, diag::LockDiffers, change.name, lock, change.detail)
            .help("if that is meant, accept it: `mlpc run --relock`; if not, put back what was locked. `--locked` refuses to run on it");
    }
}

void RunLock::compare(const Experiment& experiment, Lock seen, Diagnostics& diags) {
    if (path_.empty() || (seen.empty() && !locked_)) {
        return;
    }
    if (use_ == LockUse::Relock) {
        to_write_ = std::move(seen);
        return;
    }
    if (!unreadable_.empty() || (use_ == LockUse::Locked && !locked_)) {
        const std::string why = !unreadable_.empty() ? unreadable_ : fmt::format("{} is not there; `mlpc run` without `--locked` writes it", path_);
        const Span at = place_of(experiment, "");
        if (use_ == LockUse::Locked) {
            diags.report(at, diag::LockMissing, why);
        } else {
            diags.report(at, diag::LockUnreadable, why);
        }
        return;
    }
    if (!locked_) {
        to_write_ = std::move(seen);
        return;
    }
    for (const LockChange& change : changes(*locked_, seen)) {
        report(experiment, change, diags);
    }
    Lock next = following(*locked_, seen);
    if (use_ == LockUse::Follow && !(next == *locked_)) {
        to_write_ = std::move(next);
    }
}

void RunLock::write() const {
    if (!to_write_) {
        return;
    }
    try {
        write_whole_file(path_, to_text(*to_write_));
        fmt::print(stderr, "wrote {}\n", path_);
    } catch (const RunError& error) {
        fmt::print(stderr, "note: the run goes on without a lock: {}\n", error.what());
    }
}

}  // namespace mlpc
