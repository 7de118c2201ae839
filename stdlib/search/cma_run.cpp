#include "stdlib/search/cma_run.h"

#include "runtime/core/dimension_values.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

CmaRun::CmaRun(const SearchSpace& space, const CmaRunSize& run, CmaCovariance covariance, const std::optional<Assignment>& start)
    : population_(run.population) {
    std::vector<Dimension> numbers;
    std::vector<std::size_t> choice_counts;
    std::vector<double> mean;
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        const Dimension& dimension = space.dimensions[d];
        if (dimension.kind == Dimension::Kind::Choice) {
            choice_counts.push_back(dimension.choices.size());
            continue;
        }
        numbers.push_back(dimension);
        mean.push_back(start && (*start)[d] ? position(dimension, *(*start)[d]) : 0.5);
    }
    choices_.emplace(choice_counts, numbers.size(), population_);
    if (numbers.empty()) {
        return;
    }
    constexpr std::size_t most_correlated = 100;
    const bool diagonal = covariance == CmaCovariance::Diagonal || (covariance == CmaCovariance::Auto && numbers.size() > most_correlated);
    numbers_.emplace(Eigen::Map<const Vector>(mean.data(), static_cast<Eigen::Index>(mean.size())), run.sigma, population_,
                     diagonal ? CovarianceAdaptation::Form::Diagonal : CovarianceAdaptation::Form::Full);
    margin_.emplace(std::move(numbers), 1.0 / (static_cast<double>(mean.size()) * static_cast<double>(population_)));
    margin_->correct(*numbers_);
}

CmaRun::Member CmaRun::sample(Rng& rng) const {
    Member member{.x = {}, .choices = choices_->sample(rng), .generation = generation_};
    if (numbers_) {
        member.x = numbers_->sample(rng);
    }
    return member;
}
Vector CmaRun::places(const Member& member) const { return numbers_ ? margin_->widened(member.x, numbers_->mean()) : Vector(); }

void CmaRun::tell(Member member, const TrialRank& rank) {
    told_.emplace_back(std::move(member), rank);
    if (told_.size() == population_) {
        update();
    }
}
void CmaRun::update() {
    std::stable_sort(told_.begin(), told_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    // Members that all failed don't tell one direction from another.
    if (told_.front().second.group != Standing::Class::Failed) {
        move();
    }
    note(told_.front().second, told_.back().second);
    told_.clear();
    ++generation_;
}

void CmaRun::move() {
    std::vector<std::vector<std::uint32_t>> choices;
    std::vector<CovarianceAdaptation::Member> members;
    for (auto& [member, rank] : told_) {
        choices.push_back(std::move(member.choices));
        members.push_back({std::move(member.x), member.generation != generation_});
    }
    choices_->update(choices);
    if (numbers_) {
        numbers_->update(members);
        margin_->correct(*numbers_);
    }
}

// A run stands still where the best of its latest generations, and the whole last one, are as good as equal.
void CmaRun::note(const TrialRank& best, const TrialRank& worst) {
    if (best.group != Standing::Class::Sound) {
        return;
    }
    bests_.push_back(best.value);
    highest_ = std::max(highest_, best.value);
    const double n = numbers_ ? static_cast<double>(numbers_->mean().size()) : 1;
    const auto window = static_cast<std::size_t>(10 + std::ceil(30 * n / static_cast<double>(population_)));
    if (bests_.size() < window) {
        return;
    }
    while (bests_.size() > window) {
        bests_.pop_front();
    }
    constexpr double indifferent = 1e-12;  // of what the run has gained so far
    const auto [low, high] = std::minmax_element(bests_.begin(), bests_.end());
    const double last = worst.group == Standing::Class::Sound ? std::max(*high, worst.value) : *high;
    stagnant_ = last - *low <= indifferent * (highest_ - *low);
}

}  // namespace mlpc
