#include "stdlib/networks/module/sliding.h"

#include <ATen/ops/constant_pad_nd.h>

#include <algorithm>

namespace mlpc::networks {

Places places_of(const nlohmann::json& layer) { return layer.at("in").at("kind") == "image" ? Places::Image : Places::Sequence; }

Padded padded_for(const at::Tensor& in, std::int64_t reach, Places places) {
    if (reach % 2 == 0) {
        return {in, reach / 2};
    }
    const std::vector<std::int64_t> behind = places == Places::Image ? std::vector<std::int64_t>{0, 1, 0, 1} : std::vector<std::int64_t>{0, 1};
    return {at::constant_pad_nd(in, behind), reach / 2};
}

at::Tensor every_so_many(const at::Tensor& in, std::int64_t stride) {
    return every_so_many(in, std::vector<std::int64_t>(static_cast<std::size_t>(in.dim() - 2), stride));
}

at::Tensor every_so_many(const at::Tensor& in, at::IntArrayRef strides) {
    const auto is_one = [](std::int64_t stride) { return stride == 1; };
    if (std::all_of(strides.begin(), strides.end(), is_one)) {
        return in;
    }
    at::Tensor out = in;
    std::int64_t axis = in.dim() - static_cast<std::int64_t>(strides.size());
    for (const std::int64_t stride : strides) {
        out = out.slice(axis, 0, in.size(axis), stride);
        ++axis;
    }
    return out.contiguous();
}

}  // namespace mlpc::networks
