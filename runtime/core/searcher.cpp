#include "runtime/core/searcher.h"

namespace mlpc {

Answer TrialSearcher::ask(std::uint64_t trial) {
    std::optional<Assignment> point = propose(trial);
    return point ? Answer(Suggestion{.point = std::move(*point)}) : Answer(Done{});
}

void TrialSearcher::tell(std::uint64_t trial, const Suggestion& suggestion, const Outcome& outcome) { learn(trial, suggestion.point, outcome); }

}  // namespace mlpc
