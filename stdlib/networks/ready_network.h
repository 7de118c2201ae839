// Networks that the library itself makes: their settings of training, and the model that builds them when it sees its columns.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/networks/build_network.h"

namespace mlpc::networks {

// How every ready network is trained; each has defaults of its own.
struct ReadyTraining {
    double rate = 1e-3, weight_decay = 0;
    std::int64_t epochs = 50, batch = 64;
    std::optional<std::int64_t> stop_early;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

// Appends the parameters of `ReadyTraining`, from which P derives.
template <class P>
void append_training(Schema<P>& schema) {
    const auto add = [&]<class T>(T ReadyTraining::*member, ParamSpec spec) {
        schema.push_back(field(static_cast<T P::*>(member), std::move(spec)));
    };
    add(&ReadyTraining::rate, {.name = "rate",
                               .doc = "How far a step goes along the gradient",
                               .valid = {.low = 0, .open_low = true},
                               .search = {.low = 1e-4, .high = 1e-1, .log = true}});
    add(&ReadyTraining::weight_decay, {.name = "weight_decay",
                                       .doc = "How strongly weights are pulled to 0",
                                       .valid = {.low = 0},
                                       .search = {.low = 1e-6, .high = 1e-1, .log = true}});
    add(&ReadyTraining::epochs, {.name = "epochs",
                                 .doc = "How many times every training row is gone through",
                                 .valid = {.low = 1, .high = 100'000},
                                 .search = {.low = 10, .high = 100, .log = true},
                                 .resource = true});
    add(&ReadyTraining::batch, {.name = "batch",
                                .doc = "How many rows a step goes by",
                                .valid = {.low = 1, .high = 1'000'000},
                                .search = {.low = 16, .high = 256, .log = true}});
    add(&ReadyTraining::stop_early,
        {.name = "stop_early",
         .doc = "Holds a tenth of the training rows back and stops when so many epochs in a row have not made their loss smaller; the best epoch "
                "counts",
         .valid = {.low = 1, .high = 100'000}});
    add(&ReadyTraining::class_weight, models::class_weight_spec());
}

// The TRAIN that these settings make with an optimiser, whose rate and decay they fill in.
TrainingPlan training_plan(const ReadyTraining&, const std::string& optimiser);

// The rows of pixels, the pixels of a row and the numbers of a pixel.
struct ImageExtents {
    std::int64_t height = 1, width = 1, channels = 1;
};
// Where height or width are none, what is left of the columns, and a square where both are. Throws RunError where they do not go up.
ImageExtents image_extents(std::optional<std::int64_t> height, std::optional<std::int64_t> width, std::int64_t channels, std::size_t columns,
                           const std::string& model);
// `height`, `width` and `channels` of P.
template <class P>
void append_extents(Schema<P>& schema) {
    const auto extent = [](const char* name, const char* doc) { return ParamSpec{.name = name, .doc = doc, .valid = {.low = 1, .high = 16'384}}; };
    schema.push_back(field(&P::height, extent("height", "How many rows of pixels an image has; none: a square, or what `width` leaves")));
    schema.push_back(field(&P::width, extent("width", "How many pixels a row has; none: a square, or what `height` leaves")));
    schema.push_back(field(&P::channels, extent("channels", "How many numbers a pixel has: 1 in shades of grey, 3 in colour")));
}

// `build`: the network for a frame of these columns, of which it sees names and types only. Throws RunError.
using Build = std::function<Json(const Frame& columns)>;
std::unique_ptr<Model> make_ready_network(const std::string& name, Build);
std::unique_ptr<FittedModel> blank_ready_network();

struct ReadyAbout {
    std::string name, summary, source, example;
    std::size_t positional = 0;
    ColumnTypes accepts = number_types;
    bool takes_missing = false;
};
// The row of the catalog; `build`: Json(const P&, const Frame&).
template <class P, class BuildOf>
ComponentInfo ready_network(ReadyAbout about, const Schema<P>& schema, BuildOf build) {
    ComponentInfo info;
    info.name = about.name;
    info.kind = ComponentKind::Model;
    info.summary = about.summary;
    info.source = about.source;
    info.example = about.example;
    info.params = specs_of(schema);
    info.positional = about.positional;
    info.random = true;
    info.inner_folds = true;
    info.effect = always(Effect::Supervised);
    info.accepts = about.accepts;
    info.takes_missing = about.takes_missing;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [schema, build, name = about.name](const ParamValues& values) {
        return make_ready_network(name, [build, params = read_params(schema, values)](const Frame& columns) { return build(params, columns); });
    };
    info.blank_model = blank_ready_network;
    return info;
}

}  // namespace mlpc::networks
