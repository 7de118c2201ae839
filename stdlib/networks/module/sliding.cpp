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

}  // namespace mlpc::networks
