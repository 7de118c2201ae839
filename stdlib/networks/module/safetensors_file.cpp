#include "stdlib/networks/module/safetensors_file.h"

#include "stdlib/networks/backend.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

namespace mlpc::networks {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t longest_header = 100'000'000;  // as the format's own reader

std::uint64_t cell_bytes(const std::string& type) {
    static const std::map<std::string, std::uint64_t> bytes = {{"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1},
                                                               {"I16", 2},  {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},
                                                               {"U32", 4},  {"F32", 4}, {"F64", 8}, {"I64", 8},     {"U64", 8}};
    const auto found = bytes.find(type);
    if (found == bytes.end()) {
        throw BackendError(fmt::format("a tensor of the type `{}`, which the format does not have", type));
    }
    return found->second;
}

std::uint64_t bytes_of(const StoredTensor& tensor) {
    std::uint64_t bytes = cell_bytes(tensor.type);
    for (const std::int64_t extent : tensor.shape) {
        if (extent < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(extent), &bytes)) {
            throw BackendError(fmt::format("a tensor of the shape {}", tensor.shape));
        }
    }
    return bytes;
}

StoredTensor stored_tensor(const Json& entry) {
    StoredTensor tensor{.type = entry.at("dtype").get<std::string>(), .shape = {}};
    const Json& shape = entry.at("shape");
    const Json& offsets = entry.at("data_offsets");
    const auto whole = [](const Json& number) { return number.is_number_unsigned(); };
    if (!shape.is_array() || !offsets.is_array() || offsets.size() != 2 || !std::all_of(shape.begin(), shape.end(), whole) ||
        !std::all_of(offsets.begin(), offsets.end(), whole)) {
        throw BackendError("a shape or offsets that are not lists of whole numbers");
    }
    tensor.shape = shape.get<std::vector<std::int64_t>>();
    tensor.begin = offsets[0].get<std::uint64_t>();
    tensor.end = offsets[1].get<std::uint64_t>();
    return tensor;
}

void check_layout(const std::map<std::string, StoredTensor>& tensors, std::uint64_t data_bytes) {
    std::vector<std::pair<std::string, StoredTensor>> by_place(tensors.begin(), tensors.end());
    std::sort(by_place.begin(), by_place.end(),
              [](const auto& a, const auto& b) { return std::pair(a.second.begin, a.second.end) < std::pair(b.second.begin, b.second.end); });
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : by_place) {
        if (tensor.begin != at || tensor.end < tensor.begin || tensor.end > data_bytes) {
            throw BackendError(
                fmt::format("`{}` lies at {}..{} where {} is the next free byte of {}", name, tensor.begin, tensor.end, at, data_bytes));
        }
        if (tensor.end - tensor.begin != bytes_of(tensor)) {
            throw BackendError(fmt::format("`{}`, {} cells {}, has {} bytes and needs {}", name, tensor.type, tensor.shape, tensor.end - tensor.begin,
                                           bytes_of(tensor)));
        }
        at = tensor.end;
    }
    if (at != data_bytes) {
        throw BackendError(fmt::format("{} bytes behind the last tensor", data_bytes - at));
    }
}

at::ScalarType float_type(const std::string& type) {
    if (type == "F32") {
        return at::kFloat;
    }
    if (type == "F16") {
        return at::kHalf;
    }
    if (type == "BF16") {
        return at::kBFloat16;
    }
    throw BackendError(fmt::format("has cells of the type {}, and F32, F16 or BF16 are read", type));
}

}  // namespace

std::map<std::string, StoredTensor> stored_tensors(const Json& header, std::uint64_t data_bytes) {
    std::map<std::string, StoredTensor> tensors;
    try {
        for (const auto& [name, entry] : header.items()) {
            if (name != "__metadata__") {
                tensors.emplace(name, stored_tensor(entry));
            }
        }
    } catch (const Json::exception& error) {
        throw BackendError(fmt::format("a header that does not describe tensors ({})", error.what()));
    }
    check_layout(tensors, data_bytes);
    return tensors;
}

SafetensorsFile::SafetensorsFile(std::string path) : path_(std::move(path)), file_(path_, std::ios::binary | std::ios::ate) {
    static_assert(std::endian::native == std::endian::little, "the format's numbers are little-endian");
    const std::streamoff length = file_ ? static_cast<std::streamoff>(file_.tellg()) : -1;
    if (length < 0) {
        throw BackendError(fmt::format("`{}` can't be read", path_));
    }
    const auto bytes = static_cast<std::uint64_t>(length);
    std::uint64_t header_bytes = 0;
    file_.seekg(0);
    if (!file_.read(reinterpret_cast<char*>(&header_bytes), sizeof(header_bytes)) || header_bytes > longest_header || header_bytes > bytes - 8) {
        throw BackendError(
            fmt::format("`{}` is no file of safetensors: it has {} bytes, and its header is said to have {}", path_, bytes, header_bytes));
    }
    std::string header(header_bytes, '\0');
    file_.read(header.data(), static_cast<std::streamsize>(header_bytes));
    data_from_ = 8 + header_bytes;
    const Json json = Json::parse(header, nullptr, false);
    if (!file_ || !json.is_object()) {
        throw BackendError(fmt::format("`{}` is no file of safetensors: its header is not JSON", path_));
    }
    try {
        tensors_ = stored_tensors(json, bytes - data_from_);
    } catch (const BackendError& error) {
        throw BackendError(fmt::format("`{}` is no file of safetensors: it has {}", path_, error.what()));
    }
}

at::Tensor SafetensorsFile::read(const std::string& name, const std::vector<std::int64_t>& shape) {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
        throw BackendError(fmt::format("`{}` has no tensor `{}`", path_, name));
    }
    const StoredTensor& stored = found->second;
    if (stored.shape != shape) {
        throw BackendError(fmt::format("`{}` in `{}` is of the shape {}, and {} fits", name, path_, stored.shape, shape));
    }
    try {
        at::Tensor cells = at::empty(shape, float_type(stored.type));
        file_.seekg(static_cast<std::streamoff>(data_from_ + stored.begin));
        if (!file_.read(static_cast<char*>(cells.data_ptr()), static_cast<std::streamsize>(stored.end - stored.begin))) {
            throw BackendError("can't be read");
        }
        return cells.to(at::kFloat);
    } catch (const BackendError& error) {
        throw BackendError(fmt::format("`{}` in `{}` {}", name, path_, error.what()));
    }
}

}  // namespace mlpc::networks
