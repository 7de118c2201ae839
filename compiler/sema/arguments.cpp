// Arguments of components against their schemas: fixed values, spaces, alternatives.
#include "compiler/sema/sema.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

const char* words_for(ParamType type) {
    switch (type) {
        case ParamType::Boolean:
            return "`true` or `false`";
        case ParamType::Integer:
            return "an integer";
        case ParamType::Real:
            return "a number";
        case ParamType::Word:
            return "a word";
        case ParamType::Text:
            return "a text in double quotes";
        case ParamType::Interval:
            return "a range such as `0..1`";
        case ParamType::WordOrReal:
            return "a word or a number";
        case ParamType::OptionalInteger:
            return "an integer or `none`";
        case ParamType::OptionalReal:
            return "a number or `none`";
        case ParamType::List:
            return "a list such as `[1, 2]`";
        case ParamType::Expression:
            return "a row-wise expression";
    }
    return "";
}
std::optional<double> number_in(const ParamValue& v) {
    if (const auto* i = std::get_if<std::int64_t>(&v.value)) {
        return static_cast<double>(*i);
    }
    if (const auto* d = std::get_if<double>(&v.value)) {
        return *d;
    }
    return std::nullopt;
}
bool is_whole(ParamType t) { return t == ParamType::Integer || t == ParamType::OptionalInteger; }
bool is_real(ParamType t) { return t == ParamType::Real || t == ParamType::OptionalReal || t == ParamType::WordOrReal; }

std::string range_text(const Range& r) {
    const bool low = std::isfinite(r.low), high = std::isfinite(r.high);
    if (low && high) {
        return fmt::format("{} {} to {} {}", r.open_low ? "above" : "from", r.low, r.open_high ? "below" : "at most", r.high);
    }
    if (low) {
        return fmt::format("{} {}", r.open_low ? "more than" : "at least", r.low);
    }
    return fmt::format("{} {}", r.open_high ? "less than" : "at most", r.high);
}

}  // namespace

const ComponentInfo* Sema::component(ComponentKind kind, const ast::Name& name) {
    const ComponentInfo* info = catalog_.find(kind, name.text);
    if (info != nullptr || name.text.empty()) {
        return info;
    }
    const std::string what = kind == ComponentKind::Searcher     ? "search method"
                             : kind == ComponentKind::Source     ? "source of data"
                             : kind == ComponentKind::Pretrained ? "format of a pre-trained network"
                                                                 : std::string(mlpc::name_of(kind));
    Diagnostic& d = diags_.report(name.span, diag::UnknownComponent, what, name.text);
    const std::vector<std::string> known = catalog_.names(kind);
    if (const std::string near = did_you_mean(name.text, known); !near.empty()) {
        d.help(fmt::format("did you mean `{}`?", near)).fix(name.span, near, fmt::format("write `{}`", near));
    } else if (known.size() <= 15) {
        d.help(fmt::format("there are: {}", fmt::join(known, ", ")));
    }
    return nullptr;
}

bool Sema::check_bounds(const ComponentInfo& info, const ParamSpec& spec, double value, Span span) {
    const Range& r = spec.valid;
    const bool below = r.open_low ? !(value > r.low) && std::isfinite(r.low) : value < r.low;
    const bool above = r.open_high ? !(value < r.high) && std::isfinite(r.high) : value > r.high;
    if (!below && !above && !std::isnan(value)) {
        return true;
    }
    diags_.report(span, diag::OutOfRange, spec.name, info.name, range_text(r), text_of(span));
    return false;
}

