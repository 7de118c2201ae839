// Rows unlike the others are not fitted on.
#include "stdlib/models/features.h"
#include "stdlib/steps/isolation_trees.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

struct DropAnomaliesParams {
    double share = 0.1;
    std::int64_t trees = 100;
    std::int64_t sample = 256;
};

const Schema<DropAnomaliesParams>& drop_anomalies_schema() {
    static const Schema<DropAnomaliesParams> fields{
        field(&DropAnomaliesParams::share, {.name = "share",
                                            .doc = "Which share of the rows goes: those that an isolation forest finds most unlike the others",
                                            .valid = {.low = 0, .high = 1, .open_high = true},
                                            .search = {.low = 0.01, .high = 0.2, .log = true}}),
        field(&DropAnomaliesParams::trees, {.name = "trees", .doc = "Trees of the isolation forest", .valid = {.low = 1}}),
        field(
            &DropAnomaliesParams::sample,
            {.name = "sample", .doc = "Rows that each tree is grown on, drawn without replacement; all where there are fewer", .valid = {.low = 2}}),
    };
    return fields;
}

class DropAnomalies : public Resampler {
public:
    explicit DropAnomalies(DropAnomaliesParams params) : params_(params) {}
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        const auto dropped = static_cast<std::size_t>(params_.share * static_cast<double>(x.rows()));
        if (dropped == 0) {
            return {.x = x, .y = y};
        }
        const Dense dense = models::checked_features(x, "drop_anomalies");
        const std::vector<models::Tree> trees =
            steps::grow_isolation_trees(dense.matrix(), {.trees = params_.trees, .sample = params_.sample}, context);
        const Vector scores = steps::isolation_scores(trees, dense.matrix(), x.rows(), params_.sample);
        RowIndex kept(x.rows());
        std::iota(kept.begin(), kept.end(), 0u);
        std::stable_sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) { return scores[a] < scores[b]; });
        kept.resize(x.rows() - dropped);
        std::sort(kept.begin(), kept.end());
        return {.x = x.take(kept), .y = y.take(kept)};
    }

private:
    DropAnomaliesParams params_;
};

}  // namespace

void add_drop_anomalies(Catalog& catalog) {
    ComponentInfo info;
    info.name = "drop_anomalies";
    info.kind = ComponentKind::Step;
    info.summary =
        "Leaves out the rows most unlike the others by all their columns together; only the rows that a later step is fitted on change, never "
        "those that are scored";
    info.source = "Liu, Ting, Zhou 2008: Isolation Forest";
    info.example = "drop_anomalies(share: 0.02)";
    info.random = true;
    info.params = specs_of(drop_anomalies_schema());
    info.effect = always(Effect::TrainingOnly);
    info.accepts = number_types;
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<DropAnomalies>(read_params(drop_anomalies_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
