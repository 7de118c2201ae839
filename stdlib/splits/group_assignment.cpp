#include "stdlib/splits/group_assignment.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace mlpc {
namespace {

// groups × strata: the share of each stratum's rows that the group holds.
Matrix stratum_shares(const DenseCodes& groups, const DenseCodes* strata) {
    Matrix shares = Matrix::Zero(static_cast<Eigen::Index>(groups.count()), static_cast<Eigen::Index>(strata ? strata->count() : 1));
    for (std::size_t row = 0; row < groups.code.size(); ++row) {
        const std::uint32_t stratum = strata ? strata->code[row] : 0;
        const std::size_t rows = strata ? strata->rows[stratum] : groups.code.size();
        shares(groups.code[row], stratum) += 1.0 / static_cast<double>(rows);
    }
    return shares;
}

// Largest first. Shuffled: by the power of two below their size, so that chance has something to decide where all sizes differ.
RowIndex dealing_order(const DenseCodes& groups, bool shuffled, Rng& rng) {
    RowIndex order = row_order(groups.count(), shuffled, rng);
    const auto size_of = [&](std::uint32_t group) { return shuffled ? std::bit_width(groups.rows[group]) : groups.rows[group]; };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return size_of(a) > size_of(b); });
    return order;
}

class Dealer {
public:
    Dealer(Matrix group_shares, std::vector<double> fold_shares)
        : group_shares_(std::move(group_shares)),
          fold_shares_(std::move(fold_shares)),
          filled_(Matrix::Zero(group_shares_.cols(), static_cast<Eigen::Index>(fold_shares_.size()))),
          groups_in_(fold_shares_.size(), 0) {}

    // `left`: how many groups are still to be dealt, this one included.
    std::uint32_t deal(std::uint32_t group, std::size_t left) {
        const auto empty = static_cast<std::size_t>(std::count(groups_in_.begin(), groups_in_.end(), 0u));
        std::uint32_t best = 0;
        double best_cost = std::numeric_limits<double>::infinity();
        for (std::uint32_t fold = 0; fold < fold_shares_.size(); ++fold) {
            const bool must_wait = left == empty && groups_in_[fold] > 0;
            const double cost = must_wait ? std::numeric_limits<double>::infinity() : cost_of(group, fold);
            if (cost < best_cost) {
                best = fold;
                best_cost = cost;
            }
        }
        filled_.col(best) += group_shares_.row(group).transpose();
        ++groups_in_[best];
        return best;
    }

private:
    // What the group adds to the sum over folds and strata of (filled - share)² / share, but for a term that all folds have. Rounded,
    // so that folds filled alike by sums in another order tie.
    double cost_of(std::uint32_t group, std::uint32_t fold) const {
        const auto added = group_shares_.row(group).transpose();
        const double cost = added.dot(2 * filled_.col(fold) + added) / fold_shares_[fold];
        return static_cast<double>(static_cast<float>(cost));
    }

    Matrix group_shares_;
    std::vector<double> fold_shares_;
    Matrix filled_;  // strata × folds
    std::vector<std::uint32_t> groups_in_;
};

}  // namespace

std::vector<std::uint32_t> deal_groups(const DenseCodes& groups, const DenseCodes* strata, const std::vector<double>& shares, bool shuffled,
                                       Rng& rng) {
    if (groups.count() < shares.size()) {
        throw RunError(fmt::format("{} group{} can't be spread over {} parts: take fewer folds, or a finer `group` column", groups.count(),
                                   groups.count() == 1 ? "" : "s", shares.size()));
    }
    Dealer dealer(stratum_shares(groups, strata), shares);
    std::vector<std::uint32_t> fold_of_group(groups.count());
    std::size_t left = groups.count();
    for (const std::uint32_t group : dealing_order(groups, shuffled, rng)) {
        fold_of_group[group] = dealer.deal(group, left--);
    }
    std::vector<std::uint32_t> fold_of_row;
    fold_of_row.reserve(groups.code.size());
    for (const std::uint32_t group : groups.code) {
        fold_of_row.push_back(fold_of_group[group]);
    }
    return fold_of_row;
}

}  // namespace mlpc