std::optional<ParamValue> Sema::value_for(const ComponentInfo& info, const ParamSpec& spec, const ast::Expr& e,
                                          const std::vector<ColumnSpec>* columns) {
    if (info.kind == ComponentKind::Source && spec.name == "url") {
        return server_url(e);
    }
    if (spec.name == "source" && (info.kind == ComponentKind::Model || info.kind == ComponentKind::Layer)) {
        return trainable_source(e, info.name);
    }
    if (spec.name == "network" && info.kind == ComponentKind::Pretrained) {
        return declared_network(e);
    }
    if (spec.name == "by" && info.kind == ComponentKind::Metric) {
        return metric_groups(info, e);
    }
    if (spec.type == ParamType::Expression && info.kind == ComponentKind::Metric) {
        return metric_expression(e, columns);
    }
    if (spec.type == ParamType::Expression) {
        auto condition = expression(e, ExpressionPlace::RowWise, columns, "the data set");
        if (!condition) {
            return std::nullopt;
        }
        if (const Expression* aggregate = find_aggregate(*condition)) {
            plan_.aggregates.push_back({info.name, aggregate->text, aggregate->span});
        }
        return ParamValue{std::make_shared<const Expression>(std::move(*condition))};
    }
    auto v = constant(e);
    if (!v) {
        return std::nullopt;
    }
    const auto wrong = [&]() -> std::optional<ParamValue> {
        Diagnostic& d = diags_.report(e.span, diag::WrongType, spec.name, info.name, words_for(spec.type), text_of(e.span));
        const auto* word = std::get_if<Word>(&v->value);
        if (!spec.words.empty()) {
            const std::string near = word != nullptr ? did_you_mean(word->text, spec.words) : "";
            if (!near.empty()) {
                d.help(fmt::format("did you mean `{}`?", near)).fix(e.span, near, fmt::format("write `{}`", near));
            } else {
                d.help(fmt::format("words are: {}", fmt::join(spec.words, ", ")));
            }
        }
        return std::nullopt;
    };
    const auto is_word = [&](const std::string& w) { return std::find(spec.words.begin(), spec.words.end(), w) != spec.words.end(); };
    if (v->is_none() && is_word("none")) {
        return ParamValue{Word{"none"}};
    }
    if (const auto* b = std::get_if<bool>(&v->value)) {
        return spec.type == ParamType::Boolean ? v : is_word(*b ? "true" : "false") ? ParamValue{Word{*b ? "true" : "false"}} : wrong();
    }
    if (const auto* w = std::get_if<Word>(&v->value)) {
        return (spec.type == ParamType::Word || spec.type == ParamType::WordOrReal) && is_word(w->text) ? v : wrong();
    }
    if (std::holds_alternative<std::string>(v->value)) {
        return spec.type == ParamType::Text ? v : wrong();
    }
    if (v->is_none()) {
        return spec.type == ParamType::OptionalInteger || spec.type == ParamType::OptionalReal ? v : wrong();
    }
    if (const auto* interval = std::get_if<Interval>(&v->value)) {
        if (spec.type != ParamType::Interval) {
            return wrong();
        }
        const bool within = check_bounds(info, spec, interval->low, e.span) && check_bounds(info, spec, interval->high, e.span);
        return within ? v : std::nullopt;
    }
    if (std::holds_alternative<std::vector<ParamValue>>(v->value)) {
        return spec.type == ParamType::List ? v : wrong();
    }
    const auto number = number_in(*v);
    if (spec.type == ParamType::List && number) {
        return ParamValue{std::vector<ParamValue>{*v}};
    }
    if (is_whole(spec.type) && !std::holds_alternative<std::int64_t>(v->value)) {
        return wrong();
    }
    if (!number || (!is_whole(spec.type) && !is_real(spec.type))) {
        return wrong();
    }
    if (!check_bounds(info, spec, *number, e.span)) {
        return std::nullopt;
    }
    return is_real(spec.type) && spec.type != ParamType::WordOrReal ? ParamValue{*number} : v;
}

bool Sema::range_dimension(const ComponentInfo& info, const ParamSpec& spec, const ast::Range& range, Span span, Dimension& d) {
    if (!is_whole(spec.type) && !is_real(spec.type)) {
        diags_.report(span, diag::WrongType, spec.name, info.name, words_for(spec.type), text_of(span)).help("write a set of values: `in {a, b}`");
        return false;
    }
    if (!range.low || !range.high) {
        diags_.report(span, diag::OpenRange, text_of(span));
        return false;
    }
    const auto low = constant_number(*range.low, "an end of a range"), high = constant_number(*range.high, "an end of a range");
    if (!low || !high || !check_bounds(info, spec, *low, range.low->span) || !check_bounds(info, spec, *high, range.high->span)) {
        return false;
    }
    if (*high < *low) {
        diags_.report(span, diag::EmptySpace, text_of(span)).help("the smaller end stands first");
        return false;
    }
    if (range.log && *low <= 0) {
        diags_.report(range.low->span, diag::LogOfNonPositive, text_of(span));
        return false;
    }
    const auto literal = [](const ast::Expr& e) {
        const auto* number = std::get_if<ast::Number>(&e.node);
        return number != nullptr && number->form == ast::Number::Form::Integer;
    };
    const bool integers = spec.type == ParamType::WordOrReal && literal(*range.low) && literal(*range.high);
    d.kind = is_whole(spec.type) || integers ? Dimension::Kind::Integer : Dimension::Kind::Real;
    if (d.kind == Dimension::Kind::Integer && (*low != std::floor(*low) || *high != std::floor(*high))) {
        diags_.report(span, diag::WrongType, spec.name, info.name, "an integer", text_of(span));
        return false;
    }
    d.prior = range.log ? Dimension::Prior::LogUniform : Dimension::Prior::Uniform;
    d.low = *low;
    d.high = *high;
    if (range.step) {
        const auto step = constant_number(*range.step, "a step");
        if (!step || *step <= 0 || (d.kind == Dimension::Kind::Integer && *step != std::floor(*step))) {
            if (step) {
                const char* wanted = d.kind == Dimension::Kind::Integer ? "an integer above 0" : "more than 0";
                diags_.report(range.step->span, diag::OutOfRange, "step", spec.name, wanted, text_of(range.step->span));
            }
            return false;
        }
        d.step = step;
    }
    return true;
}

