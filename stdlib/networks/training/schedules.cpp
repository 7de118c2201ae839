// Schedules: by what the optimiser's rate is multiplied in each epoch.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

struct ConstantParams {
    std::int64_t warmup = 0;
};
struct StepParams {
    std::int64_t every = 10;
    double factor = 0.1;
    std::int64_t warmup = 0;
};
struct ExponentialParams {
    double factor = 0.95;
    std::int64_t warmup = 0;
};
struct CosineParams {
    std::optional<std::int64_t> over;
    double floor = 0;
    std::int64_t warmup = 0;
};
struct OneCycleParams {
    std::optional<std::int64_t> over;
    double peak_at = 0.3;
    std::int64_t warmup = 0;
};
struct PlateauParams {
    std::int64_t patience = 10;
    double factor = 0.1;
    std::int64_t warmup = 0;
};

ParamSpec warmup_spec() {
    return {.name = "warmup",
            .doc = "In how many epochs at first the rate rises evenly from nearly 0, before the schedule begins",
            .valid = {.low = 0, .high = 100'000},
            .search = {.low = 0, .high = 5}};
}
ParamSpec factor_spec(double low, double high) {
    return {.name = "factor",
            .doc = "By what the rate is multiplied each time",
            .valid = {.low = 0, .high = 1, .open_low = true},
            .search = {.low = low, .high = high}};
}
ParamSpec over_spec() {
    return {.name = "over", .doc = "In how many epochs it is run through; none: all epochs of the network", .valid = {.low = 1, .high = 1'000'000}};
}

const Schema<ConstantParams>& constant_schema() {
    static const Schema<ConstantParams> fields{field(&ConstantParams::warmup, warmup_spec())};
    return fields;
}
const Schema<StepParams>& step_schema() {
    static const Schema<StepParams> fields{
        field(&StepParams::every, {.name = "every",
                                   .doc = "After how many epochs it is multiplied",
                                   .valid = {.low = 1, .high = 1'000'000},
                                   .search = {.low = 5, .high = 30}}),
        field(&StepParams::factor, factor_spec(0.1, 0.5)),
        field(&StepParams::warmup, warmup_spec()),
    };
    return fields;
}
const Schema<ExponentialParams>& exponential_schema() {
    static const Schema<ExponentialParams> fields{
        field(&ExponentialParams::factor, factor_spec(0.8, 0.99)),
        field(&ExponentialParams::warmup, warmup_spec()),
    };
    return fields;
}
const Schema<CosineParams>& cosine_schema() {
    static const Schema<CosineParams> fields{
        field(&CosineParams::over, over_spec()),
        field(&CosineParams::floor,
              {.name = "floor", .doc = "Share of the rate with which it ends", .valid = {.low = 0, .high = 1}, .search = {.low = 0, .high = 0.1}}),
        field(&CosineParams::warmup, warmup_spec()),
    };
    return fields;
}
const Schema<OneCycleParams>& one_cycle_schema() {
    static const Schema<OneCycleParams> fields{
        field(&OneCycleParams::over, over_spec()),
        field(&OneCycleParams::peak_at, {.name = "peak_at",
                                         .doc = "After which share of the epochs the rate is highest",
                                         .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true},
                                         .search = {.low = 0.1, .high = 0.5}}),
        field(&OneCycleParams::warmup, warmup_spec()),
    };
    return fields;
}
const Schema<PlateauParams>& plateau_schema() {
    static const Schema<PlateauParams> fields{
        field(&PlateauParams::patience,
              {.name = "patience",
               .doc = "After how many epochs without a smaller loss it is multiplied: the loss of the rows held back, or of "
                      "the training rows where there are none",
               .valid = {.low = 1, .high = 1'000'000},
               .search = {.low = 2, .high = 20}}),
        field(&PlateauParams::factor, factor_spec(0.1, 0.5)),
        field(&PlateauParams::warmup, warmup_spec()),
    };
    return fields;
}

}  // namespace

void add_schedules(Catalog& catalog) {
    const auto add = [&](layers::About about, std::vector<ParamSpec> params) {
        catalog.add(layers::part_info(ComponentKind::Schedule, std::move(about), std::move(params)));
    };
    add({.name = "constant", .summary = "The rate stays as it is", .source = "", .example = "constant(warmup: 2)"}, specs_of(constant_schema()));
    add({.name = "step",
         .summary = "The rate is multiplied by `factor` after every so many epochs",
         .source = "",
         .example = "step(every: 10, factor: 0.5)",
         .positional = 2},
        specs_of(step_schema()));
    add({.name = "exponential", .summary = "The rate is multiplied by `factor` after every epoch", .source = "", .example = "exponential(0.95)"},
        specs_of(exponential_schema()));
    add({.name = "cosine",
         .summary = "The rate falls as half a wave of the cosine, step by step, from all of it to `floor` of it",
         .source = "Loshchilov, Hutter: SGDR: Stochastic gradient descent with warm restarts, ICLR (2017)",
         .example = "cosine(warmup: 1)",
         .positional = 0},
        specs_of(cosine_schema()));
    add({.name = "one_cycle",
         .summary = "The rate rises from a 25th to all of it and falls to nearly 0, each along half a wave of the cosine",
         .source = "Smith, Topin: Super-convergence, arXiv 1708.07120 (2018)",
         .example = "one_cycle(peak_at: 0.3)",
         .positional = 0},
        specs_of(one_cycle_schema()));
    add({.name = "plateau",
         .summary = "The rate is multiplied by `factor` where the loss has not fallen for `patience` epochs",
         .source = "",
         .example = "plateau(patience: 5, factor: 0.5)",
         .positional = 2},
        specs_of(plateau_schema()));
}

}  // namespace mlpc
