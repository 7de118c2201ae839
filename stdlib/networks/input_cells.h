// From the columns of a frame to the cells that one input of a network is given.
#pragma once

#include "runtime/core/network.h"
#include "stdlib/networks/backend.h"
#include "stdlib/networks/vocabulary.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlpc::networks {

// Cells of some rows, row by row; one of the two lists is filled.
struct CellBlock {
    std::size_t width = 0;
    std::vector<float> numbers;
    std::vector<std::int64_t> codes;

    InputCells view() const { return {width, codes.empty() ? numbers.data() : nullptr, codes.empty() ? nullptr : codes.data()}; }
};

// What an input takes of a frame, and what it has learned of it from the rows that were fitted.
class NetworkInput {
public:
    NetworkInput() = default;
    // An INPUT of a resolved network. Throws RunError, naming `model`, where it takes no column, or columns of several kinds.
    NetworkInput(const Json& input, const Frame& fitted, const std::string& model);

    TensorShape shape() const;
    // The INPUT with what was learned: "levels" of each column where they are categories, the vocabulary of `tokens`.
    Json learned(Json input) const;
    // Throws RunError where a cell cannot be used, or the columns are not those of the fit.
    CellBlock cells(const Frame& x, std::span<const std::uint32_t> rows, const std::string& model) const;
    void archive(Archive&);

private:
    Frame columns_of(const Frame&, const std::string& model) const;
    CellBlock number_cells(const Frame&, std::span<const std::uint32_t> rows, const std::string& model) const;
    CellBlock level_cells(const Frame&, std::span<const std::uint32_t> rows) const;
    CellBlock word_cells(const Frame&, std::span<const std::uint32_t> rows) const;

    TensorShape::Kind kind_ = TensorShape::Kind::Numbers;  // Numbers, Codes or Texts
    std::vector<std::uint32_t> columns_;                   // positions in the frame
    std::vector<Levels> levels_;                           // Codes: of each column
    std::optional<Vocabulary> vocabulary_;                 // where `tokens` comes first
    std::int64_t length_ = 0;                              // of a row's words there
    std::string source_;                                   // where `pretrained` comes first: its source
};

}  // namespace mlpc::networks
