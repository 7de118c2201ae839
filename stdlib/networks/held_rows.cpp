#include "stdlib/networks/held_rows.h"

#include "runtime/core/error.h"
#include "stdlib/models/inner_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace mlpc::networks {

namespace {

std::size_t count_of(double share, std::size_t rows) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(rows) + 0.5));
}

// From this time on rows are held: rows of one time stay on one side.
double first_held_time(const RowIndex& rows, const std::vector<double>& times, double hold) {
    std::vector<double> sorted;
    for (const std::uint32_t row : rows) {
        sorted.push_back(times[row]);
    }
    std::sort(sorted.begin(), sorted.end());
    const double wanted = sorted[sorted.size() - std::min(sorted.size(), count_of(hold, sorted.size()))];
    // Where the first time of all is the border, what is later than it is held, so that some rows are left to fit.
    return wanted > sorted.front() ? wanted : *std::upper_bound(sorted.begin(), sorted.end() - 1, sorted.front());
}

template <class IsHeld>
HeldRows parted(const RowIndex& rows, IsHeld is_held) {
    HeldRows parts;
    for (const std::uint32_t row : rows) {
        (is_held(row) ? parts.held : parts.fitted).push_back(row);
    }
    return parts;
}

HeldRows latest(const RowIndex& rows, const RowRoles& roles, double hold) {
    const double from = first_held_time(rows, roles.times, hold);
    const auto is_late = [&](std::uint32_t row) { return roles.times[row] >= from; };
    HeldRows parts = parted(rows, is_late);
    if (!roles.groups.empty()) {
        std::set<std::int32_t> held_groups;
        for (const std::uint32_t row : parts.held) {
            held_groups.insert(roles.groups[row]);
        }
        std::erase_if(parts.fitted, [&](std::uint32_t row) { return held_groups.contains(roles.groups[row]); });
    }
    return parts;
}

HeldRows whole_groups(const RowIndex& rows, const std::vector<std::int32_t>& groups, double hold, Rng rng) {
    std::map<std::int32_t, std::size_t> sizes;
    for (const std::uint32_t row : rows) {
        ++sizes[groups[row]];
    }
    std::vector<std::int32_t> names;
    for (const auto& [group, size] : sizes) {
        names.push_back(group);
    }
    std::vector<std::uint32_t> order(names.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    rng.shuffle(order);
    const std::size_t wanted = count_of(hold, rows.size());
    std::set<std::int32_t> held;
    std::size_t taken = 0;
    for (std::size_t i = 0; i + 1 < order.size() && taken < wanted; ++i) {
        held.insert(names[order[i]]);
        taken += sizes[names[order[i]]];
    }
    return parted(rows, [&](std::uint32_t row) { return held.contains(groups[row]); });
}

void require_both(const HeldRows& parts, std::string_view of_what, const std::string& model) {
    if (parts.fitted.empty() || parts.held.empty()) {
        throw RunError(fmt::format("`{}` with `stop early` sets {} aside to see when to stop, and there are too few to part: leave `stop early` out",
                                   model, of_what));
    }
}

}  // namespace

HeldRows none_held(const Vector& weights) {
    HeldRows parts;
    for (std::uint32_t row = 0; row < weights.size(); ++row) {
        if (weights[row] > 0) {
            parts.fitted.push_back(row);
        }
    }
    return parts;
}

HeldRows held_rows(const Target& y, const Vector& weights, double hold, const FitContext& context, const std::string& model) {
    static const RowRoles none;
    const RowRoles& roles = context.roles != nullptr ? *context.roles : none;
    for (const std::size_t count : {roles.groups.size(), roles.times.size()}) {
        if (count != 0 && count != y.rows()) {
            throw RunError(
                fmt::format("`{}` with `stop early` sets rows aside by group or time, and a step before it adds or leaves out rows, so "
                            "that these are no longer known: leave `stop early` out, or balance by `class_weight balanced`",
                            model));
        }
    }
    const RowIndex rows = none_held(weights).fitted;
    const Rng rng = context.rng.child("held");
    HeldRows parts;
    if (!roles.times.empty()) {
        parts = latest(rows, roles, hold);
        require_both(parts, "the latest rows", model);
    } else if (!roles.groups.empty()) {
        parts = whole_groups(rows, roles.groups, hold, rng);
        require_both(parts, "whole groups", model);
    } else {
        models::InnerSplit split = models::split_inside(y, weights, hold, rng, model, "stop early");
        parts = {std::move(split.train), std::move(split.validation)};
    }
    return parts;
}

}  // namespace mlpc::networks
