#include "runtime/core/error.h"
#include "runtime/search/prepare.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace mlpc {

namespace {

struct SplitRoles {
    std::vector<std::int32_t> strata, groups;
    std::vector<double> times;
};

std::vector<std::int32_t> strata_of(const Target& target) {
    if (is_classification(target.task)) {
        return target.labels;
    }
    // Regression is stratified by tenths of the sorted values.
    std::vector<std::uint32_t> order(target.values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return target.values[a] < target.values[b]; });
    std::vector<std::int32_t> strata(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        strata[order[i]] = static_cast<std::int32_t>(i * 10 / std::max<std::size_t>(order.size(), 1));
    }
    return strata;
}

// Rows that share a group or are duplicates of each other get one number (union-find).
std::vector<std::int32_t> joined_groups(const std::vector<std::int32_t>& groups, const std::vector<std::int32_t>& duplicate_of) {
    if (duplicate_of.empty()) {
        return groups;
    }
    if (groups.empty()) {
        return duplicate_of;
    }
    std::vector<std::int32_t> parent(duplicate_of.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](std::int32_t x) {
        while (parent[static_cast<std::size_t>(x)] != x) {
            x = parent[static_cast<std::size_t>(x)] = parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(x)])];
        }
        return x;
    };
    std::vector<std::int32_t> first_of_group;
    for (std::size_t row = 0; row < groups.size(); ++row) {
        const auto group = static_cast<std::size_t>(groups[row]);
        if (group >= first_of_group.size()) {
            first_of_group.resize(group + 1, -1);
        }
        std::int32_t& first = first_of_group[group];
        first = first < 0 ? static_cast<std::int32_t>(row) : first;
        parent[static_cast<std::size_t>(root(static_cast<std::int32_t>(row)))] = root(first);
        parent[static_cast<std::size_t>(root(static_cast<std::int32_t>(row)))] = root(duplicate_of[row]);
    }
    std::vector<std::int32_t> joined(groups.size());
    for (std::size_t row = 0; row < joined.size(); ++row) {
        joined[row] = root(static_cast<std::int32_t>(row));
    }
    return joined;
}

std::vector<std::int32_t> column_codes(const Frame& table, const std::string& name) {
    const std::size_t c = table.find(name);
    if (c == table.columns()) {
        throw RunError("column `" + name + "`, by which the rows are split, is not in the data");
    }
    if (!holds_numbers(table.column(c).type)) {
        return table.codes(c);
    }
    // Numbers become codes in order of value.
    const std::vector<double> values = table.numbers(c);
    std::vector<double> distinct = values;
    std::erase_if(distinct, [](double v) { return v != v; });
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::int32_t> codes;
    for (double v : values) {
        codes.push_back(v != v ? missing_code : static_cast<std::int32_t>(std::lower_bound(distinct.begin(), distinct.end(), v) - distinct.begin()));
    }
    return codes;
}

Key key_of(const RowRoles& roles) {
    KeyBuilder key;
    key.add(roles.groups.size());
    for (const std::int32_t group : roles.groups) {
        key.add(static_cast<std::uint64_t>(group));
    }
    for (const double time : roles.times) {
        key.add(time);
    }
    return key.key();
}

template <class T>
std::vector<T> gather(const std::vector<T>& values, const RowIndex& rows) {
    std::vector<T> out;
    if (!values.empty()) {
        out.reserve(rows.size());
        for (std::uint32_t row : rows) {
            out.push_back(values[row]);
        }
    }
    return out;
}

std::unique_ptr<Splitter> make_splitter(const Catalog& catalog, const std::string& name,
                                        const std::vector<std::pair<std::string, ParamValue>>& params) {
    const ComponentInfo* info = catalog.find(ComponentKind::Splitter, name);
    if (info == nullptr) {
        throw std::logic_error("no splitter " + name);
    }
    ParamValues values = info->default_params();
    for (const auto& [param, value] : params) {
        values.at(info->find_param(param)) = value;
    }
    return info->make_splitter(values);
}

// Which rows the parts of a split must hold: folds score each of them once, but forward in time the first rows are never scored, and the gap
// and what comes later are left out.
enum class Coverage { EveryRow, EveryRowScored, SomeRows };

