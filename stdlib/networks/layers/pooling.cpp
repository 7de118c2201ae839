#include "stdlib/networks/layers/window.h"

namespace mlpc {

namespace {

using namespace layers;

struct PoolParams {
    std::int64_t size = 2;
    std::optional<std::int64_t> stride;
};
const Schema<PoolParams>& pool_schema() {
    static const Schema<PoolParams> fields{
        field(&PoolParams::size, {.name = "size",
                                  .doc = "How many places its window is high and wide, or how many steps it is long",
                                  .valid = {.low = 1, .high = 255},
                                  .search = {.low = 2, .high = 3}}),
        field(&PoolParams::stride,
              {.name = "stride", .doc = "How many places the window moves on at a time; none: its size", .valid = {.low = 1, .high = 255}}),
    };
    return fields;
}

ComponentInfo pool_info(About about) {
    const std::string name = about.name, global = "global_" + about.name;
    return layer_info(std::move(about), pool_schema(), [name, global](const PoolParams& params, const TensorShape& in) -> Shaped {
        if (!is_one_of(in, {Kind::Image, Kind::Sequence})) {
            return refusal(name, {Kind::Image, Kind::Sequence}, in);
        }
        const Window window{.size = params.size, .stride = params.stride.value_or(params.size), .padding = Padding::Valid};
        auto places = slid(window, in, "a window", "pool less often before it, or take `" + global + "`");
        if (auto* why = std::get_if<std::string>(&places)) {
            return std::move(*why);
        }
        return LayerShape{std::get<TensorShape>(std::move(places)), 0};
    });
}

ComponentInfo global_info(About about) {
    const std::string name = about.name;
    return layer_info(std::move(about), [name](const TensorShape& in) -> Shaped {
        if (!is_one_of(in, {Kind::Image, Kind::Sequence})) {
            return refusal(name, {Kind::Image, Kind::Sequence}, in);
        }
        return LayerShape{numbers(channels_of(in)), 0};
    });
}

}  // namespace

void add_pooling(Catalog& catalog) {
    catalog.add(pool_info({.name = "max_pool",
                           .summary = "The largest cell of every window, channel by channel; what is left over at the edge is dropped",
                           .source = "Riesenhuber, Poggio: Hierarchical models of object recognition in cortex, Nature Neuroscience 2 (1999)",
                           .example = "max_pool(2)"}));
    catalog.add(pool_info({.name = "average_pool",
                           .summary = "The mean of every window, channel by channel; what is left over at the edge is dropped",
                           .source = "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, Proceedings of the "
                                     "IEEE 86 (1998)",
                           .example = "average_pool(2)"}));
    catalog.add(global_info({.name = "global_max_pool",
                             .summary = "The largest cell of every channel over a whole image or sequence, a number for each channel",
                             .source = "Collobert et al.: Natural language processing (almost) from scratch, JMLR 12 (2011)",
                             .example = "global_max_pool"}));
    catalog.add(global_info({.name = "global_average_pool",
                             .summary = "The mean of every channel over a whole image or sequence, a number for each channel",
                             .source = "Lin, Chen, Yan: Network in network, ICLR (2014)",
                             .example = "global_average_pool"}));
}

}  // namespace mlpc
