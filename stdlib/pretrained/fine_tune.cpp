#include "runtime/core/error.h"
#include "stdlib/networks/build_network.h"
#include "stdlib/networks/network_model.h"
#include "stdlib/pretrained/pretrained.h"

namespace mlpc {

namespace {

using networks::Json;

struct FineTuneParams {
    std::string source;
    WordOrReal unfreeze{"", 1};
    double rate = 1e-4, head_rate = 1e-3;
    std::int64_t epochs = 5, batch = 32;
    std::int64_t warmup = 1;
    bool gradual = false;
    std::optional<std::int64_t> stop_early = 2;
    double weight_decay = 0.01, dropout = 0;
};
const Schema<FineTuneParams>& fine_tune_schema() {
    using P = FineTuneParams;
    static const Schema<P> fields{
        field(&P::source, {.name = "source", .doc = "The name of a `source` that can be trained on"}),
        field(&P::unfreeze, {.name = "unfreeze",
                             .doc = "How many of its blocks are trained, counted from the last, or `all`; the others stay as they are",
                             .valid = {.low = 0, .high = 10'000},
                             .words = {"all"}}),
        field(&P::rate, {.name = "rate",
                         .doc = "Learning rate of the unfrozen blocks",
                         .valid = {.low = 0, .high = 10},
                         .search = {.low = 1e-5, .high = 1e-3, .log = true}}),
        field(&P::head_rate, {.name = "head_rate",
                              .doc = "Learning rate of the head, which begins from nothing",
                              .valid = {.low = 0, .high = 10, .open_low = true},
                              .search = {.low = 1e-4, .high = 1e-2, .log = true}}),
        field(&P::epochs, {.name = "epochs",
                           .doc = "How many times every training row is gone through",
                           .valid = {.low = 1, .high = 100'000},
                           .search = {.low = 2, .high = 20},
                           .resource = true}),
        field(&P::batch,
              {.name = "batch", .doc = "Rows of a step", .valid = {.low = 1, .high = 100'000}, .search = {.low = 16, .high = 64, .log = true}}),
        field(&P::warmup,
              {.name = "warmup", .doc = "In how many epochs at first the rates rise evenly from nearly 0", .valid = {.low = 0, .high = 100'000}}),
        field(&P::gradual, {.name = "gradual", .doc = "Begins with the last block alone and unfreezes one more with every epoch"}),
        field(&P::stop_early, {.name = "stop_early",
                               .doc = "Ends after so many epochs without a better loss on rows held back from the training rows; `none`: never",
                               .valid = {.low = 1}}),
        field(&P::weight_decay, {.name = "weight_decay",
                                 .doc = "Decoupled weight decay",
                                 .valid = {.low = 0, .high = 10},
                                 .search = {.low = 1e-4, .high = 0.1, .log = true}}),
        field(&P::dropout, {.name = "dropout",
                            .doc = "Share of the source's numbers that are dropped before the head",
                            .valid = {.low = 0, .high = 1, .open_high = true},
                            .search = {.low = 0, .high = 0.5}}),
    };
    return fields;
}

Json unfrozen(const WordOrReal& unfreeze) { return unfreeze.word.empty() ? Json(unfreeze.number) : Json(unfreeze.word); }

// Images come in as such, so that they can be looked at from more than one side; everything else as the columns are.
std::vector<Json> layers_of(const FineTuneParams& params, const pretrained::Source& source) {
    std::vector<Json> layers;
    if (const auto image = source.image()) {
        layers.push_back(networks::layer("image", {{"height", image->extents[0]}, {"width", image->extents[1]}, {"channels", image->extents[2]}}));
    }
    layers.push_back(networks::layer("pretrained", {{"source", params.source},
                                                    {"unfreeze", unfrozen(params.unfreeze)},
                                                    {"rate_factor", params.rate / params.head_rate},
                                                    {"gradual", params.gradual}}));
    if (params.dropout > 0) {
        layers.push_back(networks::layer("dropout", {{"rate", params.dropout}}));
    }
    return layers;
}

Json network_of(const FineTuneParams& params) {
    const pretrained::Source source = pretrained::source_from(params.source);
    const networks::TrainingPlan training{
        .optimiser = networks::part("adamw", {{"rate", params.head_rate}, {"weight_decay", params.weight_decay}}),
        .epochs = params.epochs,
        .batch = params.batch,
        .stop_early = params.stop_early,
        .schedule = networks::part("constant", {{"warmup", params.warmup}}),
    };
    return networks::network({networks::input_of_all(layers_of(params, source))}, Json::array(), training);
}

}  // namespace

void add_fine_tune(Catalog& catalog) {
    ComponentInfo info;
    info.name = "fine_tune";
    info.kind = ComponentKind::Model;
    info.summary = "A pre-trained network that is trained on, with a new head: the last blocks at a small rate, the head at a larger one";
    info.source = "Yosinski, Clune, Bengio, Lipson: How Transferable are Features in Deep Neural Networks? NeurIPS 2014";
    info.example = "fine_tune(backbone, unfreeze in {1, 2, all}, rate in 1e-5..1e-3 log)";
    info.params = specs_of(fine_tune_schema());
    info.random = true;
    info.inner_folds = true;
    info.effect = always(Effect::Supervised);
    info.accepts = number_types | types_of({ColumnType::Text});
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) {
        const FineTuneParams params = read_params(fine_tune_schema(), values);
        return networks::make_network_model(network_of(params), "fine_tune");
    };
    info.blank_model = [] { return networks::blank_network_model(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
