#include "runtime/core/error.h"
#include "stdlib/pretrained/word_table.h"
#include "stdlib/stdlib.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace mlpc::pretrained {
namespace text_word_vectors_test {

constexpr const char* table = "the 1 0\nfilm 0 1\nFilm 5 5\n. 0 -1\ndon't 2 2\nnaïve 3 -3\n";

class WordVectorsTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("mlpc_words_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string written(const std::string& content) const {
        const std::string path = folder_ / "words.txt";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::string compressed(const std::string& content) const {
        const std::string path = folder_ / "words.txt.gz";
        gzFile file = gzopen(path.c_str(), "wb");
        gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
        gzclose(file);
        return path;
    }
    std::string refusal(const std::string& path) const {
        try {
            WordTable::read(path);
        } catch (const RunError& error) {
            const std::string what = error.what();
            return what.substr(0, what.find(';'));
        }
        return "";
    }
    std::string refusal_of(const std::string& content) const {
        const std::string path = written(content), what = refusal(path);
        return what.starts_with("`" + path + "`, ") ? what.substr(path.size() + 4) : what;
    }
    std::filesystem::path folder_;
};

std::vector<std::vector<float>> encoded(const std::string& path, const std::vector<std::string>& texts) {
    const ComponentInfo* info = standard_library().find(ComponentKind::Pretrained, "word_vectors");
    const auto encoder = info->open_encoder(path, {ParamValue{path}});
    const Frame x({Column::of_texts("text", texts, ColumnType::Text)}, texts.size());
    std::vector<float> numbers(texts.size() * encoder->width());
    encoder->encode(x, numbers.data());
    std::vector<std::vector<float>> rows;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        rows.emplace_back(numbers.begin() + static_cast<std::ptrdiff_t>(row * encoder->width()),
                          numbers.begin() + static_cast<std::ptrdiff_t>((row + 1) * encoder->width()));
    }
    return rows;
}

TEST_F(WordVectorsTest, ATextIsTheMeanOfItsWords) {
    const auto rows = encoded(written(table), {"the film", "the the film film", "the", "", "unheard of", "the unheard"});
    EXPECT_EQ(rows[0], (std::vector<float>{0.5F, 0.5F}));
    EXPECT_EQ(rows[1], rows[0]);
    EXPECT_EQ(rows[2], (std::vector<float>{1, 0}));
    EXPECT_EQ(rows[3], (std::vector<float>{0, 0}));
    EXPECT_EQ(rows[4], (std::vector<float>{0, 0}));
    EXPECT_EQ(rows[5], rows[2]);
}

TEST_F(WordVectorsTest, AWordIsLookedForAsWrittenThenInLowerCaseThenWithoutPunctuation) {
    const auto rows = encoded(written(table), {"Film", "FILM", "(film)", "don't", "Don't", "film.", "film .", "NAÏVE!", "the-film"});
    EXPECT_EQ(rows[0], (std::vector<float>{5, 5}));
    EXPECT_EQ(rows[1], (std::vector<float>{0, 1}));
    EXPECT_EQ(rows[2], rows[1]);
    EXPECT_EQ(rows[3], (std::vector<float>{2, 2}));
    EXPECT_EQ(rows[4], rows[3]);
    EXPECT_EQ(rows[5], rows[1]);
    EXPECT_EQ(rows[6], (std::vector<float>{0, 0}));  // a mean of (0, 1) and (0, -1): a dot of its own is a word of the table
    EXPECT_EQ(rows[7], (std::vector<float>{3, -3}));
    EXPECT_EQ(rows[8], (std::vector<float>{0.5F, 0.5F}));
}

TEST_F(WordVectorsTest, ReadsTheFormsInWhichTablesArePublished) {
    const auto same = [&](const std::string& path) {
        const WordTable words = WordTable::read(path);
        ASSERT_EQ(words.width(), 2U);
        ASSERT_EQ(words.words(), 2U);
        EXPECT_EQ(words.find("a")[1], -0.25F);
        EXPECT_EQ(words.find("b")[0], 3e-5F);
        EXPECT_EQ(words.find("c"), nullptr);
    };
    same(written("a 1 -0.25\nb 3e-5 4\n"));
    same(written("a 1 -0.25\nb 3e-5 4"));
    same(written("2 2\na 1 -0.25 \r\nb\t3e-5 4 \r\n"));
    same(compressed("2 2\na 1 -0.25\nb 3e-5 4\n"));
    same(written("a 1 -0.25\nb 3e-5 4\na 9 9\n"));  // the first counts
}

TEST_F(WordVectorsTest, AWordMayHaveBlanks) {
    const WordTable words = WordTable::read(written("x 1 2\n. . . 3 4\n"));
    ASSERT_NE(words.find(". . ."), nullptr);
    EXPECT_EQ(words.find(". . .")[1], 4);
}

TEST_F(WordVectorsTest, ALongFileIsReadOverTheEdgesOfItsBuffer) {
    std::string content;
    for (int i = 0; i < 60'000; ++i) {
        content += "word" + std::to_string(i) + " " + std::to_string(i) + " " + std::to_string(-i) + "\n";
    }
    const WordTable words = WordTable::read(written(content));
    ASSERT_EQ(words.words(), 60'000U);
    for (const int i : {0, 20'000, 59'999}) {
        EXPECT_EQ(words.find("word" + std::to_string(i))[1], static_cast<float>(-i));
    }
}

TEST_F(WordVectorsTest, RefusesWhatIsNoTableOfWords) {
    EXPECT_EQ(refusal((folder_ / "none").string()), "`" + (folder_ / "none").string() + "` can't be read");
    EXPECT_EQ(refusal_of(""), "line 1: it is empty");
    EXPECT_EQ(refusal_of("word\n"), "line 1: the line has no numbers");
    EXPECT_EQ(refusal_of("a 1 2\nb 1\n"), "line 2: number 1 of 2 is `b`");
    EXPECT_EQ(refusal_of("a 1 2\nb 1 x\n"), "line 2: number 2 of 2 is `x`");
    EXPECT_EQ(refusal_of("a 1 2\nb 1 nan\n"), "line 2: number 2 of 2 is `nan`");
    EXPECT_EQ(refusal_of("a 1 2\n\n"), "line 2: number 2 of 2 is ``");
    EXPECT_EQ(refusal_of("a 1 2\n 1 2\n"), "line 2: there are numbers but no word");
    EXPECT_EQ(refusal_of("3 2\na 1 2\n"), "line 3: its first line announces 3 words, and it has 1: is the file complete");
    EXPECT_EQ(refusal_of("0 2\na 1 2\n"), "line 1: `0` is no count of words or of numbers");
    EXPECT_NE(refusal_of("3 99999999999\na 1 2\n").find("more numbers than are read"), std::string::npos);
    EXPECT_NE(refusal_of(std::string(3 << 20, 'x')).find("a line of more than"), std::string::npos);
}

TEST_F(WordVectorsTest, RefusesATruncatedArchive) {
    std::string content;
    for (int i = 0; i < 5000; ++i) {
        content += "word" + std::to_string(i * 7919) + " 1 2\n";
    }
    const std::string path = compressed(content);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    EXPECT_NE(refusal(path).find("is damaged or truncated"), std::string::npos) << refusal(path);
}

}  // namespace text_word_vectors_test
}  // namespace mlpc::pretrained
