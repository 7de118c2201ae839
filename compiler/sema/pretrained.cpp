// `source NAME = torchscript("…") { … }`: pre-trained networks, and where a chain, a network or fine_tune() names one.
#include "compiler/sema/sema.h"

#include "runtime/core/network.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

using networks::Json;

const ast::Call* call_of(const ast::Expr& e, std::string_view name) {
    const auto* call = std::get_if<ast::Call>(&e.node);
    return call != nullptr && (name.empty() || call->callee.text == name) ? call : nullptr;
}

bool is_sha256(const std::string& text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos; }

ParamValue list_of(std::vector<ParamValue> values) { return {std::move(values)}; }

}  // namespace

std::optional<std::string> Sema::clause_text(const ast::Clause& clause, const char* wanted) {
    const auto* text = clause.values.size() == 1 ? std::get_if<ast::String>(&clause.values.front().node) : nullptr;
    if (text == nullptr) {
        diags_.report(clause.span, diag::ClauseForm, clause.keyword, std::string(wanted), text_of(clause.span));
        return std::nullopt;
    }
    return text->value;
}

bool Sema::pretrained_param(const char* name, const ast::Clause& clause, ParamValue value, PretrainedSpec& source) {
    const std::size_t at = source.component->find_param(name);
    if (at == source.component->params.size()) {
        diags_.report(clause.keyword_span, diag::ClauseNotTaken, source.component->name, clause.keyword);
        return false;
    }
    source.params[at] = std::move(value);
    return true;
}

// `input image(28, 28, 1)`, `input numbers(8)`
void Sema::pretrained_input(const ast::Clause& clause, PretrainedSpec& source) {
    const ast::Call* call = clause.values.size() == 1 ? call_of(clause.values.front(), "") : nullptr;
    const std::size_t wanted = call == nullptr ? 0 : call->callee.text == "image" ? 3 : call->callee.text == "numbers" ? 1 : 0;
    if (wanted == 0 || call->args.size() != wanted) {
        diags_.report(clause.span, diag::ClauseForm, "input", "`input image(HEIGHT, WIDTH, CHANNELS)` or `input numbers(COUNT)`",
                      text_of(clause.span));
        return;
    }
    std::vector<ParamValue> extents;
    for (const ast::Arg& arg : call->args) {
        const auto extent = constant_integer(arg.value, "an extent", 1);
        if (!extent) {
            return;
        }
        extents.push_back({*extent});
    }
    pretrained_param("input", clause, list_of(std::move(extents)), source);
}

// `normalise divide(255), mean([0.485, 0.456, 0.406]), sd([0.229, 0.224, 0.225])`
void Sema::pretrained_normalisation(const ast::Clause& clause, PretrainedSpec& source) {
    const auto wrong = [&] {
        diags_.report(clause.span, diag::ClauseForm, "normalise", "`normalise divide(255), mean([M…]), sd([S…])`, of which any may be left out",
                      text_of(clause.span));
    };
    for (const ast::Expr& value : clause.values) {
        const ast::Call* call = call_of(value, "");
        const bool known = call != nullptr && (call->callee.text == "divide" || call->callee.text == "mean" || call->callee.text == "sd");
        if (!known || call->args.size() != 1) {
            wrong();
            return;
        }
        const auto given = constant(call->args.front().value);
        if (!given) {
            return;
        }
        const auto* list = std::get_if<std::vector<ParamValue>>(&given->value);
        const std::vector<ParamValue> numbers = list != nullptr ? *list : std::vector{*given};
        for (const ParamValue& number : numbers) {
            const double x = detail::is_number(number) ? detail::number_of(number) : 0;
            if (!detail::is_number(number) || (call->callee.text != "mean" && x <= 0)) {
                wrong();
                return;
            }
        }
        if (call->callee.text == "divide" && numbers.size() != 1) {
            wrong();
            return;
        }
        if (!pretrained_param(call->callee.text.c_str(), clause, call->callee.text == "divide" ? numbers.front() : list_of(numbers), source)) {
            return;
        }
    }
}

