#include "runtime/io/zstd.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace mlpc {

bool is_zstd(const Bytes& bytes) { return std::string_view(bytes.data(), bytes.size()).starts_with("\x28\xB5\x2F\xFD"); }

Bytes unpack_zstd(const std::string& path, const Bytes& packed, std::size_t limit) {
    const std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream(ZSTD_createDStream(), ZSTD_freeDStream);
    if (!stream) {
        throw RunError(path + ": there is no memory to unpack the file");
    }
    Bytes out(std::max<std::size_t>(packed.size() * 4, 1 << 16));
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::size_t size = 0, wanted = 1;
    while (in.pos < in.size || size == out.size()) {
        if (size == out.size()) {
            out.resize(out.size() * 2);
        }
        ZSTD_outBuffer room{out.data() + size, out.size() - size, 0};
        wanted = ZSTD_decompressStream(stream.get(), &room, &in);
        if (ZSTD_isError(wanted) != 0) {
            throw RunError(fmt::format("{}: the zstd file is damaged ({})", path, ZSTD_getErrorName(wanted)));
        }
        size += room.pos;
        if (size > limit) {
            throw RunError(fmt::format("{}: unpacked, the file is larger than {} GB", path, limit >> 30));
        }
    }
    // Nothing more is wanted where a frame has ended.
    if (wanted != 0) {
        throw RunError(path + ": the zstd file ends early; it was cut off");
    }
    out.resize(size);
    return out;
}

}  // namespace mlpc