// A splitter that lies makes every score worthless, so the parts of each split are looked at before they are used.
void check_parts(const std::vector<Part>& parts, std::size_t rows, Coverage coverage) {
    for (const Part& part : parts) {
        std::vector<bool> seen(rows, false);
        for (const RowIndex* index : {&part.train, &part.scored}) {
            for (std::uint32_t row : *index) {
                if (row >= rows || seen[row]) {
                    throw std::logic_error("a splitter gave one row to two parts");
                }
                seen[row] = true;
            }
        }
        if (coverage != Coverage::SomeRows && part.train.size() + part.scored.size() != rows) {
            throw std::logic_error("a splitter left a row out of every part");
        }
    }
}

void check_every_row_scored_once(const std::vector<Part>& parts, std::size_t rows) {
    std::vector<std::size_t> times_scored(rows, 0);
    for (const Part& part : parts) {
        for (std::uint32_t row : part.scored) {
            ++times_scored[row];
        }
    }
    if (std::any_of(times_scored.begin(), times_scored.end(), [](std::size_t times) { return times != 1; })) {
        throw std::logic_error("the folds of a splitter do not score every row once");
    }
}

// Splits some rows of the table; the result is in rows of the table.
std::vector<Part> split_some(const Splitter& splitter, const RowIndex& rows, const SplitRoles& roles, Rng rng,
                             Coverage coverage = Coverage::EveryRow) {
    const std::vector<std::int32_t> strata = gather(roles.strata, rows), groups = gather(roles.groups, rows);
    const std::vector<double> times = gather(roles.times, rows);
    SplitInput input;
    input.rows = rows.size();
    input.strata = strata.empty() ? nullptr : &strata;
    input.groups = groups.empty() ? nullptr : &groups;
    input.times = times.empty() ? nullptr : &times;
    std::vector<Part> parts = splitter.split(input, rng);
    check_parts(parts, rows.size(), coverage);
    if (coverage == Coverage::EveryRowScored) {
        check_every_row_scored_once(parts, rows.size());
    }
    for (Part& part : parts) {
        for (RowIndex* index : {&part.train, &part.scored}) {
            for (std::uint32_t& row : *index) {
                row = rows[row];
            }
        }
    }
    return parts;
}

std::vector<Part> folds_of(const FoldsSpec& folds, const RowIndex& rows, const SplitRoles& roles, const std::vector<std::int32_t>& given,
                           bool duplicates_grouped, const Catalog& catalog, Rng rng) {
    std::vector<Part> all;
    for (std::int64_t repeat = 0; repeat < folds.repeat; ++repeat) {
        std::unique_ptr<Splitter> splitter;
        SplitRoles used = roles;
        switch (folds.kind) {
            case FoldsSpec::Kind::KFold: {
                const bool grouped = folds.grouped || duplicates_grouped;
                const std::string name = std::string(folds.stratified ? "stratified_" : "") + (grouped ? "grouped_" : "") + "k_fold";
                splitter = make_splitter(catalog, name, {{"k", ParamValue{folds.k}}, {"shuffled", ParamValue{folds.shuffled}}});
                break;
            }
            case FoldsSpec::Kind::Forward:
                splitter = make_splitter(catalog, "forward", {{"k", ParamValue{folds.k}}, {"gap", ParamValue{folds.gap_days}}});
                break;
            case FoldsSpec::Kind::LeaveOneGroup:
                splitter = make_splitter(catalog, "leave_one_group", {});
                break;
            case FoldsSpec::Kind::ByColumn:
                splitter = make_splitter(catalog, "by_column", {});
                used.groups = given;
                break;
        }
        const bool forward = folds.kind == FoldsSpec::Kind::Forward;
        const Coverage coverage = forward ? Coverage::SomeRows : Coverage::EveryRowScored;
        for (Part& part : split_some(*splitter, rows, used, rng.child(static_cast<std::uint64_t>(repeat)), coverage)) {
            all.push_back(std::move(part));
        }
    }
    return all;
}

}  // namespace

