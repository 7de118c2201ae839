#include "runtime/core/dense_input.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <numeric>
#include <vector>

namespace mlpc {

namespace {

// What the control group allows; a file that is absent, or says `max`, sets no bound.
std::size_t control_group_limit() {
    std::size_t bytes = 0;
    return std::ifstream("/sys/fs/cgroup/memory.max") >> bytes ? bytes : std::numeric_limits<std::size_t>::max();
}

}  // namespace

std::size_t dense_limit(unsigned jobs) {
    static const std::size_t memory =
        std::min(static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), control_group_limit());
    return memory / 2 / std::max(jobs, 1U);
}

DenseInput::DenseInput(const ComponentInfo& info, const Frame& x, std::size_t limit) : given_(&x) {
    if (info.takes_sparse || !x.has_sparse()) {
        return;
    }
    try {
        // Laid out once for all that read the frame. From a copy with nothing derived yet: while a frame makes one thing, it cannot be asked
        // for another, and the cells may be gathered as sparse rows.
        dense_ = *x.derived<Frame>("dense cells", [&] {
            std::vector<std::size_t> all(x.columns());
            std::iota(all.begin(), all.end(), std::size_t{0});
            return std::make_shared<const Frame>(x.select(all).densified(limit));
        });
    } catch (const RunError& error) {
        throw RunError(fmt::format("`{}` reads dense cells only: {}", info.name, error.what()));
    }
}

}  // namespace mlpc
