// One NumPy array of an `.npy` file or of a member of an `.npz` archive.
#pragma once

#include "runtime/io/raw_numbers.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct NpyArray {
    std::vector<std::size_t> shape;
    // Numbers, rows by the product of the other dimensions; or texts, one a row.
    Matrix numbers;
    std::vector<std::string> texts;
    bool is_text = false;

    std::size_t rows() const { return shape.empty() ? 1 : shape.front(); }
};
// `place` begins messages. Throws RunError where it is no array of numbers or texts, or not all of it is there.
NpyArray read_npy_array(std::string_view bytes, const std::string& place);

}  // namespace mlpc
