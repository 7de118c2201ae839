#include "runtime/io/gzip.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace mlpc {
namespace {

class Inflater {
public:
    Inflater(const std::string& path, const Bytes& packed) : path_(path), packed_(packed) {
        constexpr int gzip_only = 16 + MAX_WBITS;
        if (inflateInit2(&stream_, gzip_only) != Z_OK) {
            throw RunError(path + ": there is no memory to unpack the file");
        }
    }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Bytes unpack(std::size_t limit) {
        Bytes out;
        std::size_t size = 0;
        while (true) {
            if (size == out.size()) {
                out.resize(std::max<std::size_t>(out.size() * 2, packed_.size() * 4));
            }
            size += step(out.data() + size, out.size() - size);
            if (size > limit) {
                throw RunError(fmt::format("{}: unpacked, the file is larger than {} GB", path_, limit >> 30));
            }
            if (ended_ && !next_member()) {
                out.resize(size);
                return out;
            }
        }
    }

private:
    // zlib counts in 32 bits, so long inputs and outputs are fed in pieces.
    static uInt piece(std::size_t size) { return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max() / 2)); }

    std::size_t step(char* out, std::size_t room) {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data() + consumed_));
        const uInt in_given = piece(packed_.size() - consumed_), out_given = piece(room);
        stream_.avail_in = in_given;
        stream_.next_out = reinterpret_cast<Bytef*>(out);
        stream_.avail_out = out_given;
        const int state = inflate(&stream_, Z_NO_FLUSH);
        consumed_ += in_given - stream_.avail_in;
        ended_ = state == Z_STREAM_END;
        if (state == Z_BUF_ERROR || (state == Z_OK && consumed_ == packed_.size() && stream_.avail_out > 0)) {
            throw RunError(path_ + ": the gzip file ends early; it was cut off");
        }
        if (state != Z_OK && state != Z_STREAM_END) {
            throw RunError(fmt::format("{}: the gzip file is damaged ({})", path_, stream_.msg == nullptr ? "unknown reason" : stream_.msg));
        }
        return out_given - stream_.avail_out;
    }
    // gzip files may be concatenated; zeros after the last member are padding.
    bool next_member() {
        while (consumed_ < packed_.size() && packed_[consumed_] == '\0') {
            ++consumed_;
        }
        if (consumed_ == packed_.size()) {
            return false;
        }
        inflateReset(&stream_);
        return true;
    }

    const std::string& path_;
    const Bytes& packed_;
    std::size_t consumed_ = 0;
    bool ended_ = false;
    z_stream stream_{};
};

}  // namespace

bool is_gzip(const Bytes& bytes) { return bytes.size() >= 2 && bytes[0] == '\x1F' && bytes[1] == '\x8B'; }

Bytes unpack_gzip(const std::string& path, const Bytes& packed, std::size_t limit) { return Inflater(path, packed).unpack(limit); }

}  // namespace mlpc
