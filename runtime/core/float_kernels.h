// Single-precision kernels for shortlists: what they find is looked at again in double precision, so that no result depends on their bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mlpc::kernels {

// Rows stand in groups: of each group dimension after dimension, its rows side by side.
inline constexpr std::ptrdiff_t group_rows = 16;

// out (group_count · group_rows × query_group) = offset of the row - 2 · row · query, for a group of queries that stand alike: dimension after
// dimension, side by side. Sums may run in any order.
inline constexpr std::ptrdiff_t query_group = 4;
void group_scores(const float* groups, const float* offsets, std::ptrdiff_t group_count, std::ptrdiff_t d, const float* queries, float* out,
                  std::ptrdiff_t ldout);

// Positions of the scores (a multiple of group_rows) that are at most the limit, ascending; returns how many. There is room for all.
std::ptrdiff_t positions_up_to(const float* scores, std::ptrdiff_t count, float limit, std::uint32_t* positions);

}  // namespace mlpc::kernels
