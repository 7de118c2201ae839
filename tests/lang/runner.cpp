// Runs `mlpc check` over the .mlp tests and over the examples of the explanation pages, and compares what it finds.
#include "compiler/diagnostics/explain.h"
#include "tests/lang/expectations.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace mlpc::lang_test {

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "mlpc_test_lang MLPC files [--update] PATH...   check .mlp files against the expectations in them\n"
    "mlpc_test_lang MLPC pages                      check the examples of the explanation pages\n";

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

std::string quoted(const std::string& word) {
    std::string result = "'";
    for (char c : word) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

struct Output {
    int exit_code;
    std::string text;
};

Output run(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return {-1, ""};
    }
    std::string text;
    char buffer[4096];
    for (std::size_t got = fread(buffer, 1, sizeof buffer, pipe); got > 0; got = fread(buffer, 1, sizeof buffer, pipe)) {
        text.append(buffer, got);
    }
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

struct Located {
    std::string file;
    Finding finding;
};

// What `mlpc check` says of a file, or nothing where it did not work.
std::optional<std::vector<Located>> check(const std::string& mlpc, const fs::path& file) {
    const Output output = run(quoted(mlpc) + " check --format json " + quoted(file.string()));
    const nlohmann::json records = nlohmann::json::parse(output.text, nullptr, false);
    const bool worked = (output.exit_code == 0 || output.exit_code == 1) && records.is_array();
    if (!worked) {
        fmt::print("{}: `mlpc check` ended with {} and printed\n{}\n", file.string(), output.exit_code, output.text);
        return std::nullopt;
    }
    std::vector<Located> findings;
    for (const auto& record : records) {
        findings.push_back({record.at("file"), {record.at("line"), record.at("severity"), record.at("code")}});
    }
    return findings;
}

// A file answers for its own lines; those of a file that it imports are that file's test. In the order of the output.
std::vector<Finding> findings_in(const fs::path& file, const std::vector<Located>& located) {
    std::vector<Finding> result;
    for (const Located& found : located) {
        if (fs::weakly_canonical(found.file) == fs::weakly_canonical(file)) {
            result.push_back(found.finding);
        }
    }
    return result;
}

bool report(const std::string& subject, const std::vector<std::string>& problems) {
    for (const std::string& problem : problems) {
        fmt::print("{}: {}\n", subject, problem);
    }
    return problems.empty();
}

enum class Mode { Compare, Update };

bool check_file(const std::string& mlpc, const fs::path& file, Mode mode) {
    const auto located = check(mlpc, file);
    if (!located) {
        return false;
    }
    const std::string text = read_file(file);
    std::vector<Finding> actual = findings_in(file, *located);
    const bool in_order = std::ranges::is_sorted(actual, {}, &Finding::line);
    std::ranges::sort(actual);
    if (mode == Mode::Update) {
        const std::string updated = with_expectations(text, actual);
        if (updated != text) {
            write_file(file, updated);
            fmt::print("{}: updated\n", file.string());
        }
        return true;
    }
    const Expectations expected = read_expectations(text);
    std::vector<std::string> problems = expected.problems;
    if (!in_order) {
        problems.emplace_back("the findings are not in the order of the lines");
    }
    std::ranges::copy(differences(expected.findings, actual), std::back_inserter(problems));
    return report(file.string(), problems);
}

std::vector<fs::path> mlp_files(const std::vector<std::string>& paths) {
    std::vector<fs::path> files;
    for (const std::string& path : paths) {
        if (!fs::is_directory(path)) {
            files.emplace_back(path);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.path().extension() == ".mlp") {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

int check_files(const std::string& mlpc, const std::vector<std::string>& paths, Mode mode) {
    std::size_t failed = 0;
    const std::vector<fs::path> files = mlp_files(paths);
    for (const fs::path& file : files) {
        failed += check_file(mlpc, file, mode) ? 0 : 1;
    }
    fmt::print("{} of {} files as expected\n", files.size() - failed, files.size());
    return failed == 0 && !files.empty() ? 0 : 1;
}

// The codes that an example brings about, wherever and however often.
std::optional<std::set<std::string>> codes_of_example(const std::string& mlpc, const fs::path& file, std::string_view text) {
    write_file(file, text);
    const auto located = check(mlpc, file);
    if (!located) {
        return std::nullopt;
    }
    std::set<std::string> codes;
    for (const Located& found : *located) {
        codes.insert(found.finding.code);
    }
    return codes;
}

bool check_example(const std::string& mlpc, const fs::path& file, std::string_view text, const std::set<std::string>& expected) {
    const auto codes = codes_of_example(mlpc, file, text);
    if (!codes) {
        return false;
    }
    if (*codes == expected) {
        return true;
    }
    fmt::print("{}: expected [{}], found [{}]\n", file.filename().string(), fmt::join(expected, ", "), fmt::join(*codes, ", "));
    return false;
}

bool check_page(const std::string& mlpc, const fs::path& directory, const std::string& code) {
    const ExplanationParts page = parse_explanation(*explanation(code));
    const bool check_finds_it = !found_when_run(page) && !needs_more_than_one_file(page);
    const std::set<std::string> expected = check_finds_it ? std::set{code} : std::set<std::string>{};
    const bool fails = check_example(mlpc, directory / (code + "_fails.mlp"), page.fails, expected);
    const bool fixed = check_example(mlpc, directory / (code + "_fixed.mlp"), page.fixed, {});
    return fails && fixed;
}

int check_pages(const std::string& mlpc) {
    std::string name = (fs::temp_directory_path() / "mlpc_pages_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        fmt::print("cannot make a directory like {}\n", name);
        return 1;
    }
    std::size_t failed = 0;
    const std::vector<std::string> codes = explained_codes();
    for (const std::string& code : codes) {
        failed += check_page(mlpc, name, code) ? 0 : 1;
    }
    fs::remove_all(name);
    fmt::print("{} of {} pages as they say\n", codes.size() - failed, codes.size());
    return failed == 0 ? 0 : 1;
}

int run_tests(std::vector<std::string> arguments) {
    if (arguments.size() == 2 && arguments[1] == "pages") {
        return check_pages(arguments[0]);
    }
    if (arguments.size() < 3 || arguments[1] != "files") {
        fmt::print(stderr, "{}", usage);
        return 2;
    }
    const Mode mode = arguments[2] == "--update" ? Mode::Update : Mode::Compare;
    const std::ptrdiff_t first_path = mode == Mode::Update ? 3 : 2;
    return check_files(arguments[0], {arguments.begin() + first_path, arguments.end()}, mode);
}

}  // namespace

}  // namespace mlpc::lang_test

int main(int argc, char** argv) { return mlpc::lang_test::run_tests({argv + 1, argv + argc}); }
