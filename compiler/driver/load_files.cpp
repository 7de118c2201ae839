#include "compiler/driver/load_files.h"

#include "compiler/syntax/parse.h"
#include "runtime/core/error.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace mlpc {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_file = 64 << 20;

class Loader {
public:
    Loader(Sources& sources, Diagnostics& diags, std::string root) : sources_(sources), diags_(diags), root_(std::move(root)) {}

    std::vector<ast::File> files;

    void load(const std::string& path) {
        const FileId id = sources_.add(path, read_source(path));
        ast::File file = parse(sources_, id, diags_);
        const std::string canonical = fs::weakly_canonical(path).string();
        open_.insert(canonical);
        for (const ast::Declaration& declaration : file.declarations) {
            if (const auto* import = std::get_if<ast::Import>(&declaration.node)) {
                follow(*import, path);
            }
        }
        open_.erase(canonical);
        done_.insert(canonical);
        files.push_back(std::move(file));
    }

private:
    void follow(const ast::Import& import, const std::string& from) {
        if (import.path.empty()) {
            diags_.report(import.path_span, diag::EmptyPath);
            return;
        }
        const fs::path target = (fs::path(from).parent_path() / import.path).lexically_normal();
        const std::string canonical = fs::weakly_canonical(target).string();
        const fs::path below = fs::path(canonical).lexically_relative(root_);
        if (below.empty() || *below.begin() == "..") {
            diags_.report(import.path_span, diag::ImportOutside, import.path).help("imports stay inside the project: copy the file into it");
            return;
        }
        if (open_.contains(canonical)) {
            diags_.report(import.path_span, diag::ImportCycle, import.path);
            return;
        }
        if (done_.contains(canonical)) {
            return;
        }
        try {
            load(target.string());
        } catch (const RunError& e) {
            diags_.report(import.path_span, diag::ImportNotFound, import.path, e.what());
            done_.insert(canonical);
        }
    }

    Sources& sources_;
    Diagnostics& diags_;
    std::string root_;
    std::set<std::string> open_, done_;
};

}  // namespace

std::string read_source(const std::string& path) {
    std::error_code error;
    if (path == "-") {
        std::ostringstream text;
        text << std::cin.rdbuf();
        return text.str();
    }
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        throw RunError("there is no file " + path);
    }
    if (fs::is_directory(status)) {
        throw RunError(path + " is a directory, not an experiment");
    }
    if (fs::is_regular_file(status) && fs::file_size(path, error) > largest_file) {
        throw RunError(path + " is larger than 64 MB: an experiment is a text that people read");
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        throw RunError(path + " cannot be read");
    }
    return text.str();
}

std::string project_root(const std::string& path) {
    const fs::path folder = path == "-" ? fs::current_path() : fs::weakly_canonical(path).parent_path();
    for (fs::path at = folder; !at.empty(); at = at.parent_path()) {
        std::error_code error;
        if (fs::exists(at / ".git", error) || fs::exists(at / ".mlpc", error)) {
            return at.string();
        }
        if (at == at.root_path()) {
            break;
        }
    }
    return folder.string();
}

std::vector<ast::File> load_files(const std::string& path, Sources& sources, Diagnostics& diags) {
    Loader loader(sources, diags, project_root(path));
    loader.load(path);
    return std::move(loader.files);
}

}  // namespace mlpc
