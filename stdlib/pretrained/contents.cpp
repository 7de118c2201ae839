#include "stdlib/pretrained/contents.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/networks/fitted_network.h"
#include "stdlib/pretrained/file_bytes.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <cstring>
#include <span>

namespace mlpc::pretrained {

namespace {

constexpr std::size_t most_bytes = std::size_t{8} << 30;

// A saved model as runtime/model/pipeline_file.cpp describes the format, version 1: "MLPM", u32 version, u64 length of the header, the header
// as JSON, the states, and the SHA-256 of all before it as 64 hexadecimal digits.
constexpr std::string_view magic = "MLPM";
constexpr std::size_t fixed_bytes = 16, digest_bytes = 64;

struct SavedModel {
    std::string bytes;
    Json header;
    std::size_t states_at = 0;
};

SavedModel read_saved(const std::string& path) {
    SavedModel saved{file_bytes(path, most_bytes), {}, 0};
    const std::string_view all = saved.bytes;
    if (!all.starts_with(magic) || all.size() < fixed_bytes + digest_bytes) {
        throw RunError("it is no saved model: `save NAME \"x.mlpm\"` writes one");
    }
    if (sha256_hex(all.substr(0, all.size() - digest_bytes)) != all.substr(all.size() - digest_bytes)) {
        throw RunError("it is damaged or truncated: its content does not give its SHA-256");
    }
    std::uint32_t version = 0;
    std::uint64_t header_bytes = 0;
    std::memcpy(&version, all.data() + magic.size(), sizeof version);
    std::memcpy(&header_bytes, all.data() + magic.size() + sizeof version, sizeof header_bytes);
    if (version != 1 || header_bytes > all.size() - fixed_bytes - digest_bytes) {
        throw RunError("it is a saved model of another version of mlpc");
    }
    saved.states_at = fixed_bytes + header_bytes;
    saved.header = Json::parse(all.substr(fixed_bytes, header_bytes), nullptr, false);
    if (saved.header.is_discarded()) {
        throw RunError("it is a saved model whose header is no JSON");
    }
    return saved;
}

// The bytes of the model's state; the graph before it may only choose columns.
std::string_view network_state(const SavedModel& saved, std::string& component) {
    std::size_t at = saved.states_at;
    for (const Json& node : saved.header.at("nodes")) {
        const auto kind = node.at("kind").get<std::string>();
        const auto size = node.at("state_bytes").get<std::size_t>();
        if (size > saved.bytes.size() - digest_bytes - at) {
            throw RunError("it is a saved model whose states do not fit its header");
        }
        component = node.at("component").get<std::string>();
        if (kind == "predict") {
            return std::string_view(saved.bytes).substr(at, size);
        }
        if (kind == "apply" || kind == "look_back") {
            throw RunError(
                fmt::format("its columns go through `{}` before the network, and a source is given a row as it is: do inside of the "
                            "network what it needs (`rescale`, `batch_norm`), and save it again",
                            component));
        }
        at += size;
    }
    throw RunError("it is a saved model that predicts nothing");
}

void require_numbers(const Json& network) {
    const Json& inputs = network.at("inputs");
    if (inputs.size() != 1) {
        throw RunError(fmt::format("its network has {} inputs: a source has one", inputs.size()));
    }
    const auto kind = networks::shape_from_json(inputs[0].at("in")).kind;
    if (kind != TensorShape::Kind::Numbers && kind != TensorShape::Kind::Image) {
        throw RunError("its network takes categories or texts: a source takes the numbers of an image or of a table");
    }
}

}  // namespace

Json saved_contents(const std::string& path) {
    try {
        const SavedModel saved = read_saved(path);
        std::string component;
        const std::string_view state = network_state(saved, component);
        const ComponentInfo* info = standard_library().find(ComponentKind::Model, component);
        const std::unique_ptr<FittedModel> blank = info != nullptr && info->blank_model ? info->blank_model() : nullptr;
        auto* network = dynamic_cast<networks::FittedNetwork*>(blank.get());
        if (network == nullptr) {
            throw RunError(fmt::format("its model is `{}`, which is no network", component));
        }
        Archive archive = Archive::reader(std::as_bytes(std::span(state)));
        network->archive(archive);
        require_numbers(network->description());
        const std::string weights = network->network().weights();
        const std::size_t at = std::string_view(saved.bytes).find(weights);
        if (at == std::string_view::npos) {
            throw RunError("its weights are not where a saved network has them");
        }
        return {{"network", network->description()}, {"offset", at}, {"size", weights.size()}};
    } catch (const Json::exception&) {
        throw RunError("it is a saved model whose header is not that of a model");
    }
}

Json safetensors_contents(const std::string& path, const std::string& network, std::int64_t numbers) {
    const Json parsed = Json::parse(network, nullptr, false);
    if (parsed.is_discarded()) {
        throw RunError("there is no network for its weights: `safetensors(\"FILE\", network: NAME)`");
    }
    const networks::Described described = networks::described(measured(parsed), {{TensorShape::Kind::Numbers, {numbers}}}, standard_library());
    require_numbers(described.network);
    return {{"network", described.network}, {"offset", 0}, {"size", file_bytes(path, most_bytes).size()}};
}

Json contents_of(const Source& source) {
    if (source.format == "saved") {
        return saved_contents(source.path);
    }
    if (source.format == "safetensors") {
        const auto input = source.params.at("input").get<std::vector<std::int64_t>>();
        std::int64_t numbers = 1;
        for (const std::int64_t extent : input) {
            numbers *= extent;
        }
        return safetensors_contents(source.path, source.params.at("network").get<std::string>(), numbers);
    }
    return nullptr;
}

}  // namespace mlpc::pretrained
