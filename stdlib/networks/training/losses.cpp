// Losses: what training makes small.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

struct CrossEntropyParams {
    double label_smoothing = 0;
};
struct FocalParams {
    double gamma = 2;
};
struct HuberParams {
    double delta = 1;
};
const Schema<CrossEntropyParams>& cross_entropy_schema() {
    static const Schema<CrossEntropyParams> fields{
        field(&CrossEntropyParams::label_smoothing, {.name = "label_smoothing",
                                                     .doc = "Share of a row's truth that is spread evenly over all classes",
                                                     .valid = {.low = 0, .high = 1, .open_high = true},
                                                     .search = {.low = 0, .high = 0.2}}),
    };
    return fields;
}
const Schema<FocalParams>& focal_schema() {
    static const Schema<FocalParams> fields{
        field(&FocalParams::gamma, {.name = "gamma",
                                    .doc = "How much less rows count of which the network is sure: (1 - p)^gamma times the cross entropy",
                                    .valid = {.low = 0},
                                    .search = {.low = 0.5, .high = 5}}),
    };
    return fields;
}
const Schema<HuberParams>& huber_schema() {
    static const Schema<HuberParams> fields{
        field(&HuberParams::delta, {.name = "delta",
                                    .doc = "From which error on, in standard deviations of the target, it grows linearly",
                                    .valid = {.low = 0, .open_low = true},
                                    .search = {.low = 0.1, .high = 3, .log = true}}),
    };
    return fields;
}

}  // namespace

void add_losses(Catalog& catalog) {
    const std::vector<Task> classes{Task::Binary, Task::Multiclass}, values{Task::Regression};
    const auto add = [&](layers::About about, std::vector<Task> tasks, std::vector<ParamSpec> params) {
        ComponentInfo info = layers::part_info(ComponentKind::Loss, std::move(about), std::move(params));
        info.tasks = std::move(tasks);
        catalog.add(std::move(info));
    };
    add({.name = "cross_entropy",
         .summary = "Negative logarithm of the probability of the true class",
         .source = "Szegedy et al.: Rethinking the Inception architecture, CVPR (2016), for label smoothing",
         .example = "cross_entropy(label_smoothing: 0.1)"},
        classes, specs_of(cross_entropy_schema()));
    add({.name = "focal",
         .summary = "Cross entropy in which rows count less of which the network is sure, for rare classes",
         .source = "Lin, Goyal, Girshick, He, Dollár: Focal loss for dense object detection, ICCV (2017)",
         .example = "focal(gamma: 2)"},
        classes, specs_of(focal_schema()));
    add({.name = "mse", .summary = "Mean squared error", .source = "", .example = "mse"}, values, {});
    add({.name = "mae", .summary = "Mean absolute error", .source = "", .example = "mae"}, values, {});
    add({.name = "huber",
         .summary = "Half the squared error where it is small, and linear where it is large",
         .source = "Huber: Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964)",
         .example = "huber(delta: 1)"},
        values, specs_of(huber_schema()));
}

}  // namespace mlpc
