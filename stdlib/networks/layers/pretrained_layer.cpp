#include "stdlib/networks/layers/layer.h"
#include "stdlib/pretrained/pretrained.h"

namespace mlpc {

namespace {

using namespace layers;

struct PretrainedLayerParams {
    std::string source;
    WordOrReal unfreeze{"", 1};
    double rate_factor = 1;
    bool gradual = false;
};
const Schema<PretrainedLayerParams>& pretrained_layer_schema() {
    using P = PretrainedLayerParams;
    static const Schema<P> fields{
        field(&P::source, {.name = "source", .doc = "The `source` declaration, as the compiler writes it down"}),
        field(&P::unfreeze,
              {.name = "unfreeze",
               .doc = "How many of its blocks are trained, counted from the last, or `all`; the others stay as they are. At 0 it is frozen",
               .valid = {.low = 0, .high = 10'000},
               .words = {"all"}}),
        field(&P::rate_factor, {.name = "rate_factor",
                                .doc = "The rate of its weights, as a share of the optimiser's",
                                .valid = {.low = 0, .high = 1000},
                                .search = {.low = 0.01, .high = 1, .log = true}}),
        field(&P::gradual,
              {.name = "gradual", .doc = "Begins with the last block alone and unfreezes one more with every epoch, as far as `unfreeze` says"}),
    };
    return fields;
}

// What it gives is known when its file has been opened.
Shaped shape_of(const PretrainedLayerParams& params, const TensorShape& in) {
    if (!is_one_of(in, {Kind::Numbers, Kind::Image, Kind::Texts})) {
        return refusal("pretrained", {Kind::Numbers, Kind::Image, Kind::Texts}, in);
    }
    const pretrained::Source source = pretrained::source_from(params.source);
    const bool texts = in.kind == Kind::Texts;
    if (texts != pretrained::takes_texts(source)) {
        return "`" + source.name + "` takes " + (texts ? "numbers" : "texts") + ", and gets " + to_string(in);
    }
    if (const auto expected = source.image(); expected && in.kind == Kind::Image && *expected != in) {
        return "`" + source.name + "` expects " + to_string(*expected) + ", and gets " + to_string(in);
    }
    return LayerShape{numbers(source.width.value_or(TensorShape::unknown)), TensorShape::unknown};
}

}  // namespace

void add_pretrained_layer(Catalog& catalog) {
    ComponentInfo info = layer_info(
        {.name = "pretrained",
         .summary = "A `source` of the file inside of a network, where it is trained on; in a chain of layers it stands under the name of the source",
         .source = "Howard and Ruder: Universal Language Model Fine-tuning for Text Classification, ACL 2018, on gradual unfreezing",
         .example = "backbone(unfreeze: 2, rate_factor: 0.1)",
         .positional = 0},
        pretrained_layer_schema(), shape_of);
    catalog.add(std::move(info));
}

}  // namespace mlpc
