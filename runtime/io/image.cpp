#include "runtime/io/image.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <png.h>

#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <string_view>

#include <jpeglib.h>

#include <algorithm>

namespace mlpc {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) { throw RunError(path + ": " + what); }

// A header may promise any size: no format packs tighter than this, so that nothing is allocated for pixels that can't be there.
void check_size(const std::string& path, std::size_t height, std::size_t width, std::size_t file_bytes) {
    constexpr std::size_t most_pixels = std::size_t{1} << 28, most_by_byte = 8 * 1032;
    if (height == 0 || width == 0 || height * width > most_pixels || height * width > file_bytes * most_by_byte) {
        fail(path, fmt::format("the image claims {} × {} pixels, more than a file of {} bytes can hold or than are read; it is damaged", height,
                               width, file_bytes));
    }
}

Image decode_png(const Bytes& bytes, const std::string& path) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) {
        fail(path, fmt::format("the PNG file is damaged ({})", png.message));
    }
    const bool coloured = (png.format & PNG_FORMAT_FLAG_COLOR) != 0;
    png.format = coloured ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    Image image{.size = {png.height, png.width}, .channels = coloured ? std::size_t{3} : 1, .values = {}};
    try {
        check_size(path, png.height, png.width, bytes.size());
    } catch (const RunError&) {
        png_image_free(&png);
        throw;
    }
    image.values.resize(PNG_IMAGE_SIZE(png));
    const png_color black{0, 0, 0};
    if (png_image_finish_read(&png, &black, image.values.data(), 0, nullptr) == 0) {
        fail(path, fmt::format("the PNG file is damaged ({})", png.message));
    }
    return image;
}

struct JpegErrors {
    jpeg_error_mgr manager;  // first, so that a pointer to it is one to the whole
    std::jmp_buf out;
    char message[JMSG_LENGTH_MAX];
};
[[noreturn]] void leave_decoder(j_common_ptr state) {
    auto* errors = reinterpret_cast<JpegErrors*>(state->err);
    state->err->format_message(state, errors->message);
    std::longjmp(errors->out, 1);
}
// A warning is damage that the decoder has patched up: the pixels would be made up.
void leave_on_warning(j_common_ptr state, int level) {
    if (level < 0) {
        leave_decoder(state);
    }
}

// libjpeg reports errors by a jump, which must not pass over a C++ object: this class owns what is alive meanwhile.
class JpegDecoder {
public:
    JpegDecoder() {
        decoder_.err = jpeg_std_error(&errors_.manager);
        errors_.manager.error_exit = leave_decoder;
        errors_.manager.emit_message = leave_on_warning;
    }
    ~JpegDecoder() { jpeg_destroy_decompress(&decoder_); }
    JpegDecoder(const JpegDecoder&) = delete;
    JpegDecoder& operator=(const JpegDecoder&) = delete;

    // False where the file is damaged: see message().
    bool read_header(const Bytes& bytes) {
        if (setjmp(errors_.out) != 0) {
            return false;
        }
        jpeg_create_decompress(&decoder_);
        jpeg_mem_src(&decoder_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        jpeg_read_header(&decoder_, TRUE);
        decoder_.out_color_space = decoder_.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
        decoder_.dct_method = JDCT_ISLOW;
        return true;
    }
    bool read_pixels(Image& image) {
        if (setjmp(errors_.out) != 0) {
            return false;
        }
        jpeg_start_decompress(&decoder_);
        while (decoder_.output_scanline < decoder_.output_height) {
            JSAMPROW row = image.values.data() + decoder_.output_scanline * image.size.width * image.channels;
            jpeg_read_scanlines(&decoder_, &row, 1);
        }
        jpeg_finish_decompress(&decoder_);
        return true;
    }
    ImageSize size() const { return {decoder_.image_height, decoder_.image_width}; }
    std::size_t channels() const { return decoder_.num_components == 1 ? 1 : 3; }
    const char* message() const { return errors_.message; }

private:
    JpegErrors errors_{};
    jpeg_decompress_struct decoder_{};
};

Image decode_jpeg(const Bytes& bytes, const std::string& path) {
    JpegDecoder decoder;
    if (!decoder.read_header(bytes)) {
        fail(path, fmt::format("the JPEG file is damaged ({})", decoder.message()));
    }
    Image image{.size = decoder.size(), .channels = decoder.channels(), .values = {}};
    check_size(path, image.size.height, image.size.width, bytes.size());
    image.values.resize(image.size.height * image.size.width * image.channels);
    if (!decoder.read_pixels(image)) {
        fail(path, fmt::format("the JPEG file is damaged ({})", decoder.message()));
    }
    return image;
}

// How much of each old pixel from `first` on a new one covers; weights sum to 1.
struct Cover {
    std::size_t first = 0;
    std::vector<double> weights;
};
std::vector<Cover> covers(std::size_t before, std::size_t after) {
    const double scale = static_cast<double>(before) / static_cast<double>(after);
    std::vector<Cover> all(after);
    for (std::size_t i = 0; i < after; ++i) {
        const double begin = static_cast<double>(i) * scale, end = std::min(static_cast<double>(i + 1) * scale, static_cast<double>(before));
        all[i].first = static_cast<std::size_t>(begin);
        for (std::size_t old = all[i].first; old < before && static_cast<double>(old) < end; ++old) {
            const double from = std::max(begin, static_cast<double>(old)), to = std::min(end, static_cast<double>(old + 1));
            all[i].weights.push_back((to - from) / (end - begin));
        }
    }
    return all;
}

}  // namespace

Image decode_image(const Bytes& bytes, const std::string& path) {
    const std::string_view content(bytes.data(), bytes.size());
    if (content.starts_with("\x89PNG")) {
        return decode_png(bytes, path);
    }
    if (content.starts_with("\xFF\xD8\xFF")) {
        return decode_jpeg(bytes, path);
    }
    fail(path, "this is neither a PNG nor a JPEG image");
}

Image resized(const Image& image, ImageSize size) {
    const std::vector<Cover> rows = covers(image.size.height, size.height), columns = covers(image.size.width, size.width);
    Image out{.size = size, .channels = image.channels, .values = {}};
    out.values.reserve(size.height * size.width * image.channels);
    for (const Cover& row : rows) {
        for (const Cover& column : columns) {
            for (std::size_t channel = 0; channel < image.channels; ++channel) {
                double mean = 0;
                for (std::size_t r = 0; r < row.weights.size(); ++r) {
                    for (std::size_t c = 0; c < column.weights.size(); ++c) {
                        mean += row.weights[r] * column.weights[c] * image.at(row.first + r, column.first + c, channel);
                    }
                }
                out.values.push_back(static_cast<std::uint8_t>(std::lround(std::min(mean, 255.0))));
            }
        }
    }
    return out;
}

}  // namespace mlpc