void Sema::pretrained_clause(const ast::Clause& clause, PretrainedSpec& source) {
    if (clause.keyword == "input") {
        pretrained_input(clause, source);
    } else if (clause.keyword == "normalise") {
        pretrained_normalisation(clause, source);
    } else if (clause.keyword == "features at") {
        if (const auto layer = clause_text(clause, "`features at \"LAYER\"`")) {
            pretrained_param("features_at", clause, {*layer}, source);
        }
    } else if (clause.keyword == "licence") {
        source.licence = clause_text(clause, "`licence \"NAME\"`").value_or("");
    } else if (clause.keyword == "sha256") {
        const auto sum = clause_text(clause, "`sha256 \"64 hexadecimal digits\"`");
        if (sum && !is_sha256(*sum)) {
            diags_.report(clause.values.front().span, diag::Sha256Form, *sum)
                .help("leave it out, and `mlpc check --fix` writes it; `sha256sum FILE` prints it");
        }
        source.sha256 = sum.value_or("");
    } else if (clause.keyword == "trained on") {
        for (const ast::Expr& value : clause.values) {
            const auto* text = std::get_if<ast::String>(&value.node);
            if (text == nullptr) {
                diags_.report(value.span, diag::ClauseForm, "trained on", "`trained on \"imagenet\", \"data/x.csv\"`", text_of(clause.span));
                return;
            }
            source.trained_on.push_back(text->value);
        }
    }
}

bool Sema::pretrained_file(const ast::Expr& e, PretrainedSpec& source) {
    const ast::Call* call = call_of(e, "");
    if (call == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::SourceExpected, text_of(e.span)).help("for instance `source backbone = torchscript(\"backbone.pt\") { … }`");
        }
        return false;
    }
    source.component = component(ComponentKind::Pretrained, call->callee);
    if (source.component == nullptr) {
        return false;
    }
    const ast::Expr* path = nullptr;
    for (const ast::Arg& arg : call->args) {
        const bool positional = arg.kind == ast::Arg::Kind::Positional && path == nullptr;
        path = positional || arg.name.text == "path" ? &arg.value : path;
    }
    const auto* text = path == nullptr ? nullptr : std::get_if<ast::String>(&path->node);
    if (text == nullptr) {
        diags_.report(e.span, diag::PathExpected, call->callee.text);
        return false;
    }
    const auto params = constant_params(*source.component, call->args, e.span);
    if (!params) {
        return false;
    }
    source.params = *params;
    source.path = text->value;
    source.path_span = path->span;
    source.resolved_path = resolve_path(source.path, source.path_span);
    return true;
}

void Sema::resolve_pretrained(const ast::Source& declaration, Symbol& symbol) {
    PretrainedSpec source;
    source.name = declaration.name.text;
    source.span = declaration.name.span;
    const std::size_t errors = diags_.all().size();
    symbol.failed = !pretrained_file(declaration.file, source);
    if (symbol.failed) {
        return;
    }
    std::set<std::string> seen;
    for (const ast::Clause& clause : declaration.clauses) {
        if (!seen.insert(clause.keyword).second) {
            diags_.report(clause.keyword_span, diag::GivenTwice, fmt::format("`{}`", clause.keyword));
            continue;
        }
        pretrained_clause(clause, source);
    }
    const std::size_t input = source.component->find_param("input");
    // A format that may read texts tells by itself what a row is to it, or says so when it is opened.
    const bool tells = (source.component->accepts & types_of({ColumnType::Text})) != 0;
    if (!tells && diags_.all().size() == errors && input != source.component->params.size() && source.params[input] == list_of({})) {
        diags_.report(declaration.file.span, diag::InputUnknown, source.name)
            .help("say it in its block: `input image(HEIGHT, WIDTH, CHANNELS)` or `input numbers(COUNT)`");
        symbol.failed = true;
    }
    symbol.index = static_cast<std::uint32_t>(plan_.pretrained.size());
    plan_.pretrained.push_back(std::move(source));
}

