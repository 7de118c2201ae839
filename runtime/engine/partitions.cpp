#include "runtime/engine/partitions.h"

#include <cassert>

namespace mlpc {

RowsRef rows_ref(RowIndex rows) {
    KeyBuilder key;
    key.add("rows").add(std::as_bytes(std::span(rows)).size()).add_bytes(std::as_bytes(std::span(rows)));
    const std::size_t count = rows.size();
    return {std::make_shared<const RowIndex>(std::move(rows)), key.key(), count};
}

RowsRef all_rows(std::size_t count) {
    KeyBuilder key;
    key.add("all rows").add(count);
    return {nullptr, key.key(), count};
}

const RowsRef& rows_of(const SplitRows& split, RowParts parts, const Context& at) {
    const SeedRows& seed = split.seeds.at(at.seed);
    const auto outer = static_cast<std::size_t>(at.outer);
    const auto inner = [&]() -> const InnerFold& {
        const std::vector<InnerFold>& folds = at.outer < 0 ? seed.folds : seed.outer.at(outer).folds;
        return folds.at(static_cast<std::size_t>(at.fold));
    };
    switch (parts) {
        case rows::All:
            return split.all;
        case rows::Test:
            return split.test;
        case rows::AllTrain:
            return split.train;
        case rows::Train:
            return at.outer < 0 ? split.train : seed.outer.at(outer).train;
        case rows::Outer:
            return seed.outer.at(outer).scored;
        case rows::Fit:
            return inner().fit;
        case rows::Scored:
            return inner().scored;
        default:
            assert(false && "no stage takes these parts");
            return split.all;
    }
}

RowRoles roles_of(const SplitRows& split, const RowsRef& rows) {
    if (rows.index == nullptr) {
        return split.roles;
    }
    RowRoles some;
    for (const std::uint32_t row : *rows.index) {
        if (!split.roles.groups.empty()) {
            some.groups.push_back(split.roles.groups[row]);
        }
        if (!split.roles.times.empty()) {
            some.times.push_back(split.roles.times[row]);
        }
    }
    return some;
}

}  // namespace mlpc
