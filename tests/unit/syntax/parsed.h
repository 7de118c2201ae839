// A text parsed for a test, and the corpus of files that together use every construct.
#pragma once

#include "compiler/syntax/parse.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace mlpc {

struct Parsed {
    explicit Parsed(const std::string& text) : id(sources.add("test.mlp", text)), file(parse(sources, id, diags)) {}

    // "2:5 S001 expected …", in order of position.
    std::vector<std::string> messages() const {
        std::vector<std::string> result;
        for (const Diagnostic& diagnostic : diags.sorted()) {
            const LineColumn at = sources.position(id, diagnostic.span.begin);
            result.push_back(fmt::format("{}:{} {} {}", at.line, at.column, diagnostic.kind.code, diagnostic.message));
        }
        return result;
    }
    std::string joined_messages() const {
        std::string text;
        for (const std::string& message : messages()) {
            text += message + "\n";
        }
        return text;
    }

    Sources sources;
    Diagnostics diags;
    FileId id;
    ast::File file;
};

struct CorpusFile {
    std::string name;
    std::string text;
};

inline std::string read_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline std::vector<CorpusFile> corpus() {
    std::vector<CorpusFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(MLPC_SOURCE_DIR) + "/tests/unit/syntax/corpus")) {
        files.push_back({entry.path().filename().string(), read_text(entry.path())});
    }
    std::sort(files.begin(), files.end(), [](const CorpusFile& a, const CorpusFile& b) { return a.name < b.name; });
    return files;
}

}  // namespace mlpc
