// Layers that disturb what comes in while the network is trained, and do nothing when it predicts.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

struct RateParams {
    double rate = 0.5;
};
struct NoiseParams {
    double sd = 0.1;
};
const Schema<RateParams>& rate_schema() {
    static const Schema<RateParams> fields{
        field(&RateParams::rate, {.name = "rate",
                                  .doc = "Share of what is set to 0 in training; the rest is divided by 1 - rate",
                                  .valid = {.low = 0, .high = 1, .open_high = true},
                                  .search = {.low = 0, .high = 0.6}}),
    };
    return fields;
}
const Schema<NoiseParams>& noise_schema() {
    static const Schema<NoiseParams> fields{
        field(&NoiseParams::sd, {.name = "sd",
                                 .doc = "Standard deviation of what is added in training",
                                 .valid = {.low = 0},
                                 .search = {.low = 0.01, .high = 0.5, .log = true}}),
    };
    return fields;
}

Shaped spatial_shape(const RateParams&, const TensorShape& in) {
    if (!is_one_of(in, {Kind::Image, Kind::Sequence})) {
        return refusal("spatial_dropout", {Kind::Image, Kind::Sequence}, in);
    }
    return LayerShape{in, 0};
}

}  // namespace

void add_regularisation(Catalog& catalog) {
    catalog.add(layer_info({.name = "dropout",
                            .summary = "Sets cells to 0 at random in training, so that none is relied on; passes them when it predicts",
                            .source = "Srivastava et al.: Dropout: A simple way to prevent neural networks from overfitting, JMLR 15 (2014)",
                            .example = "dropout(rate in 0.1..0.5)"},
                           rate_schema(), [](const RateParams&, const TensorShape& in) { return same_shape("dropout", in); }));
    catalog.add(layer_info({.name = "spatial_dropout",
                            .summary = "Sets whole channels of an image or a sequence to 0 at random in training",
                            .source = "Tompson et al.: Efficient object localization using convolutional networks, CVPR (2015)",
                            .example = "spatial_dropout(rate: 0.2)"},
                           rate_schema(), spatial_shape));
    catalog.add(layer_info({.name = "noise",
                            .summary = "Adds normal noise in training",
                            .source = "Bishop: Training with noise is equivalent to Tikhonov regularization, Neural Computation 7 (1995)",
                            .example = "noise(sd: 0.1)"},
                           noise_schema(), [](const NoiseParams&, const TensorShape& in) { return same_shape("noise", in); }));
}

}  // namespace mlpc
