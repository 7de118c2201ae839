#include "runtime/core/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace mlpc {

namespace {

constexpr std::array kind_names{"numbers", "codes", "texts", "image", "sequence", "tokens"};

std::string extent_text(std::int64_t extent) { return extent == TensorShape::unknown ? "?" : std::to_string(extent); }

}  // namespace

std::int64_t TensorShape::cells() const {
    std::int64_t product = 1;
    for (const std::int64_t extent : extents) {
        if (extent == unknown) {
            return unknown;
        }
        product *= extent;
    }
    return product;
}

std::string to_string(const TensorShape& shape) {
    const auto extent = [&](std::size_t i) { return extent_text(shape.extents.at(i)); };
    const bool known = !shape.extents.empty() && shape.extents.front() != TensorShape::unknown;
    switch (shape.kind) {
        case TensorShape::Kind::Numbers:
            return known ? fmt::format("{} number{}", extent(0), extent(0) == "1" ? "" : "s") : "numbers";
        case TensorShape::Kind::Codes:
            return known ? fmt::format("{} categor{}", extent(0), extent(0) == "1" ? "y" : "ies") : "categories";
        case TensorShape::Kind::Texts:
            return "a text";
        case TensorShape::Kind::Image:
            return fmt::format("an image of {} × {} × {}", extent(0), extent(1), extent(2));
        case TensorShape::Kind::Sequence:
            return fmt::format("a sequence of {} × {}", extent(0), extent(1));
        case TensorShape::Kind::Tokens:
            return fmt::format("{} words", extent(0));
    }
    return {};
}

namespace networks {

namespace {

constexpr std::int64_t most_layers = 20'000;  // of a network, repeats unrolled

std::uint32_t id_of(const Json& layer) { return layer.value("id", std::uint32_t{0}); }

const ComponentInfo& find_part(const Catalog& catalog, ComponentKind kind, const std::string& name, std::uint32_t layer) {
    const ComponentInfo* info = catalog.find(kind, name);
    if (info == nullptr) {
        throw NetworkError(layer, fmt::format("there is no {} `{}`", name_of(kind), name));
    }
    return *info;
}

bool within(const Range& range, double value) {
    const bool above = range.open_low ? value > range.low : value >= range.low;
    const bool below = range.open_high ? value < range.high : value <= range.high;
    return !std::isnan(value) && above && below;
}

ParamValue value_from(const Json& json);

std::vector<ParamValue> values_from(const Json& array) {
    std::vector<ParamValue> values;
    for (const Json& element : array) {
        values.push_back(value_from(element));
    }
    return values;
}

ParamValue value_from(const Json& json) {
    if (json.is_boolean()) {
        return {json.get<bool>()};
    }
    if (json.is_number_integer()) {
        return {json.get<std::int64_t>()};
    }
    if (json.is_number()) {
        return {json.get<double>()};
    }
    if (json.is_string()) {
        return {json.get<std::string>()};
    }
    return json.is_array() ? ParamValue{values_from(json)} : ParamValue{};
}

// What JSON has as a text may be a word, and two numbers an interval.
ParamValue typed(const ParamSpec& spec, const Json& json, const std::string& owner, std::uint32_t layer) {
    const auto wrong = [&] { return NetworkError(layer, fmt::format("`{}` of `{}` cannot be {}", spec.name, owner, json.dump())); };
    const auto number = [&](bool whole) {
        if (!json.is_number() || (whole && !json.is_number_integer()) || !within(spec.valid, json.get<double>())) {
            throw wrong();
        }
        return whole ? ParamValue{json.get<std::int64_t>()} : ParamValue{json.get<double>()};
    };
    const auto is_word = [&] { return json.is_string() && std::find(spec.words.begin(), spec.words.end(), json) != spec.words.end(); };
    switch (spec.type) {
        case ParamType::Boolean:
            return json.is_boolean() ? ParamValue{json.get<bool>()} : throw wrong();
        case ParamType::Integer:
            return number(true);
        case ParamType::Real:
            return number(false);
        case ParamType::Word:
            return is_word() ? ParamValue{Word{json.get<std::string>()}} : throw wrong();
        case ParamType::WordOrReal:
            return is_word() ? ParamValue{Word{json.get<std::string>()}} : number(false);
        case ParamType::Text:
            return json.is_string() ? ParamValue{json.get<std::string>()} : throw wrong();
        case ParamType::OptionalInteger:
            return json.is_null() ? ParamValue{} : number(true);
        case ParamType::OptionalReal:
            return json.is_null() ? ParamValue{} : number(false);
        case ParamType::Interval:
            if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number()) {
                throw wrong();
            }
            return {Interval{json[0].get<double>(), json[1].get<double>()}};
        case ParamType::List:
            return json.is_array() ? ParamValue{values_from(json)} : throw wrong();
        case ParamType::Expression:
            break;
    }
    throw wrong();
}

class Resolution {
public:
    explicit Resolution(const ParamValues& values) : values_(values) {}

