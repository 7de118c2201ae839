#include "runtime/core/component.h"
#include "stdlib/search/fold_race.h"

#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

class BoundPruner final : public Pruner {
public:
    BoundPruner(std::size_t folds, double best_possible)
        : folds_(folds), best_possible_(best_possible), rungs_(fold_rungs(std::isfinite(best_possible) ? folds : 1)) {}

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_; }

    bool gives_up(std::uint64_t, std::size_t rung, const Outcome& outcome) override {
        if (rung + 1 == rungs_.size()) {
            leader_.challenge(outcome);
            return false;
        }
        const double sum = std::accumulate(outcome.folds.begin(), outcome.folds.end(), 0.0);
        const double remaining = static_cast<double>(folds_ - outcome.folds.size());
        return leader_.exists() && (sum + remaining * best_possible_) / static_cast<double>(folds_) > leader_.mean();
    }

private:
    std::size_t folds_;
    double best_possible_;
    std::vector<Rung> rungs_;
    Leader leader_;
};

}  // namespace

void add_bound(Catalog& catalog) {
    ComponentInfo info;
    info.name = "bound";
    info.kind = ComponentKind::Pruner;
    info.summary =
        "Evaluates a trial fold by fold and gives it up where it could not win any more with the best possible value on all folds that are left; "
        "never where the metric has no best value, and never the winner";
    info.source = "Maron and Moore 1993, Hoeffding races: the race with certain bounds";
    info.example = "prune bound";
    info.make_pruner = [](const ParamValues&, const PruneTask& task) -> std::unique_ptr<Pruner> {
        return std::make_unique<BoundPruner>(task.folds, task.best_possible);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
