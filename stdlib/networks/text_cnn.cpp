#include "stdlib/networks/ready_network.h"

namespace mlpc {

namespace {

using namespace networks;

struct TextCnnParams : ReadyTraining {
    std::int64_t length = 200, vocabulary = 20'000, least = 2, embedding = 64, filters = 100, kernel = 3, kernels = 3;
    double dropout = 0.5;
};
const Schema<TextCnnParams>& text_cnn_schema() {
    static const Schema<TextCnnParams> fields = [] {
        using P = TextCnnParams;
        Schema<P> all{
            field(&P::length, {.name = "length",
                               .doc = "How many words of a text are read, its first ones",
                               .valid = {.low = 1, .high = 100'000},
                               .search = {.low = 50, .high = 400, .log = true}}),
            field(&P::vocabulary,
                  {.name = "vocabulary",
                   .doc = "How many words are told apart at most, the most frequent ones; two of them stand for no word and any other",
                   .valid = {.low = 2, .high = 10'000'000},
                   .search = {.low = 1'000, .high = 50'000, .log = true}}),
            field(&P::least, {.name = "least",
                              .doc = "How often a word stands in the training rows at least",
                              .valid = {.low = 1, .high = 1'000'000},
                              .search = {.low = 1, .high = 5}}),
            field(&P::embedding, {.name = "embedding",
                                  .doc = "How many numbers stand for a word",
                                  .valid = {.low = 1, .high = 16'384},
                                  .search = {.low = 16, .high = 128, .log = true}}),
            field(&P::filters, {.name = "filters",
                                .doc = "How many channels the convolution of each window has",
                                .valid = {.low = 1, .high = 16'384},
                                .search = {.low = 16, .high = 128, .log = true}}),
            field(&P::kernel, {.name = "kernel",
                               .doc = "How many words the shortest window spans",
                               .valid = {.low = 1, .high = 63},
                               .search = {.low = 1, .high = 4}}),
            field(&P::kernels, {.name = "kernels",
                                .doc = "How many windows there are, each a word longer than the one before it",
                                .valid = {.low = 1, .high = 16},
                                .search = {.low = 1, .high = 4}}),
            field(&P::dropout, {.name = "dropout",
                                .doc = "Share that is set to 0 in training before the prediction",
                                .valid = {.low = 0, .high = 1, .open_high = true},
                                .search = {.low = 0, .high = 0.6}}),
        };
        append_training(all);
        return all;
    }();
    return fields;
}

Json text_cnn_network(const TextCnnParams& params, const Frame&) {
    const Json words = Json::array({layer("tokens", {{"length", params.length}, {"vocabulary", params.vocabulary}, {"least", params.least}}),
                                    layer("embedding", {{"size", params.embedding}})});
    std::vector<Json> windows;
    for (std::int64_t i = 0; i < params.kernels; ++i) {
        windows.push_back(
            Json::array({layer("conv", {{"channels", params.filters}, {"kernel", params.kernel + i}}), layer("relu"), layer("global_max_pool")}));
    }
    Json then = windows.size() == 1 ? windows.front() : Json::array({layer("parallel", Json::object(), windows)});
    if (params.dropout > 0) {
        then.push_back(layer("dropout", {{"rate", params.dropout}}));
    }
    return network({input_of_all(words)}, std::move(then), training_plan(params, "adamw"));
}

}  // namespace

void add_text_cnn(Catalog& catalog) {
    catalog.add(
        ready_network({.name = "text_cnn",
                       .summary = "Convolutional network for texts: words by embeddings, windows of several lengths over them, and of each channel "
                                  "the largest value anywhere in the text",
                       .source = "Kim: Convolutional neural networks for sentence classification, EMNLP (2014)",
                       .example = "text_cnn(embedding in 16..64 log, filters: 32, epochs: 10)",
                       .accepts = types_of({ColumnType::Text}),
                       .takes_missing = true},
                      text_cnn_schema(), text_cnn_network));
}

}  // namespace mlpc
