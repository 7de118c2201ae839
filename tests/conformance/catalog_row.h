// Tests with one instance per row of the catalog.
#pragma once

#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"
#include "stdlib/stdlib.h"
#include "tests/conformance/subject.h"

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

// Whether it needs a pre-trained network, which no catalog has: tests/unit/networks tries these.
inline bool is_built_on_a_source(const ComponentInfo& info) {
    return info.kind == ComponentKind::Pretrained || info.find_param("source") < info.params.size();
}

inline bool is_fitted_alone(const ComponentInfo& info) { return is_fitted(info) && !is_built_on_a_source(info); }

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

// Why no network can be trained here; empty where it can.
inline std::string why_no_networks() {
    try {
        networks::backend();
        return "";
    } catch (const RunError& error) {
        return error.what();
    }
}

class CatalogRow : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (const std::string why = is_network(info()) ? why_no_networks() : ""; !why.empty()) {
            GTEST_SKIP() << why;
        }
    }
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
