// What the commands share with the terminal: colours, Ctrl-C, error lines.
#include "compiler/driver/commands.h"

#include "compiler/diagnostics/paint.h"
#include "runtime/io/process.h"

#include <fmt/core.h>

#include <unistd.h>
#include <csignal>
#include <cstdlib>

namespace mlpc {

namespace {

std::atomic<bool> interrupt_flag{false};

void on_interrupt(int) {
    if (interrupt_flag.exchange(true)) {
        kill_all_processes();
        _exit(exit_code::interrupted);
    }
}

}  // namespace

const std::atomic<bool>& interrupted() { return interrupt_flag; }

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

Colour colour_of(int file_descriptor) {
    const char* no_color = std::getenv("NO_COLOR");
    return isatty(file_descriptor) != 0 && (no_color == nullptr || *no_color == '\0') ? Colour::Yes : Colour::No;
}

void print_error(const std::string& message) { fmt::print(stderr, "{}: {}\n", paint("error", Style::Error, colour_of(STDERR_FILENO)), message); }

}  // namespace mlpc
