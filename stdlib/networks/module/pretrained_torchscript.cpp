// TorchScript: a network as torch.jit saves it, code and weights in one file.
#include "stdlib/networks/module/pretrained.h"
#include "stdlib/networks/module/pretrained_input.h"
#include "stdlib/networks/module/torchscript_file.h"
#include "stdlib/networks/module/torchscript_graph.h"

#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>

#include <algorithm>

namespace mlpc::networks {

namespace {

using torch::jit::Module;

// Of the top module, or of its only child where that is all it has: what a person would call the parts of the network.
std::vector<std::string> children_of(const Module& top) {
    std::string prefix;
    Module at = top;
    for (;;) {
        std::vector<std::string> names;
        for (const auto& child : at.named_children()) {
            names.push_back(prefix + child.name);
        }
        if (names.size() != 1) {
            return names;
        }
        at = (*at.named_children().begin()).value;
        prefix = names.front() + ".";
        if (at.named_children().size() == 0) {
            return names;
        }
    }
}

bool is_below(const std::string& name, const std::string& parent) {
    return parent.empty() || name == parent || (name.size() > parent.size() && name.starts_with(parent) && name[parent.size()] == '.');
}

// Of half or double precision; positions and counts stay what they are.
void as_floats(Module& module) {
    const auto convert = [](const torch::Tensor& tensor) {
        if (tensor.is_floating_point() && tensor.scalar_type() != torch::kFloat32) {
            tensor.set_data(tensor.to(torch::kFloat32));
        }
    };
    for (const auto& parameter : module.named_parameters()) {
        convert(parameter.value);
    }
    for (const auto& buffer : module.named_buffers()) {
        convert(buffer.value);
    }
}

class TorchScript : public Pretrained {
public:
    explicit TorchScript(const nlohmann::json& source) : input_(source) {
        const auto path = source.at("path").get<std::string>();
        check_torchscript_file(path);
        module_ = torch::jit::load(path, torch::kCPU);
        check_contents(module_);
        unstride_convolutions(module_);
        as_floats(module_);
        module_.eval();
        features_ = features_of(module_, source.at("params").value("features_at", std::string()));
        for (const auto& parameter : module_.named_parameters()) {
            parameter.value.requires_grad_(false);
        }
        const torch::NoGradGuard no_gradients;
        width_ = forward(torch::zeros({1, input_.cells()})).size(1);
    }

    torch::Tensor forward(const torch::Tensor& in) override {
        // As it stands: what the optimising executor makes of a graph depends on how often it has run.
        const torch::jit::GraphOptimizerEnabledGuard as_it_stands(false);
        std::vector<c10::IValue> stack{module_._ivalue(), input_.prepared(in)};
        features_.function->run(stack);
        return numbers_of(stack.at(0));
    }
    std::int64_t width() const override { return width_; }

    std::vector<Named> blocks() override {
        std::vector<Named> blocks;
        for (const std::string& child : children_of(module_)) {
            Named block;
            for (const auto& parameter : module_.named_parameters()) {
                if (is_below(parameter.name, child) && is_used(parameter.name)) {
                    block.emplace_back(parameter.name, parameter.value);
                }
            }
            if (!block.empty()) {
                blocks.push_back(std::move(block));
            }
        }
        return blocks.empty() ? std::vector<Named>{all_parameters()} : blocks;
    }

    Named state() override {
        Named state = all_parameters();
        for (const auto& buffer : module_.named_buffers()) {
            if (is_used(buffer.name) && buffer.value.is_floating_point()) {
                state.emplace_back(buffer.name, buffer.value);
            }
        }
        return state;
    }

private:
    bool is_used(const std::string& name) const {
        return std::any_of(features_.reaches.begin(), features_.reaches.end(), [&](const std::string& reached) { return is_below(name, reached); });
    }
    Named all_parameters() const {
        Named all;
        for (const auto& parameter : module_.named_parameters()) {
            if (is_used(parameter.name)) {
                all.emplace_back(parameter.name, parameter.value);
            }
        }
        return all;
    }

    PretrainedInput input_;
    Module module_;
    Features features_;
    std::int64_t width_ = 0;
};

}  // namespace

std::unique_ptr<Pretrained> open_torchscript(const nlohmann::json& source) { return std::make_unique<TorchScript>(source); }

}  // namespace mlpc::networks
