// Pictures of PNG and JPEG files as bytes from 0 to 255.
#pragma once

#include "runtime/io/bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mlpc {

struct ImageSize {
    std::size_t height = 0, width = 0;
    friend bool operator==(const ImageSize&, const ImageSize&) = default;
};
struct Image {
    ImageSize size;
    std::size_t channels = 1;          // 1 grey, 3 red, green and blue
    std::vector<std::uint8_t> values;  // by row, then column, then channel

    std::uint8_t at(std::size_t row, std::size_t column, std::size_t channel) const {
        return values[(row * size.width + column) * channels + (channels == 1 ? 0 : channel)];
    }
};
// By the first bytes, whatever the name; transparent parts are black. Throws RunError "path: what" where the file is damaged or of another kind.
Image decode_image(const Bytes& bytes, const std::string& path);
// Each new pixel is the mean of the area that it covers, rounded.
Image resized(const Image&, ImageSize);

}  // namespace mlpc
