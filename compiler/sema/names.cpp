// What is declared, and what a name stands for.
#include "compiler/sema/sema.h"

#include <algorithm>
#include <charconv>

namespace mlpc::sema {

std::string_view name_of(Symbol::Kind kind) {
    switch (kind) {
        case Symbol::Kind::Param:
            return "a `param`";
        case Symbol::Kind::Data:
            return "a data set";
        case Symbol::Kind::Pipeline:
            return "a pipeline";
        case Symbol::Kind::Network:
            return "a network";
        case Symbol::Kind::Source:
            return "a source";
        case Symbol::Kind::Model:
            return "a model";
        case Symbol::Kind::Search:
            return "a search";
        case Symbol::Kind::Objective:
            return "an objective";
        case Symbol::Kind::Fit:
            return "a fit";
    }
    return "";
}

std::string Sema::text_of(Span span) const {
    const std::string& text = sources_.text(span.file);
    return text.substr(span.begin, span.end - span.begin);
}

void Sema::declare(const ast::Name& name, Symbol::Kind kind, const ast::Declaration& declaration) {
    if (name.text.empty()) {
        return;  // the parser has said so
    }
    auto [at, is_new] = symbols_.try_emplace(name.text, Symbol{kind, &declaration, name.span, 0, false});
    if (!is_new) {
        diags_.report(name.span, diag::NameTaken, name.text)
            .note(at->second.span, fmt::format("first declared here, as {}", name_of(at->second.kind)));
    }
}

void Sema::collect(const std::vector<ast::File>& files) {
    for (const ast::File& file : files) {
        for (const ast::Declaration& declaration : file.declarations) {
            std::visit(
                [&](const auto& d) {
                    using D = std::decay_t<decltype(d)>;
                    using K = Symbol::Kind;
                    if constexpr (std::is_same_v<D, ast::Param>)
                        declare(d.name, K::Param, declaration);
                    else if constexpr (std::is_same_v<D, ast::Data>)
                        declare(d.name, K::Data, declaration);
                    else if constexpr (std::is_same_v<D, ast::Pipeline>)
                        declare(d.name, K::Pipeline, declaration);
                    else if constexpr (std::is_same_v<D, ast::Network>)
                        declare(d.name, K::Network, declaration);
                    else if constexpr (std::is_same_v<D, ast::Source>)
                        declare(d.name, K::Source, declaration);
                    else if constexpr (std::is_same_v<D, ast::Model>)
                        declare(d.name, K::Model, declaration);
                    else if constexpr (std::is_same_v<D, ast::Search>)
                        declare(d.name, K::Search, declaration);
                    else if constexpr (std::is_same_v<D, ast::Objective>)
                        declare(d.name, K::Objective, declaration);
                    else if constexpr (std::is_same_v<D, ast::Fit>)
                        declare(d.name, K::Fit, declaration);
                },
                declaration.node);
        }
    }
}

Symbol* Sema::find(const std::string& name) {
    const auto at = symbols_.find(name);
    return at == symbols_.end() ? nullptr : &at->second;
}

std::vector<std::string> Sema::names_of(std::initializer_list<Symbol::Kind> kinds) const {
    std::vector<std::string> names;
    for (const auto& [name, symbol] : symbols_) {
        if (std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end()) {
            names.push_back(name);
        }
    }
    return names;
}

bool Sema::is_import_missing() const {
    return std::ranges::any_of(diags_.all(), [](const Diagnostic& d) {
        const std::string_view code = d.kind.code;
        return code == diag::ImportNotFound.code || code == diag::ImportOutside.code || code == diag::ImportCycle.code;
    });
}

Symbol* Sema::expect(const ast::Name& name, std::initializer_list<Symbol::Kind> kinds, const char* wanted) {
    Symbol* symbol = find(name.text);
    if (symbol == nullptr) {
        if (name.text.empty() || is_import_missing()) {
            return nullptr;
        }
        Diagnostic& d = diags_.report(name.span, diag::UnknownName, wanted, name.text);
        const std::vector<std::string> known = names_of(kinds);
        if (const std::string near = did_you_mean(name.text, known); !near.empty()) {
            d.help(fmt::format("did you mean `{}`?", near)).fix(name.span, near, fmt::format("write `{}`", near));
        } else if (!known.empty()) {
            d.help(fmt::format("declared are: {}", fmt::join(known, ", ")));
        }
        return nullptr;
    }
    if (std::find(kinds.begin(), kinds.end(), symbol->kind) == kinds.end()) {
        diags_.report(name.span, diag::WrongKindOfName, name.text, std::string(name_of(symbol->kind)), wanted).note(symbol->span, "declared here");
        return nullptr;
    }
    return symbol->failed ? nullptr : symbol;
}

void Sema::check_edition(const std::vector<ast::File>& files) {
    const ast::File& file = files.back();
    const ast::Edition* edition = nullptr;
    for (const ast::Declaration& declaration : file.declarations) {
        if (const auto* e = std::get_if<ast::Edition>(&declaration.node)) {
            if (edition != nullptr) {
                diags_.report(declaration.span, diag::EditionTwice);
            }
            edition = e;
        }
    }
    if (edition == nullptr) {
        if (!file.declarations.empty()) {
            diags_.report({file.id, 0, 0}, diag::NoEdition).fix({file.id, 0, 0}, "edition 1\n\n", "begin the file with `edition 1`");
        }
        return;
    }
    const auto* number = std::get_if<ast::Number>(&edition->number.node);
    if (number != nullptr && number->form == ast::Number::Form::Integer && number->integer == 1) {
        return;
    }
    if (!std::holds_alternative<ast::ErrorExpr>(edition->number.node)) {
        diags_.report(edition->number.span, diag::UnknownEdition, text_of(edition->number.span)).fix(edition->number.span, "1", "write `edition 1`");
    }
}

void Sema::resolve_params() {
    std::set<std::string> overridden;
    std::vector<std::pair<std::uint32_t, const ast::Param*>> in_order;
    for (const auto& [name, symbol] : symbols_) {
        if (symbol.kind == Symbol::Kind::Param) {
            in_order.emplace_back(symbol.span.begin + (symbol.span.file.index << 24), &std::get<ast::Param>(symbol.declaration->node));
        }
    }
    std::sort(in_order.begin(), in_order.end());
    for (const auto& [position, param] : in_order) {
        std::optional<ParamValue> value = constant(param->value);
        for (const auto& [name, text] : overrides_) {
            if (name != param->name.text) {
                continue;
            }
            overridden.insert(name);
            double number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            const bool is_number = error == std::errc() && end == text.data() + text.size();
            if (value && !std::holds_alternative<std::string>(value->value) && !std::holds_alternative<Word>(value->value) && !is_number &&
                text != "true" && text != "false") {
                diags_.report(param->name.span, diag::OverrideOfOtherType, name, text);
                continue;
            }
            if (!is_number) {
                value = text == "true" || text == "false" ? ParamValue{text == "true"} : ParamValue{Word{text}};
            } else if (text.find_first_of(".eE") == std::string::npos) {
                value = ParamValue{static_cast<std::int64_t>(number)};
            } else {
                value = ParamValue{number};
            }
        }
        if (value) {
            params_[param->name.text] = *value;
        } else {
            find(param->name.text)->failed = true;
        }
    }
    for (const auto& [name, text] : overrides_) {
        if (!overridden.contains(name) && (find(name) == nullptr || find(name)->kind != Symbol::Kind::Param)) {
            Diagnostic& d = diags_.report({current_file_, 0, 0}, diag::UnknownOverride, name);
            if (const std::string near = did_you_mean(name, names_of({Symbol::Kind::Param})); !near.empty()) {
                d.help(fmt::format("did you mean `--set {}={}`?", near, text));
            }
        }
    }
}

void Sema::resolve_seeds(const ast::Seeds& seeds, Span span) {
    if (seeds_declared_) {
        diags_.report(span, diag::SeedsTwice).note(plan_.seeds.span, "first declared here");
        return;
    }
    seeds_declared_ = true;
    plan_.seeds.span = span;
    std::vector<std::uint64_t> values;
    const auto literal = [&](const ast::Expr& e) {
        const auto* n = std::get_if<ast::Number>(&e.node);
        if (n != nullptr && n->form == ast::Number::Form::Integer && n->integer >= 0) {
            return std::optional<std::uint64_t>(static_cast<std::uint64_t>(n->integer));
        }
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            plan_.computed_seeds.push_back({text_of(e.span), e.span});
        }
        return std::optional<std::uint64_t>();
    };
    if (const auto* range = std::get_if<ast::Range>(&seeds.values.node); range != nullptr && range->low && range->high && seeds.plural) {
        const auto low = literal(*range->low);
        const auto high = literal(*range->high);
        if (low && high && (*high < *low || *high - *low >= 10'000)) {
            diags_.report(seeds.values.span, diag::EmptySpace, text_of(seeds.values.span))
                .help("write the smaller seed first, and at most 10,000 seeds");
        } else if (low && high) {
            for (std::uint64_t s = *low; s <= *high; ++s) {
                values.push_back(s);
            }
        }
    } else if (const auto* set = std::get_if<ast::Set>(&seeds.values.node); set != nullptr && seeds.plural) {
        for (const ast::Expr& e : set->elements) {
            const auto value = literal(e);
            if (value && std::find(values.begin(), values.end(), *value) != values.end()) {
                diags_.report(e.span, diag::GivenTwice, "seed " + text_of(e.span));
            } else if (value) {
                values.push_back(*value);
            }
        }
    } else if (const auto value = literal(seeds.values)) {
        values.push_back(*value);
        diags_.report(span, diag::OneSeed).help("write for instance `seeds 1..5`: every result is then a mean and an interval");
    }
    if (!values.empty()) {
        plan_.seeds.values = values;
    }
    if (!seeds.vary.empty()) {
        plan_.seeds.vary_split = plan_.seeds.vary_init = plan_.seeds.vary_search = false;
    }
    for (const ast::Name& what : seeds.vary) {
        if (what.text == "split") {
            plan_.seeds.vary_split = true;
        } else if (what.text == "init") {
            plan_.seeds.vary_init = true;
        } else if (what.text == "search") {
            plan_.seeds.vary_search = true;
        } else {
            Diagnostic& d = diags_.report(what.span, diag::UnknownName, "something that follows the seed", what.text);
            d.help("what can vary is `split`, `init` and `search`");
        }
    }
}

void Sema::resolve_allow(const ast::Allow& allow, Span) {
    const std::string& code = allow.code.text;
    const auto known = std::find_if(all_diagnostics().begin(), all_diagnostics().end(), [&](const DiagnosticKind& k) { return code == k.code; });
    if (known == all_diagnostics().end() || code.empty() || code[0] != 'L') {
        Diagnostic& d = diags_.report(allow.code.span, diag::NotAllowable, code);
        d.help("exceptions are for leaks: L101 to L120; `mlpc explain CODE` says what each means");
        return;
    }
    if (allow.reason.find_first_not_of(" \t") == std::string::npos) {
        diags_.report(allow.reason_span, diag::NoReason, code);
        return;
    }
    plan_.allowed.emplace_back(code, allow.reason);
}

}  // namespace mlpc::sema
