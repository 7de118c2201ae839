#include "compiler/sema/network_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::sema {

namespace {

using networks::Json;

std::string value_text(const Json& value) { return value.is_null() ? "none" : value.is_string() ? value.get<std::string>() : value.dump(); }

// As it would stand in a file: "conv(32, padding: valid)".
std::string part_text(const ComponentInfo& info, const Json& params) {
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < info.params.size(); ++i) {
        const ParamSpec& spec = info.params[i];
        const Json& value = params.at(spec.name);
        const bool is_default = value == networks::to_json(spec.fallback);
        const bool is_positional = i < info.positional && i == arguments.size() && info.most_chains == 0;
        if (spec.type == ParamType::Text || (is_default && (i > 0 || !is_positional))) {
            continue;  // a text is what a source is, as JSON
        }
        arguments.push_back(is_positional ? value_text(value) : spec.name + ": " + value_text(value));
    }
    return arguments.empty() ? info.name : fmt::format("{}({})", info.name, fmt::join(arguments, ", "));
}

void add_rows(const Json& layers, std::size_t depth, const Catalog& catalog, plan::NetworkTable& table) {
    for (const Json& layer : layers) {
        const auto name = layer.at("layer").get<std::string>();
        const auto parameters = layer.at("parameters").get<std::int64_t>();
        table.rows.push_back({part_text(*catalog.find(ComponentKind::Layer, name), layer.at("params")),
                              to_string(networks::shape_from_json(layer.at("out"))), parameters, depth});
        table.parameters += std::max<std::int64_t>(0, parameters);
        table.all_known = table.all_known && parameters != TensorShape::unknown;
        for (const Json& chain : layer.at("chains")) {
            add_rows(chain, depth + 1, catalog, table);
        }
    }
}

}  // namespace

plan::NetworkTable table_of(const Json& described, const std::vector<std::string>& selectors, const Catalog& catalog) {
    plan::NetworkTable table;
    const Json& inputs = described.at("inputs");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        table.rows.push_back({selectors[i], to_string(networks::shape_from_json(inputs[i].at("in"))), 0, 0});
        add_rows(inputs[i].at("layers"), inputs.size() > 1 ? 1 : 0, catalog, table);
    }
    if (inputs.size() > 1) {
        table.rows.push_back({"then", "", 0, 0});
    }
    add_rows(described.at("then"), 0, catalog, table);
    return table;
}

std::string training_text(const Json& train, const Catalog& catalog) {
    const auto part = [&](const Json& json, ComponentKind kind) {
        const ComponentInfo* info = catalog.find(kind, json.at("part").get<std::string>());
        return part_text(*info, json.at("params"));
    };
    std::string text = part(train.at("optimiser"), ComponentKind::Optimiser);
    text += fmt::format(", {} epochs in batches of {}", value_text(train.at("epochs")), value_text(train.at("batch")));
    if (!train.at("schedule").is_null()) {
        text += ", " + part(train.at("schedule"), ComponentKind::Schedule);
    }
    if (!train.at("loss").is_null()) {
        text += ", " + part(train.at("loss"), ComponentKind::Loss);
    }
    for (const Json& augmentation : train.at("augment")) {
        text += ", " + part(augmentation, ComponentKind::Augmentation);
    }
    return text;
}

}  // namespace mlpc::sema
