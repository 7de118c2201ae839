#include "compiler/plan/network_text.h"

#include "runtime/core/network.h"

#include <fmt/format.h>

namespace mlpc::plan {

namespace {

using networks::Json;

class NetworkText {
public:
    explicit NetworkText(const ComponentInfo& info) : info_(info) {}

    std::string text;

    void network(const Json& json, std::size_t indent) {
        const Json& inputs = json.at("inputs");
        for (const Json& input : inputs) {
            const Json& select = input.at("select");
            line(indent, select.is_null() ? "all" : select.begin().key() + " " + select.begin().value().dump());
            layers(input.at("layers"), indent + 2);
        }
        if (!json.at("then").empty()) {
            line(indent, "then");
            layers(json.at("then"), indent + 2);
        }
        line(indent, "train");
        for (const auto& [name, setting] : json.at("train").items()) {
            if (!setting.is_null() && !setting.empty()) {
                line(indent + 2, name + " " + part(setting));
            }
        }
    }

private:
    void line(std::size_t indent, const std::string& content) { text += std::string(indent, ' ') + content + "\n"; }

    std::string value(const Json& json) const {
        if (json.is_object()) {
            return "?" + info_.params.at(json.at("$").get<std::size_t>()).name;
        }
        return json.is_null() ? "none" : json.is_string() ? json.get<std::string>() : json.dump();
    }
    std::string params(const Json& json) const {
        std::vector<std::string> arguments;
        for (const auto& [name, given] : json.items()) {
            arguments.push_back(name + ": " + value(given));
        }
        return arguments.empty() ? "" : fmt::format("({})", fmt::join(arguments, ", "));
    }
    // A setting of the training: a value, a part, alternatives, or a list of parts.
    std::string part(const Json& json) const {
        if (json.is_array()) {
            std::vector<std::string> all;
            for (const Json& element : json) {
                all.push_back(part(element));
            }
            return fmt::format("{}", fmt::join(all, ", "));
        }
        if (json.is_object() && json.contains("choose")) {
            std::vector<std::string> options;
            for (const Json& option : json.at("options")) {
                options.push_back(part(option));
            }
            return fmt::format("{} of ({})", value(json.at("choose")), fmt::join(options, " | "));
        }
        return json.is_object() && json.contains("part") ? json.at("part").get<std::string>() + params(json.at("params")) : value(json);
    }
    void layers(const Json& list, std::size_t indent) {
        for (const Json& layer : list) {
            one(layer, indent);
        }
    }
    void one(const Json& layer, std::size_t indent) {
        if (layer.contains("choose")) {
            line(indent, value(layer.at("choose")) + " of");
            alternatives(layer.at("options"), indent);
        } else if (layer.contains("repeat")) {
            line(indent, "repeat " + value(layer.at("repeat")));
            if (layer.contains("variants")) {
                alternatives(layer.at("variants"), indent);
            } else {
                layers(layer.at("layers"), indent + 2);
            }
        } else {
            line(indent, layer.at("layer").get<std::string>() + params(layer.at("params")));
            alternatives(layer.at("chains"), indent);
        }
    }
    void alternatives(const Json& lists, std::size_t indent) {
        for (const Json& list : lists) {
            line(indent, list.empty() ? "- none" : "-");
            layers(list, indent + 2);
        }
    }

    const ComponentInfo& info_;
};

}  // namespace

bool is_architecture(const ComponentInfo& info, std::size_t param) {
    return param == 0 && info.kind == ComponentKind::Model && info.name == "network" && info.params[0].name == "architecture";
}

std::string network_text(const ComponentInfo& info, const ParamValue& architecture, std::size_t indent) {
    NetworkText lines(info);
    lines.network(Json::parse(detail::text_of(architecture)), indent);
    return lines.text;
}

}  // namespace mlpc::plan
