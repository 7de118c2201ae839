// The .mlpm format, version 1: "MLPM", u32 format version, u64 length of the header, the header (JSON: graph, schema, provenance, byte
// count of every state), the states in the order of the nodes, and 64 hexadecimal digits: the SHA-256 of all before them. Numbers are
// little-endian.
#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"
#include "runtime/model/fitted_pipeline.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <span>
#include <sstream>

namespace mlpc {

namespace {

using Json = nlohmann::json;
using Node = FittedPipeline::Node;

constexpr std::string_view magic = "MLPM";
constexpr std::uint32_t format_version = 1;
constexpr std::size_t digest_size = 64;
constexpr std::size_t fixed_size = magic.size() + sizeof(std::uint32_t) + sizeof(std::uint64_t);
constexpr std::array<std::string_view, 6> kind_names = {"input", "select", "apply", "concatenate", "predict", "look_back"};
constexpr std::array column_types = {ColumnType::Numeric, ColumnType::Category, ColumnType::Ordinal,
                                     ColumnType::Boolean, ColumnType::Date,     ColumnType::Text};

// --- writing
template <class T>
void append_number(std::string& out, T number) {
    for (std::size_t i = 0; i < sizeof number; ++i) {
        out += static_cast<char>(number >> (8 * i) & 0xff);
    }
}

// JSON has no infinity: an open end is null.
Json bound(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(const ColumnRequest& column) {
    Json json = {
        {"name", column.name}, {"type", name_of(column.type)}, {"optional", column.optional}, {"levels", column.levels}, {"allowed", column.allowed}};
    if (column.range) {
        json["range"] = {bound(column.range->low), bound(column.range->high)};
    }
    return json;
}

std::string state_of(const Node& node) {
    Archive archive = Archive::writer();
    if (node.step) {
        node.step->archive(archive);
    }
    if (node.model) {
        node.model->archive(archive);
    }
    if (node.kind == Node::Kind::LookBack) {
        LookBack(node.look_back).archive(archive);
    }
    const auto bytes = archive.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Json to_json(const std::vector<FlowShape>& learners) {
    Json json = Json::array();
    for (const FlowShape& learner : learners) {
        Json nodes = Json::array();
        for (const FlowShape::Node& node : learner.nodes) {
            nodes.push_back({{"kind", kind_names.at(static_cast<std::size_t>(node.kind))},
                             {"inputs", node.inputs},
                             {"component", node.component != nullptr ? node.component->name : ""},
                             {"learners", to_json(node.learners)}});
        }
        json.push_back(std::move(nodes));
    }
    return json;
}

Json to_json(const Node& node, std::size_t state_bytes) {
    Json json = {{"kind", kind_names.at(static_cast<std::size_t>(node.kind))},
                 {"inputs", node.inputs},
                 {"columns", node.columns},
                 {"component", node.component},
                 {"state_bytes", state_bytes}};
    if (!node.learners.empty()) {
        json["learners"] = to_json(node.learners);
    }
    return json;
}

// --- reading
[[noreturn]] void damaged(const std::string& what) { throw RunError(what); }

template <class T>
T number_at(std::string_view bytes, std::size_t offset) {
    T number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number |= static_cast<T>(static_cast<unsigned char>(bytes[offset + i])) << (8 * i);
    }
    return number;
}

void verify(std::string_view bytes) {
    if (bytes.substr(0, magic.size()) != magic) {
        damaged("not a saved model (.mlpm)");
    }
    if (bytes.size() < fixed_size + digest_size) {
        damaged("the file is truncated");
    }
    const std::string_view body = bytes.substr(0, bytes.size() - digest_size);
    if (sha256_hex(body) != bytes.substr(body.size())) {
        damaged("the file is damaged or truncated: its content does not give its SHA-256");
    }
    if (const auto version = number_at<std::uint32_t>(bytes, magic.size()); version != format_version) {
        damaged("written in format " + std::to_string(version) + "; this mlpc reads format " + std::to_string(format_version));
    }
}

double bound_from(const Json& json, double open) { return json.is_null() ? open : json.get<double>(); }

ColumnType column_type_from(const std::string& name) {
    for (const ColumnType type : column_types) {
        if (name_of(type) == name) {
            return type;
        }
    }
    damaged("unknown column type `" + name + "`");
}

ColumnRequest column_from(const Json& json) {
    ColumnRequest column;
    column.name = json.at("name").get<std::string>();
    column.type = column_type_from(json.at("type").get<std::string>());
    column.optional = json.at("optional").get<bool>();
    column.levels = json.at("levels").get<Levels>();
    column.allowed = json.at("allowed").get<Levels>();
    if (const auto range = json.find("range"); range != json.end()) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        column.range = Interval{bound_from(range->at(0), -infinity), bound_from(range->at(1), infinity)};
    }
    return column;
}

TargetTransform transform_from(const std::string& name) {
    for (const TargetTransform transform : target_transforms()) {
        if (name_of(transform) == name) {
            return transform;
        }
    }
    if (name != name_of(TargetTransform::None)) {
        damaged("unknown transform of the target `" + name + "`");
    }
    return TargetTransform::None;
}

Node::Kind kind_from(const std::string& name) {
    for (std::size_t i = 0; i < kind_names.size(); ++i) {
        if (kind_names[i] == name) {
            return static_cast<Node::Kind>(i);
        }
    }
    damaged("unknown kind of node `" + name + "`");
}

std::uint32_t earlier_node(const Json& json, std::size_t position) {
    // get<uint32_t> would wrap a larger number to a smaller one.
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() >= position) {
        damaged("a node's input is not an earlier node");
    }
    return json.get<std::uint32_t>();
}

bool fits(Node::Kind kind, std::size_t inputs) {
    switch (kind) {
        case Node::Kind::Input:
            return inputs == 0;
        case Node::Kind::Concatenate:
            return inputs >= 1;
        case Node::Kind::Select:
        case Node::Kind::Apply:
        case Node::Kind::Predict:
        case Node::Kind::LookBack:
            return inputs == 1;
    }
    return false;
}

Node node_from(const Json& json, std::size_t position, std::size_t count) {
    Node node;
    node.kind = kind_from(json.at("kind").get<std::string>());
    for (const Json& input : json.at("inputs")) {
        node.inputs.push_back(earlier_node(input, position));
    }
    node.columns = json.at("columns").get<std::vector<std::string>>();
    node.component = json.at("component").get<std::string>();
    if (!fits(node.kind, node.inputs.size())) {
        damaged("a node has the wrong number of inputs");
    }
    if ((node.kind == Node::Kind::Predict) != (position + 1 == count)) {
        damaged("the graph does not end in its one model");
    }
    return node;
}

const ComponentInfo& find_component(const Catalog& catalog, ComponentKind kind, const std::string& name) {
    const ComponentInfo* info = catalog.find(kind, name);
    if (info == nullptr) {
        damaged("it needs the " + std::string(name_of(kind)) + " `" + name + "`, which this mlpc cannot read");
    }
    return *info;
}

// Deeper nests of combinations than anyone writes are taken for an attack on the stack.
constexpr int deepest_nest = 16;

std::vector<FlowShape> learners_from(const Json& json, const Catalog& catalog, int depth);

FlowShape shape_from(const Json& nodes, const Catalog& catalog, int depth) {
    FlowShape shape;
    for (const Json& json : nodes) {
        FlowShape::Node node;
        const Node::Kind kind = kind_from(json.at("kind").get<std::string>());
        if (kind == Node::Kind::LookBack) {
            damaged("a model that is an argument looks back");
        }
        node.kind = static_cast<FlowShape::Kind>(kind);  // these kinds stand first in both lists
        for (const Json& input : json.at("inputs")) {
            node.inputs.push_back(earlier_node(input, shape.nodes.size()));
        }
        if (!takes_inputs(node.kind, node.inputs.size())) {
            damaged("a node has the wrong number of inputs");
        }
        if ((node.kind == FlowShape::Kind::Predict) != (shape.nodes.size() + 1 == nodes.size())) {
            damaged("the graph of a model that is an argument does not end in its one model");
        }
        const bool is_step = node.kind == FlowShape::Kind::Apply;
        if (is_step || node.kind == FlowShape::Kind::Predict) {
            const ComponentKind wanted = is_step ? ComponentKind::Step : ComponentKind::Model;
            node.component = &find_component(catalog, wanted, json.at("component").get<std::string>());
            node.learners = learners_from(json.at("learners"), catalog, depth + 1);
        }
        shape.nodes.push_back(std::move(node));
    }
    if (shape.nodes.empty()) {
        damaged("a model that is an argument is empty");
    }
    return shape;
}

std::vector<FlowShape> learners_from(const Json& json, const Catalog& catalog, int depth) {
    if (depth > deepest_nest) {
        damaged("models are nested deeper than " + std::to_string(deepest_nest) + " levels");
    }
    std::vector<FlowShape> learners;
    for (const Json& nodes : json) {
        learners.push_back(shape_from(nodes, catalog, depth));
    }
    return learners;
}

void read_state(Node& node, std::string_view state, const Catalog& catalog) {
    Archive archive = Archive::reader(std::as_bytes(std::span(state)));
    if (node.kind == Node::Kind::Apply) {
        const ComponentInfo& info = find_component(catalog, ComponentKind::Step, node.component);
        node.takes_sparse = info.takes_sparse;
        node.step = blank_step(info, node.learners);
        node.step->archive(archive);
    }
    if (node.kind == Node::Kind::Predict) {
        const ComponentInfo& info = find_component(catalog, ComponentKind::Model, node.component);
        node.takes_sparse = info.takes_sparse;
        node.model = blank_model(info, node.learners);
        node.model->archive(archive);
    }
    if (node.kind == Node::Kind::LookBack) {
        node.look_back.component = catalog.find(ComponentKind::Step, node.component);
        if (node.look_back.component == nullptr || node.look_back.component->make_backward == nullptr) {
            damaged("it needs the step `" + node.component + "`, which this mlpc cannot read");
        }
        node.look_back.archive(archive);
        node.look_back.component->make_backward(node.look_back.params, {});  // arguments that do not fit are found here
    }
    if (!archive.at_end()) {
        damaged("the state of `" + node.component + "` has bytes left over");
    }
}

// The header's text, and the states behind it.
struct Parts {
    std::string_view header, states;
};
Parts parts_of(std::string_view bytes) {
    const auto header_size = number_at<std::uint64_t>(bytes, magic.size() + sizeof(std::uint32_t));
    const std::string_view rest = bytes.substr(fixed_size, bytes.size() - fixed_size - digest_size);
    if (header_size > rest.size()) {
        damaged("the header is longer than the file");
    }
    return {.header = rest.substr(0, header_size), .states = rest.substr(header_size)};
}

FittedPipeline parse(std::string_view bytes, const Catalog& catalog) {
    auto [header_text, states] = parts_of(bytes);
    const Json header = Json::parse(header_text);
    FittedPipeline pipeline;
    pipeline.target = header.at("target").get<std::string>();
    pipeline.provenance = header.at("provenance").get<std::string>();
    pipeline.transform = transform_from(header.value("transform", "none"));
    for (const Json& column : header.at("schema")) {
        pipeline.schema.push_back(column_from(column));
    }
    const Json& nodes = header.at("nodes");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Json& json = nodes.at(i);
        Node& node = pipeline.nodes.emplace_back(node_from(json, i, nodes.size()));
        if (const auto learners = json.find("learners"); learners != json.end()) {
            node.learners = learners_from(*learners, catalog, 1);
        }
        const auto size = json.at("state_bytes").get<std::uint64_t>();
        if (size > states.size()) {
            damaged("a node's state is longer than the file");
        }
        read_state(node, states.substr(0, size), catalog);
        states.remove_prefix(size);
    }
    if (pipeline.nodes.empty() || !states.empty()) {
        damaged("the header does not describe the states that follow it");
    }
    return pipeline;
}

