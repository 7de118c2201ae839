// Components that take models as arguments: `stack(a, b) with logistic()`, `calibrate(a)`, `select_from_model(a)`.
#include "compiler/sema/sema.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

std::string wanted_models(const ComponentInfo& info) {
    const bool one = info.least_learners == 1;
    return fmt::format("{}{} model{} as its first argument{}", info.most_learners > info.least_learners ? "at least " : "", info.least_learners,
                       one ? "" : "s", one ? "" : "s");
}

}  // namespace

std::optional<MemberPipe> Sema::member(const ast::Expr& e, const std::string& combination, const std::string& name, ChainContext& context) {
    if (const auto* ref = std::get_if<ast::NameRef>(&e.node)) {
        const Symbol* symbol = find(ref->name.text);
        if (symbol != nullptr && (symbol->kind == Symbol::Kind::Fit || symbol->kind == Symbol::Kind::Search)) {
            plan_.combinations.push_back({combination, ref->name.text, true, e.span, symbol->span});
            return std::nullopt;
        }
    }
    ChainContext inner = context;
    inner.model = context.model + "." + name;
    inner.place.clear();
    auto pipe = chain(e, inner);
    if (!pipe) {
        return std::nullopt;
    }
    if (!ends_in_model(*pipe)) {
        diags_.report(e.span, diag::NoEstimator, text_of(e.span)).help("end it with one, for instance `-> logistic()`");
        return std::nullopt;
    }
    return MemberPipe{text_of(e.span), std::move(*pipe)};
}

std::optional<Pipe> Sema::combination(const ComponentInfo& info, const std::vector<ast::Arg>& args, const ast::Expr* with, Span span,
                                      ChainContext& context) {
    const auto is_model = [](const ast::Arg& arg) { return arg.kind == ast::Arg::Kind::Positional; };
    const auto end = args.begin() + static_cast<std::ptrdiff_t>(std::min(args.size(), info.most_learners));
    const auto first_param = std::find_if_not(args.begin(), end, is_model);
    const auto count = static_cast<std::size_t>(first_param - args.begin());
    bool ok = count >= info.least_learners;
    if (!ok) {
        diags_.report(span, diag::MissingArgument, info.name, wanted_models(info)).help(fmt::format("for instance `{}`", info.example));
    }
    if (info.final_learner && with == nullptr) {
        diags_.report(span, diag::MissingArgument, info.name, "a model that learns from what the others predict").help("add `with logistic()`");
        ok = false;
    } else if (!info.final_learner && with != nullptr) {
        diags_.report(with->span, diag::WithNotTaken, info.name);
        ok = false;
    }
    StepPipe step;
    step.component = &info;
    step.name = info.name;
    step.effect = Effect::Supervised;
    step.stream = context.model + "/" + context.place + info.name;
    const auto add = [&](const ast::Expr& e, const std::string& name) {
        auto added = member(e, info.name, name, context);
        ok = ok && added.has_value();
        if (added) {
            step.members.push_back(std::move(*added));
        }
    };
    std::for_each(args.begin(), first_param, [&](const ast::Arg& arg) { add(arg.value, head_name(arg.value)); });
    if (with != nullptr) {
        add(*with, "final");
    }
    const bool is_last = info.kind == ComponentKind::Model;
    const Opening opening{context.space, context.conditions, context.model + "." + (is_last ? "" : context.place + info.name + ".")};
    Arguments resolved = arguments(info, std::span(args).subspan(count), span, &context.data->columns, &opening);
    if (!ok || !resolved.ok) {
        return std::nullopt;
    }
    step.params = std::move(resolved.params);
    return Pipe{std::move(step), span};
}

bool Sema::passes_columns_through(const StepPipe& step) {
    const std::size_t p = step.component->find_param("passthrough");
    if (p == step.params.size()) {
        return false;
    }
    const auto* fixed = std::get_if<ParamValue>(&step.params[p]);
    return fixed == nullptr || *fixed == ParamValue{true};
}

void Sema::check_members(const StepPipe& step, Span span, const Shape& in, const DataSpec& data) {
    for (std::size_t i = 0; i < step.members.size(); ++i) {
        const bool is_final = step.component->final_learner && i + 1 == step.members.size();
        Shape given = in;
        if (is_final) {
            given = passes_columns_through(step) ? in : Shape();
            given.insert(given.begin(), ColumnGroup{ColumnType::Numeric, false, "a prediction", span});
        }
        flow(step.members[i].pipe, std::move(given), data);
    }
}

}  // namespace mlpc::sema
