#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/pretrained/pretrained.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace mlpc::pretrained {

namespace {

std::vector<double> numbers_of(const Json& params, const char* name) {
    const auto at = params.find(name);
    return at == params.end() || at->is_null() ? std::vector<double>() : at->get<std::vector<double>>();
}

}  // namespace

std::string Source::features_at() const { return params.value("features_at", std::string()); }

std::optional<TensorShape> Source::image() const {
    const auto at = params.find("input");
    if (at == params.end() || !at->is_array() || at->size() != 3) {
        return std::nullopt;
    }
    return TensorShape{TensorShape::Kind::Image, at->get<std::vector<std::int64_t>>()};
}

Normalisation Source::normalisation() const { return {params.value("divide", 1.0), numbers_of(params, "mean"), numbers_of(params, "sd")}; }

Json to_json(const Source& source) {
    return {{"name", source.name},        {"format", source.format}, {"path", source.path},
            {"sha256", source.sha256},    {"params", source.params}, {"width", source.width ? Json(*source.width) : Json(nullptr)},
            {"contents", source.contents}};
}

std::string to_text(const Source& source) { return to_json(source).dump(); }

Source source_from(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        Source source{.name = json.at("name").get<std::string>(),
                      .format = json.at("format").get<std::string>(),
                      .path = json.at("path").get<std::string>(),
                      .sha256 = json.at("sha256").get<std::string>(),
                      .params = json.at("params"),
                      .width = std::nullopt,
                      .contents = json.at("contents")};
        if (const Json& width = json.at("width"); !width.is_null()) {
            source.width = width.get<std::int64_t>();
        }
        return source;
    } catch (const Json::exception&) {
        throw RunError(fmt::format("this is not how a pre-trained network is written down: {}", text.substr(0, 200)));
    }
}

Source source_of(const ComponentInfo& format, const std::string& path, const ParamValues& values) {
    Source source{.name = std::filesystem::path(path).filename().string(),
                  .format = format.name,
                  .path = path,
                  .sha256 = {},
                  .params = Json::object(),
                  .width = std::nullopt,
                  .contents = nullptr};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (format.params[i].name != "path") {
            source.params[format.params[i].name] = networks::to_json(values[i]);
        }
    }
    return source;
}

namespace {

void measure(Json& layers) {
    for (Json& layer : layers) {
        if (layer.at("layer") == "pretrained") {
            std::string text = layer.at("params").at("source").get<std::string>();
            layer["params"]["source"] = to_text(measured(source_from(text)));
        }
        for (Json& chain : layer["chains"]) {
            measure(chain);
        }
    }
}

}  // namespace

Json measured(const Json& network) {
    Json out = network;
    for (Json& input : out.at("inputs")) {
        measure(input.at("layers"));
    }
    measure(out.at("then"));
    return out;
}

}  // namespace mlpc::pretrained
