#include "runtime/io/new_experiment.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/closest_name.h"
#include "runtime/io/schema_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

struct TargetChoice {
    const ColumnDescription* column = nullptr;
    Task task = Task::Regression;
    std::string why;  // how it was guessed; empty where it was given
};

bool may_be_target(const ColumnDescription& column) {
    return !is_useless(column) && !column.looks_like_id && column.inferred != ColumnType::Text && column.inferred != ColumnType::Date;
}

TargetChoice guess_target(const TableDescription& table) {
    for (const std::string_view usual : {"target", "label", "class", "y", "outcome"}) {
        for (const ColumnDescription& column : table.columns) {
            if (to_lower(column.name) == usual && may_be_target(column)) {
                return {&column, likely_task(column), "by its name"};
            }
        }
    }
    for (auto column = table.columns.rbegin(); column != table.columns.rend(); ++column) {
        if (may_be_target(*column)) {
            return {&*column, likely_task(*column),
                    column == table.columns.rbegin() ? "it is the last column" : "it is the last column that can be one"};
        }
    }
    throw RunError(table.path + ": no column can be a target: each holds one value, free texts, dates, or an id");
}

std::vector<std::string> names_of(const TableDescription& table) {
    std::vector<std::string> names;
    for (const ColumnDescription& column : table.columns) {
        names.push_back(column.name);
    }
    return names;
}

TargetChoice find_target(const TableDescription& table, const std::string& name) {
    if (name.empty()) {
        return guess_target(table);
    }
    for (const ColumnDescription& column : table.columns) {
        if (column.name != name) {
            continue;
        }
        if (!may_be_target(column)) {
            throw RunError(fmt::format("{}: column {} can't be the target: it holds {}", table.path, shown(name),
                                       is_useless(column) ? "one value only" : "an id, free texts or dates"));
        }
        return {&column, likely_task(column), ""};
    }
    throw RunError(fmt::format("{}: there is no column {}{}", table.path, shown(name), suggestion(name, names_of(table))));
}

// A name for the data set that clashes with none of the others in the file.
std::string data_name(const std::string& wanted) {
    std::string name;
    for (const char32_t c : decode_utf8(wanted)) {
        const std::string one = encode_utf8(std::u32string(1, c));
        name += is_bare_name("_" + one) ? one : "_";
    }
    if (!is_bare_name(name)) {
        name = "data_" + name;
    }
    for (const std::string_view taken : {"prep", "linear", "logit", "ridged", "forest", "neighbours", "best"}) {
        if (name == taken) {
            return name + "_data";
        }
    }
    return name;
}

std::string print_count(std::size_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, "_");
    }
    return digits;
}

// Nine tenths of the rows, to two digits.
std::size_t fewest_rows(std::size_t rows) {
    std::size_t least = rows * 9 / 10, unit = 1;
    while (least / unit >= 100) {
        unit *= 10;
    }
    return std::max<std::size_t>(least / unit * unit, 1);
}

class ExperimentWriter {
public:
    ExperimentWriter(const TableDescription& table, const TargetChoice& target, const std::string& name, const std::string& path)
        : table_(table), target_(target), name_(name), data_(data_name(name)), path_(path) {}

    std::string run() const {
        return fmt::format(
                   "edition 1\n\n# Written by `mlpc new` from {} rows and {} columns. It runs as it is: read it, and change what does not suit.\n\n",
                   table_.rows, table_.columns.size()) +
               "seeds 1..3\n\n" + data() + check() + split() + pipeline() + models() + search() + evaluate() + outputs();
    }

private:
    std::string data() const {
        const std::string& column = target_.column->name;
        const std::string note =
            target_.why.empty() ? "" : fmt::format("# The target `{}` is a guess ({}): correct it where it is wrong.\n", column, target_.why);
        return fmt::format("{}data {} = {}({}) {}\n", note, data_, table_.format, written_text(path_), schema_block(table_, column));
    }

    std::string check() const {
        std::string rules = fmt::format("  rows >= {}\n", print_count(fewest_rows(table_.rows)));
        constexpr std::size_t most_rules = 5;
        std::size_t written = 0;
        for (const ColumnDescription& column : table_.columns) {
            if (column.missing == 0 || is_useless(column) || written++ >= most_rules) {
                continue;
            }
            const double percent = 100.0 * static_cast<double>(column.missing) / static_cast<double>(table_.rows);
            rules += fmt::format("  missing({}) <= {:.0f}%\n", written_name(column.name), std::min(100.0, std::floor(percent / 5) * 5 + 10));
        }
        return fmt::format("check {} {{\n{}{}}}\n\n", data_, rules, share_rule());
    }

