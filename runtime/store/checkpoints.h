// Fits that were stopped half-way, in files beside the store: a run that is continued goes on with them.
#pragma once

#include "runtime/core/digest.h"
#include "runtime/core/fit_checkpoint.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace mlpc {

struct CheckpointLimits {
    // A fit that has done less since it was kept last loses no more than that.
    std::chrono::milliseconds worth_keeping{2000};
    // So many times as long as keeping takes, a fit goes on before it is kept again.
    double spacing = 19;
    std::uintmax_t most_bytes = std::uintmax_t{4} << 30;   // of all files; the oldest go first
    std::uintmax_t spare_bytes = std::uintmax_t{1} << 30;  // that stay free on the disk
};

// One file a fit, named by its content key: "MLPCFIT1", a checksum as u64, what the fit gave. May be asked by many threads, and by several
// processes for one folder. A file that is damaged is as if it were not there.
class Checkpoints {
public:
    // The folder is made when something is first kept.
    explicit Checkpoints(std::string folder, CheckpointLimits limits = {});
    // Must not outlive this object.
    std::unique_ptr<FitCheckpoint> of(const Key& fit);
    // Removes the files that were read or written: their run has ended.
    void remove();
    // How many fits went on from one.
    std::uint64_t used() const;

private:
    class OneFit;
    bool has_room(const std::string& path, std::uintmax_t bytes);

    std::string folder_;
    CheckpointLimits limits_;
    mutable std::mutex mutex_;
    std::set<std::string> paths_;
    std::uint64_t used_ = 0;
};

}  // namespace mlpc
