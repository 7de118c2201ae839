// A table in single precision that says which of its rows may be among the nearest to a row, so that few distances are computed exactly.
#pragma once

#include "runtime/core/table.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace mlpc::models {

// Scores of rows are |a|² - 2 a·b, the squared distance but for |b|²; a bound of their rounding error decides who is on a list.
class RowShortlist {
public:
    // Null where the cells are too large for it.
    static std::optional<RowShortlist> of(const Matrix& table);

    // For each query (a column): ascending positions of `count` rows or more, among them the `count` nearest ones and all that are as far as
    // the last of these. So many queries at once that the table is read from near memory.
    static constexpr Eigen::Index most_queries = 64;
    std::vector<std::vector<std::uint32_t>> near(const Eigen::Ref<const Matrix>& queries, std::size_t count) const;

private:
    struct Query;
    explicit RowShortlist(Eigen::Index rows) : rows_(rows) {}
    void fill(const Matrix& table);
    Query prepare(const Eigen::Ref<const Vector>& query, float* cells) const;
    void tighten(Query&, std::size_t count) const;

    Eigen::Index rows_;
    Vector centre_;
    double scale_ = 1;  // a power of two that brings the cells to at most 1
    double unit_error_ = 0;
    std::vector<float> groups_, lows_, slack_;  // lows: |a|² less its error; slack: twice that error
};

}  // namespace mlpc::models
