#include "stdlib/networks/ready_network.h"

#include <algorithm>

namespace mlpc {

namespace {

using namespace networks;

enum class Outline { Constant, Halving };
enum class Activation { Relu, LeakyRelu, Gelu, Silu, Tanh };
constexpr const char* activation_names[] = {"relu", "leaky_relu", "gelu", "silu", "tanh"};

struct MlpParams : ReadyTraining {
    std::int64_t layers = 2, units = 128;
    Outline shape = Outline::Constant;
    Activation activation = Activation::Relu;
    double dropout = 0.1;
    bool batch_norm = true;
    std::int64_t embedding = 8;
};
const Schema<MlpParams>& mlp_schema() {
    static const Schema<MlpParams> fields = [] {
        using P = MlpParams;
        Schema<P> all{
            field(&P::layers, {.name = "layers",
                               .doc = "How many layers stand between the columns and the prediction",
                               .valid = {.low = 1, .high = 100},
                               .search = {.low = 1, .high = 4}}),
            field(&P::units, {.name = "units",
                              .doc = "How many units the first layer has",
                              .valid = {.low = 1, .high = 100'000},
                              .search = {.low = 16, .high = 512, .log = true}}),
            field(&P::shape, {.name = "shape",
                              .doc = "Whether every layer has as many units as the first (constant), or half as many as the one before it (halving)",
                              .words = {"constant", "halving"},
                              .search = {.words = {"constant", "halving"}}}),
            field(&P::activation, {.name = "activation",
                                   .doc = "The function behind every layer",
                                   .words = {std::begin(activation_names), std::end(activation_names)},
                                   .search = {.words = {"relu", "gelu", "silu"}}}),
            field(&P::dropout, {.name = "dropout",
                                .doc = "Share of the units of every layer that are set to 0 in training",
                                .valid = {.low = 0, .high = 1, .open_high = true},
                                .search = {.low = 0, .high = 0.5}}),
            field(&P::batch_norm,
                  {.name = "batch_norm",
                   .doc = "Whether numbers are normalised by the batch, as they come in and behind every layer; without it they are to "
                          "be scaled before the network"}),
            field(&P::embedding, {.name = "embedding",
                                  .doc = "How many numbers stand for a category, of each column by itself",
                                  .valid = {.low = 1, .high = 1'024},
                                  .search = {.low = 2, .high = 32, .log = true}}),
        };
        append_training(all);
        return all;
    }();
    return fields;
}

// Numbers and categories come in side by side; a network has an input for either that there are.
std::vector<Json> inputs_for(const MlpParams& params, const Frame& columns) {
    std::vector<std::string> numbers, categories;
    for (const Column& column : columns.all_columns()) {
        (holds_numbers(column.type) ? numbers : categories).push_back(column.name);
    }
    std::vector<Json> inputs;
    if (!numbers.empty() || categories.empty()) {
        Json layers = Json::array();
        if (params.batch_norm) {
            layers.push_back(layer("batch_norm"));
        }
        inputs.push_back(input_of_columns(numbers, std::move(layers)));
    }
    if (!categories.empty()) {
        inputs.push_back(input_of_columns(categories, Json::array({layer("embedding", {{"size", params.embedding}})})));
    }
    return inputs;
}

Json tabular_mlp_network(const MlpParams& params, const Frame& columns) {
    Json then = Json::array();
    std::int64_t units = params.units;
    for (std::int64_t i = 0; i < params.layers; ++i) {
        then.push_back(layer("dense", {{"units", units}}));
        if (params.batch_norm) {
            then.push_back(layer("batch_norm"));
        }
        then.push_back(layer(activation_names[static_cast<std::size_t>(params.activation)]));
        if (params.dropout > 0) {
            then.push_back(layer("dropout", {{"rate", params.dropout}}));
        }
        units = params.shape == Outline::Halving ? std::max<std::int64_t>(1, units / 2) : units;
    }
    return network(inputs_for(params, columns), std::move(then), training_plan(params, "adamw"));
}

}  // namespace

void add_tabular_mlp(Catalog& catalog) {
    catalog.add(ready_network(
        {.name = "tabular_mlp",
         .summary = "Dense layers over the columns of a table, categories by embeddings that are learned with them, trained by adamw",
         .source = "Gorishniy, Rubachev, Khrulkov, Babenko: Revisiting deep learning models for tabular data, NeurIPS (2021); Guo, Berkhahn: Entity "
                   "embeddings of categorical variables, arXiv 1604.06737 (2016)",
         .example = "tabular_mlp(units in 16..64 log, layers in 1..3, epochs: 20)",
         .accepts = number_types | types_of({ColumnType::Category, ColumnType::Ordinal})},
        mlp_schema(), tabular_mlp_network));
}

}  // namespace mlpc
