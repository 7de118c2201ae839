#include "stdlib/networks/module/loss.h"

#include "stdlib/networks/backend.h"

#include <ATen/core/Reduction.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/huber_loss.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/pow.h>

#include <fmt/format.h>

namespace mlpc::networks {

Loss::Loss(const nlohmann::json& part, Truths truths) {
    const bool classes = truths == Truths::Classes;
    name_ = part.is_null() ? (classes ? "cross_entropy" : "mse") : part.at("part").get<std::string>();
    if ((name_ == "cross_entropy" || name_ == "focal") != classes) {
        throw BackendError(classes ? fmt::format("the loss `{}` is of numbers, and classes are predicted: take `cross_entropy` or `focal`", name_)
                                   : fmt::format("the loss `{}` is of classes, and numbers are predicted: take `mse`, `mae` or `huber`", name_));
    }
    for (const char* name : {"label_smoothing", "gamma", "delta"}) {
        if (!part.is_null()) {
            param_ = part.at("params").value(name, param_);
        }
    }
}

at::Tensor Loss::of_rows(const at::Tensor& outputs, const at::Tensor& truth) const {
    if (name_ == "cross_entropy") {
        return at::cross_entropy_loss(outputs, truth, {}, at::Reduction::None, -100, param_);
    }
    if (name_ == "focal") {
        const at::Tensor entropy = at::cross_entropy_loss(outputs, truth, {}, at::Reduction::None);
        return at::pow((1 - (-entropy).exp()).clamp_min(1e-12), param_) * entropy;
    }
    const at::Tensor values = outputs.squeeze(1);
    if (name_ == "huber") {
        return at::huber_loss(values, truth, at::Reduction::None, param_);
    }
    return name_ == "mae" ? at::l1_loss(values, truth, at::Reduction::None) : at::mse_loss(values, truth, at::Reduction::None);
}

}  // namespace mlpc::networks
