#include "runtime/search/prepare.h"

#include "runtime/core/error.h"
#include "runtime/io/validate.h"
#include "runtime/search/file_rows.h"
#include "runtime/search/look_back_leaks.h"
#include "runtime/search/pretrained_files.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace mlpc {

namespace {

ColumnRequest request_of(const ColumnSpec& spec) {
    ColumnRequest request;
    request.name = spec.name;
    request.type = spec.type;
    request.optional = spec.optional;
    request.levels = spec.levels;
    request.range = spec.range;
    request.allowed = spec.allowed;
    return request;
}

TableRequest table_request(const DataSpec& data, const std::string& path) {
    TableRequest request;
    request.path = path;
    request.format = data.format;
    request.ignored = data.ignored;
    request.folder = data.folder;
    for (const SourceArgument& argument : data.arguments) {
        request.arguments.emplace(argument.name, argument.value);
    }
    for (const ColumnSpec& spec : data.file_columns) {
        if (spec.which == ColumnSpec::Which::Named) {
            request.columns.push_back(request_of(spec));
        } else {
            request.patterns.push_back({spec.which == ColumnSpec::Which::Pattern ? spec.name : "", request_of(spec)});
        }
    }
    return request;
}

TableRequest test_file_request(const DataSpec& data, const std::string& path) {
    TableRequest request = table_request(data, path);
    request.is_test_file = true;
    return request;
}

// The rows of `b` below those of `a`; columns are matched by name, and dictionaries joined.
Frame append_rows(const Frame& a, const Frame& b) {
    std::vector<Column> columns;
    for (std::size_t c = 0; c < a.columns(); ++c) {
        const Column& column = a.column(c);
        const std::size_t other = b.find(column.name);
        if (holds_numbers(column.type)) {
            std::vector<double> cells = a.numbers(c);
            const std::vector<double> more = b.numbers(other);
            cells.insert(cells.end(), more.begin(), more.end());
            columns.push_back(Column::of_numbers(column.name, std::move(cells), column.type));
            continue;
        }
        Levels levels = *column.levels;
        std::map<std::string, std::int32_t> code_of;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            code_of.emplace(levels[i], static_cast<std::int32_t>(i));
        }
        std::vector<std::int32_t> cells = a.codes(c);
        for (std::int32_t code : b.codes(other)) {
            if (code == missing_code) {
                cells.push_back(missing_code);
                continue;
            }
            const std::string& text = (*b.column(other).levels)[static_cast<std::size_t>(code)];
            const auto [at, is_new] = code_of.try_emplace(text, static_cast<std::int32_t>(levels.size()));
            if (is_new) {
                levels.push_back(text);
            }
            cells.push_back(at->second);
        }
        columns.push_back(Column::of_codes(column.name, std::move(cells), std::make_shared<const Levels>(std::move(levels)), column.type));
    }
    return Frame(std::move(columns), a.rows() + b.rows());
}

Key content_key(const DataSpec& data, const std::string& sha256, const std::string& test_sha256) {
    KeyBuilder key;
    key.add("data").add(sha256).add(test_sha256).add(data.format);
    for (const ColumnSpec& c : data.file_columns) {
        key.add(c.name).add(static_cast<std::uint64_t>(c.which)).add(static_cast<std::uint64_t>(c.type)).add(c.positive);
        for (const std::string& level : c.levels) {
            key.add(level);
        }
    }
    for (const std::string& name : data.ignored) {
        key.add(name);
    }
    for (const SourceArgument& argument : data.arguments) {
        key.add(argument.name).add(argument.value.to_string());
    }
    return key.key();
}

bool is_allowed(const Experiment& e, const char* code) {
    return std::any_of(e.allowed.begin(), e.allowed.end(), [&](const auto& a) { return a.first == code; });
}

// What `read` throws, with the place in the experiment that it is about.
template <class F>
auto located(Span span, F read) {
    try {
        return read();
    } catch (const LocatedError&) {
        throw;
    } catch (const RunError& e) {
        throw LocatedError(e.what(), span);
    }
}

