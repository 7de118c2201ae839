#include "runtime/core/unicode.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mlpc {
namespace vectorizers_sklearn_test {

using Json = nlohmann::json;

// The project's own explanation pages, by paragraph: English with code, punctuation and numbers.
std::vector<std::string> paragraphs() {
    std::vector<std::filesystem::path> pages;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(MLPC_SOURCE_DIR "/compiler/diagnostics")) {
        if (entry.path().extension() == ".md") {
            pages.push_back(entry.path());
        }
    }
    std::sort(pages.begin(), pages.end());
    std::vector<std::string> found;
    for (const auto& page : pages) {
        std::ifstream in(page);
        std::string paragraph;
        for (std::string line; std::getline(in, line);) {
            paragraph += line + "\n";
            if (line.empty() && paragraph.size() > 60) {
                found.push_back(std::exchange(paragraph, ""));
            }
        }
    }
    return found;
}

// Scripts, cases and spaces that a careless tokenizer gets wrong.
const std::vector<std::string> many_scripts{
    "Über Straßen fährt der ÖPNV: ½ Stunde, 3² Männer, naïve Façade",
    "ΟΔΥΣΣΕΥΣ και Σίσυφος: ΣΟΦΟΣ Σ ΑΣ",
    "İstanbul'da IŞIK ve ılık çay; DİYARBAKIR",
    "Москва и Санкт-Петербург, Ёлка ёлка",
    "東京都に行きました。2024年1月31日 ﾊﾝｶｸ ｶﾞ",
    "नमस्ते दुनिया कैसे हैं",
    "한국어 텍스트 처리",
    "مرحبا بالعالم العربي",
    "snake_case camelCase x_1 __init__ a b cd e-mail o'neill don't",
    "tabs\tand\vodd\034spaces\u00A0here\u2003and\u3000there\302\205next  two   three",
    "ligatures ﬁnd ﬂow Ⅷ ① ℌ 𝐛𝐨𝐥𝐝 𝟘𝟙",
    "!!! ... ---",
    "x",
    "repeat repeat repeat REPEAT Repeat other",
};

Frame frame_of(const std::vector<std::string>& texts) { return {{Column::of_texts("notes", texts, ColumnType::Text)}, texts.size()}; }

struct Case {
    std::string kind;
    std::map<std::string, ParamValue> ours;
    Json sklearn;
};

std::vector<Case> cases() {
    const ParamValue yes{true}, no{false};
    const auto characters = [](double least, double most) { return ParamValue{Interval{least, most}}; };
    return {
        {"count_words", {}, Json::object()},
        {"count_words", {{"words", {Interval{1, 2}}}}, {{"ngram_range", {1, 2}}}},
        {"count_words", {{"words", {Interval{2, 3}}}, {"binary", yes}}, {{"ngram_range", {2, 3}}, {"binary", true}}},
        {"count_words", {{"lowercase", no}, {"strip_accents", yes}}, {{"lowercase", false}, {"strip_accents", "unicode"}}},
        {"count_words", {{"strip_accents", yes}}, {{"strip_accents", "unicode"}}},
        {"count_words", {{"stop_words", {Word{"english"}}}, {"words", {Interval{1, 2}}}}, {{"stop_words", "english"}, {"ngram_range", {1, 2}}}},
        {"count_words", {{"characters", characters(3, 5)}}, {{"analyzer", "char_wb"}, {"ngram_range", {3, 5}}}},
        {"count_words",
         {{"characters", characters(1, 2)}, {"lowercase", no}},
         {{"analyzer", "char_wb"}, {"ngram_range", {1, 2}}, {"lowercase", false}}},
        {"count_words", {{"characters", characters(6, 6)}}, {{"analyzer", "char_wb"}, {"ngram_range", {6, 6}}}},
        {"count_words", {{"min_rows", {3.0}}, {"max_share", {0.2}}}, {{"min_df", 3}, {"max_df", 0.2}}},
        {"count_words", {{"min_rows", {0.03}}, {"max_share", {12.0}}}, {{"min_df", 0.03}, {"max_df", 12}}},
        {"tfidf", {}, Json::object()},
        {"tfidf", {{"words", {Interval{1, 3}}}, {"sublinear", yes}}, {{"ngram_range", {1, 3}}, {"sublinear_tf", true}}},
        {"tfidf", {{"smooth", no}, {"norm", {Word{"l1"}}}}, {{"smooth_idf", false}, {"norm", "l1"}}},
        {"tfidf", {{"idf", no}}, {{"use_idf", false}}},
        {"tfidf", {{"norm", {Word{"none"}}}, {"binary", yes}}, {{"norm", nullptr}, {"binary", true}}},
        {"tfidf", {{"characters", characters(2, 4)}, {"min_rows", {2.0}}}, {{"analyzer", "char_wb"}, {"ngram_range", {2, 4}}, {"min_df", 2}}},
        {"hash_words", {{"columns", {std::int64_t{1000}}}}, {{"n_features", 1000}}},
        {"hash_words",
         {{"columns", {std::int64_t{64}}}, {"words", {Interval{1, 2}}}, {"norm", {Word{"none"}}}},
         {{"n_features", 64}, {"ngram_range", {1, 2}}, {"norm", nullptr}}},
        {"hash_words",
         {{"columns", {std::int64_t{4096}}}, {"signs", no}, {"norm", {Word{"l1"}}}},
         {{"n_features", 4096}, {"alternate_sign", false}, {"norm", "l1"}}},
        {"hash_words",
         {{"columns", {std::int64_t{128}}}, {"binary", yes}, {"characters", characters(3, 3)}},
         {{"n_features", 128}, {"binary", true}, {"analyzer", "char_wb"}, {"ngram_range", {3, 3}}}},
    };
}

