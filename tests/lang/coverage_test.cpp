#include "compiler/diagnostics/diagnostics.h"
#include "compiler/diagnostics/explain.h"
#include "tests/lang/expectations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace mlpc::lang_test {
namespace {

std::set<std::string> expected_codes() {
    std::set<std::string> codes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(MLPC_SOURCE_DIR) + "/tests/lang")) {
        if (entry.path().extension() != ".mlp") {
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        for (const Finding& finding : read_expectations(text).findings) {
            codes.insert(finding.code);
        }
    }
    return codes;
}

bool only_a_run_finds(const char* code) {
    const auto page = explanation(code);
    return page && found_when_run(parse_explanation(*page));
}

TEST(Coverage, EveryStaticLeakIsExpectedBySomeFile) {
    const std::set<std::string> expected = expected_codes();
    for (const DiagnosticKind& kind : all_diagnostics()) {
        const bool static_leak = kind.code[0] == 'L' && !only_a_run_finds(kind.code);
        EXPECT_TRUE(!static_leak || expected.contains(kind.code)) << "write a leak of " << kind.code << " into tests/lang/leakage";
    }
}

TEST(Coverage, ExpectedCodesExist) {
    std::set<std::string> codes;
    for (const DiagnosticKind& kind : all_diagnostics()) {
        codes.insert(kind.code);
    }
    for (const std::string& code : expected_codes()) {
        EXPECT_TRUE(codes.contains(code)) << code;
    }
}

}  // namespace
}  // namespace mlpc::lang_test