    std::string share_rule() const {
        if (target_.task != Task::Binary) {
            return "";
        }
        const std::string positive = likely_positive(*target_.column);
        double share = 0;
        for (const auto& [value, count] : target_.column->top) {
            share += value == positive ? 100.0 * static_cast<double>(count) / static_cast<double>(table_.rows) : 0;
        }
        const double low = std::max(1.0, std::floor(share / 5) * 5 - 10), high = std::min(99.0, std::ceil(share / 5) * 5 + 10);
        return fmt::format("  share({} == {}) in {:.0f}%..{:.0f}%\n", written_name(target_.column->name), written_text(positive), low, high);
    }

    std::string split() const {
        const std::string_view how = is_classification(target_.task) ? "stratified" : "shuffled";
        return fmt::format(
            "split {} {{\n  test       20% {} seed 1\n  folds      5   {}\n  # Of equal rows, the first stays.\n  duplicates drop\n}}\n\n", data_,
            how, how);
    }

    bool has_feature(ColumnType type) const {
        return std::any_of(table_.columns.begin(), table_.columns.end(), [&](const ColumnDescription& column) {
            return column.inferred == type && &column != target_.column && !column.looks_like_id && !is_useless(column);
        });
    }

    std::string pipeline() const {
        struct Branch {
            ColumnType type;
            std::string_view steps;
        };
        constexpr Branch branches[] = {
            {ColumnType::Numeric, "impute(median) -> scale(standard)"},
            {ColumnType::Date, "impute(median) -> scale(standard)"},
            {ColumnType::Boolean, "impute(most_frequent)"},
            {ColumnType::Category, "impute(most_frequent) -> one_hot(rare: 1%)"},
        };
        std::size_t width = 0;
        for (const Branch& branch : branches) {
            width = std::max(width, has_feature(branch.type) ? name_of(branch.type).size() : 0);
        }
        if (width == 0) {
            throw RunError(fmt::format("{}: no column is left to predict {} from", table_.path, shown(target_.column->name)));
        }
        std::string lines;
        for (const Branch& branch : branches) {
            if (has_feature(branch.type)) {
                lines += fmt::format("  {:<{}} -> {}\n", name_of(branch.type), width, branch.steps);
            }
        }
        const std::string note = has_feature(ColumnType::Text) ? "# Columns of texts are not used.\n" : "";
        return fmt::format("{}pipeline prep {{\n{}}}\n\n", note, lines);
    }

    std::string_view first_model() const { return is_classification(target_.task) ? "logit" : "ridged"; }

    std::string models() const {
        const std::string_view linear = is_classification(target_.task) ? "logistic(C in 1e-3..1e2 log)" : "ridge(alpha in 1e-3..1e3 log)";
        const std::size_t most_neighbours = std::clamp<std::size_t>(table_.rows / 4, 1, 30);
        const std::string neighbours = most_neighbours == 1 ? "k: 1" : fmt::format("k in 1..{}", most_neighbours);
        return fmt::format(
            "model {:<10} = prep -> {}\nmodel forest     = prep -> random_forest(trees: 100, depth in 3..15)\nmodel neighbours = prep -> knn({})\n\n",
            first_model(), linear, neighbours);
    }

    std::string search() const {
        return fmt::format("search best over {}, forest, neighbours {{\n  method   random(trials: 30)\n  {}\n}}\n\n", first_model(),
                           is_classification(target_.task) ? "maximize mcc" : "minimize rmse");
    }

    std::string evaluate() const {
        const std::string_view metrics = target_.task == Task::Regression ? "rmse, mae, r2"
                                         : target_.task == Task::Binary   ? "accuracy, mcc, roc_auc, confusion"
                                                                          : "accuracy, balanced_accuracy, mcc, confusion";
        return fmt::format("evaluate best {{\n  metrics {}\n}}\n\n", metrics);
    }

    std::string outputs() const { return fmt::format("report {}\nsave   best {}\n", written_text(name_ + ".html"), written_text(name_ + ".mlpm")); }

    const TableDescription& table_;
    const TargetChoice& target_;
    const std::string& name_;
    std::string data_;
    const std::string& path_;
};

}  // namespace

std::string new_experiment(const TableDescription& table, const std::string& name, const std::string& path, const std::string& target) {
    const TargetChoice found = find_target(table, target);
    if (found.column->missing > 0) {
        throw RunError(fmt::format("{}: the target {} is missing in {} of {} rows; remove these rows, or choose another target", table.path,
                                   shown(found.column->name), found.column->missing, table.rows));
    }
    return ExperimentWriter(table, found, name, path).run();
}

}  // namespace mlpc
