// The tree-structured Parzen estimator as a searcher.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/search/tpe_proposals.h"

namespace mlpc {

std::unique_ptr<Searcher> make_tpe(const parzen::TpeParams&, const SearchTask&);

}  // namespace mlpc
