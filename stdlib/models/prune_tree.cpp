#include "stdlib/models/prune_tree.h"

#include <algorithm>
#include <limits>

namespace mlpc::models {

namespace {

struct Below {
    double gain = 0;  // of all cuts in the branch
    std::size_t leaves = 1;
};

// Children lie after their parent: backwards, they are known before it.
std::vector<Below> sums_below(const Tree& tree, const std::vector<double>& gains) {
    std::vector<Below> below(tree.nodes.size());
    for (std::size_t i = tree.nodes.size(); i-- > 0;) {
        if (tree.nodes[i].column >= 0) {
            const auto next = static_cast<std::size_t>(tree.nodes[i].next);
            below[i] = {gains[i] + below[next].gain + below[next + 1].gain, below[next].leaves + below[next + 1].leaves};
        }
    }
    return below;
}

double strength(const Below& branch) { return branch.gain / static_cast<double>(branch.leaves - 1); }

// Whether a node is still reached from the root; of the first weakest branch the position, or the number of nodes.
std::size_t weakest_branch(const Tree& tree, const std::vector<Below>& below, double alpha) {
    std::vector<bool> reached(tree.nodes.size());
    reached[0] = true;
    std::size_t weakest = tree.nodes.size();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        if (!reached[i] || tree.nodes[i].column < 0) {
            continue;
        }
        const auto next = static_cast<std::size_t>(tree.nodes[i].next);
        reached[next] = reached[next + 1] = true;
        if (strength(below[i]) < least) {
            least = strength(below[i]);
            weakest = i;
        }
    }
    return least <= alpha ? weakest : tree.nodes.size();
}

void drop_unreached(Tree& tree, std::vector<double>& gains, const std::vector<double>& values) {
    Tree kept(tree.outputs());
    std::vector<double> kept_gains;
    std::vector<std::size_t> from = {0};
    for (std::size_t i = 0; i < from.size(); ++i) {
        TreeNode node = tree.nodes[from[i]];
        kept_gains.push_back(node.column >= 0 ? gains[from[i]] : 0);
        if (node.column >= 0) {
            const auto next = static_cast<std::size_t>(node.next);
            node.next = static_cast<std::int32_t>(from.size());
            from.insert(from.end(), {next, next + 1});
        } else {
            node.next = static_cast<std::int32_t>(kept.leaves.size() / tree.outputs());
            const auto first = values.begin() + static_cast<std::ptrdiff_t>(from[i] * tree.outputs());
            kept.leaves.insert(kept.leaves.end(), first, first + static_cast<std::ptrdiff_t>(tree.outputs()));
        }
        kept.nodes.push_back(node);
    }
    tree = std::move(kept);
    gains = std::move(kept_gains);
}

}  // namespace

void prune_tree(Tree& tree, std::vector<double>& gains, const std::vector<double>& values, double alpha) {
    while (tree.nodes[0].column >= 0) {
        const std::size_t weakest = weakest_branch(tree, sums_below(tree, gains), alpha);
        if (weakest == tree.nodes.size()) {
            break;
        }
        tree.nodes[weakest] = {0, -1, 0};
    }
    drop_unreached(tree, gains, values);
}

}  // namespace mlpc::models
