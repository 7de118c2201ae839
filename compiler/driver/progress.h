// One line on a terminal that says how far a run is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace mlpc {

// Silent where standard error is no terminal.
class Progress {
public:
    Progress();
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    // planned 0: not known.
    void show(std::uint64_t done, std::uint64_t planned, const std::string& what);
    void clear();

private:
    bool on_terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point begin_, last_;
};

}  // namespace mlpc
