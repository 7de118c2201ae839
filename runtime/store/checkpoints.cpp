#include "runtime/store/checkpoints.h"

#include "runtime/core/bounded_folder.h"
#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>

namespace mlpc {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
static_assert(std::endian::native == std::endian::little, "numbers are kept as they lie in memory");

constexpr std::string_view magic = "MLPCFIT1", ending = ".fit";
constexpr std::size_t head_bytes = magic.size() + sizeof(std::uint64_t);

std::string head_of(std::string_view state) {
    const std::uint64_t sum = KeyBuilder().add_bytes(std::as_bytes(std::span(state))).key().low;
    std::string head(magic);
    head.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return head;
}

// What a whole file holds; empty where it is missing or damaged.
std::string state_in(const std::string& path) {
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(path, error);
    if (error || bytes < head_bytes) {
        return "";
    }
    std::ifstream in(path, std::ios::binary);
    std::string head(head_bytes, '\0'), state(bytes - head_bytes, '\0');
    const bool whole = in.read(head.data(), head_bytes) && in.read(state.data(), static_cast<std::streamsize>(state.size()));
    return whole && head == head_of(state) ? state : "";
}

}  // namespace

class Checkpoints::OneFit final : public FitCheckpoint {
public:
    OneFit(Checkpoints& all, std::string path) : all_(all), path_(std::move(path)) {}

    std::string kept() override {
        std::string state = state_in(path_);
        if (!state.empty()) {
            const std::lock_guard lock(all_.mutex_);
            all_.paths_.insert(path_);
        }
        return state;
    }
    void went_on() override {
        const std::lock_guard lock(all_.mutex_);
        ++all_.used_;
    }
    bool is_due() const override { return Clock::now() - last_ >= pause_; }
    void keep(std::string_view state) override {
        const auto begin = Clock::now();
        try {
            if (all_.has_room(path_, head_bytes + state.size())) {
                write_whole_file(path_, head_of(state).append(state));
            }
        } catch (const RunError&) {
            // the fit itself has lost nothing
        }
        last_ = Clock::now();
        pause_ = std::max<Clock::duration>(all_.limits_.worth_keeping,
                                           std::chrono::duration_cast<Clock::duration>(all_.limits_.spacing * (last_ - begin)));
    }

private:
    Checkpoints& all_;
    std::string path_;
    Clock::time_point last_ = Clock::now();
    Clock::duration pause_ = all_.limits_.worth_keeping;
};

Checkpoints::Checkpoints(std::string folder, CheckpointLimits limits) : folder_(std::move(folder)), limits_(limits) {}

std::unique_ptr<FitCheckpoint> Checkpoints::of(const Key& fit) {
    return std::make_unique<OneFit>(*this, folder_ + "/" + fit.hex() + std::string(ending));
}

// Whether a file of that size may be written.
bool Checkpoints::has_room(const std::string& path, std::uintmax_t bytes) {
    const std::lock_guard lock(mutex_);
    paths_.insert(path);
    std::error_code error;
    fs::create_directories(folder_, error);
    const bool fits = make_room(folder_, "", path, bytes, limits_.most_bytes);
    const fs::space_info disk = fs::space(folder_, error);
    return fits && !error && disk.available >= limits_.spare_bytes + bytes;
}

void Checkpoints::remove() {
    const std::lock_guard lock(mutex_);
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
        const std::string path = entry.path().string();
        // What a process that was killed has left of a file that it was writing bears the file's name and more.
        const std::size_t end = path.find(ending, folder_.size());
        if (end != std::string::npos && paths_.contains(path.substr(0, end + ending.size()))) {
            fs::remove(entry.path(), error);
        }
    }
    paths_.clear();
    ::rmdir(folder_.c_str());  // where it is empty
}

std::uint64_t Checkpoints::used() const {
    const std::lock_guard lock(mutex_);
    return used_;
}

}  // namespace mlpc