bool Sema::prior_dimension(const ParamSpec& spec, const ast::Call& call, Span span, Dimension& d) {
    if (call.callee.text != "normal" && call.callee.text != "lognormal") {
        diags_.report(span, diag::SpaceExpected, text_of(span))
            .help("spaces are `lo..hi`, `lo..hi log`, `{a, b}`, `normal(mean, sd)`, `lognormal(mean, sd)`");
        return false;
    }
    if (call.args.size() != 2 || (!is_whole(spec.type) && !is_real(spec.type))) {
        diags_.report(span, diag::ArgumentCount, call.callee.text, 2, call.args.size());
        return false;
    }
    const auto mean = constant_number(call.args[0].value, "a mean"), sd = constant_number(call.args[1].value, "a standard deviation");
    if (!mean || !sd) {
        return false;
    }
    if (*sd <= 0) {
        diags_.report(call.args[1].span, diag::OutOfRange, "sd", call.callee.text, "more than 0", text_of(call.args[1].span));
        return false;
    }
    d.kind = is_whole(spec.type) ? Dimension::Kind::Integer : Dimension::Kind::Real;
    d.prior = call.callee.text == "normal" ? Dimension::Prior::Normal : Dimension::Prior::LogNormal;
    d.mean = *mean;
    d.sd = *sd;
    d.low = spec.valid.low;
    d.high = spec.valid.high;
    return true;
}

std::optional<Dimension> Sema::default_dimension(const ComponentInfo& info, const ParamSpec& spec, Span span) {
    if (spec.search.empty()) {
        diags_.report(span, diag::NoDefaultSpace, spec.name, info.name).help("write the space: `in lo..hi` or `in {a, b}`");
        return std::nullopt;
    }
    Dimension d;
    d.span = span;
    if (!spec.search.words.empty()) {
        d.kind = Dimension::Kind::Choice;
        for (const std::string& word : spec.search.words) {
            d.choices.push_back(spec.type == ParamType::Boolean ? ParamValue{word == "true"} : ParamValue{Word{word}});
        }
        return d;
    }
    d.kind = is_whole(spec.type) ? Dimension::Kind::Integer : Dimension::Kind::Real;
    d.prior = spec.search.log ? Dimension::Prior::LogUniform : Dimension::Prior::Uniform;
    d.low = spec.search.low;
    d.high = spec.search.high;
    return d;
}

std::optional<Dimension> Sema::dimension_for(const ComponentInfo& info, const ParamSpec& spec, const ast::Expr& space) {
    Dimension d;
    d.span = space.span;
    if (const auto* range = std::get_if<ast::Range>(&space.node)) {
        return range_dimension(info, spec, *range, space.span, d) ? std::optional(d) : std::nullopt;
    }
    if (const auto* call = std::get_if<ast::Call>(&space.node)) {
        return prior_dimension(spec, *call, space.span, d) ? std::optional(d) : std::nullopt;
    }
    if (const auto* word = std::get_if<ast::NameRef>(&space.node); word != nullptr && word->name.text == "default") {
        return default_dimension(info, spec, space.span);
    }
    const auto* set = std::get_if<ast::Set>(&space.node);
    if (set == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(space.node)) {
            diags_.report(space.span, diag::SpaceExpected, text_of(space.span))
                .help("spaces are `lo..hi`, `lo..hi log`, `{a, b}`, `normal(mean, sd)`, `default`");
        }
        return std::nullopt;
    }
    d.kind = set->ordered ? Dimension::Kind::Ordered : Dimension::Kind::Choice;
    bool ok = true;
    for (const ast::Expr& element : set->elements) {
        const auto* inner = std::get_if<ast::Range>(&element.node);
        auto v = inner != nullptr && spec.type != ParamType::Interval ? std::nullopt : value_for(info, spec, element, nullptr);
        if (inner != nullptr && spec.type != ParamType::Interval) {
            diags_.report(element.span, diag::WrongType, spec.name, info.name, words_for(spec.type), text_of(element.span));
        }
        ok = ok && v.has_value();
        if (v && std::find(d.choices.begin(), d.choices.end(), *v) != d.choices.end()) {
            diags_.report(element.span, diag::GivenTwice, fmt::format("`{}`", text_of(element.span)));
            ok = false;
        } else if (v) {
            d.choices.push_back(std::move(*v));
        }
    }
    if (d.choices.empty() && ok) {
        diags_.report(space.span, diag::EmptySpace, text_of(space.span));
    }
    return ok && !d.choices.empty() ? std::optional(d) : std::nullopt;
}

