#include "runtime/engine/kept_values.h"

#include <algorithm>
#include <utility>

namespace mlpc::engine {

namespace {

// Faster than this a value is made again before it is missed.
constexpr double bytes_per_second = 1e9;

std::size_t cell_bytes(const Value& value) {
    if (const auto* frame = std::get_if<Frame>(&value)) {
        return frame->is_view() ? 0 : frame->bytes();
    }
    if (const auto* sample = std::get_if<std::shared_ptr<const Sample>>(&value)) {
        return (*sample)->x.is_view() ? 0 : (*sample)->x.bytes();
    }
    return 0;
}

// Values that are dear to make and likely to be asked for again by another unit.
bool is_dear(const Node& node) {
    switch (node.kind) {
        case NodeKind::Source:
        case NodeKind::Fit:
        case NodeKind::Apply:
        case NodeKind::Transform:
        case NodeKind::LookBack:
        case NodeKind::Filter:
        case NodeKind::Resample:
        case NodeKind::Concatenate:
        case NodeKind::Labels:
            return true;
        default:
            return false;
    }
}

// Rows are taken in no time, but what models derive from them (distances, bins) would go with them.
bool has_derived(const Value& value) {
    const auto* frame = std::get_if<Frame>(&value);
    return frame != nullptr && frame->derived_bytes() > 0;
}

bool may_be_shared(const NodeTask& task, const Lookahead& ahead, std::uint64_t built) {
    if (ahead.is_needed(task.name, built)) {
        return true;
    }
    if (!ahead.knows()) {
        // A later trial may ask for a smaller value of a path.
        return is_dear(*task.node) || has_derived(task.value) || (task.path && task.origin != Origin::Restricted);
    }
    return is_dear(*task.node) && task.seconds * bytes_per_second >= static_cast<double>(cell_bytes(task.value));
}

// What was learned is as large as its archive.
template <class State>
std::size_t archive_bytes(State& state) {
    Archive archive = Archive::counter();
    state.archive(archive);
    return archive.size();
}

}  // namespace

bool KeptValues::is_dear_model(const NodeTask& task) const { return task.node->kind == NodeKind::FitModel && task.seconds >= dear_fit_seconds_; }

bool KeptValues::is_worth_keeping(const NodeTask& task, const Lookahead& ahead, std::uint64_t built) const {
    return is_dear_model(task) || may_be_shared(task, ahead, built);
}

std::vector<TaskPtr> KeptValues::models_for_their_trial(const Lookahead& ahead, std::uint64_t built) const {
    std::vector<TaskPtr> models;
    for (const auto& [use, kept] : tasks_) {
        if (is_dear_model(*kept.task) && !may_be_shared(*kept.task, ahead, built)) {
            models.push_back(kept.task);
        }
    }
    return models;
}

std::vector<KeptValues::Cells> KeptValues::cells_of(const Value& value) {
    if (const auto* model = std::get_if<std::shared_ptr<FittedModel>>(&value)) {
        return {{model->get(), archive_bytes(**model)}};
    }
    if (const auto* step = std::get_if<std::shared_ptr<FittedStep>>(&value)) {
        return {{step->get(), archive_bytes(**step)}};
    }
    const Frame* frame = std::get_if<Frame>(&value);
    if (const auto* sample = std::get_if<std::shared_ptr<const Sample>>(&value)) {
        frame = &(*sample)->x;
    }
    if (frame == nullptr) {
        return {};
    }
    std::vector<Cells> cells = {{frame->derived_owner(), frame->derived_bytes()}};
    // The cells of a view belong to the frame that it was taken from.
    if (frame->is_view()) {
        return cells;
    }
    // Of words there may be hundreds of thousands, whose names take more than their cells.
    cells.push_back({&frame->all_columns(), frame->columns() * sizeof(Column)});
    std::map<const void*, std::size_t> owners;
    const SparseRows* counted = nullptr;
    for (const Column& column : frame->all_columns()) {
        if (column.sparse == nullptr) {
            owners[column.owner.get()] += frame->rows() * (column.codes != nullptr ? sizeof(std::int32_t) : sizeof(double));
        } else if (column.sparse != counted) {
            counted = column.sparse;
            owners[column.owner.get()] = counted->bytes();
        }
    }
    for (const auto& [owner, bytes] : owners) {
        cells.push_back({owner, bytes});
    }
    return cells;
}

void KeptValues::count(const std::vector<Cells>& list) {
    for (const Cells& cells : list) {
        Shared& shared = owners_[cells.owner];
        ++shared.users;
        const std::size_t more = cells.bytes > shared.bytes ? cells.bytes - shared.bytes : 0;
        shared.bytes += more;
        bytes_ += more;
    }
}

void KeptValues::discount(const std::vector<Cells>& list) {
    for (const Cells& cells : list) {
        const auto at = owners_.find(cells.owner);
        if (--at->second.users == 0) {
            bytes_ -= at->second.bytes;
            owners_.erase(at);
        }
    }
}

// What the list of units says comes first; then as GreedyDual-Size (Cao, Irani 1997: Cost-Aware WWW Proxy Caching Algorithms): seconds a byte,
// on top of that of the last value that had to go, so that what nobody asks for ages. What was derived from a frame is taken to have been made
// as fast as memory is read.
TaskPtr KeptValues::least_valuable(const Lookahead& ahead, std::uint64_t built) {
    const Kept* least = nullptr;
    std::pair<bool, double> least_value;
    for (const auto& [use, kept] : tasks_) {
        if (kept.bytes == 0) {
            continue;
        }
        const std::pair value{ahead.is_needed(kept.task->name, built), kept.worth};
        if (least == nullptr || value < least_value) {
            least = &kept;
            least_value = value;
        }
    }
    if (least == nullptr) {
        return nullptr;
    }
    age_ = std::max(age_, least->worth);
    return least->task;
}

std::vector<TaskPtr> KeptValues::keep(const TaskPtr& task, const Lookahead& ahead, std::uint64_t built) {
    Kept kept{.task = task, .cells = cells_of(task->value)};
    for (const Cells& cells : kept.cells) {
        kept.bytes += cells.bytes;
    }
    kept.worth = age_ + std::max(task->seconds / static_cast<double>(std::max<std::size_t>(kept.bytes, 1)), 1 / bytes_per_second);
    count(kept.cells);
    task->last_use = ++clock_;
    tasks_.emplace(task->last_use, std::move(kept));
    std::vector<TaskPtr> gone;
    while (bytes_ > budget_) {
        const TaskPtr least = least_valuable(ahead, built);
        if (least == nullptr) {
            break;
        }
        release(*least);
        gone.push_back(least);
    }
    return gone;
}

void KeptValues::release(NodeTask& task) {
    const auto at = tasks_.find(task.last_use);
    if (at == tasks_.end()) {
        return;
    }
    discount(at->second.cells);
    task.last_use = 0;
    tasks_.erase(at);
}

}  // namespace mlpc::engine
