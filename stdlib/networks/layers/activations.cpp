// Functions of one cell each: most differ in their name and formula only.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

struct SlopeParams {
    double slope = 0.01;
};
struct EluParams {
    double alpha = 1;
};
const Schema<SlopeParams>& slope_schema() {
    static const Schema<SlopeParams> fields{
        field(&SlopeParams::slope, {.name = "slope",
                                    .doc = "By what a negative cell is multiplied",
                                    .valid = {.low = 0, .high = 1},
                                    .search = {.low = 0.01, .high = 0.3, .log = true}}),
    };
    return fields;
}
const Schema<EluParams>& elu_schema() {
    static const Schema<EluParams> fields{
        field(&EluParams::alpha, {.name = "alpha",
                                  .doc = "How far below 0 it can come",
                                  .valid = {.low = 0, .open_low = true},
                                  .search = {.low = 0.1, .high = 2, .log = true}}),
    };
    return fields;
}

}  // namespace

void add_activations(Catalog& catalog) {
    const About plain[] = {
        {"relu", "The larger of x and 0, cell by cell", "Nair, Hinton: Rectified linear units improve restricted Boltzmann machines, ICML (2010)",
         "relu"},
        {"selu", "Exponential linear unit, scaled so that cells keep mean 0 and variance 1 from layer to layer",
         "Klambauer et al.: Self-normalizing neural networks, NIPS (2017)", "selu"},
        {"gelu", "Gaussian error linear unit, x Φ(x), where Φ is the distribution function of the normal distribution",
         "Hendrycks, Gimpel: Gaussian error linear units, arXiv 1606.08415 (2016)", "gelu"},
        {"silu", "Sigmoid linear unit, x / (1 + exp(-x)), also named swish",
         "Elfwing, Uchibe, Doya: Sigmoid-weighted linear units, Neural Networks 107 (2018)", "silu"},
        {"tanh", "Hyperbolic tangent, between -1 and 1", "LeCun et al.: Efficient backprop (1998)", "tanh"},
        {"sigmoid", "The logistic function 1 / (1 + exp(-x)), between 0 and 1", "Rumelhart, Hinton, Williams, Nature 323 (1986)", "sigmoid"},
        {"softplus", "A smooth `relu`, log(1 + exp(x))", "Dugas et al.: Incorporating second-order functional knowledge, NIPS (2000)", "softplus"},
    };
    for (const About& about : plain) {
        const std::string name = about.name;
        catalog.add(layer_info(about, [name](const TensorShape& in) { return same_shape(name, in); }));
    }
    catalog.add(layer_info({.name = "leaky_relu",
                            .summary = "As `relu`, but negative cells are multiplied by `slope`",
                            .source = "Maas, Hannun, Ng: Rectifier nonlinearities improve neural network acoustic models, ICML (2013)",
                            .example = "leaky_relu(slope: 0.1)"},
                           slope_schema(), [](const SlopeParams&, const TensorShape& in) { return same_shape("leaky_relu", in); }));
    catalog.add(layer_info({.name = "elu",
                            .summary = "Exponential linear unit, x where it is positive, and `alpha` (exp(x) - 1) where it is not",
                            .source = "Clevert, Unterthiner, Hochreiter: Exponential linear units, ICLR (2016)",
                            .example = "elu(alpha: 1)"},
                           elu_schema(), [](const EluParams&, const TensorShape& in) { return same_shape("elu", in); }));
}

}  // namespace mlpc