DimensionId Sema::add_dimension(SearchSpace& space, Dimension d, const Opening& opening, const std::string& name) {
    d.name = name;
    for (int n = 2; std::any_of(space.dimensions.begin(), space.dimensions.end(), [&](const Dimension& x) { return x.name == d.name; }); ++n) {
        d.name = fmt::format("{}.{}", name, n);
    }
    d.conditions = opening.conditions;
    space.dimensions.push_back(std::move(d));
    return {static_cast<std::uint32_t>(space.dimensions.size() - 1)};
}

std::optional<Binding> Sema::bind(const ComponentInfo& info, const ParamSpec& spec, const ast::Arg& arg, const std::vector<ColumnSpec>* columns,
                                  const Opening* opening) {
    return bind_value(info, spec, arg.value, arg.kind == ast::Arg::Kind::Search, arg.span, columns, opening);
}

std::optional<Binding> Sema::bind_value(const ComponentInfo& info, const ParamSpec& spec, const ast::Expr& value, bool open, Span whole,
                                        const std::vector<ColumnSpec>* columns, const Opening* opening) {
    const auto* alternatives = std::get_if<ast::Alternatives>(&value.node);
    if (!open && alternatives == nullptr) {
        auto v = value_for(info, spec, value, columns);
        return v ? std::optional<Binding>(std::move(*v)) : std::nullopt;
    }
    if (opening == nullptr || opening->space == nullptr) {
        diags_.report(whole, diag::NothingSearches, spec.name).help(fmt::format("fix it: `{}: VALUE`", spec.name));
        return std::nullopt;
    }
    std::optional<Dimension> d;
    if (alternatives != nullptr) {
        d.emplace();
        d->kind = Dimension::Kind::Choice;
        d->span = value.span;
        for (const ast::Expr& option : alternatives->options) {
            auto v = value_for(info, spec, option, columns);
            if (!v) {
                return std::nullopt;
            }
            if (std::find(d->choices.begin(), d->choices.end(), *v) != d->choices.end()) {
                diags_.report(option.span, diag::GivenTwice, fmt::format("`{}`", text_of(option.span)));
                return std::nullopt;
            }
            d->choices.push_back(std::move(*v));
        }
    } else {
        d = dimension_for(info, spec, value);
    }
    if (!d) {
        return std::nullopt;
    }
    return Binding{add_dimension(*opening->space, std::move(*d), *opening, opening->prefix + spec.name)};
}

// `logistic(all in default)`: every parameter that has a default space is searched, but for those that are given.
static bool opens_all(const ComponentInfo& info, const ast::Arg& arg) {
    const auto* word = std::get_if<ast::NameRef>(&arg.value.node);
    return arg.kind == ast::Arg::Kind::Search && arg.name.text == "all" && word != nullptr && word->name.text == "default" &&
           info.find_param("all") == info.params.size();
}

