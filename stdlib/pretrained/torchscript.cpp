#include "stdlib/pretrained/module_encoder.h"
#include "stdlib/stdlib.h"

namespace mlpc {

namespace {

using pretrained::NumbersParams;

const Schema<NumbersParams>& torchscript_schema() {
    static const Schema<NumbersParams> fields = [] {
        Schema<NumbersParams> all{field(&NumbersParams::path, {.name = "path", .doc = "The file that torch.jit.save has written"})};
        all.insert(all.end(), pretrained::input_schema().begin(), pretrained::input_schema().end());
        return all;
    }();
    return fields;
}

}  // namespace

void add_torchscript(Catalog& catalog) {
    ComponentInfo info;
    info.name = "torchscript";
    info.kind = ComponentKind::Pretrained;
    info.summary =
        "A network that PyTorch has exported with `torch.jit.script(network).save(…)`: code and weights in one file, checked before it is loaded";
    info.source = "https://pytorch.org/docs/1.13/jit.html";
    info.example = "source backbone = torchscript(\"backbone.pt\") {\n  input image(28, 28, 1)\n}";
    info.params = specs_of(torchscript_schema());
    info.accepts = number_types;
    info.trainable = true;
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::module_encoder(*standard_library().find(ComponentKind::Pretrained, "torchscript"), path, values);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
