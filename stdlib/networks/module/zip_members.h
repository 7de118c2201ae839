// The members of a zip archive, stored or deflated, of a file that may be hostile.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::networks {

struct ZipMember {
    std::string name;
    std::uint64_t offset = 0, packed = 0, size = 0;  // of its content in the file; unpacked size
    std::uint32_t checksum = 0;                      // CRC-32 of what it unpacks to
    bool deflated = false;
};

// In the order of the directory. Throws BackendError where the bytes are no zip archive or what it says of a member does not fit them.
std::vector<ZipMember> zip_members(std::string_view bytes);
// What a member unpacks to, its checksum compared. Throws BackendError.
std::string unpacked(std::string_view bytes, const ZipMember&);

}  // namespace mlpc::networks
