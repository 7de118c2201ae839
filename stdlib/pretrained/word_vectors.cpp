#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "stdlib/pretrained/bert_characters.h"
#include "stdlib/pretrained/open_when_asked.h"
#include "stdlib/pretrained/text_input.h"
#include "stdlib/pretrained/word_table.h"
#include "stdlib/stdlib.h"

#include <filesystem>

namespace mlpc {

namespace {

using pretrained::WordTable;

struct WordVectorsParams {
    std::string path;
};
const Schema<WordVectorsParams>& word_vectors_schema() {
    static const Schema<WordVectorsParams> fields{
        field(&WordVectorsParams::path, {.name = "path", .doc = "The table of words, a line each, as text or compressed (`.gz`)"}),
    };
    return fields;
}

// Runs of characters that `apart` does not hold for.
template <class Apart>
std::vector<std::string> pieces(std::string_view text, Apart apart) {
    std::vector<std::string> found;
    std::u32string piece;
    for (const char32_t c : decode_utf8(text) + U' ') {
        if (!apart(c)) {
            piece.push_back(c);
        } else if (!piece.empty()) {
            found.push_back(encode_utf8(piece));
            piece.clear();
        }
    }
    return found;
}

class WordVectors final : public RowEncoder {
public:
    explicit WordVectors(const std::string& path) : name_(std::filesystem::path(path).filename().string()), table_(WordTable::read(path)) {}
    std::size_t width() const override { return table_.width(); }
    void encode(const Frame& x, float* out) const override {
        pretrained::require_one_text(x, name_);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            encode(x.text(row, 0), out + row * width());
        }
    }

private:
    void encode(std::string_view text, float* out) const {
        std::vector<double> sum(width());
        std::size_t count = 0;
        const auto add = [&](const float* vector) {
            for (std::size_t i = 0; i < sum.size(); ++i) {
                sum[i] += static_cast<double>(vector[i]);
            }
            ++count;
        };
        for (const std::string& token : pieces(text, pretrained::is_white_space)) {
            if (const float* vector = find(token)) {
                add(vector);
                continue;
            }
            const auto apart = [](char32_t c) { return pretrained::is_white_space(c) || pretrained::is_punctuation(c); };
            for (const std::string& word : pieces(token, apart)) {
                if (const float* vector = find(word)) {
                    add(vector);
                }
            }
        }
        for (std::size_t i = 0; i < sum.size(); ++i) {
            out[i] = count == 0 ? 0 : static_cast<float>(sum[i] / static_cast<double>(count));
        }
    }
    const float* find(const std::string& word) const {
        const float* as_written = table_.find(word);
        return as_written != nullptr ? as_written : table_.find(to_lower(word));
    }

    std::string name_;
    WordTable table_;
};

}  // namespace

void add_word_vectors(Catalog& catalog) {
    ComponentInfo info;
    info.name = "word_vectors";
    info.kind = ComponentKind::Pretrained;
    info.summary =
        "Vectors of words, as GloVe and fastText publish them: a text becomes the mean of its words' vectors, those not in the table left out";
    info.source =
        "Pennington, Socher, Manning: GloVe: Global Vectors for Word Representation, EMNLP 2014; Bojanowski et al.: Enriching Word Vectors with "
        "Subword Information, TACL 2017";
    info.example = "source glove = word_vectors(\"glove.6B.100d.txt\") {\n  licence \"PDDL-1.0\"\n}";
    info.params = specs_of(word_vectors_schema());
    info.accepts = types_of({ColumnType::Text});
    info.open_encoder = [](const std::string& path, const ParamValues& values) {
        return pretrained::open_when_asked(pretrained::source_of(*standard_library().find(ComponentKind::Pretrained, "word_vectors"), path, values),
                                           [](const pretrained::Source& source) { return std::make_shared<WordVectors>(source.path); });
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
