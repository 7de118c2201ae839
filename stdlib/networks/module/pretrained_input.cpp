#include "stdlib/networks/module/pretrained_input.h"

#include "stdlib/networks/backend.h"

#include <numeric>

namespace mlpc::networks {

namespace {

// One number a channel: given for each, once for all, or not at all.
std::vector<double> by_channel(const nlohmann::json& params, const char* name, std::size_t channels, double otherwise) {
    const auto given = params.find(name);
    std::vector<double> values = given == params.end() || given->is_null() ? std::vector<double>() : given->get<std::vector<double>>();
    if (values.size() <= 1) {
        return std::vector<double>(channels, values.empty() ? otherwise : values.front());
    }
    if (values.size() != channels) {
        throw BackendError(std::string("`") + name + "` has " + std::to_string(values.size()) + " numbers, and the input " +
                           std::to_string(channels) + " channels: one number, or one a channel");
    }
    return values;
}

torch::Tensor as_tensor(const std::vector<double>& values) {
    return torch::tensor(values, torch::kFloat64).to(torch::kFloat32).reshape({1, static_cast<std::int64_t>(values.size()), 1, 1});
}

}  // namespace

PretrainedInput::PretrainedInput(const nlohmann::json& source) {
    const nlohmann::json& params = source.at("params");
    const nlohmann::json input = params.value("input", nlohmann::json::array());
    extents_ = input.get<std::vector<std::int64_t>>();
    if (extents_.size() != 1 && extents_.size() != 3) {
        throw BackendError("it is not said what the network expects: `input image(HEIGHT, WIDTH, CHANNELS)`, or `input numbers(COUNT)`");
    }
    const std::size_t channels = extents_.size() == 3 ? static_cast<std::size_t>(extents_[2]) : 1;
    const double divide = params.value("divide", 1.0);
    std::vector<double> scale = by_channel(params, "sd", channels, 1), shift = by_channel(params, "mean", channels, 0);
    for (std::size_t c = 0; c < channels; ++c) {
        shift[c] = -shift[c] / scale[c];
        scale[c] = 1 / (divide * scale[c]);
    }
    scale_ = as_tensor(scale);
    shift_ = as_tensor(shift);
}

std::int64_t PretrainedInput::cells() const { return std::accumulate(extents_.begin(), extents_.end(), std::int64_t{1}, std::multiplies<>()); }

torch::Tensor PretrainedInput::prepared(const torch::Tensor& in) const {
    if (in.numel() != in.size(0) * cells()) {
        throw BackendError("it expects " + std::to_string(cells()) + " numbers for a row, and is given " +
                           std::to_string(in.size(0) == 0 ? 0 : in.numel() / in.size(0)));
    }
    const std::int64_t rows = in.size(0);
    if (extents_.size() == 1) {
        return in.reshape({rows, 1, 1, extents_[0]}).mul(scale_).add(shift_).reshape({rows, extents_[0]});
    }
    const torch::Tensor image = in.dim() == 4 ? in : in.reshape({rows, extents_[0], extents_[1], extents_[2]}).permute({0, 3, 1, 2});
    if (image.size(1) != extents_[2] || image.size(2) != extents_[0]) {
        throw BackendError("it is given an image of another height, width or number of channels than it expects");
    }
    return image.contiguous().mul(scale_).add(shift_);
}

torch::Tensor numbers_of(const c10::IValue& value) {
    c10::IValue first = value;
    while (first.isTuple() && !first.toTupleRef().elements().empty()) {
        first = first.toTupleRef().elements()[0];
    }
    if (!first.isTensor()) {
        throw BackendError("it gives no tensor: take the numbers of one of its layers with `features at \"LAYER\"`");
    }
    torch::Tensor out = first.toTensor().to(torch::kFloat32);
    if (out.dim() == 4) {
        out = out.mean({2, 3});
    } else if (out.dim() == 3) {
        out = out.mean(1);
    }
    if (out.dim() < 2) {
        throw BackendError("it gives one number for all rows: take the numbers of one of its layers with `features at \"LAYER\"`");
    }
    return out.flatten(1);
}

}  // namespace mlpc::networks