SplitRows split_rows(const Experiment& experiment, std::uint32_t index, const Frame& table, const Target& target, std::size_t test_rows_from,
                     const std::vector<std::int32_t>& first_equal, const Catalog& catalog) {
    const SplitSpec& split = experiment.splits[index];
    const DataSpec& data = experiment.data[split.data.index];
    const bool duplicates_grouped = split.duplicates == DuplicatesPolicy::Group;
    SplitRoles roles;
    roles.strata = strata_of(target);
    for (const ColumnSpec& column : data.columns) {
        const std::size_t c = table.find(column.name);
        if (column.group && c != table.columns()) {
            roles.groups = column_codes(table, column.name);
            if (std::find(roles.groups.begin(), roles.groups.end(), missing_code) != roles.groups.end()) {
                throw RunError("the group `" + column.name + "` is missing in some rows: fill it, or remove those rows with `-> filter(…)`");
            }
        } else if (column.time && c != table.columns()) {
            roles.times = table.numbers(c);
        }
    }
    if (duplicates_grouped) {
        roles.groups = joined_groups(roles.groups, first_equal);
    }
    RowIndex everything(table.rows());
    std::iota(everything.begin(), everything.end(), 0U);
    const bool dropped = split.duplicates == DuplicatesPolicy::Drop && !first_equal.empty();
    if (dropped) {
        std::erase_if(everything, [&](std::uint32_t row) { return first_equal[row] != static_cast<std::int32_t>(row); });
    }

    SplitRows result;
    result.roles = {.groups = roles.groups, .times = roles.times};
    result.roles_key = key_of(result.roles);
    result.all = dropped ? rows_ref(everything) : all_rows(table.rows());
    Part outermost{everything, {}};
    const std::uint64_t test_seed = split.test.seed;
    switch (split.test.kind) {
        case TestSpec::Kind::None:
            break;
        case TestSpec::Kind::File: {
            const auto boundary = std::lower_bound(everything.begin(), everything.end(), test_rows_from);
            outermost = {RowIndex(everything.begin(), boundary), RowIndex(boundary, everything.end())};
            break;
        }
        case TestSpec::Kind::Since: {
            const auto splitter = make_splitter(catalog, "since_time", {{"from", ParamValue{split.test.since}}});
            outermost = split_some(*splitter, everything, roles, Rng::of_seed(test_seed)).at(0);
            break;
        }
        case TestSpec::Kind::Share: {
            const bool grouped = split.test.grouped || duplicates_grouped;
            const std::string name = std::string(split.test.stratified ? "stratified_" : "") + (grouped ? "grouped_" : "") + "holdout";
            const auto splitter = make_splitter(catalog, name, {{"share", ParamValue{split.test.share}}, {"shuffled", ParamValue{true}}});
            outermost = split_some(*splitter, everything, roles, Rng::of_seed(test_seed).child("test")).at(0);
            break;
        }
    }
    const bool no_test = split.test.kind == TestSpec::Kind::None;
    result.train = no_test ? result.all : rows_ref(outermost.train);
    result.test = rows_ref(outermost.scored);

    for (std::size_t s = 0; s < experiment.seeds.values.size(); ++s) {
        const std::uint64_t seed = experiment.seeds.values[experiment.seeds.vary_split ? s : 0];
        const auto rng_of = [&](const FoldsSpec& folds, std::string_view what) {
            return Rng::of_seed(folds.seed.value_or(seed)).child("split").child(what).child(data.name);
        };
        const auto inner = [&](const RowIndex& rows, std::uint64_t place) {
            std::vector<InnerFold> folds;
            if (!split.folds) {
                return folds;
            }
            const std::vector<std::int32_t> given =
                split.folds->kind == FoldsSpec::Kind::ByColumn ? column_codes(table, split.folds->column) : std::vector<std::int32_t>();
            for (Part& part : folds_of(*split.folds, rows, roles, given, duplicates_grouped, catalog, rng_of(*split.folds, "folds").child(place))) {
                folds.push_back({rows_ref(std::move(part.train)), rows_ref(std::move(part.scored))});
            }
            return folds;
        };
        SeedRows rows;
        rows.folds = inner(outermost.train, 0);
        if (split.outer) {
            const std::vector<std::int32_t> given =
                split.outer->kind == FoldsSpec::Kind::ByColumn ? column_codes(table, split.outer->column) : std::vector<std::int32_t>();
            std::uint64_t place = 0;
            for (Part& part : folds_of(*split.outer, outermost.train, roles, given, duplicates_grouped, catalog, rng_of(*split.outer, "outer"))) {
                OuterFold outer;
                outer.folds = inner(part.train, ++place);
                outer.train = rows_ref(std::move(part.train));
                outer.scored = rows_ref(std::move(part.scored));
                rows.outer.push_back(std::move(outer));
            }
        }
        result.seeds.push_back(std::move(rows));
    }
    return result;
}

}  // namespace mlpc
