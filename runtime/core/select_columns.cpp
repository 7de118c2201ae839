#include "runtime/core/select_columns.h"

#include "runtime/core/error.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <set>

namespace mlpc {

namespace {

std::vector<std::size_t> named_columns(const std::vector<std::string>& names, const Frame& x) {
    std::vector<std::size_t> columns;
    for (const std::string& name : names) {
        const std::size_t at = x.find(name);
        if (at == x.columns()) {
            throw RunError("column `" + name + "` does not reach this branch");
        }
        columns.push_back(at);
    }
    return columns;
}

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

}  // namespace

std::vector<std::size_t> selected_columns(const Selector& s, const Frame& x, const DataSpec& data) {
    if (s.kind == Selector::Kind::Names) {
        return named_columns(s.names, x);
    }
    std::set<std::string, std::less<>> roles;
    for (const ColumnSpec& c : data.columns) {
        if (!c.is_feature() && c.which == ColumnSpec::Which::Named) {
            roles.insert(c.name);
        }
    }
    const Pattern pattern(s.kind == Selector::Kind::Pattern ? s.pattern : "");
    const auto takes = [&](const Column& column) {
        const bool feature = !roles.contains(column.name);
        const bool accepted = feature && (s.accepted & types_of({column.type})) != 0;
        const bool left_out = contains(s.except, column.name);
        const bool prediction = column.name.starts_with(prediction_column_prefix);
        switch (s.kind) {
            case Selector::Kind::Features:
                return feature || contains(s.names, column.name);
            case Selector::Kind::Type:
                return feature && !left_out && column.type == s.type;
            case Selector::Kind::Pattern:
                return feature && !left_out && pattern.matches_whole(column.name);
            case Selector::Kind::Accepted:
                return accepted;
            case Selector::Kind::Rest:
                return !accepted;
            case Selector::Kind::Predictions:
                return prediction;
            case Selector::Kind::NoPredictions:
                return !prediction;
            case Selector::Kind::Names:
                break;
        }
        return false;
    };
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < x.columns(); ++c) {
        if (takes(x.column(c))) {
            columns.push_back(c);
        }
    }
    return columns;
}

}  // namespace mlpc
