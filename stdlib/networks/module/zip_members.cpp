#include "stdlib/networks/module/zip_members.h"

#include "stdlib/networks/backend.h"

#include <zlib.h>

#include <algorithm>

namespace mlpc::networks {

namespace {

constexpr std::uint32_t end_signature = 0x06054b50, wide_end_signature = 0x06064b50, wide_locator_signature = 0x07064b50;
constexpr std::uint32_t entry_signature = 0x02014b50, local_signature = 0x04034b50;
constexpr std::uint64_t end_size = 22, wide_locator_size = 20, entry_size = 46, local_size = 30, longest_comment = 65'535;
constexpr std::uint64_t most_members = 200'000;

[[noreturn]] void fail(const std::string& what) { throw BackendError(what); }

class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t size() const { return bytes_.size(); }
    std::string_view piece(std::uint64_t offset, std::uint64_t count) const {
        if (offset > bytes_.size() || count > bytes_.size() - offset) {
            fail("the file is truncated: its directory names bytes behind its end");
        }
        return bytes_.substr(offset, count);
    }
    template <class T>
    T number(std::uint64_t offset) const {
        const std::string_view from = piece(offset, sizeof(T));
        T value = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            value = static_cast<T>(value | static_cast<T>(static_cast<unsigned char>(from[i])) << (8 * i));
        }
        return value;
    }

private:
    std::string_view bytes_;
};

struct Directory {
    std::uint64_t offset = 0, entries = 0;
};

std::uint64_t end_record(const Bytes& bytes) {
    if (bytes.size() < end_size) {
        fail("the file is no zip archive, as TorchScript's are");
    }
    const std::uint64_t lowest = bytes.size() - end_size - std::min(bytes.size() - end_size, longest_comment);
    for (std::uint64_t at = bytes.size() - end_size + 1; at-- > lowest;) {
        if (bytes.number<std::uint32_t>(at) == end_signature) {
            return at;
        }
    }
    fail("the file is no zip archive, as TorchScript's are, or it is truncated");
}

Directory directory_of(const Bytes& bytes) {
    const std::uint64_t end = end_record(bytes);
    const bool wide = end >= wide_locator_size && bytes.number<std::uint32_t>(end - wide_locator_size) == wide_locator_signature;
    if (!wide) {
        return {bytes.number<std::uint32_t>(end + 16), bytes.number<std::uint16_t>(end + 10)};
    }
    const auto record = bytes.number<std::uint64_t>(end - wide_locator_size + 8);
    if (bytes.number<std::uint32_t>(record) != wide_end_signature) {
        fail("the zip archive is damaged: its end does not lead to its directory");
    }
    return {bytes.number<std::uint64_t>(record + 48), bytes.number<std::uint64_t>(record + 32)};
}

// Sizes that 32 bits cannot hold stand in an extra field.
void widen(const Bytes& bytes, std::uint64_t extra, std::uint64_t extra_size, ZipMember& member, std::uint64_t& header) {
    constexpr std::uint64_t full = 0xffffffff;
    for (std::uint64_t at = extra; at + 4 <= extra + extra_size;) {
        const auto tag = bytes.number<std::uint16_t>(at), size = bytes.number<std::uint16_t>(at + 2);
        std::uint64_t value = at + 4;
        if (tag == 1) {
            for (std::uint64_t* field : {&member.size, &member.packed, &header}) {
                if (*field == full && value + 8 <= at + 4 + size) {
                    *field = bytes.number<std::uint64_t>(value);
                    value += 8;
                }
            }
        }
        at += 4 + std::uint64_t{size};
    }
}

ZipMember member_at(const Bytes& bytes, std::uint64_t& at) {
    if (bytes.number<std::uint32_t>(at) != entry_signature) {
        fail("the zip archive is damaged: its directory holds something else than members");
    }
    ZipMember member;
    const auto flags = bytes.number<std::uint16_t>(at + 8), method = bytes.number<std::uint16_t>(at + 10);
    const auto name_size = bytes.number<std::uint16_t>(at + 28), extra_size = bytes.number<std::uint16_t>(at + 30);
    member.checksum = bytes.number<std::uint32_t>(at + 16);
    member.packed = bytes.number<std::uint32_t>(at + 20);
    member.size = bytes.number<std::uint32_t>(at + 24);
    std::uint64_t header = bytes.number<std::uint32_t>(at + 42);
    member.name = bytes.piece(at + entry_size, name_size);
    widen(bytes, at + entry_size + name_size, extra_size, member, header);
    if ((flags & 1) != 0 || (method != 0 && method != 8)) {
        fail("the member " + member.name + " of the zip archive is encrypted, or packed in a way that TorchScript does not use");
    }
    member.deflated = method == 8;
    if (!member.deflated && member.packed != member.size) {
        fail("the member " + member.name + " of the zip archive has two sizes");
    }
    if (bytes.number<std::uint32_t>(header) != local_signature ||
        bytes.piece(header + local_size, bytes.number<std::uint16_t>(header + 26)) != member.name) {
        fail("the zip archive is damaged: its directory does not lead to " + member.name);
    }
    member.offset = header + local_size + bytes.number<std::uint16_t>(header + 26) + bytes.number<std::uint16_t>(header + 28);
    bytes.piece(member.offset, member.packed);
    at += entry_size + name_size + extra_size + bytes.number<std::uint16_t>(at + 32);
    return member;
}

void refuse_overlaps(std::vector<ZipMember> members) {
    std::sort(members.begin(), members.end(), [](const ZipMember& a, const ZipMember& b) { return a.offset < b.offset; });
    for (std::size_t i = 1; i < members.size(); ++i) {
        if (members[i - 1].offset + members[i - 1].packed > members[i].offset) {
            fail("the zip archive holds the same bytes twice, as " + members[i - 1].name + " and as " + members[i].name);
        }
    }
}

std::string inflated(std::string_view packed, const ZipMember& member) {
    std::string out(member.size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        fail("zlib cannot be started");
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (status != Z_STREAM_END || stream.total_out != member.size) {
        fail("the member " + member.name + " of the zip archive does not unpack to what its directory says");
    }
    return out;
}

}  // namespace

std::vector<ZipMember> zip_members(std::string_view view) {
    const Bytes bytes(view);
    const Directory directory = directory_of(bytes);
    if (directory.entries > most_members) {
        fail("the zip archive names more members than any network has");
    }
    std::vector<ZipMember> members;
    std::uint64_t at = directory.offset;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        members.push_back(member_at(bytes, at));
    }
    refuse_overlaps(members);
    return members;
}

std::string unpacked(std::string_view bytes, const ZipMember& member) {
    const std::string_view packed = bytes.substr(member.offset, member.packed);
    std::string content = member.deflated ? inflated(packed, member) : std::string(packed);
    const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    if (sum != member.checksum) {
        fail("the member " + member.name + " of the zip archive is damaged: its checksum is another");
    }
    return content;
}

}  // namespace mlpc::networks
