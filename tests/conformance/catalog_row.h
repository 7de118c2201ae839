// Tests with one instance per row of the catalog.
#pragma once

#include "stdlib/stdlib.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace mlpc::conformance {

// KIND_NAME of the rows for which it holds.
inline std::vector<std::string> names_where(const std::function<bool(const ComponentInfo&)>& holds) {
    std::vector<std::string> names;
    for (const ComponentInfo* info : standard_library().all()) {
        if (holds(*info)) {
            names.push_back(fmt::format("{}_{}", mlpc::name_of(info->kind), info->name));
        }
    }
    return names;
}

class CatalogRow : public testing::TestWithParam<std::string> {
protected:
    const ComponentInfo& info() const {
        for (const ComponentInfo* info : standard_library().all()) {
            if (fmt::format("{}_{}", mlpc::name_of(info->kind), info->name) == GetParam()) {
                return *info;
            }
        }
        throw std::logic_error("no component " + GetParam());
    }
};

}  // namespace mlpc::conformance
