#include "runtime/engine/lookahead.h"

#include <set>
#include <unordered_set>

namespace mlpc::engine {

namespace {

void visit_below(NodeNames& names, NodeId id, std::set<NodeId>& seen, const std::function<void(const NamedNode&)>& visit) {
    if (!seen.insert(id).second) {
        return;
    }
    const NamedNode& node = names.of(id);
    for (const NodeId input : node.inputs) {
        visit_below(names, input, seen, visit);
    }
    visit(node);
}

}  // namespace

void visit_nodes(NodeNames& names, NodeId root, const std::function<void(const NamedNode&)>& visit) {
    std::set<NodeId> seen;
    visit_below(names, names.resolved(root), seen, visit);
}

Lookahead::Lookahead(const Experiment& e, const std::vector<Proposal>& units) : knows_(true) {
    for (const Proposal& unit : units) {
        if (unit.assignment == nullptr) {
            continue;
        }
        NodeNames names(e, *unit.assignment);
        visit_nodes(names, unit.root, [&](const NamedNode& node) {
            if (!node.path || !node.path->restricts) {
                return;
            }
            const auto [at, is_new] = largest_.try_emplace(node.path->family, *node.path);
            if (!is_new && at->second.order < node.path->order) {
                at->second = *node.path;
            }
        });
    }
    std::unordered_set<Key, KeyHash> computed;
    for (std::uint64_t number = 0; number < units.size(); ++number) {
        if (units[number].assignment == nullptr) {
            continue;
        }
        NodeNames names(e, *units[number].assignment);
        const auto reads_inputs = [&](const NamedNode& node) {
            for (const NodeId input : node.inputs) {
                last_readers_[names.of(input).name] = number;
            }
        };
        visit_nodes(names, units[number].root, [&](const NamedNode& node) {
            if (!computed.insert(node.name).second) {
                return;
            }
            const PathPoint* most = node.path ? largest(*node.path) : nullptr;
            if (most == nullptr || most->order <= node.path->order) {
                reads_inputs(node);
                return;
            }
            const Key source = with_path_value(node, most->value).name;
            last_readers_[source] = number;
            if (computed.insert(source).second) {
                reads_inputs(node);
            }
        });
        last_readers_[names.of(names.resolved(units[number].root)).name] = number;
    }
}

const PathPoint* Lookahead::largest(const PathPoint& point) const {
    const auto at = largest_.find(point.family);
    return at == largest_.end() ? nullptr : &at->second;
}

bool Lookahead::is_needed(const Key& name, std::uint64_t built) const {
    const auto at = last_readers_.find(name);
    return at != last_readers_.end() && at->second >= built;
}

}  // namespace mlpc::engine