// Reads the file of a root data set, and below it the rows of a test file where its split names one.
void read_data(const Experiment& e, DataId id, PreparedData& prepared) {
    const DataSpec& data = e.data[id.index];
    LoadedTable table = located(data.path_span, [&] { return read_table(table_request(data, data.resolved_path)); });
    prepared.sha256[id.index] = table.sha256;
    prepared.schemas[id.index] = table.schema;
    prepared.test_rows_from[id.index] = table.frame.rows();
    std::string test_sha256;
    for (std::size_t s = 0; s < e.splits.size(); ++s) {
        const SplitSpec& split = e.splits[s];
        if (root_of(e, split.data) != id || split.test.kind != TestSpec::Kind::File) {
            continue;
        }
        LoadedTable test = located(split.test.span, [&] { return read_table(test_file_request(data, split.test.resolved_path)); });
        if (test.sha256 == table.sha256 && !is_allowed(e, "L106")) {
            Finding same;
            same.kind = Finding::Kind::SameContent;
            same.subject = split.test.path;
            same.other = data.name;
            same.span = split.test.span;
            throw FindingsError({same});
        }
        test_sha256 = prepared.test_sha256[s] = test.sha256;
        prepared.test_file_rows[s] = test.frame.rows();
        table.frame = append_rows(table.frame, test.frame);
    }
    prepared.datasets[id.index].file = std::move(table.frame);
    prepared.datasets[id.index].key = content_key(data, table.sha256, test_sha256);
}

RowIndex every_row(std::size_t count) {
    RowIndex rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

std::vector<Finding> run_checks(const DataSpec& data, const Frame& table, const RowIndex& file_rows) {
    std::vector<DataRule> rules;
    for (const CheckSpec& check : data.checks) {
        rules.push_back({check.condition, check.warn, check.text});
    }
    std::vector<Finding> findings;
    for (const RuleFailure& failure : validate(rules, table, file_rows)) {
        const CheckSpec& check = data.checks[failure.rule];
        Finding finding;
        finding.kind = Finding::Kind::CheckFailed;
        finding.warning = check.warn;
        finding.subject = check.text;
        finding.count = failure.failing_rows;
        finding.detail = failure.detail;
        if (!failure.first.empty()) {
            std::string rows;
            for (std::size_t row : failure.first) {
                rows += (rows.empty() ? "" : ", ") + std::to_string(row);
            }
            finding.other = rows;
        }
        finding.span = check.span;
        findings.push_back(std::move(finding));
    }
    return findings;
}

// Scored rows that have an equal row among those that are fitted on.
std::size_t crossing(const RowsRef& fit, const RowsRef& scored, const std::vector<std::int32_t>& first_equal) {
    std::vector<bool> fitted(first_equal.size(), false);
    const auto each = [&](const RowsRef& rows, auto f) {
        for (std::size_t i = 0; i < rows.count; ++i) {
            f(rows.index != nullptr ? (*rows.index)[i] : static_cast<std::uint32_t>(i));
        }
    };
    each(fit, [&](std::uint32_t row) { fitted[static_cast<std::size_t>(first_equal[row])] = true; });
    std::size_t count = 0;
    each(scored, [&](std::uint32_t row) { count += fitted[static_cast<std::size_t>(first_equal[row])] ? 1 : 0; });
    return count;
}

// The most scored rows of any cut of the split that have an equal row on its other side.
std::size_t crossing_duplicates(const SplitRows& rows, const std::vector<std::int32_t>& first_equal) {
    std::size_t most = crossing(rows.train, rows.test, first_equal);
    for (const SeedRows& seed : rows.seeds) {
        for (const InnerFold& fold : seed.folds) {
            most = std::max(most, crossing(fold.fit, fold.scored, first_equal));
        }
        for (const OuterFold& outer : seed.outer) {
            most = std::max(most, crossing(outer.train, outer.scored, first_equal));
        }
    }
    return most;
}

}  // namespace

DataId root_of(const Experiment& e, DataId id) {
    while (e.data[id.index].base) {
        id = *e.data[id.index].base;
    }
    return id;
}

PreparedData read_sources(const Experiment& e) {
    PreparedData prepared;
    prepared.datasets.resize(e.data.size());
    prepared.tables.resize(e.data.size());
    prepared.schemas.resize(e.data.size());
    prepared.sha256.resize(e.data.size());
    prepared.test_rows_from.resize(e.data.size());
    prepared.splits.resize(e.splits.size());
    prepared.test_sha256.resize(e.splits.size());
    prepared.test_file_rows.resize(e.splits.size());
    prepared.pretrained = pretrained_files(e);
    std::set<std::uint32_t> needed;
    for (const SplitSpec& split : e.splits) {
        needed.insert(root_of(e, split.data).index);
    }
    for (std::uint32_t id : needed) {
        read_data(e, DataId{id}, prepared);
    }
    return prepared;
}

