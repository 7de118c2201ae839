#include "stdlib/networks/module/safetensors.h"

#include "stdlib/networks/backend.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstring>

namespace mlpc::networks {

namespace {

using Json = nlohmann::json;
static_assert(std::endian::native == std::endian::little, "cells are stored as they lie in memory");

constexpr std::size_t length_bytes = 8, most_header = 100'000'000;  // as the reference implementation has it

const std::map<std::string, std::uint64_t>& bytes_of_types() {
    static const std::map<std::string, std::uint64_t> sizes{{"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"U16", 2}, {"I16", 2}, {"F16", 2}, {"BF16", 2},
                                                            {"U32", 4},  {"I32", 4}, {"F32", 4}, {"U64", 8}, {"I64", 8}, {"F64", 8}};
    return sizes;
}

[[noreturn]] void refuse(const std::string& what) { throw BackendError("weights in the format of safetensors: " + what); }

std::uint64_t count(const Json& number, const std::string& name) {
    if (!number.is_number_unsigned()) {
        refuse(fmt::format("`{}` has {} where a size or a place stands", name, number.dump()));
    }
    return number.get<std::uint64_t>();
}

// How many bytes a tensor of this shape takes; refused where the number is beyond what any file holds.
std::uint64_t bytes_of(const StoredTensor& tensor, const std::string& name) {
    const auto size = bytes_of_types().find(tensor.type);
    if (size == bytes_of_types().end()) {
        refuse(fmt::format("`{}` is of an unknown type \"{}\"", name, tensor.type));
    }
    std::uint64_t bytes = size->second;
    for (const std::int64_t extent : tensor.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(extent), &bytes)) {
            refuse(fmt::format("`{}` is too large to be true", name));
        }
    }
    return bytes;
}

struct Place {
    std::uint64_t begin = 0, end = 0;
    std::string name;
};

StoredTensor tensor_of(const std::string& name, const Json& entry, std::string_view cells, std::vector<Place>& places) {
    const bool whole = entry.is_object() && entry.contains("dtype") && entry.contains("shape") && entry.contains("data_offsets") &&
                       entry.at("dtype").is_string() && entry.at("shape").is_array() && entry.at("data_offsets").is_array() &&
                       entry.at("data_offsets").size() == 2;
    if (!whole) {
        refuse(fmt::format("`{}` is not described by `dtype`, `shape` and two `data_offsets`", name));
    }
    StoredTensor tensor{.type = entry.at("dtype").get<std::string>()};
    for (const Json& extent : entry.at("shape")) {
        const std::uint64_t value = count(extent, name);
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            refuse(fmt::format("`{}` is too large to be true", name));
        }
        tensor.shape.push_back(static_cast<std::int64_t>(value));
    }
    const Place place{count(entry.at("data_offsets")[0], name), count(entry.at("data_offsets")[1], name), name};
    if (place.begin > place.end || place.end > cells.size()) {
        refuse(fmt::format("`{}` lies at {} to {}, and there are {} bytes: is the file complete", name, place.begin, place.end, cells.size()));
    }
    if (place.end - place.begin != bytes_of(tensor, name)) {
        refuse(fmt::format("`{}` has {} bytes, and its shape needs {}", name, place.end - place.begin, bytes_of(tensor, name)));
    }
    tensor.bytes = cells.substr(place.begin, place.end - place.begin);
    places.push_back(place);
    return tensor;
}

// The format allows neither gaps nor two tensors in one place.
void check_places(std::vector<Place> places, std::uint64_t bytes) {
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    std::uint64_t at = 0;
    for (const Place& place : places) {
        if (place.begin != at) {
            refuse(fmt::format("`{}` begins at {}, and what lies before it ends at {}", place.name, place.begin, at));
        }
        at = place.end;
    }
    if (at != bytes) {
        refuse(fmt::format("{} bytes at the end belong to no tensor", bytes - at));
    }
}

}  // namespace

std::map<std::string, StoredTensor> read_safetensors(std::string_view file) {
    std::uint64_t length = 0;
    if (file.size() < length_bytes) {
        refuse(fmt::format("there are {} bytes, fewer than the length of the header takes", file.size()));
    }
    std::memcpy(&length, file.data(), length_bytes);
    if (length > most_header || length > file.size() - length_bytes) {
        refuse(fmt::format("the header has {} bytes by what it says, and {} follow", length, file.size() - length_bytes));
    }
    const Json header = Json::parse(file.substr(length_bytes, length), nullptr, false);
    if (!header.is_object()) {
        refuse("the header is not an object of JSON");
    }
    const std::string_view cells = file.substr(length_bytes + length);
    std::map<std::string, StoredTensor> tensors;
    std::vector<Place> places;
    for (const auto& [name, entry] : header.items()) {
        if (name != "__metadata__") {
            tensors.emplace(name, tensor_of(name, entry, cells, places));
        }
    }
    check_places(std::move(places), cells.size());
    return tensors;
}

at::Tensor as_float(const std::string& name, const StoredTensor& stored) {
    const std::map<std::string, at::ScalarType> types{{"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"F64", at::kDouble}};
    const auto type = types.find(stored.type);
    if (type == types.end()) {
        refuse(fmt::format("`{}` is of type {}, and weights are F32, F16, BF16 or F64", name, stored.type));
    }
    at::Tensor cells = at::empty(stored.shape, type->second);
    std::memcpy(cells.data_ptr(), stored.bytes.data(), stored.bytes.size());
    return cells.to(at::kFloat);
}

std::string to_safetensors(const std::vector<std::pair<std::string, at::Tensor>>& tensors) {
    Json header = Json::object();
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : tensors) {
        const std::uint64_t bytes = static_cast<std::uint64_t>(tensor.numel()) * sizeof(float);
        header[name] = {{"dtype", "F32"}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the cells are aligned
    const auto length = static_cast<std::uint64_t>(text.size());
    std::string file(length_bytes, '\0');
    std::memcpy(file.data(), &length, length_bytes);
    file += text;
    for (const auto& [name, tensor] : tensors) {
        const at::Tensor cells = tensor.detach().contiguous();
        file.append(static_cast<const char*>(cells.data_ptr()), static_cast<std::size_t>(cells.numel()) * sizeof(float));
    }
    return file;
}

}  // namespace mlpc::networks
