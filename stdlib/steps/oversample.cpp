#include "runtime/core/component.h"
#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

struct OversampleParams {
    double ratio = 1;
};
const Schema<OversampleParams>& oversample_schema() {
    static const Schema<OversampleParams> fields{
        field(&OversampleParams::ratio,
              {.name = "ratio",
               .doc = "Every class is brought up to this share of the most frequent class's rows; 1 makes all classes equal",
               .valid = {.low = 0, .high = 1, .open_low = true},
               .search = {.low = 0.1, .high = 1}}),
    };
    return fields;
}

class Oversample : public Resampler {
public:
    explicit Oversample(OversampleParams params) : params_(params) {}
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        if (!is_classification(y.task)) {
            throw RunError("`oversample` balances classes, and the target is a number; leave the step out, or declare the target as a category");
        }
        const std::vector<RowIndex> rows_of_class = rows_by_class(y);
        const auto most =
            std::max_element(rows_of_class.begin(), rows_of_class.end(), [](const RowIndex& a, const RowIndex& b) { return a.size() < b.size(); });
        RowIndex rows(x.rows());
        std::iota(rows.begin(), rows.end(), 0u);
        for (std::size_t label = 0; label < rows_of_class.size(); ++label) {
            const RowIndex& own = rows_of_class[label];
            const auto wanted = static_cast<std::size_t>(std::llround(params_.ratio * static_cast<double>(most->size())));
            // A stream for each class: one class's rows do not move another's draws.
            Rng rng = context.rng.child(label);
            for (std::size_t have = own.size(); !own.empty() && have < wanted; ++have) {
                rows.push_back(own[rng.below(own.size())]);
            }
        }
        return {.x = x.take(rows), .y = y.take(rows)};
    }

private:
    static std::vector<RowIndex> rows_by_class(const Target& y) {
        std::vector<RowIndex> rows_of_class(std::max<std::size_t>(y.class_count(), 1));
        for (std::size_t row = 0; row < y.labels.size(); ++row) {
            rows_of_class[static_cast<std::size_t>(y.labels[row])].push_back(static_cast<std::uint32_t>(row));
        }
        return rows_of_class;
    }
    OversampleParams params_;
};

}  // namespace

void add_oversample(Catalog& catalog) {
    ComponentInfo info;
    info.name = "oversample";
    info.kind = ComponentKind::Step;
    info.summary =
        "Repeats rows of the rarer classes, drawn at random with replacement, until the classes are balanced; only the rows that a later "
        "step is fitted on change, never those that are scored";
    info.source = "Japkowicz, Stephen: The class imbalance problem, Intelligent Data Analysis 6 (2002)";
    info.example = "oversample(ratio: 0.5)";
    info.params = specs_of(oversample_schema());
    info.positional = 0;
    info.random = true;
    info.effect = always(Effect::TrainingOnly);
    info.takes_missing = true;
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<Oversample>(read_params(oversample_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
