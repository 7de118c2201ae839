#include "stdlib/pretrained/open_when_asked.h"

#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/pretrained/encoded_cache.h"
#include "stdlib/pretrained/text_input.h"

#include <fmt/format.h>

#include <mutex>

namespace mlpc::pretrained {

namespace {

using Open = std::function<std::shared_ptr<const RowEncoder>(const Source&)>;

class EncoderWhenAsked final : public RowEncoder {
public:
    EncoderWhenAsked(Source source, std::size_t width, Open open) : source_(std::move(source)), width_(width), open_(std::move(open)) {}
    std::size_t width() const override { return width_; }
    void encode(const Frame& x, float* out) const override { opened().encode(x, out); }

private:
    const RowEncoder& opened() const {
        const std::lock_guard lock(mutex_);
        if (encoder_ != nullptr) {
            return *encoder_;
        }
        std::shared_ptr<const RowEncoder> encoder = open_(source_);
        if (encoder->width() != width_) {
            throw RunError(fmt::format("{} gives {} numbers for a row, and what is kept of it in {} says {}: remove that folder", source_.path,
                                       encoder->width(), cache_folder(), width_));
        }
        encoder_ = std::move(encoder);
        return *encoder_;
    }

    Source source_;
    std::size_t width_;
    Open open_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const RowEncoder> encoder_;
};

}  // namespace

Key encoding_key(const Source& source) {
    // A number is written down in one way only, and what is left out as its default.
    const ComponentInfo& format = format_of(source);
    Json json = to_json(source_of(format, source.path, networks::params_of(format, source.params, 0)));
    for (const char* place : {"name", "path", "width", "contents"}) {
        json.erase(place);
    }
    json["sha256"] = file_sha256(source.path);
    for (const std::string& path : files_beside(source)) {
        json["beside"].push_back(file_sha256(path));
    }
    return KeyBuilder().add("encoded").add(std::uint64_t{encoder_version}).add(json.dump()).key();
}

std::shared_ptr<const RowEncoder> open_when_asked(Source source, Open open) {
    const std::optional<std::size_t> width = cached_width(cache_folder(), encoding_key(source));
    if (!width) {
        return open(source);
    }
    return std::make_shared<EncoderWhenAsked>(std::move(source), *width, std::move(open));
}

}  // namespace mlpc::pretrained
