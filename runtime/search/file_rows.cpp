#include "runtime/search/file_rows.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace mlpc {

namespace {

void collect_filters(const Experiment& e, NodeId id, std::set<std::uint32_t>& filters) {
    const Node& node = e.node(id);
    if (node.kind == NodeKind::Filter) {
        filters.insert(id.index);
    }
    for (const NodeId input : node.inputs) {
        collect_filters(e, input, filters);
    }
}

// Positions of the rows of `kept`, a filter's result, among those of what came into it.
RowIndex positions_kept(const Frame& before, const Frame& kept) {
    const RowIndex& rows = *kept.row_index();
    if (!before.is_view()) {
        return rows;
    }
    const RowIndex& all = *before.row_index();
    RowIndex positions;
    positions.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        positions.push_back(static_cast<std::uint32_t>(std::lower_bound(all.begin(), all.end(), row) - all.begin()));
    }
    return positions;
}

}  // namespace

RowIndex file_rows_of(Engine& engine, const Experiment& e, NodeId table, const Context& whole, std::size_t file_rows) {
    const auto frame_of = [&](NodeId id) {
        const Result result = engine.values({{id, whole, nullptr}}).front();
        if (!result.failure.empty()) {
            throw LocatedError(result.failure, result.span);
        }
        return std::get<Frame>(result.value);
    };
    RowIndex rows(file_rows);
    std::iota(rows.begin(), rows.end(), 0U);
    std::set<std::uint32_t> filters;
    collect_filters(e, table, filters);
    for (const std::uint32_t filter : filters) {
        RowIndex left;
        for (const std::uint32_t position : positions_kept(frame_of(e.nodes[filter].inputs.front()), frame_of({filter}))) {
            left.push_back(rows.at(position));
        }
        rows = std::move(left);
    }
    return rows;
}

}  // namespace mlpc
