// What pre-trained networks have gained in a search, in words that all reports share.
#pragma once

#include "runtime/reading/transfer_gain.h"
#include "runtime/report/score_format.h"

#include <string>
#include <vector>

namespace mlpc {

// "fine-tuned", "frozen", "from scratch"
std::string words_for(Reuse);
// With as many digits as tell the best scores of a gain apart.
ScoreFormat score_format(const TransferGain&);
// What was compared, and a sentence for each comparison: "Fine-tuning gained 0.0100 ±0.0200 over the frozen source: not told apart."
std::string budget_sentence(const SearchRecord&, const TransferGain&);
std::vector<std::string> gain_sentences(const SearchRecord&, const TransferGain&);

}  // namespace mlpc
