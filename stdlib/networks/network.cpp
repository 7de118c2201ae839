// What every network of a file is to the runtime: its layers and its training as a text, and the values of what a search decides.
#include "runtime/core/error.h"
#include "stdlib/networks/network_model.h"

namespace mlpc {

namespace {

// A small network, so that the component can be tried by itself; a declaration in a file writes its own.
constexpr const char* small_network =
    R"({"inputs":[{"select":null,"except":[],"layers":[]}],)"
    R"("then":[{"layer":"dense","id":1,"params":{"units":8},"chains":[]},{"layer":"relu","id":2,"params":{},"chains":[]}],)"
    R"("train":{"optimiser":{"part":"adam","params":{}},"epochs":{"$":1},"batch":32,"stop_early":null,)"
    R"("hold":0.1,"schedule":null,"clip":null,"loss":null,"class_weight":"none","augment":[],"most_parameters":null,"most_memory":null}})";

struct NetworkParams {
    std::string architecture = small_network;
    std::int64_t epochs = 2;
};

const Schema<NetworkParams>& network_schema() {
    using P = NetworkParams;
    static const Schema<P> fields = {
        field(&P::architecture,
              {.name = "architecture", .doc = "The layers and the training that a `network` declaration is turned into; files do not write it"}),
        field(&P::epochs, {.name = "epochs", .doc = "How many times every training row is gone through", .valid = {.low = 1}, .resource = true}),
    };
    return fields;
}

// What does not make sense as JSON is read from a file that mlpc has not written, or by hand.
networks::Json parsed(const std::string& architecture) {
    networks::Json json = networks::Json::parse(architecture, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) {
        throw RunError("`network` is declared as `network NAME { … }`, and then used by its name");
    }
    return json;
}

std::unique_ptr<Model> make_model(const ParamValues& values) {
    try {
        return networks::make_network_model(networks::resolved(parsed(detail::text_of(values.at(0))), values), "network");
    } catch (const networks::Json::exception&) {
        throw RunError("`network` is declared as `network NAME { … }`, and then used by its name");
    } catch (const networks::NetworkError& error) {
        throw RunError(std::string("`network`: ") + error.what());
    }
}

}  // namespace

void add_network(Catalog& catalog) {
    ComponentInfo info;
    info.name = "network";
    info.kind = ComponentKind::Model;
    info.summary = "A network of layers that a file declares and then uses by its name, trained by libtorch";
    info.source = "Goodfellow, Bengio & Courville 2016: Deep Learning";
    info.example = "network small {\n  dense(units in 8..64) -> relu\n  train adam(rate: 0.01) {\n    epochs 20\n  }\n}";
    info.params = specs_of(network_schema());
    info.positional = 0;
    info.random = true;
    info.inner_folds = true;
    info.effect = always(Effect::Supervised);
    info.accepts = any_type;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = make_model;
    info.blank_model = [] { return networks::blank_network_model(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
