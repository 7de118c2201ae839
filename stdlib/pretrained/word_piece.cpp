#include "stdlib/pretrained/word_piece.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "stdlib/pretrained/bert_characters.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::pretrained {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t most_pieces = 10'000'000;

std::vector<std::string> lines_of(const std::string& bytes) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        const bool carriage_return = end > at && bytes[end - 1] == '\r';
        lines.push_back(bytes.substr(at, end - at - (carriage_return ? 1 : 0)));
        at = end + 1;
    }
    return lines;
}

// The pieces of a tokenizer.json, by code.
std::vector<std::string> pieces_of(const Json& model) {
    const Json& vocabulary = model.at("vocab");
    std::vector<std::string> pieces;
    for (const auto& [piece, code] : vocabulary.items()) {
        const auto at = code.get<std::int64_t>();
        if (at < 0 || at >= most_pieces) {
            throw RunError(fmt::format("its piece `{}` has the code {}", piece, at));
        }
        pieces.resize(std::max(pieces.size(), static_cast<std::size_t>(at) + 1));
        pieces[static_cast<std::size_t>(at)] = piece;
    }
    return pieces;
}

bool flag(const Json& normaliser, const char* name, bool otherwise) {
    const auto found = normaliser.find(name);
    return found == normaliser.end() || found->is_null() ? otherwise : found->get<bool>();
}

void require(const Json& object, const char* key, const char* wanted) {
    const std::string type = object.contains(key) && object[key].is_object() ? object[key].value("type", "") : "";
    if (type != wanted) {
        throw RunError(fmt::format("its `{}` is `{}`, and only `{}` is read", key, type, wanted));
    }
}

char32_t lowered(std::u32string_view token, std::size_t at) {
    if (token[at] != U'Σ') {
        return lower_case(token[at]);
    }
    // The last letter of a word has a form of its own (Unicode 15, table 3-17).
    const auto passed_over = [](char32_t c) { return is_mark(c) || std::u32string_view(U"'.:^`·’").find(c) != std::u32string_view::npos; };
    std::size_t before = at, after = at + 1;
    while (before > 0 && passed_over(token[before - 1])) {
        --before;
    }
    while (after < token.size() && passed_over(token[after])) {
        ++after;
    }
    const bool follows = before > 0 && has_case(token[before - 1]);
    const bool leads = after < token.size() && has_case(token[after]);
    return follows && !leads ? U'ς' : U'σ';
}

std::u32string lowered(std::u32string_view token) {
    std::u32string lower(token);
    for (std::size_t i = 0; i < token.size(); ++i) {
        lower[i] = lowered(token, i);
    }
    return lower;
}

std::u32string unmarked(std::u32string_view token) {
    std::u32string bare;
    for (const char32_t c : token) {
        for (const char32_t part : without_marks(c)) {
            if (part != 0) {
                bare.push_back(part);
            }
        }
    }
    return bare;
}

}  // namespace

WordPiece::WordPiece(const std::vector<std::string>& pieces) : codes_(static_cast<std::int64_t>(pieces.size())) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        pieces_.insert_or_assign(pieces[i], static_cast<std::int64_t>(i));
        longest_ = std::max(longest_, pieces[i].size());
    }
    if (special("[PAD]") != 0) {
        throw RunError("its piece `[PAD]` is not the first");
    }
    unknown_ = special("[UNK]");
    first_ = special("[CLS]");
    last_ = special("[SEP]");
}

WordPiece WordPiece::parse(const std::string& bytes) {
    if (find_malformed_utf8(bytes) != std::string::npos) {
        throw RunError("it is not UTF-8");
    }
    const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) {
        throw RunError("it is empty");
    }
    if (bytes[begin] != '{') {
        return WordPiece(lines_of(bytes));
    }
    try {
        return of_json(Json::parse(bytes));
    } catch (const Json::exception& error) {
        throw RunError(error.what());
    }
}

