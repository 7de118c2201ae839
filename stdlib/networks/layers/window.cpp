#include "stdlib/networks/layers/window.h"

#include <fmt/format.h>

namespace mlpc::layers {

std::variant<TensorShape, std::string> slid(const Window& window, const TensorShape& in, const std::string& what, const std::string& remedy) {
    const std::int64_t reach = window.dilation * (window.size - 1) + 1;
    TensorShape out = in;
    for (std::size_t axis = 0; axis + 1 < out.extents.size(); ++axis) {
        std::int64_t& extent = out.extents[axis];
        if (extent == TensorShape::unknown) {
            continue;
        }
        if (window.padding == Padding::Same) {
            extent = (extent + window.stride - 1) / window.stride;
            continue;
        }
        if (reach > extent) {
            const std::string size = in.kind == Kind::Image ? fmt::format("{0} × {0}", reach) : fmt::format("{}", reach);
            return fmt::format("{} of {} does not fit into {}: {}", what, size, to_string(in), remedy);
        }
        extent = (extent - reach) / window.stride + 1;
    }
    return out;
}

}  // namespace mlpc::layers
