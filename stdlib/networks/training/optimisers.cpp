// Optimisers: how a gradient moves the weights. The defaults are PyTorch's, but for the rate of `rmsprop`.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

struct SgdParams {
    double rate = 0.01, momentum = 0;
    bool nesterov = false;
    double weight_decay = 0;
};
struct AdamParams {
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
    bool amsgrad = false;
};
struct AdamwParams {
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0.01;
    bool amsgrad = false;
};
struct RmspropParams {
    double rate = 1e-3, alpha = 0.99, momentum = 0, epsilon = 1e-8, weight_decay = 0;
};

ParamSpec rate_spec(double low, double high) {
    return {.name = "rate",
            .doc = "How far a step goes along the gradient; the schedule multiplies it",
            .valid = {.low = 0, .open_low = true},
            .search = {.low = low, .high = high, .log = true}};
}
ParamSpec momentum_spec() {
    return {.name = "momentum",
            .doc = "Share of the last step that is gone again",
            .valid = {.low = 0, .high = 1, .open_high = true},
            .search = {.low = 0, .high = 0.99}};
}
ParamSpec share_spec(const char* name, const char* doc, double low, double high) {
    return {.name = name, .doc = doc, .valid = {.low = 0, .high = 1, .open_high = true}, .search = {.low = low, .high = high}};
}
ParamSpec epsilon_spec() {
    return {.name = "epsilon", .doc = "What is added to the root of the mean square before it divides", .valid = {.low = 0, .open_low = true}};
}
ParamSpec decay_spec(const char* doc) {
    return {.name = "weight_decay", .doc = doc, .valid = {.low = 0}, .search = {.low = 1e-6, .high = 1e-1, .log = true}};
}
constexpr const char* added_to_gradient = "Times the weight: what is added to its gradient, which pulls weights to 0";
constexpr const char* taken_from_weight = "Times the rate: share of itself that a weight loses in each step, apart from the gradient";

const Schema<SgdParams>& sgd_schema() {
    static const Schema<SgdParams> fields{
        field(&SgdParams::rate, rate_spec(1e-4, 1)),
        field(&SgdParams::momentum, momentum_spec()),
        field(&SgdParams::nesterov, {.name = "nesterov", .doc = "Whether the gradient counts where the momentum leads; it needs a momentum"}),
        field(&SgdParams::weight_decay, decay_spec(added_to_gradient)),
    };
    return fields;
}

template <class P>
Schema<P> adam_schema(const char* decay) {
    return {
        field(&P::rate, rate_spec(1e-5, 1e-1)),
        field(&P::beta1, share_spec("beta1", "Weight of the past in the mean gradient", 0.8, 0.99)),
        field(&P::beta2, share_spec("beta2", "Weight of the past in the mean squared gradient", 0.9, 0.9999)),
        field(&P::epsilon, epsilon_spec()),
        field(&P::weight_decay, decay_spec(decay)),
        field(&P::amsgrad, {.name = "amsgrad", .doc = "Whether the largest mean squared gradient so far divides, so that steps never grow by it"}),
    };
}

const Schema<RmspropParams>& rmsprop_schema() {
    static const Schema<RmspropParams> fields{
        field(&RmspropParams::rate, rate_spec(1e-5, 1e-1)),
        field(&RmspropParams::alpha, share_spec("alpha", "Weight of the past in the mean squared gradient", 0.9, 0.999)),
        field(&RmspropParams::momentum, momentum_spec()),
        field(&RmspropParams::epsilon, epsilon_spec()),
        field(&RmspropParams::weight_decay, decay_spec(added_to_gradient)),
    };
    return fields;
}

}  // namespace

void add_optimisers(Catalog& catalog) {
    const auto add = [&](layers::About about, std::vector<ParamSpec> params) {
        catalog.add(layers::part_info(ComponentKind::Optimiser, std::move(about), std::move(params)));
    };
    add({.name = "sgd",
         .summary = "Stochastic gradient descent, with momentum where it is given",
         .source = "Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning, ICML (2013)",
         .example = "sgd(rate in 1e-3..1 log, momentum: 0.9)"},
        specs_of(sgd_schema()));
    add({.name = "adam",
         .summary = "Steps by the mean gradient, divided by the root of the mean squared gradient, weight by weight",
         .source = "Kingma, Ba: Adam: A method for stochastic optimization, ICLR (2015)",
         .example = "adam(rate in 1e-4..1e-2 log)"},
        specs_of(adam_schema<AdamParams>(added_to_gradient)));
    add({.name = "adamw",
         .summary = "As `adam`, and the weights decay by themselves instead of through the gradient",
         .source = "Loshchilov, Hutter: Decoupled weight decay regularization, ICLR (2019)",
         .example = "adamw(rate in 1e-4..1e-2 log, weight_decay in 1e-4..1e-1 log)"},
        specs_of(adam_schema<AdamwParams>(taken_from_weight)));
    add({.name = "rmsprop",
         .summary = "Steps by the gradient, divided by the root of the mean squared gradient, weight by weight",
         .source = "Tieleman, Hinton: Lecture 6.5: rmsprop, Coursera (2012)",
         .example = "rmsprop(rate in 1e-4..1e-2 log)"},
        specs_of(rmsprop_schema()));
}

}  // namespace mlpc
