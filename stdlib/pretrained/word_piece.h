// Texts as BERT and its descendants read them: words split into the pieces of a vocabulary, as Hugging Face's BertTokenizer splits them.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mlpc::pretrained {

class WordPiece {
public:
    // Of the bytes of a `vocab.txt` (one piece a line) or of a `tokenizer.json` whose model is WordPiece. Throws RunError where it is neither.
    static WordPiece parse(const std::string& bytes);
    // Pieces in order of their codes. Throws RunError where one of [PAD] (which must be 0), [UNK], [CLS] and [SEP] is not among them.
    explicit WordPiece(const std::vector<std::string>& pieces);

    // [CLS], the codes of the text's first pieces, [SEP]: at most `length`, which is 2 or more.
    std::vector<std::int64_t> encode(std::string_view text, std::size_t length) const;
    // What no code may reach.
    std::int64_t codes() const { return codes_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    static WordPiece of_json(const nlohmann::json&);
    std::int64_t special(std::string_view piece) const;
    void add_text(std::string_view text, std::vector<std::int64_t>& codes, std::size_t most) const;
    void add_word(std::string_view word, std::vector<std::int64_t>& codes) const;
    std::int64_t longest_piece(std::string_view word, std::size_t at, std::size_t& end) const;
    std::vector<std::string> words(std::u32string_view token) const;

    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> pieces_;
    std::size_t longest_ = 0;  // bytes of a piece, `##` included
    std::int64_t codes_ = 0, unknown_ = 0, first_ = 0, last_ = 0;
    bool lower_case_ = true, strip_accents_ = true, split_ideographs_ = true;
    std::size_t most_characters_ = 100;  // of a word that is not unknown
};

}  // namespace mlpc::pretrained
