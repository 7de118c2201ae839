// One run of CMA-ES, from its start to the next restart: numbers by a normal distribution with margin, choices by probabilities of their own.
#pragma once

#include "stdlib/search/choice_distribution.h"
#include "stdlib/search/covariance_adaptation.h"
#include "stdlib/search/integer_margin.h"
#include "stdlib/search/restart_schedule.h"
#include "stdlib/search/trial_rank.h"

#include <deque>
#include <optional>

namespace mlpc {

// Auto: correlations are learned of up to 100 numbers.
enum class CmaCovariance { Auto, Full, Diagonal };

class CmaRun {
public:
    struct Member {
        Vector x;                            // of the numbers, empty where there are none
        std::vector<std::uint32_t> choices;  // of the choices
        std::uint64_t generation = 0;
    };

    // Around `start`, or around the middle of the space.
    CmaRun(const SearchSpace&, const CmaRunSize&, CmaCovariance, const std::optional<Assignment>& start);

    std::uint64_t evaluations() const { return generation_ * population_ + told_.size(); }
    Member sample(Rng&) const;
    // Where the numbers of a member stand in the unit cube, or beyond it.
    Vector places(const Member&) const;
    // In any order and of any generation of this run: the distribution moves whenever a population has been told.
    void tell(Member, const TrialRank&);
    bool converged() const { return stagnant_ || (numbers_ && numbers_->exhausted()); }

private:
    void update();
    void move();
    void note(const TrialRank& best, const TrialRank& worst);

    std::size_t population_;
    std::optional<CovarianceAdaptation> numbers_;
    std::optional<IntegerMargin> margin_;
    std::optional<ChoiceDistribution> choices_;
    std::vector<std::pair<Member, TrialRank>> told_;
    std::uint64_t generation_ = 0;
    std::deque<double> bests_;  // of the latest generations
    double highest_ = -std::numeric_limits<double>::infinity();
    bool stagnant_ = false;
};

}  // namespace mlpc
