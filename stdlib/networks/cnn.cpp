#include "stdlib/networks/ready_network.h"

#include <algorithm>

namespace mlpc {

namespace {

using namespace networks;

struct CnnParams : ReadyTraining {
    std::optional<std::int64_t> height, width;
    std::int64_t channels = 1;
    std::int64_t blocks = 2, convolutions = 1, filters = 32, kernel = 3;
    bool batch_norm = true;
    std::int64_t dense = 128;
    double dropout = 0.25;
};
const Schema<CnnParams>& cnn_schema() {
    static const Schema<CnnParams> fields = [] {
        using P = CnnParams;
        Schema<P> all;
        append_extents(all);
        all.push_back(field(&P::blocks, {.name = "blocks",
                                         .doc = "How many blocks of convolutions there are; each ends by halving height and width, while there are 2 "
                                                "pixels of either, and the next has twice as many filters",
                                         .valid = {.low = 1, .high = 8},
                                         .search = {.low = 1, .high = 3}}));
        all.push_back(field(
            &P::convolutions,
            {.name = "convolutions", .doc = "How many convolutions a block has", .valid = {.low = 1, .high = 8}, .search = {.low = 1, .high = 2}}));
        all.push_back(field(&P::filters, {.name = "filters",
                                          .doc = "How many channels the first block has",
                                          .valid = {.low = 1, .high = 2'048},
                                          .search = {.low = 8, .high = 64, .log = true}}));
        all.push_back(field(&P::kernel, {.name = "kernel",
                                         .doc = "How many pixels a window of the convolutions is high and wide",
                                         .valid = {.low = 1, .high = 63},
                                         .search = {.low = 2, .high = 5}}));
        all.push_back(field(&P::batch_norm, {.name = "batch_norm", .doc = "Whether every convolution is normalised by the batch"}));
        all.push_back(field(&P::dense, {.name = "dense",
                                        .doc = "How many units the layer behind the blocks has",
                                        .valid = {.low = 1, .high = 100'000},
                                        .search = {.low = 32, .high = 256, .log = true}}));
        all.push_back(field(&P::dropout, {.name = "dropout",
                                          .doc = "Share that is set to 0 in training behind every block and behind the dense layer",
                                          .valid = {.low = 0, .high = 1, .open_high = true},
                                          .search = {.low = 0, .high = 0.5}}));
        append_training(all);
        return all;
    }();
    return fields;
}

void add_dropout(Json& layers, double rate) {
    if (rate > 0) {
        layers.push_back(layer("dropout", {{"rate", rate}}));
    }
}

Json cnn_network(const CnnParams& params, const Frame& columns) {
    const ImageExtents image = image_extents(params.height, params.width, params.channels, columns.columns(), "cnn");
    Json then = Json::array({layer("image", {{"height", image.height}, {"width", image.width}, {"channels", image.channels}})});
    std::int64_t filters = params.filters, least = std::min(image.height, image.width);
    for (std::int64_t block = 0; block < params.blocks; ++block) {
        for (std::int64_t i = 0; i < params.convolutions; ++i) {
            then.push_back(layer("conv", {{"channels", filters}, {"kernel", params.kernel}, {"bias", !params.batch_norm}}));
            if (params.batch_norm) {
                then.push_back(layer("batch_norm"));
            }
            then.push_back(layer("relu"));
        }
        if (least >= 2) {
            then.push_back(layer("max_pool", {{"size", 2}}));
            least /= 2;
        }
        add_dropout(then, params.dropout);
        filters *= 2;
    }
    then.push_back(layer("flatten"));
    then.push_back(layer("dense", {{"units", params.dense}}));
    then.push_back(layer("relu"));
    add_dropout(then, params.dropout);
    return network({input_of_all()}, std::move(then), training_plan(params, "adamw"));
}

}  // namespace

void add_cnn(Catalog& catalog) {
    catalog.add(ready_network(
        {.name = "cnn",
         .summary = "Convolutional network for images whose pixels are columns: blocks of convolutions that end in a max_pool, then a dense layer",
         .source = "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, Proceedings of the IEEE 86 (1998); "
                   "Simonyan, Zisserman: Very deep convolutional networks, ICLR (2015)",
         .example = "cnn(filters in 8..32 log, kernel: 3, epochs: 10)",
         .positional = 3},
        cnn_schema(), cnn_network));
}

}  // namespace mlpc