    Json value(const Json& json) const {
        return json.is_object() && json.contains("$") ? to_json(values_.at(json.at("$").get<std::size_t>())) : json;
    }
    Json part(const Json& json) const {
        if (json.is_object() && json.contains("choose")) {
            return part(chosen(json));
        }
        if (!json.is_object() || !json.contains("part")) {
            return value(json);
        }
        Json out = json;
        out["params"] = params(json.at("params"));
        return out;
    }
    Json layers(const Json& list) const {
        Json out = Json::array();
        for (const Json& layer : list) {
            add(layer, out);
        }
        return out;
    }

private:
    Json params(const Json& json) const {
        Json out = Json::object();
        for (const auto& [name, given] : json.items()) {
            out[name] = value(given);
        }
        return out;
    }
    const Json& chosen(const Json& json) const {
        const Json name = value(json.at("choose"));
        const Json& names = json.at("names");
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) {
            throw NetworkError(0, "no alternative is named " + name.dump());
        }
        return json.at("options").at(static_cast<std::size_t>(at - names.begin()));
    }
    void append(const Json& list, Json& out) const {
        for (const Json& layer : list) {
            add(layer, out);
        }
    }
    void add(const Json& layer, Json& out) const {
        if (out.size() > most_layers) {
            throw NetworkError(id_of(layer), fmt::format("the network has more than {} layers", most_layers));
        }
        if (layer.contains("choose")) {
            append(chosen(layer), out);
            return;
        }
        if (layer.contains("repeat")) {
            const auto times = value(layer.at("repeat")).get<std::int64_t>();
            for (std::int64_t i = 0; i < times; ++i) {
                append(layer.contains("variants") ? layer.at("variants").at(static_cast<std::size_t>(i)) : layer.at("layers"), out);
            }
            return;
        }
        Json one = layer;
        one["params"] = params(layer.at("params"));
        for (Json& chain : one["chains"]) {
            chain = layers(chain);
        }
        out.push_back(std::move(one));
    }

    const ParamValues& values_;
};

class Description {
public:
    explicit Description(const Catalog& catalog) : catalog_(catalog) {}

    TensorShape layers(Json& list, TensorShape in) {
        for (Json& layer : list) {
            in = one(layer, in);
        }
        return in;
    }
    void part(Json& json, ComponentKind kind) const {
        if (json.is_object()) {
            const ComponentInfo& info = find_part(catalog_, kind, json.at("part").get<std::string>(), 0);
            json["params"] = named(info, params_of(info, json.at("params"), 0));
        }
    }
    std::int64_t parameters() const { return parameters_; }
    std::int64_t cells() const { return cells_; }

private:
    static Json named(const ComponentInfo& info, const ParamValues& values) {
        Json out = Json::object();
        for (std::size_t i = 0; i < values.size(); ++i) {
            out[info.params[i].name] = to_json(values[i]);
        }
        return out;
    }
    TensorShape one(Json& layer, const TensorShape& in) {
        const std::uint32_t id = id_of(layer);
        const ComponentInfo& info = find_part(catalog_, ComponentKind::Layer, layer.at("layer").get<std::string>(), id);
        const ParamValues values = params_of(info, layer.at("params"), id);
        std::vector<TensorShape> ends;
        for (Json& chain : layer["chains"]) {
            ends.push_back(layers(chain, in));
        }
        const auto shape = info.layer_shape(values, in, ends);
        if (const auto* why = std::get_if<std::string>(&shape)) {
            throw NetworkError(id, *why);
        }
        const auto& [out, parameters] = std::get<LayerShape>(shape);
        layer["params"] = named(info, values);
        layer["in"] = shape_to_json(in);
        layer["out"] = shape_to_json(out);
        layer["parameters"] = parameters;
        const bool known = parameters_ != TensorShape::unknown && parameters != TensorShape::unknown;
        parameters_ = known ? parameters_ + parameters : TensorShape::unknown;
        cells_ += std::max<std::int64_t>(0, out.cells());
        return out;
    }

    const Catalog& catalog_;
    std::int64_t parameters_ = 0, cells_ = 0;
};

std::uint32_t last_id(const Json& layers) { return layers.empty() ? 0 : id_of(layers.back()); }

