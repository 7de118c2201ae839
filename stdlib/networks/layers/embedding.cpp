// From words and categories to numbers, and where in a sequence they stand.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

struct EmbeddingParams {
    std::int64_t size = 8;
};
enum class PositionKind { Learned, Sinusoidal };
struct PositionParams {
    PositionKind kind = PositionKind::Learned;
};
struct TokensParams {
    std::int64_t length = 100, vocabulary = 20'000, least = 2;
};

const Schema<EmbeddingParams>& embedding_schema() {
    static const Schema<EmbeddingParams> fields{
        field(&EmbeddingParams::size, {.name = "size",
                                       .doc = "How many numbers stand for a category or a word",
                                       .valid = {.low = 1, .high = 16'384},
                                       .search = {.low = 2, .high = 128, .log = true}}),
    };
    return fields;
}
const Schema<PositionParams>& position_schema() {
    static const Schema<PositionParams> fields{
        field(&PositionParams::kind,
              {.name = "kind",
               .doc = "Numbers for every step that training finds (learned), or sines and cosines of many wavelengths (sinusoidal)",
               .words = {"learned", "sinusoidal"},
               .search = {.words = {"learned", "sinusoidal"}}}),
    };
    return fields;
}
const Schema<TokensParams>& tokens_schema() {
    static const Schema<TokensParams> fields{
        field(&TokensParams::length, {.name = "length",
                                      .doc = "How many words of a text are read, its first ones; shorter texts are filled up in front",
                                      .valid = {.low = 1, .high = 100'000},
                                      .search = {.low = 50, .high = 400, .log = true}}),
        field(&TokensParams::vocabulary, {.name = "vocabulary",
                                          .doc = "How many words are told apart at most, the most frequent of the rows that it is fitted on; one of "
                                                 "them stands for the filling and one for every other word",
                                          .valid = {.low = 2, .high = 10'000'000},
                                          .search = {.low = 1'000, .high = 50'000, .log = true}}),
        field(&TokensParams::least, {.name = "least",
                                     .doc = "How often a word stands in them at least",
                                     .valid = {.low = 1, .high = 1'000'000},
                                     .search = {.low = 1, .high = 5}}),
    };
    return fields;
}

Shaped embedding_shape(const EmbeddingParams& params, const TensorShape& in) {
    if (in.kind == Kind::Codes) {
        // A table for each column, of as many rows as it has levels, which the shape does not tell.
        return LayerShape{numbers(product({in.extents.front(), params.size})), TensorShape::unknown};
    }
    if (in.kind == Kind::Tokens) {
        return LayerShape{sequence(in.extents[0], params.size), product({in.extents[1], params.size})};
    }
    return refusal("embedding", {Kind::Codes, Kind::Tokens}, in);
}

Shaped position_shape(const PositionParams& params, const TensorShape& in) {
    if (in.kind != Kind::Sequence) {
        return refusal("position", {Kind::Sequence}, in);
    }
    return LayerShape{in, params.kind == PositionKind::Learned ? product({in.extents[0], in.extents[1]}) : 0};
}

Shaped tokens_shape(const TokensParams& params, const TensorShape& in) {
    if (in.kind != Kind::Texts) {
        return refusal("tokens", {Kind::Texts}, in);
    }
    return LayerShape{{Kind::Tokens, {params.length, params.vocabulary}}, 0};
}

}  // namespace

void add_embedding(Catalog& catalog) {
    catalog.add(
        layer_info({.name = "embedding",
                    .summary = "Numbers for every category of each column, or for every word, that training finds",
                    .source = "Bengio, Ducharme, Vincent, Jauvin: A neural probabilistic language model, JMLR 3 (2003); Guo, Berkhahn: Entity "
                              "embeddings of categorical variables, arXiv 1604.06737 (2016)",
                    .example = "embedding(size in 4..64 log)"},
                   embedding_schema(), embedding_shape));
    catalog.add(layer_info({.name = "position",
                            .summary = "Adds to every step of a sequence numbers that tell where it stands: `attention` does not know otherwise",
                            .source = "Vaswani et al.: Attention is all you need, NIPS (2017)",
                            .example = "position(sinusoidal)"},
                           position_schema(), position_shape));
    catalog.add(layer_info({.name = "tokens",
                            .summary = "Cuts a text into words, in lower case, and numbers those that the rows know on which the network is fitted",
                            .source = "",
                            .example = "tokens(length: 100, vocabulary: 20_000)"},
                           tokens_schema(), tokens_shape));
}

}  // namespace mlpc
