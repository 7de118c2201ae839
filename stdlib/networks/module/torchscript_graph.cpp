#include "stdlib/networks/module/torchscript_graph.h"

#include "stdlib/networks/backend.h"
#include "stdlib/networks/module/sliding.h"

#include <torch/csrc/jit/api/compilation_unit.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/runtime/custom_operator.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace mlpc::networks {

namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::GraphFunction;
using torch::jit::Module;
using torch::jit::Node;
using torch::jit::Value;

void refuse_tensor(const at::Tensor& tensor) {
    if (!tensor.defined()) {
        return;
    }
    if (tensor.layout() != at::kStrided || tensor.is_quantized() || !tensor.device().is_cpu()) {
        throw BackendError("it holds a tensor that is sparse, quantised or not on a CPU");
    }
    __extension__ using Wide = __int128;  // products of hostile extents do not fit 64 bits
    Wide last = tensor.storage_offset(), count = 1;
    bool sound = last >= 0;
    for (std::int64_t d = 0; d < tensor.dim(); ++d) {
        sound = sound && tensor.size(d) >= 0 && tensor.stride(d) >= 0 && tensor.size(d) < (std::int64_t{1} << 40) &&
                tensor.stride(d) < (std::int64_t{1} << 40);
        count = sound ? count * tensor.size(d) : 0;
        last += sound && tensor.size(d) > 0 ? Wide(tensor.size(d) - 1) * tensor.stride(d) : Wide(0);
        sound = sound && count < (Wide(1) << 62);
    }
    const Wide cells = static_cast<Wide>(tensor.storage().nbytes() / tensor.dtype().itemsize());
    if (!sound || (count > 0 && last >= cells)) {
        throw BackendError("it holds a tensor that is larger than the cells that are there for it");
    }
}

void refuse_tensors(const c10::IValue& value) {
    value.visit([](const c10::IValue& part) {
        if (part.isTensor()) {
            refuse_tensor(part.toTensor());
        }
        return false;
    });
}

// Those of blocks within and of what is forked off too.
void each_node(Block* block, const std::function<void(Node*)>& visit) {
    for (Node* node : block->nodes()) {
        visit(node);
        for (Block* inner : node->blocks()) {
            each_node(inner, visit);
        }
        if (node->hasAttribute(torch::jit::attr::Subgraph)) {
            each_node(node->g(torch::jit::attr::Subgraph)->block(), visit);
        }
    }
}

void each_function(const Module& module, const std::function<void(Graph&)>& visit) {
    for (torch::jit::Function* function : module._ivalue()->compilation_unit()->get_functions()) {
        if (function->isGraphFunction()) {
            visit(*torch::jit::toGraphFunction(*function).graph());
        }
    }
}

// Operations by which a file could read or write others or write among mlpc's own output, or that give other numbers every time.
const std::set<std::string>& refused_operations() {
    static const std::set<std::string> names{
        "aten::bernoulli",    "aten::bernoulli_", "aten::cauchy_",     "aten::exponential_", "aten::from_file",   "aten::geometric_",
        "aten::initial_seed", "aten::load",       "aten::log_normal_", "aten::manual_seed",  "aten::multinomial", "aten::normal",
        "aten::normal_",      "aten::poisson",    "aten::rand",        "aten::rand_like",    "aten::randint",     "aten::randint_like",
        "aten::randn",        "aten::randn_like", "aten::random_",     "aten::randperm",     "aten::save",        "aten::seed",
        "aten::uniform_",     "prim::Print",      "prim::TimePoint",
    };
    return names;
}

void check_node(const Node* node) {
    const std::string name = node->kind().toQualString();
    const bool known = name.starts_with("aten::") || name.starts_with("prim::");
    if (!known || refused_operations().contains(name)) {
        throw BackendError("its code calls `" + name +
                           "`, which a pre-trained network may not: it could read or write files, or give other numbers "
                           "every time");
    }
    if (node->kind() == torch::jit::prim::Constant && node->hasAttribute(torch::jit::attr::value)) {
        const auto kind = node->kindOf(torch::jit::attr::value);
        if (kind == torch::jit::AttributeKind::t) {
            refuse_tensor(node->t(torch::jit::attr::value));
        } else if (kind == torch::jit::AttributeKind::ival) {
            refuse_tensors(node->ival(torch::jit::attr::value));
        }
    }
}

// What a convolution is to go over, and with which stride.
const torch::jit::RegisterOperators unstrided({torch::jit::Operator(
    "mlpc::unstrided(Tensor(a) input, Tensor weight, int[] stride, int[] padding, bool transposed) -> (Tensor(a), int[])",
    [](torch::jit::Stack& stack) {
        const bool transposed = torch::jit::pop(stack).toBool();
        const std::vector<std::int64_t> padding = torch::jit::pop(stack).toIntVector();
        std::vector<std::int64_t> stride = torch::jit::pop(stack).toIntVector();
        const at::Tensor weight = torch::jit::pop(stack).toTensor();
        at::Tensor input = torch::jit::pop(stack).toTensor();
        const auto is = [](std::int64_t wanted) { return [wanted](std::int64_t value) { return value == wanted; }; };
        const bool one_place = weight.dim() > 2 && std::all_of(weight.sizes().begin() + 2, weight.sizes().end(), is(1));
        // With zeros around the input oneDNN takes another kernel.
        if (one_place && !transposed && std::all_of(padding.begin(), padding.end(), is(0))) {
            stride.resize(static_cast<std::size_t>(weight.dim() - 2), stride.at(0));
            input = every_so_many(input, stride);
            stride.assign(stride.size(), 1);
        }
        torch::jit::push(stack, input, stride);
    },
    c10::AliasAnalysisKind::FROM_SCHEMA)});