// Branches lie side by side behind their last layers.
TensorShape joined(const Json& branches, const std::vector<TensorShape>& ends) {
    if (ends.size() == 1) {
        return ends.front();
    }
    TensorShape out{TensorShape::Kind::Numbers, {0}};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const TensorShape& end = ends[i];
        if (end.kind != TensorShape::Kind::Numbers) {
            throw NetworkError(
                last_id(branches[i].at("layers")),
                fmt::format("branches end in numbers, to lie side by side, and one ends in {}: put `flatten` behind it", to_string(end)));
        }
        const bool known = out.extents[0] != TensorShape::unknown && end.extents[0] != TensorShape::unknown;
        out.extents[0] = known ? out.extents[0] + end.extents[0] : TensorShape::unknown;
    }
    return out;
}

}  // namespace

Json to_json(const ParamValue& value) {
    return std::visit(
        [](const auto& v) -> Json {
            using V = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<V, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_same_v<V, Word>) {
                return v.text;
            } else if constexpr (std::is_same_v<V, Interval>) {
                return Json::array({v.low, v.high});
            } else if constexpr (std::is_same_v<V, std::vector<ParamValue>>) {
                Json out = Json::array();
                for (const ParamValue& element : v) {
                    out.push_back(to_json(element));
                }
                return out;
            } else if constexpr (std::is_same_v<V, std::shared_ptr<const Expression>>) {
                throw std::logic_error("a network has no expressions");
            } else {
                return v;
            }
        },
        value.value);
}

ParamValues params_of(const ComponentInfo& info, const Json& params, std::uint32_t layer) {
    ParamValues values = info.default_params();
    for (const auto& [name, given] : params.items()) {
        const std::size_t at = info.find_param(name);
        if (at == info.params.size()) {
            throw NetworkError(layer, fmt::format("`{}` has no parameter `{}`", info.name, name));
        }
        values[at] = typed(info.params[at], given, info.name, layer);
    }
    return values;
}

Json shape_to_json(const TensorShape& shape) { return {{"kind", kind_names.at(static_cast<std::size_t>(shape.kind))}, {"extents", shape.extents}}; }

TensorShape shape_from_json(const Json& json) {
    const auto at = std::find(kind_names.begin(), kind_names.end(), json.at("kind").get<std::string>());
    if (at == kind_names.end()) {
        throw NetworkError(0, "unknown kind of tensor " + json.at("kind").dump());
    }
    return {static_cast<TensorShape::Kind>(at - kind_names.begin()), json.at("extents").get<std::vector<std::int64_t>>()};
}

Json resolved(const Json& network, const ParamValues& values) {
    const Resolution resolution(values);
    Json out = network;
    for (Json& input : out.at("inputs")) {
        input["layers"] = resolution.layers(input.at("layers"));
    }
    out["then"] = resolution.layers(network.at("then"));
    for (auto& [name, setting] : out.at("train").items()) {
        if (setting.is_array()) {
            Json parts = Json::array();
            for (const Json& written : setting) {
                Json part = resolution.part(written);
                if (!part.is_null()) {
                    parts.push_back(std::move(part));
                }
            }
            setting = std::move(parts);
        } else {
            setting = resolution.part(setting);
        }
    }
    return out;
}

Described described(const Json& resolved, const std::vector<TensorShape>& inputs, const Catalog& catalog) {
    Described out{resolved, {}, 0, 0};
    Description description(catalog);
    std::vector<TensorShape> ends;
    Json& branches = out.network.at("inputs");
    for (std::size_t i = 0; i < branches.size(); ++i) {
        branches[i]["in"] = shape_to_json(inputs.at(i));
        ends.push_back(description.layers(branches[i].at("layers"), inputs.at(i)));
    }
    out.out = description.layers(out.network.at("then"), joined(branches, ends));
    out.network["out"] = shape_to_json(out.out);
    if (out.out.kind != TensorShape::Kind::Numbers) {
        const Json& last = out.network.at("then").empty() ? branches.back().at("layers") : out.network.at("then");
        throw NetworkError(last_id(last),
                           fmt::format("a network ends in numbers, from which its head predicts, and this one ends in {}: put `flatten` or "
                                       "`global_average_pool` behind it",
                                       to_string(out.out)));
    }
    Json& train = out.network.at("train");
    description.part(train.at("optimiser"), ComponentKind::Optimiser);
    description.part(train.at("schedule"), ComponentKind::Schedule);
    description.part(train.at("loss"), ComponentKind::Loss);
    for (Json& part : train.at("augment")) {
        description.part(part, ComponentKind::Augmentation);
    }
    out.parameters = description.parameters();
    out.cells = description.cells();
    return out;
}

}  // namespace networks

}  // namespace mlpc
