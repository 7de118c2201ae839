// The terms of texts (words, runs of words, runs of characters) with how often each stands in each text.
#pragma once

#include "runtime/core/table.h"
#include "stdlib/steps/text_analysis.h"

namespace mlpc::text {

// The terms of the text with dictionary code t are (ids[i], counts[i]) for i in offsets[t] … offsets[t + 1], ids ascending.
struct Terms {
    Levels spellings;  // by id, ascending
    std::vector<std::uint64_t> offsets{0};
    std::vector<std::uint32_t> ids;
    std::vector<std::uint32_t> counts;
};

// Of every text of the dictionary, held-out rows' too: a component learns from the terms of the rows that it is given alone. Made once for
// each dictionary and analysis, as long as the dictionary lives.
std::shared_ptr<const Terms> terms_of(const std::shared_ptr<const Levels>& texts, const Analysis&);

}  // namespace mlpc::text
