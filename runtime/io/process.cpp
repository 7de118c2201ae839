#include "runtime/io/process.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

extern char** environ;

namespace mlpc {

namespace {

constexpr std::size_t most_tail = 4096;
constexpr std::size_t most_line = std::size_t{1} << 20;
constexpr std::size_t shown_lines = 3;
constexpr std::size_t shown_characters = 400;

// Process groups that run, for kill_all_processes: plain atomics, for a signal handler takes no lock.
std::array<std::atomic<pid_t>, 1024> running;

void remember(pid_t group) {
    for (std::atomic<pid_t>& slot : running) {
        pid_t none = 0;
        if (slot.compare_exchange_strong(none, group)) {
            return;
        }
    }
}
void forget(pid_t group) {
    for (std::atomic<pid_t>& slot : running) {
        pid_t same = group;
        if (slot.compare_exchange_strong(same, 0)) {
            return;
        }
    }
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {
        if (number_ < 0) {
            throw RunError(fmt::format("no program can be started: {}", std::strerror(errno)));
        }
    }
    ~Descriptor() {
        if (number_ >= 0) {
            close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    int result = pipe2(ends.data(), O_CLOEXEC);
    Descriptor read{result == 0 ? ends[0] : -1}, write{result == 0 ? ends[1] : -1};
};

// A file in memory: a program that never reads it keeps nobody waiting.
int input_file(const std::string& text) {
    const int file = memfd_create("input", MFD_CLOEXEC);
    std::size_t written = 0;
    while (file >= 0 && written < text.size()) {
        const ssize_t n = write(file, text.data() + written, text.size() - written);
        if (n <= 0) {
            close(file);
            return -1;
        }
        written += static_cast<std::size_t>(n);
    }
    if (file >= 0) {
        lseek(file, 0, SEEK_SET);
    }
    return file;
}

class SpawnAttributes {
public:
    SpawnAttributes() {
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) {
            sigaddset(&signals, signal);
        }
        posix_spawnattr_setsigdefault(&attributes, &signals);
        posix_spawn_file_actions_init(&actions);
    }
    ~SpawnAttributes() {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;

    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
};

std::string signal_text(int signal) {
    const char* name = sigdescr_np(signal);
    return fmt::format("signal {} ({})", signal, name != nullptr ? name : "unknown");
}

}  // namespace

void kill_all_processes() noexcept {
    for (const std::atomic<pid_t>& slot : running) {
        if (const pid_t group = slot.load(); group != 0) {
            kill(-group, SIGKILL);
        }
    }
}

Process::Process(const Start& start) {
    Pipe output, errors;
    const Descriptor input(input_file(start.input));
    SpawnAttributes spawn;
    if (!start.folder.empty()) {
        posix_spawn_file_actions_addchdir_np(&spawn.actions, start.folder.c_str());
    }
    posix_spawn_file_actions_adddup2(&spawn.actions, input.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&spawn.actions, output.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&spawn.actions, errors.write.get(), STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&spawn.actions, STDERR_FILENO + 1);
    std::vector<char*> arguments;
    for (const std::string& word : start.command) {
        arguments.push_back(const_cast<char*>(word.c_str()));  // execve takes them so and writes to none
    }
    arguments.push_back(nullptr);
    const int error = posix_spawnp(&pid_, arguments.front(), &spawn.actions, &spawn.attributes, arguments.data(), environ);
    if (error != 0) {
        const bool unsplit = start.command.size() == 1 && start.command.front().find(' ') != std::string::npos;
        throw RunError(fmt::format("`{}` cannot be started: {}{}", start.command.front(), std::strerror(error),
                                   unsplit ? " (no shell splits it: each argument is a text of its own)" : ""));
    }
    remember(pid_);
    running_since_ = std::chrono::steady_clock::now();
    output_ = output.read.release();
    errors_ = errors.read.release();
    for (const int descriptor : {output_, errors_}) {
        fcntl(descriptor, F_SETFL, O_NONBLOCK);
    }
}

Process::~Process() {
    close_streams();
    if (pid_ == 0) {
        return;
    }
    kill(-pid_, SIGKILL);
    forget(pid_);
    while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
}

void Process::close_streams() {
    for (int* descriptor : {&output_, &errors_}) {
        if (*descriptor >= 0) {
            close(std::exchange(*descriptor, -1));
        }
    }
}

Process::Read Process::next_line(std::string& line, std::optional<double> most_seconds, const std::atomic<bool>* cancelled) {
    for (;;) {
        if (take_line(line)) {
            return Read::Line;
        }
        if (pid_ == 0) {
            line = std::exchange(unread_, "");
            return line.empty() ? Read::Ended : Read::Line;
        }
        if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
            throw Cancelled();
        }
        if (most_seconds && seconds() > *most_seconds) {
            return Read::TimedOut;
        }
        read_output(50);
        look_for_end();
    }
}

bool Process::take_line(std::string& line) {
    const std::size_t end = unread_.find('\n');
    if (end == std::string::npos) {
        return false;
    }
    line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return true;
}

void Process::read_output(int milliseconds) {
    if (output_ < 0 && errors_ < 0) {
        usleep(1000);  // it has closed both streams, and is about to end
        return;
    }
    std::array<pollfd, 2> streams{pollfd{output_, POLLIN, 0}, pollfd{errors_, POLLIN, 0}};  // a negative one is passed over
    if (poll(streams.data(), streams.size(), milliseconds) <= 0) {
        return;
    }
    if (streams[0].revents != 0) {
        read_stream(output_, true);
    }
    if (streams[1].revents != 0) {
        read_stream(errors_, false);
    }
}

// False where there is nothing more for now.
bool Process::read_stream(int& descriptor, bool is_output) {
    std::array<char, 65536> buffer;
    const ssize_t n = descriptor >= 0 ? read(descriptor, buffer.data(), buffer.size()) : -1;
    if (n == 0) {
        close(std::exchange(descriptor, -1));
    }
    if (n <= 0) {
        return false;
    }
    const std::string_view text(buffer.data(), static_cast<std::size_t>(n));
    tail_.append(text);
    tail_.erase(0, tail_.size() - std::min(tail_.size(), most_tail));
    if (is_output) {
        unread_.append(text);
        if (unread_.size() > most_line && unread_.find('\n') == std::string::npos) {
            unread_.erase(0, unread_.size() - most_line);
        }
    }
    return true;
}

void Process::look_for_end() {
    siginfo_t info{};
    const bool known = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0;
    if (known && info.si_pid == 0) {
        return;
    }
    seconds_before_ = seconds();
    stopped_ = true;
    while (read_stream(output_, true) || read_stream(errors_, false)) {
    }
    close_streams();
    // As long as nobody has waited for it, its number is no other process's: what it has left behind goes now.
    kill(-pid_, SIGKILL);
    forget(pid_);
    waitpid(pid_, &status_, 0);
    pid_ = 0;
}

void Process::stop() {
    if (pid_ == 0 || stopped_) {
        return;
    }
    seconds_before_ = seconds();
    stopped_ = true;
    kill(-pid_, SIGSTOP);
}

void Process::go_on() {
    if (pid_ == 0 || !stopped_) {
        return;
    }
    stopped_ = false;
    running_since_ = std::chrono::steady_clock::now();
    kill(-pid_, SIGCONT);
}

double Process::seconds() const {
    return seconds_before_ + (stopped_ ? 0 : std::chrono::duration<double>(std::chrono::steady_clock::now() - running_since_).count());
}

std::string Process::failure() const {
    if (WIFSIGNALED(status_)) {
        return signal_text(WTERMSIG(status_));
    }
    return WEXITSTATUS(status_) != 0 ? fmt::format("exit code {}", WEXITSTATUS(status_)) : "";
}

std::string Process::last_lines() const {
    std::vector<std::string> lines;
    std::string line;
    const auto end_line = [&] {
        if (line.find_first_not_of(" \t") != std::string::npos) {
            lines.push_back(line);
        }
        line.clear();
    };
    for (const char c : tail_) {
        if (c == '\n') {
            end_line();
        } else if (c != '\r') {
            line += c;
        }
    }
    end_line();
    std::string text;
    for (std::size_t i = lines.size() - std::min(lines.size(), shown_lines); i < lines.size(); ++i) {
        text += (text.empty() ? "" : " | ") + lines[i];
    }
    if (text.size() <= shown_characters) {
        return text;
    }
    std::size_t from = text.size() - shown_characters;
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) {
        ++from;  // not in the middle of a character
    }
    return "…" + text.substr(from);
}

}  // namespace mlpc
