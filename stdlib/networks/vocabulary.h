// The words that a network knows, by code.
#pragma once

#include "runtime/core/archive.h"
#include "runtime/core/table.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mlpc::networks {

// Looked up without a copy of the word.
struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
};
using WordNumbers = std::unordered_map<std::string, std::int64_t, WordHash, std::equal_to<>>;

class Vocabulary {
public:
    static constexpr std::int64_t padding = 0, unknown = 1, first_word = 2;

    Vocabulary() = default;
    // Of the words that stand at least `least` times in the columns of these rows, those that stand most often, of equals the first by
    // alphabet; with the two codes that are no words at most `codes`.
    static Vocabulary learned(const Frame& texts, std::int64_t codes, std::int64_t least);

    std::int64_t codes() const { return first_word + static_cast<std::int64_t>(words_.size()); }
    // The codes of a row's words, its columns one behind the other: the first ones where they are more than `out` holds, padded in front
    // where they are fewer, so that the last is a word.
    void encode(const Frame& texts, std::size_t row, std::span<std::int64_t> out) const;
    void archive(Archive&);

private:
    void index();
    std::vector<std::string> words_;  // by code, from first_word on
    WordNumbers code_of_;
};

}  // namespace mlpc::networks