ParamValues params_of(const ComponentInfo& info, const std::map<std::string, ParamValue>& given) {
    ParamValues values = info.default_params();
    for (const auto& [name, value] : given) {
        values.at(info.find_param(name)) = value;
    }
    return values;
}

void expect_rows(const Frame& ours, const Json& expected, const std::string& what) {
    const auto rows = ours.sparse_rows();
    ASSERT_EQ(rows->offsets, expected["offsets"].get<std::vector<std::uint64_t>>()) << what;
    ASSERT_EQ(rows->indices, expected["indices"].get<std::vector<std::uint32_t>>()) << what;
    const auto values = expected["values"].get<std::vector<double>>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        ASSERT_NEAR(rows->values[i], values[i], 1e-12 * (1 + std::abs(values[i]))) << what << ", stored cell " << i;
    }
}

TEST(VectorizersTest, EqualScikitLearnOnRealTexts) {
    std::vector<std::string> texts = paragraphs();
    ASSERT_GT(texts.size(), 100u);
    const std::vector<std::string> others(texts.begin() + 80, texts.end());
    texts.resize(80);
    texts.insert(texts.end(), many_scripts.begin(), many_scripts.end());
    Json input = {{"texts", texts}, {"others", others}, {"cases", Json::array()}};
    for (const Case& one : cases()) {
        input["cases"].push_back({{"kind", one.kind}, {"sklearn", one.sklearn}});
    }
    const auto answers = ask_scikit_learn("text/sklearn_text.py", input);
    if (!answers) {
        GTEST_SKIP() << "Debian's python3-sklearn is absent";
    }
    for (std::size_t i = 0; i < cases().size(); ++i) {
        const Case one = cases()[i];
        const std::string what = one.kind + " as " + one.sklearn.dump();
        const ComponentInfo& info = *standard_library().find(ComponentKind::Step, one.kind);
        FitContext context{.rng = Rng::of_seed(1)};
        const auto fitted = info.make_step(params_of(info, one.ours), {})->fit(frame_of(texts), nullptr, context);
        const Frame ours = fitted->apply(frame_of(texts));
        if (answers->at(i).contains("terms")) {
            std::vector<std::string> names;
            for (const auto& term : answers->at(i)["terms"]) {
                names.push_back("notes=" + term.get<std::string>());
            }
            ASSERT_EQ(ours.names(), names) << what;
        }
        expect_rows(ours, answers->at(i)["fitted"], what + ", fitted");
        expect_rows(fitted->apply(frame_of(others)), answers->at(i)["applied"], what + ", applied");
    }
}

// One text a character between two letters: a word character joins them to one word of three. Newer characters than both sides know lie
// beyond the first plane.
TEST(VectorizersTest, WordCharactersAndSmallLettersAreThoseOfUnicode) {
    std::vector<std::string> texts;
    for (std::uint32_t point = 0x21; point < 0x1'0000; point += point < 0x3000 ? 1 : 7) {
        if (point >= 0xD800 && point <= 0xDFFF) {
            continue;
        }
        const std::u32string around{U'a', static_cast<char32_t>(point), U'b'};
        texts.push_back(encode_utf8(around));
    }
    const Json input = {{"texts", texts},
                        {"others", Json::array({"ab"})},
                        {"cases", Json::array({{{"kind", "count_words"}, {"sklearn", Json::object()}},
                                               {{"kind", "count_words"}, {"sklearn", {{"strip_accents", "unicode"}}}}})}};
    const auto answers = ask_scikit_learn("text/sklearn_text.py", input);
    if (!answers) {
        GTEST_SKIP() << "Debian's python3-sklearn is absent";
    }
    for (const bool strip : {false, true}) {
        const ComponentInfo& info = *standard_library().find(ComponentKind::Step, "count_words");
        FitContext context{.rng = Rng::of_seed(1)};
        const auto fitted = info.make_step(params_of(info, {{"strip_accents", {strip}}}), {})->fit(frame_of(texts), nullptr, context);
        std::vector<std::string> expected;
        for (const auto& term : answers->at(strip ? 1 : 0)["terms"]) {
            expected.push_back("notes=" + term.get<std::string>());
        }
        const std::vector<std::string> ours = fitted->apply(frame_of(texts)).names();
        std::vector<std::string> differing;
        std::set_symmetric_difference(ours.begin(), ours.end(), expected.begin(), expected.end(), std::back_inserter(differing));
        EXPECT_EQ(differing, std::vector<std::string>{}) << (strip ? "without accents" : "with accents");
    }
}

}  // namespace vectorizers_sklearn_test
}  // namespace mlpc
