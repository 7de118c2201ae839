// The members of a zip archive, stored or deflated, as NumPy writes them.
#pragma once

#include "runtime/io/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

class ZipArchive {
public:
    // Both must outlive it. Throws RunError where it is no zip archive, or a damaged one.
    ZipArchive(std::string_view bytes, const std::string& path);
    const std::vector<std::string>& names() const { return names_; }
    // The content of a member, its checksum compared. Throws RunError, where there is none too.
    Bytes read(const std::string& name) const;

private:
    struct Member {
        std::uint64_t offset = 0, packed = 0, size = 0;
        std::uint32_t checksum = 0;
        std::uint16_t method = 0;
    };
    template <class T>
    T number_at(std::uint64_t offset) const;
    std::string_view piece(std::uint64_t offset, std::uint64_t size) const;
    void read_directory();
    std::uint64_t read_member(std::uint64_t offset);
    void widen(Member&, std::string_view extra) const;
    [[noreturn]] void fail(const std::string& what) const;

    std::string_view bytes_;
    const std::string& path_;
    std::vector<std::string> names_;
    std::vector<Member> members_;
};

}  // namespace mlpc
