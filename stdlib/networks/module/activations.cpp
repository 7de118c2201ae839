// Functions of one cell each.
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/elu.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/selu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/tanh.h>

#include <functional>
#include <map>

namespace mlpc::networks {

namespace {

using Function = std::function<at::Tensor(const at::Tensor&)>;

class Activation final : public Layer {
public:
    explicit Activation(Function function) : function_(std::move(function)) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return function_(in); }

private:
    Function function_;
};

}  // namespace

std::unique_ptr<Layer> make_activation(const Json& layer, const Construction&) {
    static const std::map<std::string, Function, std::less<>> plain{
        {"gelu", [](const at::Tensor& x) { return at::gelu(x); }}, {"relu", [](const at::Tensor& x) { return at::relu(x); }},
        {"selu", [](const at::Tensor& x) { return at::selu(x); }}, {"sigmoid", [](const at::Tensor& x) { return at::sigmoid(x); }},
        {"silu", [](const at::Tensor& x) { return at::silu(x); }}, {"softplus", [](const at::Tensor& x) { return at::softplus(x); }},
        {"tanh", [](const at::Tensor& x) { return at::tanh(x); }},
    };
    const auto name = layer.at("layer").get<std::string>();
    const Json& params = layer.at("params");
    if (name == "leaky_relu") {
        return std::make_unique<Activation>([slope = params.at("slope").get<double>()](const at::Tensor& x) { return at::leaky_relu(x, slope); });
    }
    if (name == "elu") {
        return std::make_unique<Activation>([alpha = params.at("alpha").get<double>()](const at::Tensor& x) { return at::elu(x, alpha); });
    }
    return std::make_unique<Activation>(plain.at(name));
}

}  // namespace mlpc::networks
