// `data` and `check`: where tables come from.
#include "compiler/sema/sema.h"

#include "compiler/diagnostics/passwords.h"
#include "runtime/core/error.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <filesystem>

namespace mlpc::sema {

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
