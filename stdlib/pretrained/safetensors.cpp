#include "stdlib/pretrained/module_encoder.h"
#include "stdlib/stdlib.h"

namespace mlpc {

namespace {

using pretrained::NumbersParams;

const Schema<NumbersParams>& safetensors_schema() {
    static const Schema<NumbersParams> fields = [] {
        Schema<NumbersParams> all{
            field(&NumbersParams::path,
                  {.name = "path", .doc = "The file with the weights, each under the position of its layer: `0.weight`, `3.bias`"}),
            field(&NumbersParams::network,
                  {.name = "network", .doc = "The `network` of the experiment whose weights they are; nothing in it is open"})};
        all.insert(all.end(), pretrained::input_schema().begin(), pretrained::input_schema().end());
        return all;
    }();
    return fields;
}

}  // namespace

void add_safetensors(Catalog& catalog) {
    ComponentInfo info;
    info.name = "safetensors";
    info.kind = ComponentKind::Pretrained;
    info.summary = "Weights in the format of safetensors for a `network` that the experiment declares";
    info.source = "https://github.com/huggingface/safetensors#format";
    info.example = "source backbone = safetensors(\"backbone.safetensors\", network: net) {\n  input numbers(8)\n}";
    info.params = specs_of(safetensors_schema());
    info.accepts = number_types;
    info.trainable = true;
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::module_encoder(*standard_library().find(ComponentKind::Pretrained, "safetensors"), path, values);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
