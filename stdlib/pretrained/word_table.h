// Vectors of words as GloVe and fastText publish them: a line a word, the word and its numbers apart by blanks, perhaps compressed by gzip,
// perhaps behind a line with the count of words and of numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mlpc::pretrained {

class WordTable {
public:
    // Throws RunError, naming the line, where the file is not of this format.
    static WordTable read(const std::string& path);

    std::size_t width() const { return width_; }
    std::size_t words() const { return rows_.size(); }
    // width() numbers, or null.
    const float* find(std::string_view word) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    friend class WordTableReader;

    std::size_t width_ = 0;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> rows_;
    std::vector<float> numbers_;
};

}  // namespace mlpc::pretrained
