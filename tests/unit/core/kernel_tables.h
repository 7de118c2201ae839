// The kernels of every variant that this processor can run.
#pragma once

#include "runtime/core/kernels_table.h"

#include <string>
#include <utility>
#include <vector>

namespace mlpc {

inline std::vector<std::pair<std::string, kernels::Table>> kernel_tables() {
    std::vector<std::pair<std::string, kernels::Table>> all = {{"baseline", kernels::baseline::table()}};
#if defined(__x86_64__)
    if (kernels::supports("v3")) {
        all.emplace_back("v3", kernels::v3::table());
    }
    if (kernels::supports("v4")) {
        all.emplace_back("v4", kernels::v4::table());
    }
#endif
    return all;
}

}  // namespace mlpc
