#include "runtime/io/text_file.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mlpc {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) { throw RunError(path + ": " + what); }

struct Signature {
    std::string_view bytes;
    std::string_view what;
};
using namespace std::string_view_literals;
constexpr Signature signatures[] = {
    {"PK\x03\x04"sv, "an Excel workbook or a zip archive; export the sheet as CSV, or unpack it"},
    {"\xD0\xCF\x11\xE0"sv, "an Excel workbook; export the sheet as CSV"},
    {"PAR1"sv, "a Parquet file; declare the source `parquet(\"…\")`, or export it as CSV"},
    {"ARROW1"sv, "an Arrow file; export it as CSV"},
    {"SQLite format 3"sv, "an SQLite database; declare the source `sqlite(\"…\")`, or export the table as CSV"},
    {"\x89HDF"sv, "an HDF5 file; export the table as CSV"},
    {"\x93NUMPY"sv, "a NumPy array; declare the source `npy(\"…\")`, or export it as CSV"},
    {"%PDF"sv, "a PDF document, not a table"},
    {"BZh91AY"sv, "compressed with bzip2; unpack it, or compress it with gzip"},
    {"\xFD\x37zXZ"sv, "compressed with xz; unpack it, or compress it with gzip"},
    {"\xFF\xFE"sv, "in UTF-16; save it as UTF-8"},
    {"\xFE\xFF"sv, "in UTF-16; save it as UTF-8"},
};

// A CSV header may begin with the same letters, so this is asked only of what is no text.
void check_signature(const std::string& path, std::string_view bytes) {
    for (const Signature& signature : signatures) {
        if (bytes.starts_with(signature.bytes)) {
            fail(path, fmt::format("this is {}", signature.what));
        }
    }
}

// The row that holds a byte, as a person counts; newlines inside quotes end no row.
std::size_t row_at(std::string_view text, std::size_t offset) {
    std::size_t row = 1;
    bool quoted = false;
    for (const char c : text.substr(0, offset)) {
        quoted = quoted != (c == '"');
        row += c == '\n' && !quoted;
    }
    return row;
}

void check_text(const std::string& path, std::string_view text) {
    if (text.empty()) {
        fail(path, "the file is empty");
    }
    if (text.starts_with("<!DOCTYPE html") || text.starts_with("<html")) {
        fail(path, "this is a web page, not a table; a download may have failed");
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        check_signature(path, text);
        const bool wide = nul <= 1 && text.size() > 3 && text[nul + 2] == '\0';
        fail(path, wide ? "this is in UTF-16; save it as UTF-8"
                        : fmt::format("row {} holds a NUL byte; this is a binary file, not a table", row_at(text, nul)));
    }
    if (const std::size_t bad = find_malformed_utf8(text); bad != std::string_view::npos) {
        check_signature(path, text);
        fail(path, fmt::format("row {} holds the byte 0x{:02X}, which is not UTF-8; convert the file, for instance with `iconv -f latin1 -t utf8`",
                               row_at(text, bad), static_cast<unsigned char>(text[bad])));
    }
}

}  // namespace

std::string TextFile::sha256() const {
    const std::string_view on_disk =
        packed.empty() ? std::string_view(bytes.data(), bytes.size() - 1) : std::string_view(packed.data(), packed.size());
    return sha256_hex(on_disk);
}

TextFile read_text_file(const std::string& path) {
    TextFile file{.path = path, .bytes = read_file_bytes(path), .packed = {}, .blocks = {}};
    if (is_packed(file.bytes)) {
        file.packed = std::move(file.bytes);
        file.bytes = unpacked(path, file.packed);
    }
    std::string_view text(file.bytes.data(), file.bytes.size());
    file.begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    text.remove_prefix(file.begin);
    file.blocks = survey_text(text);
    const bool all_plain = std::all_of(file.blocks.begin(), file.blocks.end(), [](const TextBlock& block) { return block.plain; });
    if (text.empty() || text.starts_with('<') || !all_plain) {
        check_text(path, text);
    }
    file.bytes.push_back('\0');
    return file;
}

}  // namespace mlpc