Sema::Arguments Sema::arguments(const ComponentInfo& info, std::span<const ast::Arg> args, Span call, const std::vector<ColumnSpec>* columns,
                                const Opening* opening) {
    Arguments result;
    std::vector<std::optional<Binding>> given(info.params.size());
    std::vector<Span> where(info.params.size());
    std::size_t position = 0;
    const ast::Arg* all_open = nullptr;
    for (const ast::Arg& arg : args) {
        std::size_t index = info.params.size();
        if (opens_all(info, arg)) {
            all_open = &arg;
            continue;
        }
        const bool membership = arg.kind == ast::Arg::Kind::Search && info.find_param(arg.name.text) == info.params.size() &&
                                position < info.positional && position < info.params.size() && info.params[position].type == ParamType::Expression;
        if (arg.kind == ast::Arg::Kind::Positional || membership) {
            if (position >= info.positional || position >= info.params.size()) {
                Diagnostic& d = diags_.report(arg.span, diag::NameTheArgument, info.name, text_of(arg.span));
                if (!info.params.empty()) {
                    d.help(fmt::format("`{}` has {}", info.name, [&] {
                        std::vector<std::string> names;
                        for (const ParamSpec& p : info.params) {
                            names.push_back("`" + p.name + "`");
                        }
                        return fmt::format("{}", fmt::join(names, ", "));
                    }()));
                }
                result.ok = false;
                continue;
            }
            index = position++;
        } else {
            index = info.find_param(arg.name.text);
        }
        if (index == info.params.size() && info.named_expressions && arg.kind == ast::Arg::Kind::Fixed) {
            auto e = expression(arg.value, ExpressionPlace::RowWise, columns, "the data set");
            result.ok = result.ok && e.has_value();
            if (e) {
                if (const Expression* aggregate = find_aggregate(*e)) {
                    plan_.aggregates.push_back({info.name, aggregate->text, aggregate->span});
                }
                result.named.push_back({arg.name.text, std::move(*e)});
            }
            continue;
        }
        if (index == info.params.size() && (arg.name.text == "validate" || arg.name.text == "calibrate_on")) {
            const auto* member = std::get_if<ast::Member>(&arg.value.node);
            if (member != nullptr) {
                const bool test = member->member.text == "test";
                plan_.partition_uses.push_back(
                    {plan::PartitionUse::Where::Argument, text_of(arg.value.span), test ? rows::Test : rows::AllTrain, info.name, arg.value.span});
                continue;
            }
        }
        if (index == info.params.size() && arg.name.text == "seed" && arg.kind == ast::Arg::Kind::Search) {
            plan_.computed_seeds.push_back({text_of(arg.span), arg.span});
            continue;
        }
        if (index == info.params.size()) {
            std::vector<std::string> known;
            for (const ParamSpec& p : info.params) {
                known.push_back(p.name);
            }
            Diagnostic& d = diags_.report(arg.name.span, diag::UnknownParameter, info.name, arg.name.text);
            if (const std::string near = did_you_mean(arg.name.text, known); !near.empty()) {
                d.help(fmt::format("did you mean `{}`?", near)).fix(arg.name.span, near, fmt::format("write `{}`", near));
            } else if (!known.empty()) {
                d.help(fmt::format("it has: {}", fmt::join(known, ", ")));
            }
            result.ok = false;
            continue;
        }
        const ParamSpec& spec = info.params[index];
        if (given[index] || where[index].end != 0) {
            diags_.report(arg.span, diag::GivenTwice, fmt::format("`{}`", spec.name)).note(where[index], "first given here");
            result.ok = false;
            continue;
        }
        where[index] = arg.span;
        if (membership) {
            scope_ = {ExpressionPlace::RowWise, columns, "the data set", nullptr, {}};
            ast::Expr operand;
            operand.node = ast::NameRef{arg.name};
            operand.span = arg.name.span;
            auto t = typed_membership(operand, arg.value, arg.span);
            if (t) {
                given[index] = Binding{ParamValue{std::make_shared<const Expression>(std::move(t->expression))}};
            }
        } else {
            given[index] = bind(info, spec, arg, columns, opening);
        }
        result.ok = result.ok && given[index].has_value();
    }
    for (std::size_t i = 0; i < info.params.size(); ++i) {
        if (given[i]) {
            result.params.push_back(std::move(*given[i]));
            continue;
        }
        if (all_open != nullptr && !info.params[i].search.empty() && where[i].end == 0) {
            auto open = bind(info, info.params[i], *all_open, columns, opening);
            result.ok = result.ok && open.has_value();
            if (open) {
                result.params.push_back(std::move(*open));
                continue;
            }
            all_open = nullptr;
        }
        // One without a default is asked for, unless its name stands in every file that gives it.
        if (info.params[i].type == ParamType::Expression && where[i].end == 0 && i < info.positional) {
            diags_.report(call, diag::MissingArgument, info.name, words_for(ParamType::Expression));
            result.ok = false;
        }
        result.params.push_back(info.params[i].fallback);
    }
    return result;
}

std::optional<ParamValues> Sema::constant_params(const ComponentInfo& info, const std::vector<ast::Arg>& args, Span span,
                                                 const std::vector<ColumnSpec>* columns) {
    Arguments resolved = arguments(info, args, span, columns, nullptr);
    if (!resolved.ok) {
        return std::nullopt;
    }
    ParamValues values;
    for (Binding& b : resolved.params) {
        values.push_back(std::get<ParamValue>(b));
    }
    return values;
}

}  // namespace mlpc::sema
