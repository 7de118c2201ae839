// Objectives that are programs: a process an evaluation, stopped where a trial may go on later.
#pragma once

#include "runtime/engine/objective_runner.h"
#include "runtime/io/process.h"

#include <mutex>

namespace mlpc {

// The parameters as the program gets them: an alternative that has parameters is an object under its name, any other one its name.
std::string parameters_json(const ObjectiveSpec&, const ParamValues&);

class CommandRunner final : public ObjectiveRunner {
public:
    ObjectiveResult evaluate(const ObjectiveCall&) override;

private:
    // One point under one seed and execution.
    struct Trial {
        std::unique_ptr<Process> process;      // stopped; null where it has ended
        std::vector<ObjectiveResult> reports;  // by share
        double seconds = 0;                    // that have been handed on
        std::uint64_t last_use = 0;
    };
    Trial take(const std::string& key);
    void put_back(const std::string& key, Trial);

    std::mutex mutex_;
    std::map<std::string, Trial> trials_;
    std::uint64_t clock_ = 0;
};

}  // namespace mlpc
