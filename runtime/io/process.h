// A program beside this one, without a shell: fed with a text, read line by line, stopped and continued, and killed with all that it started.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mlpc {

class Process {
public:
    struct Start {
        std::vector<std::string> command;  // the program, looked up in PATH where it has no `/`, and its arguments
        std::string folder;                // where it is started; empty: where this program was
        std::string input;                 // what it finds on its standard input
    };
    // Throws RunError where it cannot be started.
    explicit Process(const Start&);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    enum class Read { Line, Ended, TimedOut };
    // The next line of its standard output, without its end. TimedOut: it has run longer than that in all. Throws Cancelled.
    Read next_line(std::string& line, std::optional<double> most_seconds, const std::atomic<bool>* cancelled);
    void stop();
    void go_on();

    // After Read::Ended: how it ended where that was no success: "exit code 3", "signal 9 (Killed)"; else empty.
    std::string failure() const;
    // The end of what it has printed on either stream, on one line.
    std::string last_lines() const;
    // While it was not stopped.
    double seconds() const;

private:
    bool take_line(std::string& line);
    void read_output(int milliseconds);
    bool read_stream(int& descriptor, bool is_output);
    void look_for_end();
    void close_streams();

    pid_t pid_ = 0;  // also its group's; 0: it has been waited for
    int output_ = -1, errors_ = -1;
    int status_ = 0;
    std::string unread_;  // of the standard output
    std::string tail_;
    std::chrono::steady_clock::time_point running_since_;
    double seconds_before_ = 0;
    bool stopped_ = false;
};

// Ends all of them at once; a signal handler may call it.
void kill_all_processes() noexcept;

}  // namespace mlpc
