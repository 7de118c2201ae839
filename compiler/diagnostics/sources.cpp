#include "compiler/diagnostics/sources.h"

#include <algorithm>
#include <cassert>

namespace mlpc {

namespace {

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

FileId Sources::add(std::string path, std::string text) {
    File file{std::move(path), std::move(text), {0}};
    for (std::size_t i = 0; i < file.text.size(); ++i) {
        if (file.text[i] == '\n') {
            file.line_begins.push_back(static_cast<std::uint32_t>(i + 1));
        }
    }
    files_.push_back(std::move(file));
    return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const std::string& Sources::path(FileId id) const { return files_.at(id.index).path; }

const std::string& Sources::text(FileId id) const { return files_.at(id.index).text; }

LineColumn Sources::position(FileId id, std::uint32_t offset) const {
    const File& file = files_.at(id.index);
    const auto end = std::min<std::size_t>(offset, file.text.size());
    const auto after = std::upper_bound(file.line_begins.begin(), file.line_begins.end(), static_cast<std::uint32_t>(end));
    const std::uint32_t begin = *(after - 1);
    LineColumn result{static_cast<std::uint32_t>(after - file.line_begins.begin()), 1};
    for (std::size_t i = begin; i < end; ++i) {
        // A byte inside a code point belongs to the column of its first byte.
        const bool next_starts = i + 1 >= file.text.size() || !continues_code_point(file.text[i + 1]);
        result.column += next_starts ? 1 : 0;
    }
    return result;
}

std::string_view Sources::line(FileId id, std::uint32_t line) const {
    const std::string_view text = files_.at(id.index).text;
    const std::size_t begin = line_begin(id, line);
    std::string_view result = text.substr(begin, text.find('\n', begin) - begin);
    if (!result.empty() && result.back() == '\r') {
        result.remove_suffix(1);
    }
    return result;
}

std::uint32_t Sources::line_begin(FileId id, std::uint32_t line) const {
    assert(line >= 1 && "lines count from 1");
    return files_.at(id.index).line_begins.at(line - 1);
}

}  // namespace mlpc
