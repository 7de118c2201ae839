#include "runtime/engine/kept_values.h"

#include <algorithm>
#include <tuple>

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

bool may_be_shared(const NodeTask& task, const Lookahead& ahead, std::uint64_t built) {
    if (ahead.is_needed(task.name, built)) {
        return true;
    }
    if (!ahead.knows()) {
        // A later trial may ask for a smaller value of a path.
        return is_dear(*task.node) || (task.path && task.origin != Origin::Restricted);
    }
    return is_dear(*task.node) && task.seconds * bytes_per_second >= static_cast<double>(cell_bytes(task.value));
}

// What was learned is as large as its archive.
template <class State>
std::size_t archive_bytes(State& state) {
    Archive archive = Archive::writer();
    state.archive(archive);
    return archive.bytes().size();
}

std::size_t bytes_of(const Value& value) {
    if (const auto* step = std::get_if<std::shared_ptr<FittedStep>>(&value)) {
        return archive_bytes(**step);
    }
    if (const auto* model = std::get_if<std::shared_ptr<FittedModel>>(&value)) {
        return archive_bytes(**model);
    }
    return cell_bytes(value);
}

}  // namespace

bool KeptValues::is_dear_model(const NodeTask& task) const { return task.node->kind == NodeKind::FitModel && task.seconds >= dear_fit_seconds_; }

bool KeptValues::is_worth_keeping(const NodeTask& task, const Lookahead& ahead, std::uint64_t built) const {
    return is_dear_model(task) || may_be_shared(task, ahead, built);
}

std::vector<TaskPtr> KeptValues::models_for_their_trial(const Lookahead& ahead, std::uint64_t built) const {
    std::vector<TaskPtr> models;
    for (const auto& [use, task] : tasks_) {
        if (is_dear_model(*task) && !may_be_shared(*task, ahead, built)) {
            models.push_back(task);
        }
    }
    return models;
}

std::vector<KeptValues::Cells> KeptValues::cells_of(const NodeTask& task) {
    const Value& value = task.value;
    if (const auto* model = std::get_if<std::shared_ptr<FittedModel>>(&value)) {
        return {{model->get(), task.bytes}};
    }
    if (const auto* step = std::get_if<std::shared_ptr<FittedStep>>(&value)) {
        return {{step->get(), task.bytes}};
    }
    const Frame* frame = std::get_if<Frame>(&value);
    if (const auto* sample = std::get_if<std::shared_ptr<const Sample>>(&value)) {
        frame = &(*sample)->x;
    }
    // The cells of a view belong to the frame that it was taken from.
    if (frame == nullptr || frame->is_view()) {
        return {};
    }
    std::map<const void*, std::size_t> owners;
    for (const Column& column : frame->all_columns()) {
        const std::size_t cell = column.codes != nullptr ? sizeof(std::int32_t) : sizeof(double);
        std::size_t& bytes = owners[column.owner.get()];
        bytes = column.sparse == nullptr
                    ? bytes + cell * frame->rows()
                    : column.sparse->values.size() * (sizeof(double) + sizeof(std::uint32_t)) + column.sparse->rows() * sizeof(std::uint64_t);
    }
    std::vector<Cells> cells;
    for (const auto& [owner, bytes] : owners) {
        cells.push_back({owner, bytes});
    }
    return cells;
}

void KeptValues::count(const NodeTask& task) {
    for (const Cells& cells : cells_of(task)) {
        Shared& shared = owners_[cells.owner];
        ++shared.users;
        const std::size_t more = cells.bytes > shared.bytes ? cells.bytes - shared.bytes : 0;
        shared.bytes += more;
        bytes_ += more;
    }
}

void KeptValues::discount(const NodeTask& task) {
    for (const Cells& cells : cells_of(task)) {
        const auto at = owners_.find(cells.owner);
        if (--at->second.users == 0) {
            bytes_ -= at->second.bytes;
            owners_.erase(at);
        }
    }
}

TaskPtr KeptValues::least_valuable(const Lookahead& ahead, std::uint64_t built) const {
    TaskPtr least;
    std::tuple<bool, double> least_value;
    for (const auto& [use, task] : tasks_) {
        if (task->bytes == 0) {
            continue;
        }
        const std::tuple value{ahead.is_needed(task->name, built), task->seconds / static_cast<double>(task->bytes)};
        if (least == nullptr || value < least_value) {
            least = task;
            least_value = value;
        }
    }
    return least;
}

std::vector<TaskPtr> KeptValues::keep(const TaskPtr& task, const Lookahead& ahead, std::uint64_t built) {
    task->bytes = bytes_of(task->value);
    task->last_use = ++clock_;
    tasks_.emplace(task->last_use, task);
    count(*task);
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
    if (task.last_use == 0) {
        return;
    }
    discount(task);
    tasks_.erase(task.last_use);
    task.last_use = 0;
}

}  // namespace mlpc::engine
