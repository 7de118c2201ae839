#include "stdlib/pretrained/module_encoder.h"
#include "stdlib/stdlib.h"

namespace mlpc {

namespace {

struct SavedParams {
    std::string path, features_at;
};
const Schema<SavedParams>& saved_schema() {
    static const Schema<SavedParams> fields{
        field(&SavedParams::path, {.name = "path", .doc = "The model that `save NAME \"x.mlpm\"` has written: a network without steps before it"}),
        field(&SavedParams::features_at,
              {.name = "features_at",
               .doc = "The layer behind which the network is cut, \"dense\" or, for the second of that name, \"dense_2\"; the "
                      "last before its head where nothing is said"}),
    };
    return fields;
}

}  // namespace

void add_saved(Catalog& catalog) {
    ComponentInfo info;
    info.name = "saved";
    info.kind = ComponentKind::Pretrained;
    info.summary = "A network of an earlier experiment, as `save` has written it, without its head";
    info.source = "Yosinski, Clune, Bengio, Lipson: How Transferable are Features in Deep Neural Networks? NeurIPS 2014";
    info.example = "source backbone = saved(\"pretrained.mlpm\")";
    info.params = specs_of(saved_schema());
    info.accepts = number_types;
    info.trainable = true;
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::module_encoder(*standard_library().find(ComponentKind::Pretrained, "saved"), path, values);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
