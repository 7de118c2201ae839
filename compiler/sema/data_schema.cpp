// The schema of `data`: the types, roles and modifiers of its columns.
#include "compiler/sema/sema.h"

#include <algorithm>

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
}  // namespace

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
}  // namespace mlpc::sema
