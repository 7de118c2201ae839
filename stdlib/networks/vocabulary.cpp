#include "stdlib/networks/vocabulary.h"

#include "runtime/core/error.h"
#include "stdlib/steps/text_analysis.h"

#include <algorithm>

namespace mlpc::networks {

namespace {

// Calls `visit` with every word of a row's texts, in order, until it returns false.
template <class Visit>
void for_each_word(const Frame& texts, std::size_t row, Visit visit) {
    static const text::Analysis analysis;
    for (std::size_t c = 0; c < texts.columns(); ++c) {
        if (texts.missing(row, c)) {
            continue;
        }
        const std::string prepared = text::prepared(texts.text(row, c), analysis);
        for (const std::string_view word : text::words_in(prepared, analysis)) {
            if (!visit(word)) {
                return;
            }
        }
    }
}

}  // namespace

Vocabulary Vocabulary::learned(const Frame& texts, std::int64_t codes, std::int64_t least) {
    WordNumbers counts;
    for (std::size_t row = 0; row < texts.rows(); ++row) {
        for_each_word(texts, row, [&](std::string_view word) {
            const auto at = counts.find(word);
            ++(at != counts.end() ? at->second : counts[std::string(word)]);
            return true;
        });
    }
    std::vector<std::pair<std::string, std::int64_t>> words;
    for (auto& [word, count] : counts) {
        if (count >= least) {
            words.emplace_back(word, count);
        }
    }
    std::sort(words.begin(), words.end(),
              [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    words.resize(std::min(words.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, codes - first_word))));
    Vocabulary learned;
    for (auto& [word, count] : words) {
        learned.words_.push_back(word);
    }
    learned.index();
    return learned;
}

void Vocabulary::index() {
    code_of_.clear();
    for (std::size_t i = 0; i < words_.size(); ++i) {
        code_of_.emplace(words_[i], first_word + static_cast<std::int64_t>(i));
    }
}

void Vocabulary::encode(const Frame& texts, std::size_t row, std::span<std::int64_t> out) const {
    std::size_t count = 0;
    for_each_word(texts, row, [&](std::string_view word) {
        if (count == out.size()) {
            return false;
        }
        const auto at = code_of_.find(word);
        out[count++] = at == code_of_.end() ? unknown : at->second;
        return true;
    });
    std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end());
    std::fill(out.begin(), out.end() - static_cast<std::ptrdiff_t>(count), padding);
}

void Vocabulary::archive(Archive& a) {
    a.field("words", words_);
    if (!a.reading()) {
        return;
    }
    index();
    if (code_of_.size() != words_.size()) {
        throw RunError("the saved network has a word twice in its vocabulary");
    }
}

}  // namespace mlpc::networks
