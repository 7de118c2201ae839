#include "compiler/driver/progress.h"

#include <fmt/format.h>

#include <unistd.h>

namespace mlpc {

Progress::Progress() : on_terminal_(isatty(STDERR_FILENO) != 0), begin_(std::chrono::steady_clock::now()), last_(begin_ - std::chrono::seconds(1)) {}

void Progress::show(std::uint64_t done, std::uint64_t planned, const std::string& what) {
    const auto now = std::chrono::steady_clock::now();
    if (!on_terminal_ || now - last_ < std::chrono::milliseconds(100)) {
        return;
    }
    last_ = now;
    shown_ = true;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    if (planned == 0 || done == 0) {
        fmt::print(stderr, "\r\x1b[K{}: {} trials, {:.0f} s", what, done, seconds);
        return;
    }
    const double left = seconds * static_cast<double>(planned - std::min(done, planned)) / static_cast<double>(done);
    const auto filled = static_cast<int>(20 * std::min(done, planned) / planned);
    fmt::print(stderr, "\r\x1b[K{} [{:#>{}}{:.>{}}] {}/{} trials, ETA {:.0f} s", what, "", filled, "", 20 - filled, done, planned, left);
}

void Progress::clear() {
    if (shown_) {
        fmt::print(stderr, "\r\x1b[K");
        shown_ = false;
    }
}

}  // namespace mlpc
