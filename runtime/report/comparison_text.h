// Models beside each other on the same folds, in words that all reports share.
#pragma once

#include "runtime/reading/model_comparison.h"
#include "runtime/report/score_format.h"

#include <string>
#include <vector>

namespace mlpc {

// By which test two models are told apart, and what ± and p are in the table beside it.
extern const char* const paired_test_words;

// With as many digits as tell the scores apart.
ScoreFormat score_format(const std::vector<ComparedStanding>&);
// "best", "not told from the best", "worse", "no score"
std::string standing_words(const std::vector<ComparedStanding>&, std::size_t position);
// Which cannot be told from the best; on what they were compared; what is to be doubted.
std::vector<std::string> comparison_sentences(const ComparisonRecord&, const std::vector<ComparedStanding>&);
// The block below its heading.
std::string comparison_text(const ComparisonRecord&);

}  // namespace mlpc
