// Every experiment of the examples and of the tests is put before the oracle.
#include "tests/conformance/oracle/oracle.h"

#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"
#include "stdlib/stdlib.h"
#include "tests/conformance/oracle/made_up_data.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc::conformance {
namespace {

namespace fs = std::filesystem;

// The files below a folder of the project that compile, can be run, and learn from rows, relative to the project's root.
std::vector<std::string> runnable_files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MLPC_SOURCE_DIR) / folder)) {
        if (entry.path().extension() != ".mlp") {
            continue;
        }
        const Compilation c = compile(entry.path().string(), standard_library(), {}, CompileFor::Run);
        const auto has_rows = [](const SearchSpec& search) { return !search.objective; };
        if (c.plan && std::any_of(c.plan->searches.begin(), c.plan->searches.end(), has_rows)) {
            files.push_back(fs::relative(entry.path(), MLPC_SOURCE_DIR).string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
    std::string name = fs::path(info.param).replace_extension().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
}

Experiment experiment_in(const std::string& file) { return lower(test::plan_of((fs::path(MLPC_SOURCE_DIR) / file).string(), standard_library())); }

void expect_no_leak(const Experiment& e) {
    const Findings findings = consult_oracle(e, prepare(e, standard_library(), nullptr));
    EXPECT_EQ(findings.leaks, std::vector<std::string>{});
    EXPECT_EQ(findings.frozen, std::vector<std::string>{}) << "the oracle would have seen nothing there";
    EXPECT_EQ(findings.failed, std::vector<std::string>{});
    EXPECT_GT(findings.places, 0U);
    EXPECT_GT(findings.states, findings.places);
}

class WithItsData : public testing::TestWithParam<std::string> {};

// Data that `./setup data` fetches for one example need not be there, and are too many rows to be altered one place after the other.
std::string fetched_data(const Experiment& e) {
    constexpr std::uintmax_t most_bytes = 5'000'000;
    for (const DataSpec& data : e.data) {
        std::error_code absent;
        if (!data.resolved_path.empty() && !fs::is_directory(data.resolved_path) &&
            (!fs::exists(data.resolved_path) || fs::file_size(data.resolved_path, absent) > most_bytes)) {
            return data.path;
        }
    }
    return {};
}

bool has_networks(const std::vector<Node>& nodes) {
    return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
        const bool holds_rows = node.kind == NodeKind::FitModel && node.component->inner_folds && node.learners.empty();
        return holds_rows ||
               std::any_of(node.learners.begin(), node.learners.end(), [](const LearnerFlow& flow) { return has_networks(flow.nodes); });
    });
}

// Why its networks cannot be trained here; empty where they can.
std::string missing_library(const Experiment& e) {
    if (!has_networks(e.nodes)) {
        return {};
    }
    try {
        networks::backend();
        return {};
    } catch (const RunError& error) {
        return error.what();
    }
}

TEST_P(WithItsData, LearnsFromNoRowThatIsHeldOut) {
    const Experiment e = experiment_in(GetParam());
    if (const std::string why = missing_library(e); !why.empty()) {
        GTEST_SKIP() << why;
    }
    if (const std::string path = fetched_data(e); !path.empty()) {
        GTEST_SKIP() << "`" << path << "` is fetched by `./setup data`, or too large for the oracle";
    }
    expect_no_leak(e);
}

INSTANTIATE_TEST_SUITE_P(Examples, WithItsData, testing::ValuesIn(runnable_files("examples")), test_name);
INSTANTIATE_TEST_SUITE_P(Experiments, WithItsData, testing::ValuesIn(runnable_files("tests/conformance/experiments")), test_name);

class WithMadeUpData : public testing::TestWithParam<std::string> {};

TEST_P(WithMadeUpData, LearnsFromNoRowThatIsHeldOut) {
    Experiment e = experiment_in(GetParam());
    if (has_networks(e.nodes)) {
        GTEST_SKIP() << "made-up columns are no pictures; networks stand before the oracle in tests/conformance/experiments";
    }
    if (!e.pretrained.empty()) {
        GTEST_SKIP() << "there are no made-up networks";
    }
    const test::ScratchDirectory directory;
    make_up_data(e, directory);
    expect_no_leak(e);
}

INSTANTIATE_TEST_SUITE_P(Lang, WithMadeUpData, testing::ValuesIn(runnable_files("tests/lang")), test_name);

TEST(OracleTest, TheExamplesAndTheLanguageTestsAreAmongThem) {
    EXPECT_GE(runnable_files("examples").size(), 6U);
    EXPECT_GE(runnable_files("tests/lang").size(), 20U);
}

}  // namespace
}  // namespace mlpc::conformance
