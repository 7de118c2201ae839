#include "stdlib/models/gradient_tree.h"

#include "runtime/core/error.h"

#include <array>

namespace mlpc::models {

namespace {

constexpr std::size_t lanes = 8;

// The leaves of rows that go down side by side, for one way down is a chain of loads that wait for each other. Of a tree without sets.
std::array<const GradientNode*, lanes> leaves_of(const GradientNode* nodes, const double* rows, std::size_t stride) {
    std::array<const GradientNode*, lanes> at;
    at.fill(nodes);
    for (bool open = true; open;) {
        open = false;
        for (std::size_t l = 0; l < lanes; ++l) {
            const GradientNode& node = *at[l];
            const bool branches = node.column >= 0;
            const double cell = rows[l * stride + static_cast<std::size_t>(branches ? node.column : 0)];
            const bool left = (cell <= node.value) | ((cell != cell) & (node.missing_left != 0));
            at[l] = branches ? nodes + node.next + (left ? 0 : 1) : at[l];
            open |= branches;
        }
    }
    return at;
}

}  // namespace

void GradientTree::add_values(const double* rows, std::size_t stride, std::size_t count, double* out) const {
    std::size_t row = 0;
    for (; sets.empty() && row + lanes <= count; row += lanes) {
        const auto leaves = leaves_of(nodes.data(), rows + row * stride, stride);
        for (std::size_t l = 0; l < lanes; ++l) {
            out[row + l] += leaves[l]->value;
        }
    }
    for (; row < count; ++row) {
        out[row] += value_of(rows + row * stride);
    }
}

void GradientTree::check(std::size_t columns, const std::function<std::size_t(std::size_t)>& levels) const {
    bool sound = !nodes.empty();
    for (std::size_t i = 0; sound && i < nodes.size(); ++i) {
        const GradientNode& node = nodes[i];
        if (node.column < 0) {
            continue;
        }
        const auto column = static_cast<std::size_t>(node.column), next = static_cast<std::size_t>(node.next);
        // Children lie after their parent, so that every way down ends.
        sound = column < columns && node.next >= 0 && next > i && next + 1 < nodes.size() && node.set < static_cast<std::int32_t>(sets.size()) &&
                (node.set < 0 || (levels(column) > 0 && levels(column) < 256));
    }
    if (!sound) {
        throw RunError("the saved model holds a tree whose branches lead nowhere; the file is damaged");
    }
}

void GradientTree::archive(Archive& a) {
    std::vector<double> values, gains;
    std::vector<std::int32_t> columns, next, set, missing_left;
    std::vector<std::uint32_t> members;
    for (const GradientNode& node : nodes) {
        values.push_back(node.value);
        gains.push_back(node.gain);
        columns.push_back(node.column);
        next.push_back(node.next);
        set.push_back(node.set);
        missing_left.push_back(node.missing_left);
    }
    for (const BinSet& bins : sets) {
        for (const std::uint64_t word : bins.words) {
            members.push_back(static_cast<std::uint32_t>(word));
            members.push_back(static_cast<std::uint32_t>(word >> 32));
        }
    }
    a.field("values", values);
    a.field("gains", gains);
    a.field("columns", columns);
    a.field("next", next);
    a.field("set", set);
    a.field("missing_left", missing_left);
    a.field("members", members);
    if (!a.reading()) {
        return;
    }
    const std::size_t count = values.size();
    if (gains.size() != count || columns.size() != count || next.size() != count || set.size() != count || missing_left.size() != count ||
        members.size() % 8 != 0) {
        throw RunError("the saved model holds a tree whose parts differ in length; the file is damaged");
    }
    nodes.clear();
    for (std::size_t i = 0; i < count; ++i) {
        nodes.push_back({values[i], gains[i], columns[i], next[i], set[i], missing_left[i]});
    }
    sets.assign(members.size() / 8, {});
    for (std::size_t i = 0; i < members.size(); ++i) {
        sets[i / 8].words[i % 8 / 2] |= std::uint64_t{members[i]} << (i % 2 * 32);
    }
}

}  // namespace mlpc::models
