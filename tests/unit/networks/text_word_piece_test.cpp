#include "runtime/core/error.h"
#include "stdlib/pretrained/word_piece.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace mlpc::pretrained {
namespace text_word_piece_test {

using Codes = std::vector<std::int64_t>;

std::string bytes_of(const std::string& name) {
    std::ifstream file(std::string(MLPC_SOURCE_DIR "/tests/unit/networks/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
const WordPiece& small_vocabulary() {
    static const WordPiece pieces = WordPiece::parse(bytes_of("text_word_piece.vocab"));
    return pieces;
}

// The tables were written by text_word_piece.mjs.
TEST(WordPieceTest, SplitsAsAnImplementationOfOthers) {
    std::istringstream rows(bytes_of("text_word_piece.tsv"));
    std::size_t compared = 0;
    for (std::string row; std::getline(rows, row); ++compared) {
        const std::size_t tab = row.find('\t');
        const auto text = nlohmann::json::parse(row.substr(0, tab)).get<std::string>();
        std::istringstream numbers(row.substr(tab));
        const Codes expected{std::istream_iterator<std::int64_t>(numbers), {}};
        EXPECT_EQ(small_vocabulary().encode(text, 512), expected) << row;
    }
    EXPECT_EQ(compared, 49U);
}

TEST(WordPieceTest, CutsWhatIsTooLongAndStillEndsIt) {
    const WordPiece pieces({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b"});
    EXPECT_EQ(pieces.encode("a abb a", 512), (Codes{2, 4, 4, 5, 5, 4, 3}));
    EXPECT_EQ(pieces.encode("a abb a", 5), (Codes{2, 4, 4, 5, 3}));
    EXPECT_EQ(pieces.encode("a abb a", 2), (Codes{2, 3}));
}

TEST(WordPieceTest, DropsBytesThatAreNotUtf8) {
    const WordPiece pieces({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b"});
    EXPECT_EQ(pieces.encode("a\xff\xc3", 512), (Codes{2, 4, 3}));
}

TEST(WordPieceTest, FollowsTheNormaliserOfATokenizerFile) {
    nlohmann::json file = {
        {"model", {{"type", "WordPiece"}, {"vocab", {{"[PAD]", 0}, {"[UNK]", 1}, {"[CLS]", 2}, {"[SEP]", 3}, {"A", 4}, {"a", 5}}}}},
        {"normalizer", {{"type", "BertNormalizer"}, {"lowercase", true}}},
        {"pre_tokenizer", {{"type", "BertPreTokenizer"}}}};
    EXPECT_EQ(WordPiece::parse(file.dump()).encode("A Á", 9), (Codes{2, 5, 5, 3}));
    file["normalizer"]["lowercase"] = false;
    EXPECT_EQ(WordPiece::parse(file.dump()).encode("A Á", 9), (Codes{2, 4, 1, 3}));
    file["normalizer"]["strip_accents"] = true;
    EXPECT_EQ(WordPiece::parse(file.dump()).encode("A Á", 9), (Codes{2, 4, 4, 3}));
    file["model"]["max_input_chars_per_word"] = 0;
    EXPECT_EQ(WordPiece::parse(file.dump()).encode("A", 9), (Codes{2, 1, 3}));
}

std::string refusal(const std::string& bytes) {
    try {
        WordPiece::parse(bytes);
    } catch (const RunError& error) {
        return error.what();
    }
    return "";
}

TEST(WordPieceTest, RefusesWhatIsNoVocabularyOfWordPiece) {
    EXPECT_EQ(refusal(" \n"), "it is empty");
    EXPECT_EQ(refusal("[PAD]\n\xff"), "it is not UTF-8");
    EXPECT_EQ(refusal("a\n[PAD]\n[UNK]\n[CLS]\n[SEP]"), "its piece `[PAD]` is not the first");
    EXPECT_EQ(refusal("[PAD]\n[UNK]\n[CLS]"), "it has no piece `[SEP]`");
    EXPECT_EQ(refusal(R"({"model": {"type": "BPE"}})"), "its `model` is `BPE`, and only `WordPiece` is read");
    EXPECT_NE(refusal(R"({"model": )").find("parse error"), std::string::npos);
    const std::string rest = R"("normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"}})";
    EXPECT_EQ(refusal(R"({"model": {"type": "WordPiece", "vocab": {"a": 1e15}}, )" + rest), "its piece `a` has the code 1000000000000000");
    EXPECT_NE(refusal(R"({"model": {"type": "WordPiece", "vocab": {"a": "b"}}, )" + rest).find("type must be number"), std::string::npos);
}

}  // namespace text_word_piece_test
}  // namespace mlpc::pretrained
