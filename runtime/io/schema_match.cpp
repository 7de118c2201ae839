#include "runtime/io/schema_match.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/closest_name.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {
namespace {

[[noreturn]] void fail(const SourceColumns& source, const std::string& what) { throw RunError(source.path + ": " + what); }

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
    const ColumnRequest* find_named(const std::string& name) const {
        const auto found = named_.find(name);
        return found == named_.end() ? nullptr : found->second;
    }
    // Null where nothing in the schema speaks of the column.
    const ColumnRequest* find(const std::string& name) const {
        if (const ColumnRequest* named = find_named(name)) {
            return named;
        }
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            if (patterns_[i].matches_whole(name)) {
                return &request_.patterns[i].like;
            }
        }
        return nullptr;
    }
    void check_patterns_match(const SourceColumns& source) const {
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            const auto matches = [&](const std::string& name) { return patterns_[i].matches_whole(name); };
            if (!request_.patterns[i].pattern.empty() && std::none_of(source.names.begin(), source.names.end(), matches)) {
                fail(source, fmt::format("no column matches \"{}\"; the columns are {}", request_.patterns[i].pattern, listed(source.names)));
            }
        }
    }

private:
    const TableRequest& request_;
    std::unordered_map<std::string, const ColumnRequest*> named_;
    std::unordered_set<std::string> ignored_names_;
    std::vector<Pattern> ignored_patterns_, patterns_;
};

void check_all_present(const TableRequest& request, const SourceColumns& source) {
    const std::unordered_set<std::string> present(source.names.begin(), source.names.end());
    for (const ColumnRequest& column : request.columns) {
        const bool may_be_absent = std::find(request.absent_ok.begin(), request.absent_ok.end(), column.name) != request.absent_ok.end();
        if (present.contains(column.name) || may_be_absent) {
            continue;
        }
        const std::string near = suggestion(column.name, source.names);
        fail(source, fmt::format("there is no column {}{}", shown(column.name),
                                 !source.hint.empty() ? source.hint
                                 : !near.empty()      ? near
                                                      : "; the columns are " + listed(source.names)));
    }
}

void check_distinct(const SourceColumns& source, const Matcher& matcher) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t c = 0; c < source.names.size(); ++c) {
        const auto [same, is_new] = first.emplace(source.names[c], c);
        if (!is_new && !matcher.ignores(source.names[c])) {
            fail(source,
                 fmt::format("columns {} and {} are both called {}; rename one in the file", same->second + 1, c + 1, shown(source.names[c])));
        }
    }
}

void fail_unmatched(const SourceColumns& source, const std::vector<std::string>& unmatched) {
    const bool one = unmatched.size() == 1;
    fail(source,
         fmt::format("{} {} {} not in the schema; declare {} or write `ignore {}`{}", one ? "column" : "columns", listed(unmatched),
                     one ? "is" : "are", one ? "it" : "them", written_name(unmatched[0]), one ? "" : " (`others: numeric` types all that are left)"));
}

}  // namespace

std::vector<std::optional<ColumnRequest>> match_columns(const TableRequest& request, const SourceColumns& source) {
    const Matcher matcher(request);
    check_all_present(request, source);
    check_distinct(source, matcher);
    matcher.check_patterns_match(source);
    std::vector<std::optional<ColumnRequest>> matched;
    std::vector<std::string> unmatched;
    for (const std::string& name : source.names) {
        const bool is_offered = std::find(source.offered.begin(), source.offered.end(), name) != source.offered.end();
        const ColumnRequest* like = matcher.ignores(name) ? nullptr : is_offered ? matcher.find_named(name) : matcher.find(name);
        if (like == nullptr && !is_offered && !matcher.ignores(name)) {
            unmatched.push_back(name);
        }
        matched.push_back(like == nullptr ? std::nullopt : std::optional(*like));
        if (like != nullptr) {
            matched.back()->name = name;
        }
    }
    if (!unmatched.empty()) {
        fail_unmatched(source, unmatched);
    }
    return matched;
}

}  // namespace mlpc