// The JSON of stdlib/pretrained/pretrained.h, which the compiler does not see.
ParamValue Sema::pretrained_value(const PretrainedSpec& source) const {
    Json params = Json::object();
    for (std::size_t i = 0; i < source.params.size(); ++i) {
        if (source.component->params[i].name != "path") {
            params[source.component->params[i].name] = networks::to_json(source.params[i]);
        }
    }
    const Json json{{"name", source.name},
                    {"format", source.component->name},
                    {"path", source.resolved_path},
                    {"sha256", source.sha256},
                    {"params", params},
                    {"width", nullptr},
                    {"contents", nullptr}};
    return {json.dump()};
}

std::optional<ParamValue> Sema::trainable_source(const ast::Name& name, const std::string& user) {
    const Symbol* symbol = expect(name, {Symbol::Kind::Source}, "a pre-trained source");
    if (symbol == nullptr || symbol->index == UINT32_MAX) {
        return std::nullopt;
    }
    const PretrainedSpec& source = plan_.pretrained[symbol->index];
    if (!source.component->trainable) {
        diags_.report(name.span, diag::NotTrainable, source.name, source.component->name)
            .note(source.path_span, "declared here")
            .help(fmt::format("use it as it is, before a model: `{} -> logistic()`, in place of `{}`", source.name, user));
        return std::nullopt;
    }
    return pretrained_value(source);
}

std::optional<ParamValue> Sema::trainable_source(const ast::Expr& e, const std::string& user) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    if (name == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::WrongType, "source", user, "the name of a `source`", text_of(e.span));
        }
        return std::nullopt;
    }
    return trainable_source(name->name, user);
}

std::optional<Pipe> Sema::pretrained_link(const Symbol& symbol, Span span) {
    const ComponentInfo* step = catalog_.find(ComponentKind::Step, "pretrained");
    if (symbol.index == UINT32_MAX) {
        return std::nullopt;
    }
    if (step == nullptr) {
        return unavailable("a pre-trained `source`", plan_.pretrained[symbol.index].name, span);
    }
    const PretrainedSpec& source = plan_.pretrained[symbol.index];
    // The same step, which takes what this format takes.
    auto own = std::make_shared<ComponentInfo>(*step);
    own->accepts = source.component->accepts;
    StepPipe pipe;
    pipe.component = own.get();
    plan_.declared.push_back(std::move(own));
    pipe.name = source.name;
    pipe.params = {pretrained_value(source)};
    pipe.effect = Effect::RowWise;
    return Pipe{std::move(pipe), span};
}

// The weights of a file are for this network, in which nothing is open.
std::optional<ParamValue> Sema::declared_network(const ast::Expr& e) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    const Symbol* symbol = name == nullptr ? nullptr : expect(name->name, {Symbol::Kind::Network}, "a network");
    if (name == nullptr && !std::holds_alternative<ast::ErrorExpr>(e.node)) {
        diags_.report(e.span, diag::WrongType, "network", "safetensors", "the name of a `network`", text_of(e.span));
    }
    if (symbol == nullptr) {
        return std::nullopt;
    }
    const DataSpec any;
    ChainContext context;
    context.data = plan_.data.empty() ? &any : &plan_.data.front();
    context.model = name->name.text;
    const auto pipe = network(std::get<ast::Network>(symbol->declaration->node), e.span, context);
    const auto* step = pipe ? std::get_if<StepPipe>(&pipe->node) : nullptr;
    const auto* written = step == nullptr || step->params.empty() ? nullptr : std::get_if<ParamValue>(&step->params.front());
    return written != nullptr ? std::optional(*written) : std::nullopt;
}

}  // namespace mlpc::sema
