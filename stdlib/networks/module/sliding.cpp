#include "stdlib/networks/module/sliding.h"

#include <ATen/ops/constant_pad_nd.h>

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
    if (stride == 1) {
        return in;
    }
    at::Tensor out = in;
    for (std::int64_t axis = 2; axis < in.dim(); ++axis) {
        out = out.slice(axis, 0, in.size(axis), stride);
    }
    return out.contiguous();
}

}  // namespace mlpc::networks
