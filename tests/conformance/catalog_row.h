// Tests with one instance per row of the catalog.
#pragma once

#include "stdlib/stdlib.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace mlpc::conformance {

// Layers, and what trains them.
inline bool is_part_of_network(const ComponentInfo& info) { return info.kind >= ComponentKind::Layer; }

// KIND_NAME, of letters, digits and `_`.
inline std::string row_name(const ComponentInfo& info) {
    std::string name = fmt::format("{}_{}", mlpc::name_of(info.kind), info.name);
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}
// Names of the rows for which it holds.
inline std::vector<std::string> names_where(const std::function<bool(const ComponentInfo&)>& holds) {
    std::vector<std::string> names;
    for (const ComponentInfo* info : standard_library().all()) {
        if (holds(*info)) {
            names.push_back(row_name(*info));
        }
    }
    return names;
}

class CatalogRow : public testing::TestWithParam<std::string> {
protected:
    const ComponentInfo& info() const {
        for (const ComponentInfo* info : standard_library().all()) {
            if (row_name(*info) == GetParam()) {
                return *info;
            }
        }
        throw std::logic_error("no component " + GetParam());
    }
};

}  // namespace mlpc::conformance
