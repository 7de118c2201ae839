#include "stdlib/search/brackets.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

std::vector<Share> halving_shares(const HalvingParams& params) {
    if (params.least > params.resource) {
        throw RunError(
            fmt::format("`least` is {} of {} units: a trial can't be given more than the whole; raise `resource`", params.least, params.resource));
    }
    std::int64_t largest_power = 1;
    while (params.resource / largest_power / params.eta >= params.least) {
        largest_power *= params.eta;
    }
    std::vector<Share> shares;
    for (std::int64_t power = 1; power <= largest_power; power *= params.eta) {
        shares.push_back({params.resource * power / largest_power, params.resource});
    }
    return shares;
}

Bracket halving_bracket(std::uint64_t trials, std::span<const Share> shares, std::int64_t eta) {
    Bracket bracket;
    for (const Share& share : shares) {
        bracket.push_back({std::max<std::uint64_t>(trials, 1), share});
        trials /= static_cast<std::uint64_t>(eta);
    }
    return bracket;
}

std::vector<Bracket> hyperband_brackets(const HalvingParams& params, const HyperbandBudget& budget) {
    const std::vector<Share> shares = halving_shares(params);
    const auto eta = static_cast<std::uint64_t>(params.eta);
    std::vector<Bracket> brackets;
    std::uint64_t drawn = 0;
    for (std::uint64_t round = 0; round < budget.rounds; ++round) {
        std::uint64_t power = 1;
        for (std::size_t rung = 1; rung < shares.size(); ++rung) {
            power *= eta;
        }
        for (std::size_t first = 0; first < shares.size(); ++first, power /= eta) {
            if (budget.most_trials && drawn >= *budget.most_trials) {
                return brackets;
            }
            const std::uint64_t rungs = shares.size() - first;
            std::uint64_t trials = (shares.size() * power + rungs - 1) / rungs;
            if (budget.most_trials) {
                trials = std::min(trials, *budget.most_trials - drawn);
            }
            brackets.push_back(halving_bracket(trials, std::span(shares).subspan(first), params.eta));
            drawn += trials;
        }
    }
    return brackets;
}

std::uint64_t new_trials(const std::vector<Bracket>& brackets) {
    std::uint64_t trials = 0;
    for (const Bracket& bracket : brackets) {
        trials += bracket.front().trials;
    }
    return trials;
}

std::vector<PlannedRung> planned_rungs_of(const std::vector<Bracket>& brackets) {
    std::vector<PlannedRung> planned;
    for (std::size_t bracket = 0; bracket < brackets.size(); ++bracket) {
        for (const BracketRung& rung : brackets[bracket]) {
            planned.push_back({bracket, rung.trials, rung.share});
        }
    }
    return planned;
}

}  // namespace mlpc