PreparedData prepare(const Experiment& e, const Catalog& catalog, const std::atomic<bool>* cancelled) {
    return prepare(e, catalog, cancelled, read_sources(e));
}

PreparedData prepare(const Experiment& e, const Catalog& catalog, const std::atomic<bool>* cancelled, PreparedData prepared) {
    if (!is_allowed(e, "L117")) {
        refuse_trained_on_test(e, prepared);
    }
    for (std::uint32_t s = 0; s < e.splits.size(); ++s) {
        const SplitSpec& split = e.splits[s];
        const std::uint32_t id = split.data.index;
        const DataSpec& data = e.data[id];
        const std::uint32_t root = root_of(e, split.data).index;
        if (id != root) {
            prepared.sha256[id] = prepared.sha256[root];
            prepared.schemas[id] = prepared.schemas[root];
            prepared.test_rows_from[id] = prepared.test_rows_from[root];
            prepared.datasets[id].key = prepared.datasets[root].key;
        }
        // The steps of the data declarations run through the engine like everything else.
        if (data.target() != nullptr && data.steps.empty() && !data.base) {
            prepared.datasets[id].target = located(data.target()->span, [&] {
                return target_of(prepared.datasets[id].file, *data.target(), every_row(prepared.datasets[id].file.rows()));
            });
        }
        SplitRows whole;
        whole.all = all_rows(prepared.datasets[root].file.rows());
        whole.train = whole.all;
        whole.seeds.resize(e.seeds.values.size());
        std::vector<SplitRows> whole_splits(e.splits.size(), whole);
        Engine engine(e, prepared.datasets, whole_splits, {.cancelled = cancelled});
        std::vector<Result> results = engine.values({{data.value, {s, 0, -1, -1}, nullptr}});
        if (!results[0].failure.empty()) {
            throw LocatedError(results[0].failure, results[0].span);
        }
        prepared.tables[id] = std::get<Frame>(results[0].value);
        Frame& table = prepared.tables[id];
        if (table.rows() == 0) {
            throw LocatedError("`" + data.name + "` has no rows" + (data.steps.empty() ? "" : " left after its steps"), data.span);
        }
        const RowIndex file_rows = file_rows_of(engine, e, data.value, {s, 0, -1, -1}, prepared.datasets[root].file.rows());
        std::vector<Finding> failed;
        for (Finding& finding : run_checks(data, table, file_rows)) {
            (finding.warning ? prepared.warnings : failed).push_back(std::move(finding));
        }
        if (!failed.empty()) {
            throw FindingsError(std::move(failed));
        }
        if (data.target() == nullptr) {
            continue;
        }
        prepared.datasets[id].target = located(data.target()->span, [&] { return target_of(table, *data.target(), file_rows); });
        std::vector<std::int32_t> equal = first_equal_rows(table, data);
        // Rows of a test file lie below those of the data's own file: where they begin is counted in what the steps have left.
        const auto boundary = std::lower_bound(file_rows.begin(), file_rows.end(), prepared.test_rows_from[id]);
        const auto test_from = static_cast<std::size_t>(boundary - file_rows.begin());
        prepared.splits[s] = located(split.span, [&] { return split_rows(e, s, table, prepared.datasets[id].target, test_from, equal, catalog); });
        std::vector<Finding> late = look_back_leaks(engine, e, s, prepared.splits[s], file_rows, prepared.datasets[root].file.rows());
        if (!late.empty()) {
            throw FindingsError(std::move(late));
        }
        const std::size_t crossing = is_allowed(e, "L107") ? 0 : crossing_duplicates(prepared.splits[s], equal);
        if (crossing > 0) {
            Finding duplicates;
            duplicates.kind = Finding::Kind::Duplicates;
            duplicates.subject = data.name;
            duplicates.count = crossing;
            duplicates.span = split.duplicates_span.end != 0 ? split.duplicates_span : split.span;
            throw FindingsError({duplicates});
        }
        if (!is_allowed(e, "L111")) {
            std::vector<Finding> perfect = perfect_features(table, prepared.datasets[id].target, data, prepared.splits[s].train);
            if (!perfect.empty()) {
                throw FindingsError(std::move(perfect));
            }
        }
    }
    return prepared;
}

}  // namespace mlpc
