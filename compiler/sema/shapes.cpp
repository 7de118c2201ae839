// Which columns flow where: types and missing values, checked before anything is read.
#include "compiler/sema/sema.h"

#include "runtime/core/pattern.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

bool matches_selector(const Selector& s, const ColumnSpec& c, const DataSpec& data) {
    if (!c.is_feature()) {
        return false;
    }
    if (c.which == ColumnSpec::Which::Named && std::find(s.except.begin(), s.except.end(), c.name) != s.except.end()) {
        return false;
    }
    switch (s.kind) {
        case Selector::Kind::Features:
            return true;
        case Selector::Kind::Type:
            return c.type == s.type;
        case Selector::Kind::Pattern: {
            if (c.which == ColumnSpec::Which::Named) {
                return Pattern(s.pattern).matches_whole(c.name);
            }
            // Which columns a schema's pattern stands for only the file tells: the same text means the same columns, another text
            // others where some pattern of the schema has that one.
            const bool declared = std::any_of(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& other) {
                return other.which == ColumnSpec::Which::Pattern && other.name == s.pattern;
            });
            return !declared || (c.which == ColumnSpec::Which::Pattern && c.name == s.pattern);
        }
        case Selector::Kind::Names:
        case Selector::Kind::Accepted:
        case Selector::Kind::Rest:
        case Selector::Kind::Predictions:
        case Selector::Kind::NoPredictions:
            return false;
    }
    return false;
}

ColumnGroup group_of(const ColumnSpec& c) {
    const bool named = c.which == ColumnSpec::Which::Named;
    return {.type = c.type, .missing = c.optional, .example = named ? c.name : "", .declared = c.span, .is_one = named};
}

bool is_counted(const Shape& columns) {
    return std::all_of(columns.begin(), columns.end(), [](const ColumnGroup& c) { return c.is_one; });
}

