#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/io/cells.h"
#include "runtime/io/class_folders.h"
#include "runtime/io/file_bytes.h"
#include "runtime/io/image.h"
#include "runtime/io/readers.h"
#include "runtime/io/ready_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

namespace mlpc {
namespace {

constexpr std::size_t max_cell_bytes = std::size_t{32} << 30;

// `size: [height, width]`; nullopt where it is not given.
std::optional<ImageSize> wanted_size(const TableRequest& request) {
    const auto given = request.arguments.find("size");
    const auto* list = given == request.arguments.end() ? nullptr : std::get_if<std::vector<ParamValue>>(&given->second.value);
    if (list == nullptr || list->empty()) {
        return std::nullopt;
    }
    std::vector<std::size_t> sides;
    for (const ParamValue& value : *list) {
        const auto* side = std::get_if<std::int64_t>(&value.value);
        if (side != nullptr && *side >= 1 && *side <= 10'000) {
            sides.push_back(static_cast<std::size_t>(*side));
        }
    }
    if (sides.size() != 2 || list->size() != 2) {
        throw RunError(request.path + ": `size` is the height and the width in pixels, two integers from 1 to 10,000 such as `[32, 32]`");
    }
    return ImageSize{sides[0], sides[1]};
}

void check_same_size(const ClassFile& file, const Image& image, const ClassFile& first_file, const Image& first) {
    if (image.size != first.size) {
        throw RunError(fmt::format("{}: the image is {} × {} pixels (height × width), and {} is {} × {}; bring all to one size with `size: [{}, {}]`",
                                   file.path, image.size.height, image.size.width, first_file.path, first.size.height, first.size.width,
                                   first.size.height, first.size.width));
    }
}

std::vector<std::string> pixel_names(ImageSize size, std::size_t channels) {
    std::vector<std::string> names;
    for (std::size_t row = 1; row <= size.height; ++row) {
        for (std::size_t column = 1; column <= size.width; ++column) {
            for (std::size_t channel = 1; channel <= channels; ++channel) {
                names.push_back(channels == 1 ? fmt::format("pixel_{}_{}", row, column) : fmt::format("pixel_{}_{}_{}", row, column, channel));
            }
        }
    }
    return names;
}

Matrix cells_of(const std::vector<Image>& images, std::size_t channels) {
    const ImageSize size = images.front().size;
    Matrix cells(static_cast<Eigen::Index>(images.size()), static_cast<Eigen::Index>(size.height * size.width * channels));
    for (std::size_t i = 0; i < images.size(); ++i) {
        Eigen::Index c = 0;
        for (std::size_t row = 0; row < size.height; ++row) {
            for (std::size_t column = 0; column < size.width; ++column) {
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    cells(static_cast<Eigen::Index>(i), c++) = images[i].at(row, column, channel);
                }
            }
        }
    }
    return cells;
}

void check_memory(const TableRequest& request, const Image& first, std::size_t images, std::size_t channels) {
    const std::size_t columns = first.size.height * first.size.width * channels;
    if (columns > max_array_columns || columns * images * sizeof(double) > max_cell_bytes) {
        throw RunError(
            fmt::format("{}: {} images of {} × {} pixels make {} columns, more than can be read; bring them to fewer pixels with `size: [32, 32]`",
                        request.path, images, first.size.height, first.size.width, columns));
    }
}

}  // namespace

LoadedTable read_images(const TableRequest& request) {
    const std::optional<ImageSize> size = wanted_size(request);
    const std::vector<ClassFile> files = files_by_class(request.path, {".png", ".jpg", ".jpeg"});
    std::vector<Image> images;
    ReadyColumns ready;
    ready.texts.resize(2);
    std::string content;
    std::size_t channels = 1;
    for (const ClassFile& file : files) {
        const Bytes bytes = read_file_bytes(file.path);
        content += file.id + '\0' + sha256_hex(std::as_bytes(std::span(bytes)));
        Image image = decode_image(bytes, file.path);
        images.push_back(size ? resized(image, *size) : std::move(image));
        channels = std::max(channels, images.back().channels);
        check_same_size(file, images.back(), files.front(), images.front());
        check_memory(request, images.front(), files.size(), channels);
        ready.texts[0].push_back(file.label);
        ready.texts[1].push_back(file.id);
    }
    const std::vector<std::string> pixels = pixel_names(images.front().size, channels);
    ready.numbers = Frame::from_matrix(cells_of(images, channels), pixels);
    std::vector<std::string> names{"label", "file"};
    names.insert(names.end(), pixels.begin(), pixels.end());
    return typed_table(request, {.path = request.path, .names = names, .offered = {"file"}}, ready, sha256_hex(content));
}

}  // namespace mlpc
