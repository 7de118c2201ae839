#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/io/file_bytes.h"
#include "runtime/io/npy_array.h"
#include "runtime/io/readers.h"
#include "runtime/io/ready_columns.h"
#include "runtime/io/zip_archive.h"

#include <fmt/format.h>

#include <optional>

namespace mlpc {
namespace {

std::string_view view(const Bytes& bytes) { return {bytes.data(), bytes.size()}; }

struct Arrays {
    NpyArray x;
    std::optional<NpyArray> y;
    std::string sha256;
};

Arrays read_archive(const TableRequest& request, const BinaryFile& file) {
    const ZipArchive archive(view(file.bytes), request.path);
    const auto read = [&](const std::string& name) {
        return read_npy_array(view(archive.read(name + ".npy")), fmt::format("{}: array `{}`", request.path, name));
    };
    const std::string x = text_argument(request, "x"), y = text_argument(request, "y");
    Arrays arrays{.x = read(x.empty() ? "x" : x), .y = std::nullopt, .sha256 = file.sha256};
    if (!y.empty()) {
        arrays.y = read(y);
    }
    return arrays;
}

Arrays read_files(const TableRequest& request, const BinaryFile& file) {
    Arrays arrays{.x = read_npy_array(view(file.bytes), request.path), .y = std::nullopt, .sha256 = file.sha256};
    const std::string y = path_argument(request, "y");
    if (!y.empty() && request.is_test_file) {
        throw RunError(request.path + ": the targets of a test file must lie in it: keep features and targets in `.npz` files");
    }
    if (!y.empty()) {
        const BinaryFile targets = read_binary_file(y);
        arrays.y = read_npy_array(view(targets.bytes), y);
        arrays.sha256 = sha256_hex(file.sha256 + targets.sha256);
    }
    return arrays;
}

void check_shapes(const TableRequest& request, const Arrays& arrays) {
    if (arrays.x.shape.empty() || arrays.x.is_text) {
        throw RunError(request.path + ": the features must be an array of numbers with a row for each example");
    }
    if (!arrays.y) {
        return;
    }
    if (arrays.y->rows() != arrays.x.rows() || (!arrays.y->is_text && arrays.y->numbers.cols() != 1)) {
        throw RunError(fmt::format("{}: there are {} rows of features and {} targets; both must come in one order, one target a row{}", request.path,
                                   arrays.x.rows(), arrays.y->is_text ? arrays.y->texts.size() : static_cast<std::size_t>(arrays.y->numbers.size()),
                                   request.path.ends_with(".npz") ? "" : " (an `.npz` file keeps both together)"));
    }
}

}  // namespace

LoadedTable read_npy(const TableRequest& request) {
    const BinaryFile file = read_binary_file(request.path);
    Arrays arrays = view(file.bytes).starts_with("PK") ? read_archive(request, file) : read_files(request, file);
    check_shapes(request, arrays);
    std::vector<std::string> names, features;
    for (Eigen::Index c = 1; c <= arrays.x.numbers.cols(); ++c) {
        features.push_back(fmt::format("x{}", c));
    }
    ReadyColumns ready;
    std::vector<Frame> parts;
    if (arrays.y) {
        names.emplace_back("target");
        if (arrays.y->is_text) {
            ready.texts.push_back(std::move(arrays.y->texts));
        } else {
            parts.push_back(Frame::from_matrix(std::move(arrays.y->numbers), names));
        }
    }
    names.insert(names.end(), features.begin(), features.end());
    parts.push_back(Frame::from_matrix(std::move(arrays.x.numbers), features));
    ready.numbers = Frame::concatenate(parts);
    return typed_table(request, {.path = request.path, .names = names}, ready, arrays.sha256);
}

}  // namespace mlpc
