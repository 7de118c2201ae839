#include "runtime/core/error.h"
#include "stdlib/splits/fold_assignment.h"
#include "stdlib/splits/time_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {
namespace {

struct ForwardParams {
    std::int64_t k = 5;
    double gap = 0;
};

const Schema<ForwardParams>& forward_schema() {
    static const Schema<ForwardParams> schema = {
        field(&ForwardParams::k, {.name = "k", .doc = "How many folds", .valid = {.low = 1}}),
        field(&ForwardParams::gap,
              {.name = "gap", .doc = "Days left out between the rows that train and the first row that is scored", .valid = {.low = 0}}),
    };
    return schema;
}

// Rows sorted by time are cut into k scored blocks of rows / (k + 1) after a first block that only trains, as scikit-learn's
// TimeSeriesSplit does; a cut that would fall between rows of one time moves to the nearest change of time.
class Forward final : public Splitter {
public:
    explicit Forward(const ForwardParams& params) : k_(static_cast<std::size_t>(params.k)), gap_(params.gap) {}

    std::vector<Part> split(const SplitInput& input, Rng) const override {
        const std::vector<double>& times = complete_times(input);
        std::vector<double> sorted = times;
        std::sort(sorted.begin(), sorted.end());
        const std::vector<double> starts = block_starts(sorted);
        std::vector<Part> parts;
        for (std::size_t block = 0; block < k_; ++block) {
            parts.push_back(part_between(times, starts[block], starts[block + 1]));
            if (parts.back().train.empty()) {
                throw RunError(
                    fmt::format("fold {} of {} has no row to train on that is more than the gap of {:g} days older than what it scores: take "
                                "a shorter gap, or fewer folds",
                                block + 1, k_, gap_));
            }
        }
        return parts;
    }

private:
    // Times at which the scored blocks begin, and infinity after the last.
    std::vector<double> block_starts(const std::vector<double>& sorted) const {
        std::vector<std::size_t> changes;
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            if (sorted[i] != sorted[i - 1]) {
                changes.push_back(i);
            }
        }
        if (changes.size() < k_) {
            throw RunError(fmt::format("{} distinct times are too few for {} forward folds, which need {}: take fewer folds",
                                       sorted.empty() ? 0 : changes.size() + 1, k_, k_ + 1));
        }
        const std::size_t block_rows = std::max<std::size_t>(1, sorted.size() / (k_ + 1));
        std::vector<double> starts;
        std::size_t first = 0;  // the changes before it are used up
        for (std::size_t block = 0; block < k_; ++block) {
            const std::size_t last = changes.size() - (k_ - block);  // later blocks need the rest
            const std::size_t wanted = sorted.size() - (k_ - block) * block_rows;
            const std::size_t chosen = nearest(changes, first, last, wanted);
            starts.push_back(sorted[changes[chosen]]);
            first = chosen + 1;
        }
        starts.push_back(std::numeric_limits<double>::infinity());
        return starts;
    }

    // Among changes[first … last], ascending, the position of the one nearest to `wanted`, the earlier of two.
    static std::size_t nearest(const std::vector<std::size_t>& changes, std::size_t first, std::size_t last, std::size_t wanted) {
        std::size_t best = first;
        for (std::size_t i = first; i <= last; ++i) {
            const auto distance = [&](std::size_t change) { return change > wanted ? change - wanted : wanted - change; };
            best = distance(changes[i]) < distance(changes[best]) ? i : best;
        }
        return best;
    }

    Part part_between(const std::vector<double>& times, double start, double end) const {
        Part part;
        for (std::uint32_t row = 0; row < times.size(); ++row) {
            if (may_train(times[row], start, gap_)) {
                part.train.push_back(row);
            } else if (times[row] >= start && times[row] < end) {
                part.scored.push_back(row);
            }
        }
        return part;
    }

    std::size_t k_;
    double gap_;
};

}  // namespace

void add_forward(Catalog& catalog) {
    ComponentInfo info;
    info.name = "forward";
    info.kind = ComponentKind::Splitter;
    info.summary = "Folds forward in time: each block of rows is scored by what all earlier rows teach, except those within the gap";
    info.source = "Tashman 2000, Out-of-sample tests of forecasting accuracy";
    info.example = "folds forward 5 gap 7d";
    info.params = specs_of(forward_schema());
    info.make_splitter = [](const ParamValues& values) { return std::make_unique<Forward>(read_params(forward_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
