#include "runtime/core/error.h"
#include "runtime/core/pattern.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/closest_name.h"
#include "runtime/io/column_reader.h"
#include "runtime/io/csv_file.h"
#include "runtime/io/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace mlpc {
namespace {

[[noreturn]] void fail(const CsvFile& file, const std::string& what) { throw RunError(file.path() + ": " + what); }

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + shown(names[i]);
    }
    return names.size() <= most ? text : fmt::format("{} and {} more", text, names.size() - most);
}

// Which request of the schema each column of the file answers to.
class Matcher {
public:
    explicit Matcher(const TableRequest& request) : request_(request) {
        for (const ColumnRequest& column : request.columns) {
            named_.emplace(column.name, &column);
        }
        for (const std::string& ignored : request.ignored) {
            if (ignored.starts_with('^')) {
                ignored_patterns_.emplace_back(ignored);
            } else {
                ignored_names_.insert(ignored);
            }
        }
        for (const PatternRequest& pattern : request.patterns) {
            patterns_.emplace_back(pattern.pattern.empty() ? "(?s).*" : pattern.pattern);
        }
    }
    bool ignores(const std::string& name) const {
        return !named_.contains(name) && (ignored_names_.contains(name) || std::any_of(ignored_patterns_.begin(), ignored_patterns_.end(),
                                                                                       [&](const Pattern& p) { return p.matches_whole(name); }));
    }
    // Null where nothing in the schema speaks of the column.
    const ColumnRequest* find(const std::string& name) const {
        if (const auto found = named_.find(name); found != named_.end()) {
            return found->second;
        }
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            if (patterns_[i].matches_whole(name)) {
                return &request_.patterns[i].like;
            }
        }
        return nullptr;
    }
    void check_patterns_match(const CsvFile& file) const {
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            const auto matches = [&](const std::string& name) { return patterns_[i].matches_whole(name); };
            if (!request_.patterns[i].pattern.empty() && std::none_of(file.header().begin(), file.header().end(), matches)) {
                fail(file, fmt::format("no column matches \"{}\"; the columns are {}", request_.patterns[i].pattern, listed(file.header())));
            }
        }
    }

private:
    const TableRequest& request_;
    std::unordered_map<std::string, const ColumnRequest*> named_;
    std::unordered_set<std::string> ignored_names_;
    std::vector<Pattern> ignored_patterns_, patterns_;
};

void check_all_present(const TableRequest& request, const CsvFile& file) {
    const std::unordered_set<std::string> present(file.header().begin(), file.header().end());
    for (const ColumnRequest& column : request.columns) {
        const bool may_be_absent = std::find(request.absent_ok.begin(), request.absent_ok.end(), column.name) != request.absent_ok.end();
        if (present.contains(column.name) || may_be_absent) {
            continue;
        }
        const std::string hint = file.header_hint();
        const std::string near = suggestion(column.name, file.header());
        fail(file, fmt::format("there is no column {}{}", shown(column.name),
                               !hint.empty()   ? hint
                               : !near.empty() ? near
                                               : "; the columns are " + listed(file.header())));
    }
}

void check_distinct(const CsvFile& file, const Matcher& matcher) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t c = 0; c < file.header().size(); ++c) {
        const auto [same, is_new] = first.emplace(file.header()[c], c);
        if (!is_new && !matcher.ignores(file.header()[c])) {
            fail(file, fmt::format("columns {} and {} are both called {}; rename one in the file", same->second + 1, c + 1, shown(file.header()[c])));
        }
    }
}

void fail_unmatched(const CsvFile& file, const std::vector<std::string>& unmatched) {
    const bool one = unmatched.size() == 1;
    fail(file,
         fmt::format("{} {} {} not in the schema; declare {} or write `ignore {}`{}", one ? "column" : "columns", listed(unmatched),
                     one ? "is" : "are", one ? "it" : "them", written_name(unmatched[0]), one ? "" : " (`others: numeric` types all that are left)"));
}

// The request for each column of the file, nullopt where it is ignored.
std::vector<std::optional<ColumnRequest>> match_columns(const TableRequest& request, const CsvFile& file) {
    const Matcher matcher(request);
    check_all_present(request, file);
    check_distinct(file, matcher);
    matcher.check_patterns_match(file);
    std::vector<std::optional<ColumnRequest>> matched;
    std::vector<std::string> unmatched;
    for (const std::string& name : file.header()) {
        const ColumnRequest* like = matcher.ignores(name) ? nullptr : matcher.find(name);
        if (like == nullptr && !matcher.ignores(name)) {
            unmatched.push_back(name);
        }
        matched.push_back(like == nullptr ? std::nullopt : std::optional(*like));
        if (like != nullptr) {
            matched.back()->name = name;
        }
    }
    if (!unmatched.empty()) {
        fail_unmatched(file, unmatched);
    }
    return matched;
}

void check_cells(const CsvFile& file, const std::vector<std::optional<ColumnReader>>& readers, std::size_t rows) {
    constexpr std::size_t most = 10;
    std::vector<std::string> problems;
    for (const auto& reader : readers) {
        if (reader) {
            const std::vector<std::string> found = reader->problems(rows);
            problems.insert(problems.end(), found.begin(), found.end());
        }
    }
    if (problems.empty()) {
        return;
    }
    if (problems.size() == 1) {
        fail(file, problems[0]);
    }
    std::string text = fmt::format("{} problems", problems.size());
    for (std::size_t i = 0; i < std::min(problems.size(), most); ++i) {
        text += "\n  " + problems[i];
    }
    fail(file, problems.size() <= most ? text : fmt::format("{}\n  and {} more", text, problems.size() - most));
}

}  // namespace

LoadedTable read_table(const TableRequest& request) {
    CsvFile file(request.path, request.format);
    const std::vector<std::optional<ColumnRequest>> requests = match_columns(request, file);
    std::vector<std::optional<ColumnReader>> readers(requests.size());
    const std::size_t expected_rows = file.estimated_rows();
    for (std::size_t c = 0; c < requests.size(); ++c) {
        if (requests[c]) {
            readers[c].emplace(*requests[c], expected_rows);
        }
    }
    const std::size_t rows = file.each_cell([&](std::size_t c, CsvScanner& scanner) {
        if (readers[c]) {
            readers[c]->read(scanner);
        } else {
            scanner.next();
        }
    });
    if (rows == 0) {
        fail(file, "the file has a header and no rows");
    }
    check_cells(file, readers, rows);
    LoadedTable table{.frame = {}, .sha256 = file.sha256(), .schema = {}};
    std::vector<Column> columns;
    for (std::size_t c = 0; c < requests.size(); ++c) {
        if (requests[c]) {
            columns.push_back(readers[c]->release());
            table.schema.push_back(*requests[c]);
        }
    }
    table.frame = Frame(std::move(columns), rows);
    return table;
}

}  // namespace mlpc
