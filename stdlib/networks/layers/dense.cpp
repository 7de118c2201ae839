#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

struct DenseParams {
    std::int64_t units = 64;
};
const Schema<DenseParams>& dense_schema() {
    static const Schema<DenseParams> fields{
        field(&DenseParams::units, {.name = "units",
                                    .doc = "How many numbers it gives",
                                    .valid = {.low = 1, .high = 100'000},
                                    .search = {.low = 16, .high = 512, .log = true}}),
    };
    return fields;
}

Shaped dense_shape(const DenseParams& params, const TensorShape& in) {
    if (!is_one_of(in, {Kind::Numbers, Kind::Sequence})) {
        return refusal("dense", {Kind::Numbers, Kind::Sequence}, in);
    }
    return LayerShape{with_channels(in, params.units), sum({product({channels_of(in), params.units}), params.units})};
}

}  // namespace

void add_dense(Catalog& catalog) {
    catalog.add(
        layer_info({.name = "dense",
                    .summary = "Weighted sums of all numbers that come in, each with a bias; of a sequence, at every step by the same weights",
                    .source = "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, Nature 323 (1986)",
                    .example = "dense(units in 16..256 log)"},
                   dense_schema(), dense_shape));
}

}  // namespace mlpc
