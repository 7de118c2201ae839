#include "stdlib/pretrained/module_encoder.h"
#include "stdlib/stdlib.h"

namespace mlpc {

namespace {

enum class Pooling { Mean, First };

struct TextEncoderParams {
    std::string path, vocabulary;
    std::int64_t length = 256;
    std::optional<std::int64_t> heads;
    Pooling pooling = Pooling::Mean;
    bool normalise = true;
};
const Schema<TextEncoderParams>& text_encoder_schema() {
    static const Schema<TextEncoderParams> fields{
        field(&TextEncoderParams::path,
              {.name = "path", .doc = "The weights, a file of safetensors with the names that Hugging Face gives BERT's tensors"}),
        field(&TextEncoderParams::vocabulary,
              {.name = "vocabulary", .doc = "The `vocab.txt` or `tokenizer.json` in the same folder; found by these names where it is left out"}),
        field(&TextEncoderParams::length,
              {.name = "length", .doc = "What of a text is read: so many pieces, its first, both ends included", .valid = {.low = 2, .high = 65536}}),
        field(&TextEncoderParams::heads, {.name = "heads",
                                          .doc = "Heads of attention, which the weights do not tell; by default as `config.json` beside them says",
                                          .valid = {.low = 1}}),
        field(&TextEncoderParams::pooling,
              {.name = "pooling",
               .doc = "What the numbers of a text are: the mean over its pieces, or what its first piece, [CLS], is given",
               .words = {"mean", "first"}}),
        field(&TextEncoderParams::normalise, {.name = "normalise", .doc = "Divides the numbers of a text by their length, so that it is 1"}),
    };
    return fields;
}

}  // namespace

void add_text_encoder(Catalog& catalog) {
    ComponentInfo info;
    info.name = "text_encoder";
    info.kind = ComponentKind::Pretrained;
    info.summary =
        "A BERT that turns a text into numbers, such as all-MiniLM-L6-v2: weights as safetensors, the vocabulary of its WordPiece tokeniser beside "
        "them";
    info.source = "Reimers, Gurevych: Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks, EMNLP 2019";
    info.example = "source minilm = text_encoder(\"minilm/model.fp16.safetensors\") {\n  licence \"Apache-2.0\"\n}";
    info.params = specs_of(text_encoder_schema());
    info.accepts = types_of({ColumnType::Text});
    info.trainable = true;
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::module_encoder(*standard_library().find(ComponentKind::Pretrained, "text_encoder"), path, values);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
