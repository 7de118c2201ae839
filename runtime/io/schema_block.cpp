#include "runtime/io/schema_block.h"

#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace mlpc {
namespace {

// The formatter aligns column lists up to this width, the colon included.
constexpr std::size_t widest_columns = 40;

struct SchemaLine {
    std::string comment;  // on its own line before it; may be empty
    std::string columns;  // with the colon, or `ignore`
    std::string type;     // or the ignored columns
    std::string modifiers;
};

std::size_t width_of(const std::string& text) { return decode_utf8(text).size(); }

// "pixel_12" is "pixel_" and 12; no prefix where there is no number at the end, or where the prefix needs escapes in a pattern.
std::string numbered_prefix(const std::string& name) {
    const std::size_t end = name.find_last_not_of("0123456789");
    if (end == std::string::npos || end + 1 == name.size()) {
        return "";
    }
    const std::string prefix = name.substr(0, end + 1);
    const bool plain = std::all_of(prefix.begin(), prefix.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
    return plain ? prefix : "";
}

// Names that no backquotes can hold are matched by their shape.
bool is_writable(const std::string& name) {
    return std::none_of(name.begin(), name.end(), [](char c) { return c == '`' || static_cast<unsigned char>(c) < ' '; });
}

std::string pattern_of(const std::string& name) {
    std::string pattern = name;
    std::replace_if(
        pattern.begin(), pattern.end(),
        [](char c) { return c == '`' || static_cast<unsigned char>(c) < ' ' || std::strchr(".*+?()[]{}|^$\\\"", c) != nullptr; }, '.');
    return "matching " + written_text("(?s)" + pattern);
}

std::string written_column(const std::string& name) { return is_writable(name) ? written_name(name) : pattern_of(name); }

class SchemaWriter {
public:
    SchemaWriter(const TableDescription& table, const std::string& target) : table_(table), target_(target) {}

    std::string run() {
        add_target();
        count_prefixes();
        for (const ColumnDescription& column : table_.columns) {
            if (column.name == target_) {
                continue;
            }
            if (is_useless(column)) {
                lines_.push_back({fmt::format("# {}", column.note), "ignore", written_column(column.name), ""});
            } else if (column.looks_like_id) {
                lines_.push_back({"# no value occurs twice; without `id` it is a feature", written_name(column.name) + ":",
                                  std::string(name_of(column.inferred)), "id"});
            } else {
                add_to_group(column);
            }
        }
        return written();
    }

private:
    using Group = std::pair<ColumnType, bool>;  // type, optional

    static Group group_of(const ColumnDescription& column) { return {column.inferred, column.missing > 0}; }

    void add_target() {
        for (const ColumnDescription& column : table_.columns) {
            if (column.name != target_) {
                continue;
            }
            const Task task = likely_task(column);
            const std::string positive = task == Task::Binary ? " positive " + written_text(likely_positive(column)) : "";
            lines_.push_back({"", written_column(column.name) + ":", is_classification(task) ? "category" : "numeric", "target" + positive});
        }
    }

    // Columns pixel_0 … pixel_783 of one group are one line, if no column of another group has such a name.
    void count_prefixes() {
        for (const ColumnDescription& column : table_.columns) {
            const std::string prefix = numbered_prefix(column.name);
            if (prefix.empty()) {
                continue;
            }
            const bool alone = column.name == target_ || is_useless(column) || column.looks_like_id;
            const auto [entry, is_new] = prefixes_.emplace(prefix, Prefix{group_of(column)});
            entry->second.uniform = entry->second.uniform && !alone && entry->second.group == group_of(column);
            ++entry->second.count;
        }
    }

    void add_to_group(const ColumnDescription& column) {
        if (!is_writable(column.name)) {
            push(pattern_of(column.name) + ":", group_of(column));
            return;
        }
        constexpr std::size_t fewest_for_a_pattern = 8;
        const auto prefix = prefixes_.find(numbered_prefix(column.name));
        if (prefix != prefixes_.end() && prefix->second.uniform && prefix->second.count >= fewest_for_a_pattern) {
            if (!std::exchange(prefix->second.written, true)) {
                push(fmt::format("matching {}:", written_text(prefix->first + "[0-9]+")), group_of(column));
            }
            return;
        }
        const auto open = open_line_.find(group_of(column));
        const std::string name = written_name(column.name);
        if (open != open_line_.end() && width_of(lines_[open->second].columns) + 2 + width_of(name) <= widest_columns) {
            std::string& columns = lines_[open->second].columns;
            columns = columns.substr(0, columns.size() - 1) + ", " + name + ":";
            return;
        }
        push(name + ":", group_of(column));
        open_line_[group_of(column)] = lines_.size() - 1;
    }

    void push(std::string columns, Group group) {
        lines_.push_back({"", std::move(columns), std::string(name_of(group.first)), group.second ? "optional" : ""});
    }

    std::string written() const {
        std::size_t columns_width = 0, type_width = 0;
        for (const SchemaLine& line : lines_) {
            columns_width = std::max(columns_width, width_of(line.columns));
            type_width = std::max(type_width, line.modifiers.empty() ? 0 : width_of(line.type));
        }
        std::string text = "{\n";
        for (const SchemaLine& line : lines_) {
            text += line.comment.empty() ? "" : fmt::format("  {}\n", line.comment);
            const std::string type =
                line.type + (line.modifiers.empty() ? "" : std::string(type_width + 1 - width_of(line.type), ' ') + line.modifiers);
            text += fmt::format("  {}{} {}\n", line.columns, std::string(columns_width - width_of(line.columns), ' '), type);
        }
        return text + "}\n";
    }

    struct Prefix {
        Group group = {};
        std::size_t count = 0;
        bool uniform = true;
        bool written = false;
    };
    const TableDescription& table_;
    const std::string& target_;
    std::vector<SchemaLine> lines_;
    std::map<Group, std::size_t> open_line_;  // the last line of a group, which may take more columns
    std::map<std::string, Prefix> prefixes_;
};

}  // namespace

Task likely_task(const ColumnDescription& target) {
    constexpr std::size_t most_numeric_classes = 20;
    if (target.inferred == ColumnType::Numeric && (!target.whole_numbers || target.distinct > most_numeric_classes)) {
        return Task::Regression;
    }
    if (target.inferred == ColumnType::Date) {
        return Task::Regression;
    }
    return target.distinct <= 2 ? Task::Binary : Task::Multiclass;
}

std::string likely_positive(const ColumnDescription& target) {
    for (const auto& [value, count] : target.top) {
        if (parse_boolean(value) == 1) {
            return value;
        }
    }
    return target.top.empty() ? "" : target.top.back().first;
}

bool is_useless(const ColumnDescription& column) { return column.distinct <= 1; }

std::string schema_block(const TableDescription& table, const std::string& target) { return SchemaWriter(table, target).run(); }

}  // namespace mlpc
