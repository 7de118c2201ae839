// `data` and `check`: sources, schemas, the steps applied to a whole table.
#include "compiler/sema/sema.h"

#include "compiler/diagnostics/passwords.h"
#include "runtime/core/error.h"
#include "runtime/core/look_back.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <filesystem>

namespace mlpc::sema {

namespace {

const std::vector<std::string> column_types{"numeric", "category", "ordinal", "boolean", "date", "text"};

std::optional<ColumnType> column_type(const std::string& name) {
    constexpr ColumnType types[] = {ColumnType::Numeric, ColumnType::Category, ColumnType::Ordinal,
                                    ColumnType::Boolean, ColumnType::Date,     ColumnType::Text};
    const auto at = std::find(column_types.begin(), column_types.end(), name);
    return at == column_types.end() ? std::nullopt : std::optional(types[at - column_types.begin()]);
}

// `a < b < c` as the list a, b, c; empty where it is something else.
bool flatten_order(const ast::Expr& e, Levels& out) {
    if (const auto* b = std::get_if<ast::Binary>(&e.node); b != nullptr && b->op == ast::BinaryOp::Less) {
        return flatten_order(*b->left, out) && flatten_order(*b->right, out);
    }
    if (const auto* n = std::get_if<ast::NameRef>(&e.node)) {
        out.push_back(n->name.text);
        return true;
    }
    if (const auto* s = std::get_if<ast::String>(&e.node)) {
        out.push_back(s->value);
        return true;
    }
    if (const auto* n = std::get_if<ast::Number>(&e.node)) {
        out.push_back(n->text);
        return true;
    }
    return false;
}

// The target column's role spreads to what is computed from it.
bool from_target(const Expression& e, const std::vector<ColumnSpec>& columns) {
    for (const std::string& name : columns_of(e)) {
        for (const ColumnSpec& c : columns) {
            if (c.name == name && (c.target || c.known_after_target || c.from_target)) {
                return true;
            }
        }
    }
    return false;
}

// The columns of the data and those of its patterns that are named, without rows.
Frame empty_table(const DataSpec& data, const std::vector<std::string>& named) {
    std::vector<Column> columns;
    const auto add = [&](const std::string& name, const ColumnSpec& like) {
        columns.push_back(holds_numbers(like.type) ? Column::of_numbers(name, {}, like.type)
                                                   : Column::of_codes(name, {}, std::make_shared<const Levels>(like.levels), like.type));
    };
    for (const ColumnSpec& column : data.columns) {
        if (column.which == ColumnSpec::Which::Named) {
            add(column.name, column);
        }
    }
    for (const std::string& name : named) {
        const auto is_known = [&](const Column& column) { return column.name == name; };
        const auto declares = [&](const ColumnSpec& c) {
            return c.which == ColumnSpec::Which::Others || (c.which == ColumnSpec::Which::Pattern && Pattern(c.name).matches_whole(name));
        };
        const auto like = std::find_if(data.columns.begin(), data.columns.end(), declares);
        if (std::none_of(columns.begin(), columns.end(), is_known) && like != data.columns.end()) {
            add(name, *like);
        }
    }
    return {std::move(columns), 0};
}

}  // namespace

std::string Sema::resolve_path(const std::string& path, Span span) {
    namespace fs = std::filesystem;
    const fs::path base = fs::path(sources_.path(span.file)).parent_path();
    const fs::path given(path);
    if (path.empty()) {
        diags_.report(span, diag::EmptyPath);
        return "";
    }
    return (given.is_absolute() ? given : base / given).lexically_normal().string();
}

bool Sema::is_pattern(const std::string& pattern, Span span) {
    try {
        const Pattern compiled(pattern);
        return true;
    } catch (const RunError&) {
        diags_.report(span, diag::BadPattern, pattern);
        return false;
    }
}

bool Sema::resolve_source(const ast::Expr& source, DataSpec& data) {
    if (const auto* name = std::get_if<ast::NameRef>(&source.node)) {
        data.path_span = source.span;
        return continue_data(name->name, data);
    }
    if (const auto* call = std::get_if<ast::Call>(&source.node)) {
        return resolve_source_call(*call, source.span, data);
    }
    if (!std::holds_alternative<ast::ErrorExpr>(source.node)) {
        diags_.report(source.span, diag::SourceExpected, text_of(source.span)).help("for instance `data churn = csv(\"data/churn.csv\") { … }`");
    }
    return false;
}

bool Sema::continue_data(const ast::Name& name, DataSpec& data) {
    Symbol* base = expect(name, {Symbol::Kind::Data}, "a data set");
    if (base == nullptr) {
        return false;
    }
    if (base->index == UINT32_MAX) {
        diags_.report(name.span, diag::UsedBeforeDeclared, name.text).note(base->span, "declared here");
        return false;
    }
    const DataSpec& from = plan_.data[base->index];
    data.base = DataId{base->index};
    data.columns = from.columns;
    data.file_columns = from.file_columns;
    data.path = from.path;
    data.resolved_path = from.resolved_path;
    data.format = from.format;
    data.arguments = from.arguments;
    data.folder = from.folder;
    return true;
}

bool Sema::resolve_source_call(const ast::Call& call, Span span, DataSpec& data) {
    data.format = call.callee.text;
    data.folder = std::filesystem::path(sources_.path(span.file)).parent_path().string();
    data.path_span = span;
    const ComponentInfo* info = component(ComponentKind::Source, call.callee);
    if (info == nullptr) {
        return false;
    }
    if (info->find_param("path") < info->params.size() && !resolve_source_path(call, span, data)) {
        return false;
    }
    return resolve_source_arguments(*info, call, span, data);
}

bool Sema::resolve_source_path(const ast::Call& call, Span span, DataSpec& data) {
    const auto is_positional = [](const ast::Arg& arg) { return arg.kind == ast::Arg::Kind::Positional; };
    const auto first =
        std::find_if(call.args.begin(), call.args.end(), [&](const ast::Arg& arg) { return is_positional(arg) || arg.name.text == "path"; });
    const ast::String* path = first == call.args.end() ? nullptr : std::get_if<ast::String>(&first->value.node);
    if (path == nullptr || std::count_if(call.args.begin(), call.args.end(), is_positional) > 1) {
        diags_.report(span, diag::PathExpected, call.callee.text);
        return false;
    }
    data.path = path->value;
    data.path_span = first->value.span;
    data.resolved_path = resolve_path(path->value, data.path_span);
    return true;
}

bool Sema::resolve_source_arguments(const ComponentInfo& info, const ast::Call& call, Span span, DataSpec& data) {
    const std::optional<ParamValues> values = constant_params(info, call.args, span);
    if (!values) {
        return false;
    }
    for (std::size_t i = 0; i < info.params.size(); ++i) {
        const std::string& name = info.params[i].name;
        if (name == "path") {
            continue;
        }
        const auto given = std::find_if(call.args.begin(), call.args.end(), [&](const ast::Arg& arg) { return arg.name.text == name; });
        const auto* text = std::get_if<std::string>(&(*values)[i].value);
        if (name == "query" && (text == nullptr || text->empty())) {
            diags_.report(span, diag::MissingArgument, info.name, "a query in SQL: `query: \"select …\"`");
            return false;
        }
        data.arguments.push_back({name, (*values)[i], given == call.args.end() ? span : given->value.span});
    }
    data.path = data.path.empty() ? info.name : data.path;
    return true;
}

std::optional<ParamValue> Sema::server_url(const ast::Expr& e) {
    const auto* call = std::get_if<ast::Call>(&e.node);
    if (call != nullptr && call->callee.text == "env" && call->args.size() == 1) {
        if (const auto* name = std::get_if<ast::String>(&call->args.front().value.node)) {
            return ParamValue{Word{name->value}};
        }
    }
    const std::optional<ParamValue> value = constant(e);
    const auto* text = value ? std::get_if<std::string>(&value->value) : nullptr;
    if (value && text == nullptr) {
        diags_.report(e.span, diag::WrongType, "url", "postgres", "a text in double quotes, or `env(\"NAME\")`", text_of(e.span));
        return std::nullopt;
    }
    if (text != nullptr && holds_password(*text)) {
        diags_.report(e.span, diag::PasswordInFile)
            .help("write `url: env(\"DATABASE_URL\")` and set that variable, or leave the password to `~/.pgpass` or `PGPASSWORD`");
        return std::nullopt;
    }
    return value;
}

TargetTransform Sema::transform_named(const ast::Modifier& m, const ColumnSpec& column) {
    std::vector<std::string> known;
    for (const TargetTransform transform : target_transforms()) {
        known.emplace_back(mlpc::name_of(transform));
    }
    const auto* name = m.value ? std::get_if<ast::NameRef>(&m.value->node) : nullptr;
    if (!column.target || column.type != ColumnType::Numeric) {
        diags_.report(m.span, diag::ModifierMisplaced, "transform", "a numeric column that is the target, behind `target`");
        return TargetTransform::None;
    }
    for (const TargetTransform transform : target_transforms()) {
        if (name != nullptr && name->name.text == mlpc::name_of(transform)) {
            return transform;
        }
    }
    Diagnostic& d = diags_.report(m.span, diag::WrongType, "transform", column.name.empty() ? "the target" : column.name,
                                  fmt::format("{}", fmt::join(known, ", ")), name == nullptr ? "" : name->name.text);
    if (const std::string near = name == nullptr ? "" : did_you_mean(name->name.text, known); !near.empty()) {
        d.help(fmt::format("did you mean `{}`?", near)).fix(name->name.span, near, fmt::format("write `{}`", near));
    }
    return TargetTransform::None;
}

void Sema::apply_modifier(const ast::Modifier& m, ColumnSpec& column, const DataSpec& data) {
    using Kind = ast::Modifier::Kind;
    const auto role = [&](bool& flag) {
        if (flag) {
            diags_.report(m.span, diag::GivenTwice, fmt::format("`{}`", m.word.text));
        }
        flag = true;
    };
    switch (m.kind) {
        case Kind::Target:
            role(column.target);
            return;
        case Kind::Id:
            role(column.id);
            return;
        case Kind::Group:
            role(column.group);
            return;
        case Kind::Time:
            role(column.time);
            if (!holds_numbers(column.type) || column.type == ColumnType::Boolean) {
                diags_.report(m.span, diag::ModifierMisplaced, "time", "a date or a numeric column");
            }
            return;
        case Kind::Weight:
            role(column.weight);
            if (column.type != ColumnType::Numeric) {
                diags_.report(m.span, diag::ModifierMisplaced, "weight", "a numeric column");
            }
            return;
        case Kind::Optional:
            role(column.optional);
            return;
        case Kind::Positive: {
            const auto value = m.value ? constant(*m.value) : std::nullopt;
            if (!value) {
                return;
            }
            if (!column.target || holds_numbers(column.type)) {
                diags_.report(m.span, diag::ModifierMisplaced, "positive", "a category that is the target");
                return;
            }
            const auto* text = std::get_if<std::string>(&value->value);
            const auto* word = std::get_if<Word>(&value->value);
            column.positive = text != nullptr ? *text : word != nullptr ? word->text : value->to_string();
            return;
        }
        case Kind::Transform:
            column.transform = transform_named(m, column);
            return;
        case Kind::KnownAfter: {
            const auto* after = m.value ? std::get_if<ast::NameRef>(&m.value->node) : nullptr;
            column.known_after_target = true;
            if (after != nullptr && after->name.text != "target" &&
                std::none_of(data.file_columns.begin(), data.file_columns.end(), [&](const ColumnSpec& c) { return c.name == after->name.text; })) {
                diags_.report(after->name.span, diag::UnknownColumn, fmt::format("`{}`", data.name), "column", after->name.text);
            }
            return;
        }
        case Kind::In: {
            if (!m.value) {
                return;
            }
            if (holds_numbers(column.type)) {
                const auto value = constant(*m.value);
                if (value && std::holds_alternative<Interval>(value->value)) {
                    column.range = std::get<Interval>(value->value);
                } else if (value) {
                    diags_.report(m.value->span, diag::SpaceExpected, text_of(m.value->span)).help("a range such as `0..120`");
                }
                return;
            }
            const auto* set = std::get_if<ast::Set>(&m.value->node);
            if (set == nullptr) {
                diags_.report(m.value->span, diag::SpaceExpected, text_of(m.value->span)).help("a set such as `{\"a\", \"b\"}`");
                return;
            }
            for (const ast::Expr& e : set->elements) {
                const auto value = constant(e);
                if (value) {
                    const auto* text = std::get_if<std::string>(&value->value);
                    const auto* word = std::get_if<Word>(&value->value);
                    column.allowed.push_back(text != nullptr ? *text : word != nullptr ? word->text : value->to_string());
                }
            }
            return;
        }
        case Kind::Unknown:
            return;  // the parser has said so
    }
}

void Sema::resolve_schema_line(const ast::SchemaLine& line, DataSpec& data, std::set<std::string>& seen) {
    if (!line.pattern.empty() && !is_pattern(line.pattern, line.span)) {
        return;
    }
    if (line.kind == ast::SchemaLine::Kind::Ignore) {
        for (const ast::Name& name : line.columns) {
            data.ignored.push_back(name.text);
        }
        if (!line.pattern.empty()) {
            data.ignored.push_back("^" + line.pattern);
        }
        return;
    }
    ColumnSpec spec;
    const ast::Name* type_name = nullptr;
    if (const auto* name = std::get_if<ast::NameRef>(&line.type.node)) {
        type_name = &name->name;
    } else if (const auto* call = std::get_if<ast::Call>(&line.type.node)) {
        type_name = &call->callee;
        if (call->callee.text == "ordinal") {
            const bool good = call->args.size() == 1 && flatten_order(call->args[0].value, spec.levels) && spec.levels.size() >= 2;
            if (!good) {
                diags_.report(line.type.span, diag::OrdinalLevels);
                return;
            }
        } else if (call->callee.text == "image") {
            plan_.unavailable.push_back({"the column type `image`", line.type.span});
            return;
        }
    }
    if (type_name == nullptr) {
        return;  // the parser has said so
    }
    const auto type = column_type(type_name->text);
    if (!type) {
        Diagnostic& d = diags_.report(type_name->span, diag::UnknownColumnType, type_name->text);
        if (const std::string near = did_you_mean(type_name->text, column_types); !near.empty()) {
            d.help(fmt::format("did you mean `{}`?", near)).fix(type_name->span, near, fmt::format("write `{}`", near));
        } else {
            d.help(fmt::format("types are {}", fmt::join(column_types, ", ")));
        }
    }
    if (type == ColumnType::Ordinal && spec.levels.empty()) {
        diags_.report(line.type.span, diag::OrdinalLevels);
        return;
    }
    spec.type = type.value_or(ColumnType::Numeric);
    for (const ast::Modifier& m : line.modifiers) {
        apply_modifier(m, spec, data);
    }
    if (line.kind != ast::SchemaLine::Kind::Columns) {
        spec.which = line.kind == ast::SchemaLine::Kind::Matching ? ColumnSpec::Which::Pattern : ColumnSpec::Which::Others;
        spec.name = line.pattern;
        spec.span = line.span;
        data.file_columns.push_back(spec);
        return;
    }
    for (const ast::Name& name : line.columns) {
        if (!seen.insert(name.text).second) {
            Diagnostic& d = diags_.report(name.span, diag::ColumnTwice, name.text);
            for (const ColumnSpec& c : data.file_columns) {
                if (c.name == name.text) {
                    d.note(c.span, "first declared here");
                }
            }
            continue;
        }
        spec.name = name.text;
        spec.span = name.span;
        data.file_columns.push_back(spec);
    }
}

void Sema::resolve_schema(const ast::Data& d, DataSpec& data) {
    std::set<std::string> seen;
    for (const ast::SchemaLine& line : d.schema) {
        resolve_schema_line(line, data, seen);
    }
    const ColumnSpec* target = nullptr;
    for (const ColumnSpec& column : data.file_columns) {
        if (!column.target) {
            continue;
        }
        if (target != nullptr) {
            diags_.report(column.span, diag::TwoTargets, column.name, target->name).note(target->span, "the first target");
        }
        target = target == nullptr ? &column : target;
        if (column.type == ColumnType::Text || column.type == ColumnType::Date) {
            diags_.report(column.span, diag::TargetType, column.name, std::string(mlpc::name_of(column.type)));
        }
    }
    data.columns = data.file_columns;
}

void Sema::resolve_data_step(const ast::Expr& link, DataSpec& data) {
    const auto* call = std::get_if<ast::Call>(&link.node);
    ast::Name callee;
    const std::vector<ast::Arg> none;
    const std::vector<ast::Arg>* args = &none;
    if (call != nullptr) {
        callee = call->callee;
        args = &call->args;
    } else if (const auto* name = std::get_if<ast::NameRef>(&link.node)) {
        callee = name->name;
    } else {
        if (!std::holds_alternative<ast::ErrorExpr>(link.node)) {
            diags_.report(link.span, diag::StepExpected, text_of(link.span));
        }
        return;
    }
    const ComponentInfo* info = component(ComponentKind::Step, callee);
    if (info == nullptr) {
        return;
    }
    Arguments arguments_of = arguments(*info, *args, link.span, &data.columns, nullptr);
    if (!arguments_of.ok) {
        return;
    }
    DataStep step{info, {}, std::move(arguments_of.named), link.span};
    for (const Binding& b : arguments_of.params) {
        step.params.push_back(std::get<ParamValue>(b));
    }
    if (info->removes_missing && info->removes_missing(step.params)) {
        for (ColumnSpec& column : data.columns) {
            column.optional = column.optional && (info->accepts & types_of({column.type})) == 0;
        }
    }
    for (const NamedExpression& named : step.named) {
        ColumnSpec column;
        column.name = named.name;
        column.span = link.span;
        column.from_target = from_target(named.expression, data.columns);
        const std::vector<std::string> used = columns_of(named.expression);
        column.optional =
            std::ranges::any_of(data.columns, [&](const ColumnSpec& c) { return c.optional && std::ranges::find(used, c.name) != used.end(); });
        std::erase_if(data.columns, [&](const ColumnSpec& c) { return c.name == named.name && !c.target; });
        data.columns.push_back(column);
    }
    if (step.component->effect(step.params) == Effect::Backward && !add_backward_columns(step, data)) {
        return;
    }
    data.steps.push_back(std::move(step));
}

// What a step that looks back adds is what it adds to a table without rows.
bool Sema::add_backward_columns(const DataStep& step, DataSpec& data) {
    if (data.time() == nullptr) {
        diags_.report(step.span, diag::NeedsColumn, step.component->name, "time")
            .help("give the column that orders the rows the modifier `time`: `day: date time`");
        return false;
    }
    const LookBack look_back{step.component, step.params, data.time()->name};
    const std::vector<std::string> used = look_back.columns();
    const Frame empty = empty_table(data, used);
    std::int64_t latest = 0;
    Frame extended;
    try {
        const std::unique_ptr<Backward> backward = step.component->make_backward(step.params, step.named);
        latest = backward->latest();
        extended = backward->extend(empty, {});
    } catch (const RunError& refusal) {
        diags_.report(step.span, diag::ArgumentsRefused, std::string(refusal.what()));
        return false;
    }
    const auto from_target = [&](const std::string& name) {
        return std::any_of(data.columns.begin(), data.columns.end(),
                           [&](const ColumnSpec& c) { return c.name == name && (c.target || c.known_after_target || c.from_target); });
    };
    const Expression* key = look_back.series_key();
    const std::vector<std::string> key_columns = key == nullptr ? std::vector<std::string>() : columns_of(*key);
    const bool told_by_target = std::any_of(key_columns.begin(), key_columns.end(), from_target);
    const bool of_target = std::any_of(used.begin(), used.end(), from_target);
    for (std::size_t c = empty.columns(); c < extended.columns(); ++c) {
        ColumnSpec column;
        column.name = extended.column(c).name;
        column.type = extended.column(c).type;
        column.optional = true;
        column.from_target = told_by_target || (of_target && latest == 0);
        column.span = step.span;
        if (column.type == ColumnType::Ordinal) {
            column.levels = *extended.column(c).levels;
        }
        const auto same = std::find_if(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& other) { return other.name == column.name; });
        if (same != data.columns.end()) {
            diags_.report(step.span, diag::ColumnTwice, column.name).note(same->span, "first declared here");
            return false;
        }
        data.columns.push_back(std::move(column));
    }
    if (of_target && !told_by_target && latest > 0) {
        diags_.report(step.span, diag::TargetLookedBack, text_of(step.span), fmt::format("at most {} step{}", latest, latest == 1 ? "" : "s"));
    }
    return true;
}

