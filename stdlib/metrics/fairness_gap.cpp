#include "runtime/core/error.h"
#include "runtime/core/grouped_metric.h"
#include "stdlib/metrics/score_function.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <map>

namespace mlpc {
namespace {

enum class Rate { Selection, TruePositive, FalsePositive, Odds };
struct FairnessParams {
    std::string by;
    Rate of = Rate::Selection;
};
const Schema<FairnessParams>& fairness_schema() {
    static const Schema<FairnessParams> fields = {
        field(&FairnessParams::by, {.name = "by", .doc = "Column whose values are the groups, a category or a boolean; it need be no feature"}),
        field(&FairnessParams::of,
              {.name = "of",
               .doc = "Share of rows predicted positive (selection: demographic parity), of the positive rows (true_positive: equal opportunity), of "
                      "the negative rows (false_positive), or the larger of the last two gaps (odds: equalised odds)",
               .words = {"selection", "true_positive", "false_positive", "odds"}}),
    };
    return fields;
}

// Weights of the rows of one group by true class: all of them, and those predicted positive.
struct GroupCounts {
    double rows[2] = {0, 0};
    double selected[2] = {0, 0};
};
using Groups = std::map<std::string, GroupCounts>;

// A number is a group by its value; cells that are missing are a group of their own.
std::string group_name(const Frame& groups, std::size_t row) {
    if (groups.missing(row, 0)) {
        return "";
    }
    return holds_numbers(groups.column(0).type) ? ParamValue{groups.number(row, 0)}.to_string() : std::string(groups.text(row, 0));
}

Groups counts_of(const Target& truth, const Prediction& prediction, const Frame& groups) {
    Groups counts;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        GroupCounts& group = counts[group_name(groups, row)];
        const auto actual = static_cast<std::size_t>(truth.labels[row]);
        const double weight = weight_of(truth, row);
        group.rows[actual] += weight;
        group.selected[actual] += prediction.label(row) == 1 ? weight : 0;
    }
    return counts;
}

// Largest difference between groups of a rate; a group without rows that it is a share of has none.
template <class RateOf>
double gap(const Groups& groups, RateOf rate_of) {
    double low = missing_number, high = missing_number;
    for (const auto& [name, counts] : groups) {
        const double rate = rate_of(counts);
        low = std::fmin(low, rate);
        high = std::fmax(high, rate);
    }
    return high - low;
}

class FairnessGap final : public GroupedMetric {
public:
    explicit FairnessGap(FairnessParams params) : params_(std::move(params)) {}

    const std::string& group_column() const override { return params_.by; }

    double score_groups(const Target& truth, const Prediction& prediction, const Frame& groups) const override {
        assert(groups.columns() == 1 && groups.rows() == truth.rows() && "the groups of the scored rows");
        if (truth.task != Task::Binary) {
            throw RunError(
                fmt::format("`fairness_gap` compares how often one class of two is predicted, and the target has {}", truth.class_count()));
        }
        const Groups counts = counts_of(truth, prediction, groups);
        const auto of_class = [](std::size_t c) { return [c](const GroupCounts& group) { return group.selected[c] / group.rows[c]; }; };
        switch (params_.of) {
            case Rate::Selection:
                return gap(counts, [](const GroupCounts& g) { return (g.selected[0] + g.selected[1]) / (g.rows[0] + g.rows[1]); });
            case Rate::TruePositive:
                return gap(counts, of_class(1));
            case Rate::FalsePositive:
                return gap(counts, of_class(0));
            case Rate::Odds:
                break;
        }
        return std::fmax(gap(counts, of_class(1)), gap(counts, of_class(0)));
    }

private:
    FairnessParams params_;
};

}  // namespace

void add_fairness_gap(Catalog& catalog) {
    ComponentInfo info;
    info.kind = ComponentKind::Metric;
    info.name = "fairness_gap";
    info.summary = "Largest difference between groups of rows in how often they are predicted to be of the positive class";
    info.source =
        "Hardt, Price and Srebro 2016, Equality of Opportunity in Supervised Learning; Agarwal, Beygelzimer, Dudík, Langford and Wallach 2018, A "
        "Reductions Approach to Fair Classification";
    info.example = "metrics mcc, fairness_gap(by: store, of: odds)";
    info.tasks = {Task::Binary};
    info.params = specs_of(fairness_schema());
    info.greater_is_better = false;
    info.range = {.low = 0, .high = 1};
    info.make_metric = [](const ParamValues& values) { return std::make_unique<FairnessGap>(read_params(fairness_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
