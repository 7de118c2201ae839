#include "runtime/core/error.h"
#include "stdlib/splits/group_assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

struct HoldoutParams {
    double share = 0.2;
    bool shuffled = true;
};

const Schema<HoldoutParams>& holdout_schema() {
    static const Schema<HoldoutParams> schema = {
        field(&HoldoutParams::share,
              {.name = "share", .doc = "Share of the rows that is held out", .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
        field(&HoldoutParams::shuffled, {.name = "shuffled", .doc = "Whether the rows held out are drawn at random instead of the last ones"}),
    };
    return schema;
}

constexpr std::uint32_t held_out = 0, kept = 1;

class HoldoutSplitter : public Splitter {
public:
    explicit HoldoutSplitter(const HoldoutParams& params) : share_(params.share), shuffled_(params.shuffled) {}

    std::vector<Part> split(const SplitInput& input, Rng rng) const final { return {part_of_test(side_of_rows(input, rng))}; }

protected:
    virtual std::vector<std::uint32_t> side_of_rows(const SplitInput&, Rng&) const = 0;

    // Rounded to the nearest: 7 % of 100 rows are 7, whatever 0.07 * 100 is.
    std::size_t rows_held_out(std::size_t rows) const {
        const auto count = static_cast<std::size_t>(std::llround(share_ * static_cast<double>(rows)));
        if (count == 0 || count >= rows) {
            throw RunError(fmt::format("holding out {:g}% of {} rows leaves one side empty: take another share, or more rows", 100 * share_, rows));
        }
        return count;
    }
    // The order in which rows are taken out: the last ones first unless shuffled.
    RowIndex taking_order(std::size_t rows, Rng& rng) const {
        RowIndex order = row_order(rows, shuffled_, rng);
        std::reverse(order.begin(), order.end());
        return order;
    }
    std::vector<std::uint32_t> deal(const SplitInput& input, const DenseCodes* strata, Rng& rng) const {
        const DenseCodes groups = dense_codes(complete_codes(input.groups, input, "group"));
        return deal_groups(groups, strata, {share_, 1 - share_}, shuffled_, rng);
    }

    const double share_;
    const bool shuffled_;
};

class Holdout final : public HoldoutSplitter {
    using HoldoutSplitter::HoldoutSplitter;

    std::vector<std::uint32_t> side_of_rows(const SplitInput& input, Rng& rng) const override {
        const std::size_t count = rows_held_out(input.rows);
        const RowIndex order = taking_order(input.rows, rng);
        std::vector<std::uint32_t> side(input.rows, kept);
        std::for_each(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), [&](std::uint32_t row) { side[row] = held_out; });
        return side;
    }
};

class StratifiedHoldout final : public HoldoutSplitter {
    using HoldoutSplitter::HoldoutSplitter;

    std::vector<std::uint32_t> side_of_rows(const SplitInput& input, Rng& rng) const override {
        const DenseCodes strata = dense_codes(complete_codes(input.strata, input, "class"));
        check_smallest_stratum(strata, 2);
        std::vector<std::size_t> quota = quotas(strata, rows_held_out(input.rows));
        std::vector<std::uint32_t> side(input.rows, kept);
        for (const std::uint32_t row : taking_order(input.rows, rng)) {
            std::size_t& left = quota[strata.code[row]];
            if (left > 0) {
                side[row] = held_out;
                --left;
            }
        }
        return side;
    }

    // Rows to take of each stratum: its share rounded down, and the rows that are then still wanted from the largest remainders.
    std::vector<std::size_t> quotas(const DenseCodes& strata, std::size_t wanted) const {
        const double exact_share = static_cast<double>(wanted) / static_cast<double>(strata.code.size());
        std::vector<std::size_t> quota;
        std::vector<double> remainder;
        for (const std::size_t rows : strata.rows) {
            const double ideal = exact_share * static_cast<double>(rows);
            quota.push_back(static_cast<std::size_t>(ideal));
            remainder.push_back(ideal - std::floor(ideal));
        }
        std::vector<std::size_t> by_remainder(strata.count());
        std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
        std::stable_sort(by_remainder.begin(), by_remainder.end(), [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
        const std::size_t taken = std::accumulate(quota.begin(), quota.end(), std::size_t{0});
        for (std::size_t i = 0; i < wanted - taken; ++i) {
            ++quota[by_remainder[i]];
        }
        return quota;
    }
};

class GroupedHoldout final : public HoldoutSplitter {
    using HoldoutSplitter::HoldoutSplitter;

    std::vector<std::uint32_t> side_of_rows(const SplitInput& input, Rng& rng) const override { return deal(input, nullptr, rng); }
};

class StratifiedGroupedHoldout final : public HoldoutSplitter {
    using HoldoutSplitter::HoldoutSplitter;

    std::vector<std::uint32_t> side_of_rows(const SplitInput& input, Rng& rng) const override {
        const DenseCodes strata = dense_codes(complete_codes(input.strata, input, "class"));
        check_smallest_stratum(strata, 2);
        return deal(input, &strata, rng);
    }
};

template <class S>
ComponentInfo holdout_info() {
    ComponentInfo info;
    info.kind = ComponentKind::Splitter;
    info.params = specs_of(holdout_schema());
    info.make_splitter = [](const ParamValues& values) { return std::make_unique<S>(read_params(holdout_schema(), values)); };
    return info;
}

}  // namespace

void add_holdouts(Catalog& catalog) {
    ComponentInfo plain = holdout_info<Holdout>();
    plain.name = "holdout";
    plain.summary = "One part of the rows is held out";
    plain.example = "test 20%";
    catalog.add(std::move(plain));

    ComponentInfo stratified = holdout_info<StratifiedHoldout>();
    stratified.name = "stratified_holdout";
    stratified.summary = "One part of the rows with the class shares of the whole is held out";
    stratified.example = "test 20% stratified";
    catalog.add(std::move(stratified));

    ComponentInfo grouped = holdout_info<GroupedHoldout>();
    grouped.name = "grouped_holdout";
    grouped.summary = "Whole groups that hold about that share of the rows are held out";
    grouped.example = "test 20% grouped";
    catalog.add(std::move(grouped));

    ComponentInfo both = holdout_info<StratifiedGroupedHoldout>();
    both.name = "stratified_grouped_holdout";
    both.summary = "Whole groups that hold about that share of every class are held out";
    both.example = "test 20% stratified grouped";
    catalog.add(std::move(both));
}

}  // namespace mlpc
