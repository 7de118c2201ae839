// One line on a terminal that says how far a run is.
#pragma once

#include "runtime/engine/engine.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace mlpc {

// Silent where standard error is no terminal. Every function may be called from any thread.
class Progress {
public:
    Progress();
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    // planned 0: not known.
    void show(std::uint64_t done, std::uint64_t planned, const std::string& what);
    // What stands behind it until the next trial is done: the epoch that one of the fits under way has ended.
    void show(const EpochNews&);
    void clear();

private:
    void draw();

    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point begin_, last_;
    std::mutex mutex_;
    std::string trials_, epoch_;
};

// "trial 3, fold 2: epoch 7 of 30, loss 0.412, on held rows 0.455".
std::string epoch_text(const EpochNews&);

}  // namespace mlpc
