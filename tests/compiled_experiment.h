// What most tests of the runtime begin with: a file that compiles, or a test that says why not.
#pragma once

#include "compiler/diagnostics/render.h"
#include "compiler/driver/compile.h"
#include "compiler/lower/lower.h"

#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mlpc::test {

// Throws std::runtime_error with the findings where the file has errors.
inline plan::Plan plan_of(const std::string& path, const Catalog& catalog) {
    Compilation c = compile(path, catalog, {}, CompileFor::Run);
    if (c.plan) {
        return std::move(*c.plan);
    }
    std::string findings;
    for (const Diagnostic& d : c.diags.sorted()) {
        findings += "\n" + d.message;
    }
    throw std::runtime_error(path + findings);
}

// A directory of its own for each test, gone with it.
class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "mlpc_test_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make a directory like " + name);
        }
        path_ = name;
    }
    ~ScratchDirectory() { std::filesystem::remove_all(path_); }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    std::string write(const std::string& name, std::string_view text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    std::string path(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace mlpc::test
