// What the variants of the tree-structured Parzen estimator propose, given which trials are good.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/trial_history.h"

#include <memory>
#include <optional>
#include <vector>

namespace mlpc::parzen {

enum class Variant { Joint, Independent, Multivariate, Hyperopt };

struct TpeParams {
    std::int64_t trials = 60;
    Variant variant = Variant::Joint;
    std::optional<std::int64_t> startup = {};
    std::int64_t candidates = 24;
    std::optional<double> gamma = {};
    double prior_weight = 1.0;
    std::int64_t forgetting = 25;
    bool constant_liar = true;
};

std::size_t startup_of(const TpeParams&);
// How many of so many trials are good.
std::size_t good_count(const TpeParams&, std::size_t trials);

class TpeProposals {
public:
    virtual ~TpeProposals() = default;
    // Points to try, the most promising first. A different stream gives different ones.
    virtual std::vector<Assignment> ranked(const TrialHistory&, const Rng&) = 0;
};
std::unique_ptr<TpeProposals> tpe_proposals(const SearchSpace&, const TpeParams&);

}  // namespace mlpc::parzen
