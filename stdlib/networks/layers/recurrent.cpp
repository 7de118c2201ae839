// Recurrent layers: they differ in how many gates they have.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

enum class Gives { Last, All };
struct RecurrentParams {
    std::int64_t units = 64, layers = 1;
    bool bidirectional = false;
    Gives gives = Gives::Last;
};
const Schema<RecurrentParams>& recurrent_schema() {
    static const Schema<RecurrentParams> fields{
        field(&RecurrentParams::units, {.name = "units",
                                        .doc = "How many numbers it keeps from step to step",
                                        .valid = {.low = 1, .high = 16'384},
                                        .search = {.low = 16, .high = 256, .log = true}}),
        field(
            &RecurrentParams::layers,
            {.name = "layers", .doc = "How many of them stand behind one another", .valid = {.low = 1, .high = 32}, .search = {.low = 1, .high = 3}}),
        field(&RecurrentParams::bidirectional,
              {.name = "bidirectional", .doc = "Whether a second one reads the sequence from its end; it gives twice as many numbers then"}),
        field(&RecurrentParams::gives, {.name = "gives",
                                        .doc = "The numbers where it has read everything (last), or the sequence of those after every step (all)",
                                        .words = {"last", "all"}}),
    };
    return fields;
}

// Each gate weighs what comes in and what it kept, and has two biases, one of which is needless: as cuDNN, and so PyTorch, has it.
std::int64_t parameters_of(const RecurrentParams& params, std::int64_t in, std::int64_t gates) {
    const std::int64_t directions = params.bidirectional ? 2 : 1;
    std::int64_t all = 0;
    for (std::int64_t i = 0; i < params.layers; ++i) {
        const std::int64_t given = i == 0 ? in : directions * params.units;
        all = sum({all, product({directions, gates, params.units, sum({given, params.units, 2})})});
    }
    return all;
}

ComponentInfo recurrent_info(About about, std::int64_t gates) {
    const std::string name = about.name;
    return layer_info(std::move(about), recurrent_schema(), [name, gates](const RecurrentParams& params, const TensorShape& in) -> Shaped {
        if (in.kind != Kind::Sequence) {
            return refusal(name, {Kind::Sequence}, in);
        }
        const std::int64_t width = params.units * (params.bidirectional ? 2 : 1);
        const TensorShape out = params.gives == Gives::All ? sequence(in.extents[0], width) : numbers(width);
        return LayerShape{out, parameters_of(params, in.extents[1], gates)};
    });
}

}  // namespace

void add_recurrent(Catalog& catalog) {
    catalog.add(recurrent_info({.name = "lstm",
                                .summary = "Long short-term memory: reads a sequence step by step and learns what to keep, to add and to forget",
                                .source = "Hochreiter, Schmidhuber: Long short-term memory, Neural Computation 9 (1997)",
                                .example = "lstm(units in 16..128 log)"},
                               4));
    catalog.add(recurrent_info({.name = "gru",
                                .summary = "Gated recurrent unit: as `lstm`, with a gate less and fewer parameters",
                                .source = "Cho et al.: Learning phrase representations using RNN encoder-decoder, EMNLP (2014)",
                                .example = "gru(units: 64, bidirectional: true)"},
                               3));
}

}  // namespace mlpc
