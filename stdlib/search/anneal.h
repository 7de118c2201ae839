// Hyperopt's annealing as a searcher.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

struct AnnealParams {
    std::int64_t trials = 60;
    double mean_rank = 2.0;
    double shrinking = 0.1;
};

std::unique_ptr<Searcher> make_anneal(const AnnealParams&, const SearchTask&);

}  // namespace mlpc
