// Wilcoxon's signed-rank test.
#pragma once

#include <span>

namespace mlpc {

// The probability that differences which are symmetric about zero have positive ranks as high as these: exact for up to 50 without a zero,
// else by the normal approximation. Ties share their ranks, those of zeros count half (scipy.stats.wilcoxon with zsplit, alternative greater).
// 1 where there is no difference.
double signed_rank_greater(std::span<const double> differences);

}  // namespace mlpc
