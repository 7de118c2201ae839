#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/io/cells.h"
#include "runtime/io/file_bytes.h"
#include "runtime/io/raw_numbers.h"
#include "runtime/io/readers.h"
#include "runtime/io/ready_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace mlpc {
namespace {

struct IdxArray {
    std::vector<std::size_t> shape;
    RawNumbers numbers;  // into the file's bytes
};

std::optional<NumberKind> kind_of(unsigned char code) {
    switch (code) {
        case 0x08:
            return NumberKind::UInt8;
        case 0x09:
            return NumberKind::Int8;
        case 0x0B:
            return NumberKind::Int16;
        case 0x0C:
            return NumberKind::Int32;
        case 0x0D:
            return NumberKind::Float32;
        case 0x0E:
            return NumberKind::Float64;
        default:
            return std::nullopt;
    }
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return number;
}

IdxArray parse_idx(const std::string& path, std::string_view bytes) {
    const auto fail = [&](const std::string& what) { throw RunError(path + ": " + what); };
    const std::optional<NumberKind> kind = bytes.size() < 4 ? std::nullopt : kind_of(static_cast<unsigned char>(bytes[2]));
    if (!kind || bytes[0] != 0 || bytes[1] != 0 || bytes[3] < 1) {
        fail("this is not an IDX file: its first bytes are none of the format's");
    }
    const auto dimensions = static_cast<std::size_t>(bytes[3]);
    if (bytes.size() < 4 + 4 * dimensions) {
        fail("the IDX file is cut off in its header");
    }
    IdxArray array;
    for (std::size_t i = 0; i < dimensions; ++i) {
        array.shape.push_back(big_endian(bytes, 4 + 4 * i));
    }
    bytes.remove_prefix(4 + 4 * dimensions);
    std::vector<std::size_t> factors = array.shape;
    factors.push_back(bytes_of(*kind));
    const std::optional<std::size_t> wanted = checked_product(factors);
    if (!wanted || *wanted != bytes.size()) {
        fail(fmt::format("the header promises {} numbers of {} bytes, but {} bytes follow; the file is damaged or cut off",
                         fmt::join(array.shape, " × "), bytes_of(*kind), bytes.size()));
    }
    if (*wanted == 0) {
        fail("the file has a header and no rows");
    }
    const std::size_t rows = array.shape.front(), columns = *wanted / bytes_of(*kind) / rows;
    if (columns > max_array_columns) {
        fail(fmt::format("{} makes more than 1,000,000 columns", fmt::join(array.shape, " × ")));
    }
    array.numbers = {.kind = *kind, .order = ByteOrder::Big, .layout = Layout::ByRow, .rows = rows, .columns = columns, .bytes = bytes};
    return array;
}

// pixel_3 of rows, pixel_2_3 of grey images (row, column), pixel_2_3_1 of coloured ones.
std::vector<std::string> pixel_names(const std::vector<std::size_t>& shape) {
    std::vector<std::string> names{"pixel"};
    for (std::size_t d = 1; d < shape.size(); ++d) {
        std::vector<std::string> longer;
        for (const std::string& name : names) {
            for (std::size_t i = 1; i <= shape[d]; ++i) {
                longer.push_back(fmt::format("{}_{}", name, i));
            }
        }
        names = std::move(longer);
    }
    return names;
}

// The labels of train-images-idx3-ubyte.gz lie in train-labels-idx1-ubyte.gz; empty where the name is of no such form.
std::string labels_beside(const std::string& path) {
    const std::filesystem::path whole(path);
    std::string name = whole.filename().string();
    const std::size_t images = name.find("images");
    if (images == std::string::npos) {
        return "";
    }
    name.replace(images, 6, "labels");
    if (const std::size_t kind = name.find("idx3"); kind != std::string::npos) {
        name.replace(kind, 4, "idx1");
    }
    return (whole.parent_path() / name).string();
}

std::string labels_path(const TableRequest& request) {
    const std::string named = request.is_test_file ? "" : path_argument(request, "labels");
    return named.empty() ? labels_beside(request.path) : named;
}

}  // namespace

LoadedTable read_idx(const TableRequest& request) {
    const BinaryFile file = read_binary_file(request.path);
    const IdxArray images = parse_idx(request.path, {file.bytes.data(), file.bytes.size()});
    std::vector<std::string> names = images.shape.size() == 1 ? std::vector<std::string>{"pixel_1"} : pixel_names(images.shape);
    std::vector<Frame> parts{Frame::from_matrix(matrix_of(images.numbers), names)};
    std::string sha256 = file.sha256;
    if (const std::string path = labels_path(request); !path.empty()) {
        const BinaryFile label_file = read_binary_file(path);
        const IdxArray labels = parse_idx(path, {label_file.bytes.data(), label_file.bytes.size()});
        if (labels.shape.size() != 1 || labels.numbers.rows != images.numbers.rows) {
            throw RunError(fmt::format("{}: there are {} labels for {} images; the file must hold one for each, in their order", path,
                                       fmt::join(labels.shape, " × "), images.numbers.rows));
        }
        parts.push_back(Frame::from_matrix(matrix_of(labels.numbers), {"label"}));
        names.emplace_back("label");
        sha256 = sha256_hex(sha256 + label_file.sha256);
    }
    ReadyColumns ready;
    ready.numbers = Frame::concatenate(parts);
    return typed_table(request, {.path = request.path, .names = names}, ready, sha256);
}

}  // namespace mlpc