void unstride(Node* node) {
    static const std::set<std::string> of_strides{"aten::conv1d", "aten::conv2d", "aten::conv3d"}, of_any{"aten::convolution", "aten::_convolution"};
    const std::string name = node->kind().toQualString();
    const bool may_be_transposed = of_any.contains(name);
    if (!may_be_transposed && !of_strides.contains(name)) {
        return;
    }
    Graph& graph = *node->owningGraph();
    const torch::jit::WithInsertPoint before(node);
    // "valid" is none, and "same" goes with no stride.
    const bool worded = node->input(4)->type()->kind() == c10::TypeKind::StringType;
    Value* padding = worded ? graph.insertConstant(std::vector<std::int64_t>{}) : node->input(4);
    Value* transposed = may_be_transposed ? node->input(6) : graph.insertConstant(false);
    Node* around =
        graph.create(c10::Symbol::fromQualString("mlpc::unstrided"), {node->input(0), node->input(1), node->input(3), padding, transposed}, 2);
    graph.insertNode(around);
    around->output(1)->setType(c10::ListType::ofInts());
    node->replaceInput(0, around->output(0));
    node->replaceInput(3, around->output(1));
}

// "" for the module itself, "layer4.0" for what is reached from it by attributes; nullopt for anything else.
std::optional<std::string> path_of(const Value* value, const Value* self) {
    if (value == self) {
        return "";
    }
    const Node* node = value->node();
    if (node->kind() != torch::jit::prim::GetAttr) {
        return std::nullopt;
    }
    const auto parent = path_of(node->input(0), self);
    return parent ? std::optional(parent->empty() ? node->s(torch::jit::attr::name) : *parent + "." + node->s(torch::jit::attr::name)) : std::nullopt;
}

// The call of the submodule's forward.
Node* call_of(Graph& graph, const std::string& path) {
    for (Node* node : graph.nodes()) {
        if (node->kind() == torch::jit::prim::CallMethod && node->s(torch::jit::attr::name) == "forward" &&
            path_of(node->input(0), graph.inputs().at(0)) == path) {
            return node;
        }
    }
    return nullptr;
}

[[noreturn]] void report_unknown(const Module& module, const std::string& layer) {
    std::string names;
    for (const auto& child : module.named_modules()) {
        if (!child.name.empty() && std::count(child.name.begin(), child.name.end(), '.') < 2 && names.size() < 400) {
            names += (names.empty() ? "" : ", ") + child.name;
        }
    }
    throw BackendError("its `forward` calls no layer `" + layer + "`; its layers are " + names);
}

// Calls on the way to the layer become part of the graph, until the layer's own call stands in it.
Node* find_layer(Graph& graph, const Module& module, const std::string& layer) {
    Module at = module;
    std::string path;
    for (std::size_t begin = 0;;) {
        const std::size_t dot = layer.find('.', begin);
        const std::string name = layer.substr(begin, dot == std::string::npos ? dot : dot - begin);
        path += (path.empty() ? "" : ".") + name;
        if (!at.hasattr(name) || !at.attr(name).isModule()) {
            report_unknown(module, layer);
        }
        at = at.attr(name).toModule();
        Node* call = call_of(graph, path);
        if (dot == std::string::npos) {
            return call != nullptr ? call : (report_unknown(module, layer), nullptr);
        }
        if (call != nullptr) {
            torch::jit::GraphFunction& callee = torch::jit::toGraphFunction(at.get_method("forward").function());
            torch::jit::inlineCallTo(call, &callee, callee.graph().get());
        }
        begin = dot + 1;
    }
}

std::vector<std::string> reached(Graph& graph) {
    std::vector<std::string> names;
    const Value* self = graph.inputs().at(0);
    each_node(graph.block(), [&](const Node* node) {
        for (const Value* input : node->inputs()) {
            const bool leads_on = node->kind() == torch::jit::prim::GetAttr;
            const auto path = path_of(input, self);
            if (path && !leads_on && std::find(names.begin(), names.end(), *path) == names.end()) {
                names.push_back(*path);
            }
        }
    });
    return names;
}

}  // namespace

void check_contents(const Module& module) {
    refuse_tensors(c10::IValue(module._ivalue()));
    each_function(module, [](Graph& graph) { each_node(graph.block(), check_node); });
}

void unstride_convolutions(const Module& module) {
    each_function(module, [](Graph& graph) { each_node(graph.block(), unstride); });
}

Features features_of(const Module& module, const std::string& layer) {
    const auto method = module.find_method("forward");
    if (!method) {
        throw BackendError("it has no `forward`");
    }
    std::shared_ptr<Graph> graph = torch::jit::toGraphFunction(method->function()).graph()->copy();
    if (graph->inputs().size() < 2) {
        throw BackendError("its `forward` takes no input");
    }
    if (!layer.empty()) {
        Node* call = find_layer(*graph, module, layer);
        while (!graph->outputs().empty()) {
            graph->eraseOutput(0);
        }
        graph->registerOutput(call->output());
        torch::jit::EliminateDeadCode(graph);
    }
    Features features;
    features.reaches = reached(*graph);
    features.function = std::make_unique<GraphFunction>(c10::QualifiedName("features"), graph, nullptr);
    return features;
}

}  // namespace mlpc::networks
