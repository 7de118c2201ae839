// The lock of a run: compared before anything is fitted, written once the data have been accepted.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "runtime/core/experiment.h"
#include "runtime/store/lock.h"

#include <optional>
#include <string>

namespace mlpc {

enum class LockUse {
    Follow,  // written where absent; changed content is warned about and stays as it was locked
    Locked,  // any difference, and a lock that is not there, is an error; nothing is written
    Relock   // written anew
};

class RunLock {
public:
    // Reads the lock beside the experiment's file; an experiment from standard input has none.
    RunLock(const std::string& experiment_file, LockUse use);
    // Reports how `seen` differs. The run goes on unless that gives errors.
    void compare(const Experiment&, Lock seen, Diagnostics&);
    // Nothing where nothing is to be written. A folder that cannot be written to costs a note, not the run.
    void write() const;

private:
    void report(const Experiment&, const LockChange&, Diagnostics&) const;

    std::string path_;
    LockUse use_;
    std::optional<Lock> locked_;
    std::string unreadable_;  // why the lock that is there could not be read
    std::optional<Lock> to_write_;
};

}  // namespace mlpc
