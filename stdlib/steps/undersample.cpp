#include "runtime/core/component.h"
#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

struct UndersampleParams {
    double ratio = 1;
};
const Schema<UndersampleParams>& undersample_schema() {
    static const Schema<UndersampleParams> fields{
        field(&UndersampleParams::ratio, {.name = "ratio",
                                          .doc = "Every class is brought down until the rarest has this share of its rows; 1 makes all classes equal",
                                          .valid = {.low = 0, .high = 1, .open_low = true},
                                          .search = {.low = 0.1, .high = 1}}),
    };
    return fields;
}

class Undersample : public Resampler {
public:
    explicit Undersample(UndersampleParams params) : params_(params) {}
    Sample resample(const Frame& x, const Target& y, FitContext& context) const override {
        if (!is_classification(y.task)) {
            throw RunError("`undersample` balances classes, and the target is a number; leave the step out, or declare the target as a category");
        }
        std::vector<RowIndex> rows_of_class(y.class_count());
        for (std::size_t row = 0; row < y.labels.size(); ++row) {
            rows_of_class[static_cast<std::size_t>(y.labels[row])].push_back(static_cast<std::uint32_t>(row));
        }
        const auto most = static_cast<std::size_t>(std::llround(static_cast<double>(rarest(rows_of_class)) / params_.ratio));
        RowIndex kept;
        for (std::size_t label = 0; label < rows_of_class.size(); ++label) {
            const RowIndex& own = rows_of_class[label];
            // A stream for each class: one class's rows do not move another's draws.
            Rng rng = context.rng.child(label);
            const auto count = static_cast<std::uint32_t>(own.size());
            for (const std::uint32_t place : rng.choose(count, static_cast<std::uint32_t>(std::min(own.size(), most)))) {
                kept.push_back(own[place]);
            }
        }
        std::sort(kept.begin(), kept.end());
        return {.x = x.take(kept), .y = y.take(kept)};
    }

private:
    // Of the classes that have a row.
    static std::size_t rarest(const std::vector<RowIndex>& rows_of_class) {
        std::size_t least = 0;
        for (const RowIndex& rows : rows_of_class) {
            least = rows.empty() ? least : (least == 0 ? rows.size() : std::min(least, rows.size()));
        }
        return least;
    }
    UndersampleParams params_;
};

}  // namespace

void add_undersample(Catalog& catalog) {
    ComponentInfo info;
    info.name = "undersample";
    info.kind = ComponentKind::Step;
    info.summary =
        "Leaves out rows of the more frequent classes, drawn at random, until the classes are balanced; only the rows that a later step is "
        "fitted on change, never those that are scored";
    info.source = "Japkowicz, Stephen: The class imbalance problem, Intelligent Data Analysis 6 (2002)";
    info.example = "undersample(ratio: 0.5)";
    info.params = specs_of(undersample_schema());
    info.positional = 0;
    info.random = true;
    info.effect = always(Effect::TrainingOnly);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.make_resampler = [](const ParamValues& values) { return std::make_unique<Undersample>(read_params(undersample_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