void Sema::resolve_data(const ast::Data& d, Symbol& symbol) {
    DataSpec data;
    data.name = d.name.text;
    data.span = d.name.span;
    const auto* chain = std::get_if<ast::Chain>(&d.source.node);
    const ast::Expr& source = chain != nullptr ? chain->links.front() : d.source;
    symbol.index = UINT32_MAX;
    if (!resolve_source(source, data)) {
        symbol.failed = true;
    }
    if (d.has_schema && data.base) {
        diags_.report(d.name.span, diag::SchemaTwice, data.name, plan_.data[data.base->index].name);
    } else if (d.has_schema) {
        resolve_schema(d, data);
    } else if (!data.base && !symbol.failed) {
        diags_.report(d.name.span, diag::NoSchema, data.name).help(fmt::format("`mlpc describe {}` prints a block to paste", data.path));
        symbol.failed = true;
    }
    if (chain != nullptr) {
        for (std::size_t i = 1; i < chain->links.size(); ++i) {
            resolve_data_step(chain->links[i], data);
        }
    }
    symbol.index = static_cast<std::uint32_t>(plan_.data.size());
    plan_.data.push_back(std::move(data));
}

void Sema::resolve_check(const ast::Check& check) {
    Symbol* symbol = expect(check.data, {Symbol::Kind::Data}, "a data set");
    if (symbol == nullptr) {
        return;
    }
    DataSpec& data = plan_.data[symbol->index];
    for (const ast::CheckRule& rule : check.rules) {
        auto condition = truth(rule.condition, ExpressionPlace::Check, &data.columns, fmt::format("`{}`", data.name));
        if (condition) {
            data.checks.push_back({std::move(*condition), rule.warn, text_of(rule.condition.span), rule.condition.span});
        }
    }
}

}  // namespace mlpc::sema