WordPiece WordPiece::of_json(const Json& file) {
    require(file, "model", "WordPiece");
    require(file, "normalizer", "BertNormalizer");
    require(file, "pre_tokenizer", "BertPreTokenizer");
    WordPiece tokeniser(pieces_of(file["model"]));
    tokeniser.most_characters_ = file["model"].value("max_input_chars_per_word", tokeniser.most_characters_);
    const Json& normaliser = file["normalizer"];
    tokeniser.lower_case_ = flag(normaliser, "lowercase", true);
    tokeniser.strip_accents_ = flag(normaliser, "strip_accents", tokeniser.lower_case_);
    tokeniser.split_ideographs_ = flag(normaliser, "handle_chinese_chars", true);
    return tokeniser;
}

std::int64_t WordPiece::special(std::string_view piece) const {
    const auto found = pieces_.find(piece);
    if (found == pieces_.end()) {
        throw RunError(fmt::format("it has no piece `{}`", piece));
    }
    return found->second;
}

std::vector<std::int64_t> WordPiece::encode(std::string_view text, std::size_t length) const {
    std::vector<std::int64_t> codes{first_};
    const std::size_t most = length - 1;
    while (!text.empty() && codes.size() < most) {
        // What a text says of [SEP] and the like is taken for the piece itself, before anything is made lower case.
        std::size_t at = text.size();
        std::string_view named;
        for (const std::string_view piece : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
            const std::size_t found = text.find(piece);
            if (found < at && pieces_.contains(piece)) {
                at = found;
                named = piece;
            }
        }
        add_text(text.substr(0, at), codes, most);
        if (!named.empty()) {
            codes.push_back(special(named));
        }
        text.remove_prefix(at + named.size());
    }
    codes.resize(std::min(codes.size(), most));
    codes.push_back(last_);
    return codes;
}

// Stops behind the word with which `most` codes are reached.
void WordPiece::add_text(std::string_view text, std::vector<std::int64_t>& codes, std::size_t most) const {
    const auto add_token = [&](std::u32string& token) {
        if (!token.empty()) {
            for (const std::string& word : words(token)) {
                add_word(word, codes);
            }
            token.clear();
        }
    };
    std::u32string token;
    for (const char32_t c : decode_utf8(text)) {
        if (codes.size() >= most) {
            return;
        }
        if (c == 0xFFFD || is_control(c)) {
            continue;
        }
        const bool alone = split_ideographs_ && is_ideograph(c);
        if (alone || is_white_space(c)) {
            add_token(token);
        }
        if (!is_white_space(c)) {
            token.push_back(c);
        }
        if (alone) {
            add_token(token);
        }
    }
    add_token(token);
}

// What a token without white space falls into: punctuation is a word a character.
std::vector<std::string> WordPiece::words(std::u32string_view token) const {
    std::u32string text(token);
    text = lower_case_ ? lowered(text) : text;
    text = strip_accents_ ? unmarked(text) : text;
    std::vector<std::string> words;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !is_punctuation(text[i])) {
            continue;
        }
        if (i > from) {
            words.push_back(encode_utf8(std::u32string_view(text).substr(from, i - from)));
        }
        if (i < text.size()) {
            words.push_back(encode_utf8(std::u32string_view(text).substr(i, 1)));
        }
        from = i + 1;
    }
    return words;
}

void WordPiece::add_word(std::string_view word, std::vector<std::int64_t>& codes) const {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const auto characters = word.size() - static_cast<std::size_t>(std::count_if(word.begin(), word.end(), continues));
    const std::size_t before = codes.size();
    for (std::size_t at = 0; at < word.size() && characters <= most_characters_;) {
        std::size_t end = at;
        const std::int64_t code = longest_piece(word, at, end);
        if (code < 0) {
            codes.resize(before);
            break;
        }
        codes.push_back(code);
        at = end;
    }
    if (codes.size() == before) {
        codes.push_back(unknown_);
    }
}

// The code of the longest piece that begins at `at`, and where it ends; -1 where there is none.
std::int64_t WordPiece::longest_piece(std::string_view word, std::size_t at, std::size_t& end) const {
    const std::string_view prefix = at == 0 ? "" : "##";
    std::string piece = fmt::format("{}{}", prefix, word.substr(at, longest_));
    while (piece.size() > prefix.size()) {
        if (const auto found = pieces_.find(std::string_view(piece)); found != pieces_.end()) {
            end = at + piece.size() - prefix.size();
            return found->second;
        }
        piece.pop_back();
    }
    return -1;
}

}  // namespace mlpc::pretrained