std::string types_text(ColumnTypes set) {
    std::vector<std::string> names;
    for (ColumnType t : {ColumnType::Numeric, ColumnType::Category, ColumnType::Ordinal, ColumnType::Boolean, ColumnType::Date, ColumnType::Text}) {
        if ((set & types_of({t})) != 0) {
            names.emplace_back(mlpc::name_of(t));
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

// Whether a step promises it with its parameters, whichever values of those that are open a search takes: it hangs on words and truths alone,
// on each by itself.
bool promises(const std::function<bool(const ParamValues&)>& promise, const StepPipe& step) {
    if (!promise) {
        return false;
    }
    ParamValues values = step.component->default_params();
    for (std::size_t i = 0; i < step.params.size(); ++i) {
        if (const auto* fixed = std::get_if<ParamValue>(&step.params[i])) {
            values[i] = *fixed;
        }
    }
    bool always = promise(values);
    for (std::size_t i = 0; i < step.params.size(); ++i) {
        if (std::holds_alternative<ParamValue>(step.params[i])) {
            continue;
        }
        ParamValues other = values;
        for (const std::string& word : step.component->params[i].words) {
            other[i] = {Word{word}};
            always = always && promise(other);
        }
        if (std::holds_alternative<bool>(values[i].value)) {
            other[i] = {!std::get<bool>(values[i].value)};
            always = always && promise(other);
        }
    }
    return always;
}

}  // namespace

Shape Sema::features(const DataSpec& data) const {
    Shape shape;
    for (const ColumnSpec& c : data.columns) {
        if (c.is_feature()) {
            shape.push_back(group_of(c));
        }
    }
    return shape;
}

Shape Sema::selected(const Shape& in, const Selector& s, const DataSpec& data) const {
    if (s.kind == Selector::Kind::Features) {
        return in;
    }
    Shape shape;
    for (const ColumnSpec& c : data.columns) {
        const bool named = s.kind == Selector::Kind::Names && std::find(s.names.begin(), s.names.end(), c.name) != s.names.end();
        if (named || matches_selector(s, c, data)) {
            shape.push_back(group_of(c));
        }
    }
    // Columns named that a pattern of the schema, or `others`, declares.
    for (const std::string& name : s.names) {
        const auto declares = [&](const ColumnSpec& c) {
            return c.which == ColumnSpec::Which::Named ? c.name == name : c.which == ColumnSpec::Which::Others || Pattern(c.name).matches_whole(name);
        };
        const auto at = std::find_if(data.columns.begin(), data.columns.end(), declares);
        if (at != data.columns.end() && at->which != ColumnSpec::Which::Named) {
            shape.push_back({.type = at->type, .missing = at->optional, .example = name, .declared = at->span, .is_one = true});
        }
    }
    return shape;
}

// One column by its name, many by the line of the schema that types them.
std::string Sema::shown(const ColumnGroup& c) const { return c.example.empty() ? text_of(c.declared) : c.example; }

Shape Sema::flow_step(const StepPipe& step, Span span, Shape in, const DataSpec& data) {
    if (step.component == nullptr) {
        return {ColumnGroup{ColumnType::Numeric, false, "", span}};
    }
    const ComponentInfo& info = *step.component;
    if (const auto network = networks_.find(&info); network != networks_.end()) {
        return flow_network(*network->second, std::move(in), data);
    }
    check_members(step, span, in, data);
    const bool is_model = info.kind == ComponentKind::Model;
    for (const ColumnGroup& column : in) {
        if ((info.accepts & types_of({column.type})) == 0) {
            Diagnostic& d = diags_.report(span, diag::ColumnTypeMismatch, info.name, types_text(info.accepts), shown(column),
                                          std::string(mlpc::name_of(column.type)));
            d.note(column.declared, "the column");
            if (column.type == ColumnType::Category || column.type == ColumnType::Ordinal) {
                d.help(is_model ? "turn it into numbers before the model: `category -> one_hot()` in a pipeline"
                                : "give each type of column its own branch");
            } else if (column.type == ColumnType::Text) {
                d.help("a text needs a step that turns it into numbers, or `ignore` in the schema");
            }
            break;
        }
    }
    const auto missing = std::find_if(in.begin(), in.end(), [](const ColumnGroup& c) { return c.missing; });
    if (!info.takes_missing && missing != in.end()) {
        diags_.report(span, diag::MissingNotTaken, info.name, shown(*missing))
            .note(missing->declared, "`optional`: it may be missing")
            .help("fill it first: `-> impute(median)` for numbers, `-> impute(most_frequent)` for categories");
    }
    if (is_model) {
        const ColumnSpec* target = data.target();
        const bool regression = target != nullptr && target->type == ColumnType::Numeric;
        const bool fits = target == nullptr || info.tasks.empty() ||
                          std::any_of(info.tasks.begin(), info.tasks.end(), [&](Task t) { return is_classification(t) != regression; });
        if (!fits) {
            diags_
                .report(span, diag::TaskMismatch, info.name, regression ? "classes" : "numbers", target->name,
                        std::string(mlpc::name_of(target->type)))
                .note(target->span, "the target");
        }
        return in;
    }
    for (const NamedExpression& named : step.named) {
        for (const std::string& used : columns_of(named.expression)) {
            const bool here = std::any_of(in.begin(), in.end(), [&](const ColumnGroup& c) { return c.example == used || c.example.empty(); });
            const bool is_column =
                std::any_of(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& c) { return c.name == used && c.is_feature(); });
            if (!here && is_column) {
                diags_.report(named.expression.span, diag::NotInBranch, used)
                    .help("derive it in the `data` declaration, or in a branch that takes the column");
            }
        }
    }
    const bool fills = promises(info.removes_missing, step);
    const bool changes_rows_alone = !info.make_step && !info.make_learner_step;
    const bool keeps = changes_rows_alone || promises(info.keeps_columns, step);
    for (ColumnGroup& column : in) {
        column.type = info.gives.value_or(column.type);
        column.prepared = true;
        column.missing = column.missing && !fills;
        column.is_one = column.is_one && keeps;
    }
    const bool may_miss = std::any_of(in.begin(), in.end(), [](const ColumnGroup& c) { return c.missing; });
    for (const NamedExpression& named : step.named) {
        std::erase_if(in, [&](const ColumnGroup& c) { return c.example == named.name; });
        in.push_back({.type = ColumnType::Numeric, .missing = may_miss, .example = named.name, .declared = span, .prepared = true, .is_one = true});
    }
    return in;
}

Shape Sema::flow(const Pipe& pipe, Shape in, const DataSpec& data) {
    return std::visit(
        [&](const auto& p) -> Shape {
            using P = std::decay_t<decltype(p)>;
            if constexpr (std::is_same_v<P, SequencePipe>) {
                for (const Pipe& part : p.parts) {
                    in = flow(part, std::move(in), data);
                }
                return std::move(in);
            } else if constexpr (std::is_same_v<P, StepPipe>) {
                return flow_step(p, pipe.span, std::move(in), data);
            } else if constexpr (std::is_same_v<P, AlternativesPipe>) {
                Shape worst;
                bool same_count = true;
                for (const Pipe& option : p.options) {
                    Shape out = flow(option, in, data);
                    const bool misses = std::any_of(out.begin(), out.end(), [](const ColumnGroup& c) { return c.missing; });
                    same_count = same_count && is_counted(out) && (worst.empty() || worst.size() == out.size());
                    if (worst.empty() || misses) {
                        worst = std::move(out);
                    }
                }
                for (ColumnGroup& column : worst) {
                    column.is_one = column.is_one && same_count;
                }
                return worst;
            } else {
                Shape all;
                for (const BranchPipe& branch : p.branches) {
                    Shape columns = selected(in, branch.selector, data);
                    if (columns.empty()) {
                        diags_.report(branch.span, diag::EmptyBranch, data.name);
                        continue;
                    }
                    Shape out = flow(branch.pipe, std::move(columns), data);
                    all.insert(all.end(), out.begin(), out.end());
                }
                if (p.branches.empty()) {
                    all = std::move(in);
                }
                for (const Pipe& then : p.then) {
                    all = flow(then, std::move(all), data);
                }
                return all;
            }
        },
        pipe.node);
}

bool Sema::ends_in_model(const Pipe& pipe) const {
    return std::visit(
        [&](const auto& p) -> bool {
            using P = std::decay_t<decltype(p)>;
            if constexpr (std::is_same_v<P, SequencePipe>) {
                return !p.parts.empty() && ends_in_model(p.parts.back());
            } else if constexpr (std::is_same_v<P, StepPipe>) {
                return p.component == nullptr || p.component->kind == ComponentKind::Model;
            } else if constexpr (std::is_same_v<P, AlternativesPipe>) {
                return std::all_of(p.options.begin(), p.options.end(), [&](const Pipe& option) { return ends_in_model(option); });
            } else {
                return false;
            }
        },
        pipe.node);
}

void Sema::note_unused_columns(const BranchesPipe& pipe, const DataSpec& data, Span pipeline) {
    if (pipe.branches.empty()) {
        return;
    }
    UnusedColumns unused{&data, {}, pipeline};
    for (const ColumnSpec& c : data.columns) {
        const bool used = !c.is_feature() || c.which != ColumnSpec::Which::Named ||
                          std::any_of(pipe.branches.begin(), pipe.branches.end(), [&](const BranchPipe& b) {
                              const bool named = std::find(b.selector.names.begin(), b.selector.names.end(), c.name) != b.selector.names.end();
                              return named || b.selector.kind == Selector::Kind::Pattern || matches_selector(b.selector, c, data);
                          });
        if (!used) {
            unused.columns.push_back(&c);
        }
    }
    unused_columns_.push_back(std::move(unused));
}

void Sema::warn_unused_columns() {
    for (const UnusedColumns& unused : unused_columns_) {
        std::vector<std::string> names;
        Span first;
        for (const ColumnSpec* column : unused.columns) {
            if (!columns_of_scores_.contains({unused.data->name, column->name})) {
                first = names.empty() ? column->span : first;
                names.push_back("`" + column->name + "`");
            }
        }
        if (!names.empty()) {
            diags_.report(first, diag::ColumnUnused, fmt::format("{}", fmt::join(names, ", ")), text_of(unused.pipeline))
                .note(unused.pipeline, "no branch takes it")
                .help("add a branch for it, or `ignore` it in the schema");
        }
    }
}

}  // namespace mlpc::sema
