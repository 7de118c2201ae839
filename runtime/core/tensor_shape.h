// What flows between the layers of a network, for one row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mlpc {

struct TensorShape {
    enum class Kind {
        Numbers,   // {width}
        Codes,     // {columns}: categories, each to be embedded
        Texts,     // {columns}
        Image,     // {height, width, channels}
        Sequence,  // {steps, channels}
        Tokens,    // {steps, vocabulary}: numbers of words, to be embedded
    };
    static constexpr std::int64_t unknown = -1;  // an extent that is known when the data is read

    Kind kind = Kind::Numbers;
    std::vector<std::int64_t> extents;

    friend bool operator==(const TensorShape&, const TensorShape&) = default;
    // Cells of one row; unknown where an extent is.
    std::int64_t cells() const;
};
// "an image of 28 × 28 × 1", "64 numbers", "numbers".
std::string to_string(const TensorShape&);

struct LayerShape {
    TensorShape out;
    std::int64_t parameters = 0;  // that it learns; unknown where they depend on an unknown extent
};

}  // namespace mlpc
