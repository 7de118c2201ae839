#include "runtime/engine/placed_rows.h"

#include <algorithm>

namespace mlpc::engine {

PlacedRows::PlacedRows(const Experiment& e, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits)
    : experiment_(e), data_(data), splits_(splits) {}

RowsRef PlacedRows::of(RowParts parts, const Context& at) {
    const RowsRef& whole = rows_of(split(at), parts, at);
    if (parts != rows::Fit || at.rows.is_whole()) {
        return whole;
    }
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = shares_.try_emplace({whole.key, {at.rows.part, at.rows.whole}});
    if (is_new) {
        known->second = share_of(whole, at.rows, data_.at(experiment_.splits.at(at.split).data.index).target);
    }
    return known->second;
}

RowsRef PlacedRows::share_of(const RowsRef& whole, const Share& share, const Target& target) const {
    constexpr std::size_t fewest_of_a_class = 5;
    std::map<std::int32_t, std::vector<std::pair<std::uint64_t, std::uint32_t>>> classes;
    for (std::size_t i = 0; i < whole.count; ++i) {
        const std::uint32_t row = whole.index != nullptr ? (*whole.index)[i] : static_cast<std::uint32_t>(i);
        const std::int32_t label = target.labels.empty() ? 0 : target.labels[row];
        classes[label].emplace_back(Rng::of_seed(0).child("share of rows").child(row).bits(), row);
    }
    RowIndex chosen;
    for (auto& [label, members] : classes) {
        std::sort(members.begin(), members.end());
        const auto wanted = (members.size() * static_cast<std::uint64_t>(share.part) + static_cast<std::uint64_t>(share.whole) - 1) /
                            static_cast<std::uint64_t>(share.whole);
        const std::size_t count = std::min(members.size(), std::max<std::size_t>(wanted, fewest_of_a_class));
        for (std::size_t i = 0; i < count; ++i) {
            chosen.push_back(members[i].second);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    return rows_ref(std::move(chosen));
}

}  // namespace mlpc::engine