std::string read_file(const std::string& path) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    if (!in || !(content << in.rdbuf())) {
        throw RunError("cannot read `" + path + "`: " + (errno == 0 ? "empty" : std::strerror(errno)));
    }
    return std::move(content).str();
}

}  // namespace

std::string pipeline_bytes(const FittedPipeline& pipeline) {
    std::string states;
    Json header = {{"target", pipeline.target},
                   {"transform", name_of(pipeline.transform)},
                   {"provenance", pipeline.provenance},
                   {"schema", Json::array()},
                   {"nodes", Json::array()}};
    for (const ColumnRequest& column : pipeline.schema) {
        header["schema"].push_back(to_json(column));
    }
    for (const Node& node : pipeline.nodes) {
        const std::string state = state_of(node);
        header["nodes"].push_back(to_json(node, state.size()));
        states += state;
    }
    const std::string header_text = header.dump();
    std::string bytes(magic);
    append_number(bytes, format_version);
    append_number(bytes, static_cast<std::uint64_t>(header_text.size()));
    bytes += header_text + states;
    return bytes + sha256_hex(bytes);
}

FittedPipeline pipeline_from_bytes(std::string_view bytes, const std::string& origin, const Catalog& catalog) {
    try {
        verify(bytes);
        return parse(bytes, catalog);
    } catch (const std::exception& error) {  // JSON's exceptions, and whatever a component makes of a hostile state
        throw RunError("cannot load `" + origin + "`: " + error.what());
    }
}

void save_pipeline(const FittedPipeline& pipeline, const std::string& path) {
    std::string bytes;
    try {
        bytes = pipeline_bytes(pipeline);
    } catch (const Json::exception& error) {
        throw RunError("cannot save `" + path + "`: a name or a value in it is not UTF-8");
    }
    write_whole_file(path, bytes);
}

std::string saved_provenance(const std::string& path) {
    const std::string bytes = read_file(path);
    try {
        verify(bytes);
        return Json::parse(parts_of(bytes).header).at("provenance").get<std::string>();
    } catch (const std::exception& error) {
        throw RunError("cannot load `" + path + "`: " + error.what());
    }
}

FittedPipeline load_pipeline(const std::string& path, const Catalog& catalog) { return pipeline_from_bytes(read_file(path), path, catalog); }

}  // namespace mlpc
