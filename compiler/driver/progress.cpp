#include "compiler/driver/progress.h"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

// A line that is longer would stay when it is drawn over.
std::size_t terminal_width() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string trials_text(std::uint64_t done, std::uint64_t planned, const std::string& what, double seconds) {
    if (planned == 0 || done == 0) {
        return fmt::format("{}: {} trials, {:.0f} s", what, done, seconds);
    }
    const double left = seconds * static_cast<double>(planned - std::min(done, planned)) / static_cast<double>(done);
    const auto filled = static_cast<int>(20 * std::min(done, planned) / planned);
    return fmt::format("{} [{:#>{}}{:.>{}}] {}/{} trials, ETA {:.0f} s", what, "", filled, "", 20 - filled, done, planned, left);
}

}  // namespace

std::string epoch_text(const EpochNews& news) {
    const std::string where = news.place.fold < 0 ? "last fit" : fmt::format("trial {}, fold {}", news.trial, news.place.fold + 1);
    const std::string held = std::isnan(news.epoch.held_loss) ? "" : fmt::format(", on held rows {:.4g}", news.epoch.held_loss);
    return fmt::format("{}: epoch {} of {}, loss {:.4g}{}", where, news.epoch.number, news.planned, news.epoch.train_loss, held);
}

Progress::Progress() : on_terminal_(isatty(STDERR_FILENO) != 0), begin_(std::chrono::steady_clock::now()), last_(begin_ - std::chrono::seconds(1)) {}

void Progress::show(std::uint64_t done, std::uint64_t planned, const std::string& what) {
    if (!on_terminal_) {
        return;
    }
    const std::lock_guard lock(mutex_);
    trials_ = trials_text(done, planned, what, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count());
    epoch_.clear();
    draw();
}

void Progress::show(const EpochNews& news) {
    if (!on_terminal_) {
        return;
    }
    const std::lock_guard lock(mutex_);
    epoch_ = epoch_text(news);
    draw();
}

void Progress::draw() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) {
        return;
    }
    last_ = now;
    shown_ = true;
    const std::string line = trials_ + (trials_.empty() || epoch_.empty() ? "" : "; ") + epoch_;
    fmt::print(stderr, "\r\x1b[K{}", line.substr(0, terminal_width() - 1));
}

void Progress::clear() {
    const std::lock_guard lock(mutex_);
    if (shown_) {
        fmt::print(stderr, "\r\x1b[K");
        shown_ = false;
    }
}

}  // namespace mlpc
