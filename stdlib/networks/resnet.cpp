#include "stdlib/networks/ready_network.h"

namespace mlpc {

namespace {

using namespace networks;

struct ResnetParams : ReadyTraining {
    ResnetParams() {
        rate = 0.1;
        weight_decay = 1e-4;
        batch = 128;
    }
    std::int64_t n = 3;
    std::optional<std::int64_t> height, width;
    std::int64_t channels = 1, filters = 16, drop_every = 20;
    double momentum = 0.9;
    std::optional<double> clip = 5;
};
const Schema<ResnetParams>& resnet_schema() {
    static const Schema<ResnetParams> fields = [] {
        using P = ResnetParams;
        Schema<P> all{field(&P::n, {.name = "n",
                                    .doc = "How many residual blocks each of its three stages has; it is 6n + 2 layers deep",
                                    .valid = {.low = 1, .high = 200},
                                    .search = {.low = 1, .high = 5}})};
        append_extents(all);
        all.push_back(
            field(&P::filters, {.name = "filters",
                                .doc = "How many channels the first stage has; each further one has twice as many and half the height and width",
                                .valid = {.low = 1, .high = 2'048},
                                .search = {.low = 8, .high = 32, .log = true}}));
        all.push_back(field(&P::drop_every, {.name = "drop_every",
                                             .doc = "After how many epochs, again and again, the rate is divided by 10",
                                             .valid = {.low = 1, .high = 100'000},
                                             .search = {.low = 10, .high = 40}}));
        all.push_back(field(&P::momentum, {.name = "momentum",
                                           .doc = "Share of the last step that is gone again",
                                           .valid = {.low = 0, .high = 1, .open_high = true},
                                           .search = {.low = 0.8, .high = 0.99}}));
        all.push_back(
            field(&P::clip, {.name = "clip",
                             .doc = "The norm to which the gradient of all weights together is shortened where it is longer; none: as it is",
                             .valid = {.low = 0, .open_low = true},
                             .search = {.low = 1, .high = 10}}));
        append_training(all);
        return all;
    }();
    return fields;
}

void add_convolution(Json& layers, std::int64_t filters, std::int64_t stride) {
    layers.push_back(layer("conv", {{"channels", filters}, {"kernel", 3}, {"stride", stride}, {"bias", false}}));
    layers.push_back(layer("batch_norm"));
}

Json resnet_network(const ResnetParams& params, const Frame& columns) {
    const ImageExtents image = image_extents(params.height, params.width, params.channels, columns.columns(), "resnet");
    Json then = Json::array({layer("image", {{"height", image.height}, {"width", image.width}, {"channels", image.channels}})});
    add_convolution(then, params.filters, 1);
    then.push_back(layer("relu"));
    for (std::int64_t block = 0; block < 3 * params.n; ++block) {
        const std::int64_t stage = block / params.n;
        const bool narrows = stage > 0 && block % params.n == 0;
        Json chain = Json::array();
        add_convolution(chain, params.filters << stage, narrows ? 2 : 1);
        chain.push_back(layer("relu"));
        add_convolution(chain, params.filters << stage, 1);
        then.push_back(layer("residual", {{"shortcut", narrows ? "projection" : "identity"}}, {std::move(chain)}));
        then.push_back(layer("relu"));
    }
    then.push_back(layer("global_average_pool"));
    TrainingPlan plan = training_plan(params, "sgd");
    plan.optimiser["params"]["momentum"] = params.momentum;
    plan.clip = params.clip;
    plan.schedule = part("step", {{"every", params.drop_every}, {"factor", 0.1}});
    return network({input_of_all()}, std::move(then), plan);
}

}  // namespace

void add_resnet(Catalog& catalog) {
    catalog.add(ready_network(
        {.name = "resnet",
         .summary =
             "Residual network for small images whose pixels are columns: three stages of blocks of two convolutions each, as for CIFAR-10, trained "
             "by sgd with momentum; where channels change the shortcut is a projection",
         .source = "He, Zhang, Ren, Sun: Deep residual learning for image recognition, section 4.2, CVPR (2016)",
         .example = "resnet(n: 2, rate in 0.01..0.3 log, epochs: 10)",
         .positional = 1},
        resnet_schema(), resnet_network));
}

}  // namespace mlpc
