#include "runtime/io/zip_archive.h"

#include "runtime/core/error.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace mlpc {
namespace {

constexpr std::uint16_t stored = 0, deflated = 8;
constexpr std::uint64_t end_record_bytes = 22, directory_entry_bytes = 46, local_header_bytes = 30;
constexpr std::uint32_t wide = 0xFFFFFFFF;  // the number stands in the extra field (zip64)

std::uint32_t checksum_of(const Bytes& bytes) {
    uLong checksum = crc32(0, nullptr, 0);
    constexpr std::size_t most = std::numeric_limits<uInt>::max() / 2;
    for (std::size_t at = 0; at < bytes.size(); at += most) {
        checksum = crc32(checksum, reinterpret_cast<const Bytef*>(bytes.data() + at), static_cast<uInt>(std::min(most, bytes.size() - at)));
    }
    return static_cast<std::uint32_t>(checksum);
}

// Whether exactly `out` came out. Inputs and outputs are fed in pieces, because zlib counts in 32 bits.
bool inflate_all(std::string_view packed, Bytes& out) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return false;
    }
    constexpr std::size_t most = std::numeric_limits<uInt>::max() / 2;
    std::size_t consumed = 0, made = 0;
    int state = Z_OK;
    while (state == Z_OK) {
        const auto in = static_cast<uInt>(std::min(most, packed.size() - consumed)), room = static_cast<uInt>(std::min(most, out.size() - made));
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + consumed));
        stream.avail_in = in;
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + made);
        stream.avail_out = room;
        state = inflate(&stream, Z_NO_FLUSH);
        consumed += in - stream.avail_in;
        made += room - stream.avail_out;
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END && made == out.size();
}

}  // namespace

ZipArchive::ZipArchive(std::string_view bytes, const std::string& path) : bytes_(bytes), path_(path) { read_directory(); }

void ZipArchive::fail(const std::string& what) const { throw RunError(path_ + ": " + what); }

std::string_view ZipArchive::piece(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
        fail("the archive is damaged, or was cut off: it names bytes beyond its end");
    }
    return bytes_.substr(offset, size);
}

template <class T>
T ZipArchive::number_at(std::uint64_t offset) const {
    T number = 0;
    std::memcpy(&number, piece(offset, sizeof(T)).data(), sizeof(T));
    return number;
}

void ZipArchive::read_directory() {
    const std::size_t end = bytes_.rfind("PK\x05\x06");
    if (!bytes_.starts_with("PK") || end == std::string_view::npos || bytes_.size() - end < end_record_bytes) {
        fail("this is no whole zip archive, which `.npz` files are; it may have been cut off");
    }
    const auto count = number_at<std::uint16_t>(end + 10);
    std::uint64_t at = number_at<std::uint32_t>(end + 16);
    if (at == wide) {
        fail("the archive's directory lies beyond 4 GB; save its arrays as `.npy` files");
    }
    for (std::uint16_t i = 0; i < count; ++i) {
        at = read_member(at);
    }
}

std::uint64_t ZipArchive::read_member(std::uint64_t at) {
    if (piece(at, directory_entry_bytes).substr(0, 4) != "PK\x01\x02") {
        fail("the archive's directory is damaged");
    }
    const auto name_size = number_at<std::uint16_t>(at + 28), extra_size = number_at<std::uint16_t>(at + 30);
    const auto comment_size = number_at<std::uint16_t>(at + 32);
    Member member{.offset = number_at<std::uint32_t>(at + 42),
                  .packed = number_at<std::uint32_t>(at + 20),
                  .size = number_at<std::uint32_t>(at + 24),
                  .checksum = number_at<std::uint32_t>(at + 16),
                  .method = number_at<std::uint16_t>(at + 10)};
    const std::uint64_t name_at = at + directory_entry_bytes;
    widen(member, piece(name_at + name_size, extra_size));
    names_.emplace_back(piece(name_at, name_size));
    members_.push_back(member);
    return name_at + name_size + extra_size + comment_size;
}

// Numbers of more than 32 bits, in the order in which the entry has none.
void ZipArchive::widen(Member& member, std::string_view extra) const {
    while (extra.size() >= 4) {
        std::uint16_t kind = 0, size = 0;
        std::memcpy(&kind, extra.data(), 2);
        std::memcpy(&size, extra.data() + 2, 2);
        std::string_view content = extra.substr(4, size);
        extra.remove_prefix(std::min<std::size_t>(4 + size, extra.size()));
        if (kind != 1) {
            continue;
        }
        for (std::uint64_t* number : {&member.size, &member.packed, &member.offset}) {
            if (*number == wide && content.size() >= 8) {
                std::memcpy(number, content.data(), 8);
                content.remove_prefix(8);
            }
        }
    }
}

Bytes ZipArchive::read(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) {
        fail(fmt::format("there is no {} in the archive; it holds {}", shown(name), fmt::join(names_, ", ")));
    }
    const Member& member = members_[static_cast<std::size_t>(found - names_.begin())];
    const auto name_size = number_at<std::uint16_t>(member.offset + 26), extra_size = number_at<std::uint16_t>(member.offset + 28);
    const std::string_view packed = piece(member.offset + local_header_bytes + name_size + extra_size, member.packed);
    constexpr std::uint64_t most_by_byte = 1032;  // deflate packs no tighter
    const bool possible = member.method == stored ? member.size == packed.size() : member.size <= packed.size() * most_by_byte + most_by_byte;
    if ((member.method != stored && member.method != deflated) || !possible) {
        fail(fmt::format("{} can't be unpacked: its sizes contradict each other, or it is packed in another way than NumPy does", shown(name)));
    }
    Bytes content(member.size);
    const bool whole = member.method == stored ? (std::copy(packed.begin(), packed.end(), content.begin()), true) : inflate_all(packed, content);
    if (!whole || checksum_of(content) != member.checksum) {
        fail(fmt::format("{} is damaged", shown(name)));
    }
    return content;
}

}  // namespace mlpc
