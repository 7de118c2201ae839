#include "runtime/core/component.h"
#include "stdlib/search/fold_race.h"
#include "stdlib/search/signed_rank.h"

#include <algorithm>
#include <numeric>

namespace mlpc {
namespace {

struct WilcoxonParams {
    double p = 0.1;
    std::int64_t startup = 0;
};

const Schema<WilcoxonParams>& wilcoxon_schema() {
    static const Schema<WilcoxonParams> schema = {
        field(&WilcoxonParams::p, {.name = "p",
                                   .doc = "A trial ends where folds as bad as its own are less likely than this for one as good as the best",
                                   .valid = {.low = 0, .high = 1}}),
        field(&WilcoxonParams::startup, {.name = "startup", .doc = "Folds that every trial is evaluated on", .valid = {.low = 0}}),
    };
    return schema;
}

class WilcoxonPruner final : public Pruner {
public:
    WilcoxonPruner(const WilcoxonParams& params, std::size_t folds) : params_(params), rungs_(fold_rungs(folds)) {}

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_; }

    bool gives_up(std::uint64_t, std::size_t rung, const Outcome& outcome) override {
        if (rung + 1 == rungs_.size()) {
            leader_.challenge(outcome);
            return false;
        }
        return leader_.exists() && is_worse(outcome.folds);
    }

private:
    bool is_worse(const std::vector<double>& folds) const {
        const std::size_t count = std::min(folds.size(), leader_.folds().size());
        if (!are_finite(folds) || count == 0 || count < static_cast<std::size_t>(params_.startup)) {
            return false;
        }
        // The ranks may say worse where the mean, by which trials are compared in the end, says better.
        const double mean = std::accumulate(folds.begin(), folds.end(), 0.0) / static_cast<double>(folds.size());
        return mean > leader_.mean() && signed_rank_greater(differences(folds, leader_.folds())) < params_.p;
    }

    WilcoxonParams params_;
    std::vector<Rung> rungs_;
    Leader leader_;
};

}  // namespace

void add_wilcoxon(Catalog& catalog) {
    ComponentInfo info;
    info.name = "wilcoxon";
    info.kind = ComponentKind::Pruner;
    info.summary = "Evaluates a trial fold by fold and gives it up where it is significantly worse than the best trial on the same folds";
    info.source = "Wilcoxon 1945, Individual comparisons by ranking methods; the rule is that of Optuna's WilcoxonPruner";
    info.example = "prune wilcoxon(p: 0.1)";
    info.params = specs_of(wilcoxon_schema());
    info.make_pruner = [](const ParamValues& values, const PruneTask& task) -> std::unique_ptr<Pruner> {
        return std::make_unique<WilcoxonPruner>(read_params(wilcoxon_schema(), values), task.folds);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
