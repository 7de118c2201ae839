// Points of `first`: what they leave open is drawn when the search begins.
#include "compiler/sema/sema.h"

#include "compiler/syntax/print.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::sema {

namespace {

enum class Existence { Never, Perhaps, Always };

// Whether a dimension exists where only some of the choices are known.
Existence existence(const SearchSpace& space, std::size_t d, const Assignment& known) {
    Existence least = Existence::Always;
    for (const Condition& condition : space.dimensions[d].conditions) {
        const auto& chosen = known[condition.dimension.index];
        const bool holds =
            chosen && std::find(condition.choices.begin(), condition.choices.end(), static_cast<std::uint32_t>(*chosen)) != condition.choices.end();
        const Existence parent = existence(space, condition.dimension.index, known);
        if ((chosen && !holds) || parent == Existence::Never) {
            return Existence::Never;
        }
        least = holds ? std::min(least, parent) : Existence::Perhaps;
    }
    return least;
}

bool is_called(const Dimension& dimension, const std::string& name) { return dimension.name == name || dimension.name.ends_with("." + name); }

// What has one value only where the dimension exists: a parameter of an alternative says which one is taken.
void imply_choices(const SearchSpace& space, std::size_t d, Assignment& known) {
    for (const Condition& condition : space.dimensions[d].conditions) {
        auto& chosen = known[condition.dimension.index];
        if (!chosen && condition.choices.size() == 1) {
            chosen = static_cast<double>(condition.choices.front());
            imply_choices(space, condition.dimension.index, known);
        }
    }
}

// The number by which a value stands in an assignment; nullopt outside of the space.
std::optional<double> number_in(const Dimension& dimension, const ParamValue& given) {
    for (std::size_t c = 0; c < dimension.choices.size(); ++c) {
        const ParamValue& choice = dimension.choices[c];
        const bool same_number = detail::is_number(given) && detail::is_number(choice) && detail::number_of(given) == detail::number_of(choice);
        if (choice == given || same_number) {
            return static_cast<double>(c);
        }
    }
    if (!dimension.choices.empty() || !detail::is_number(given)) {
        return std::nullopt;
    }
    const double number = detail::number_of(given);
    const bool is_bounded = dimension.low < dimension.high || dimension.prior == Dimension::Prior::Uniform;
    return !is_bounded || (number >= dimension.low && number <= dimension.high) ? std::optional(number) : std::nullopt;
}

// The dimension that a field of a point is for; reports where there is none, or more than one may be meant.
std::optional<std::size_t> dimension_called(const ast::Name& name, const SearchSpace& space, const Assignment& known, Diagnostics& diags) {
    std::vector<std::size_t> called;
    std::vector<std::string> names;
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        names.push_back(space.dimensions[d].name.substr(space.dimensions[d].name.rfind('.') + 1));
        if (is_called(space.dimensions[d], name.text) && existence(space, d, known) != Existence::Never) {
            called.push_back(d);
        }
    }
    if (called.empty()) {
        Diagnostic& found = diags.report(name.span, diag::NotSearched, name.text);
        const std::string near = did_you_mean(name.text, names);
        if (!near.empty() && near != name.text) {
            found.help(fmt::format("did you mean `{}`?", near));
        }
        return std::nullopt;
    }
    const Dimension& first = space.dimensions[called.front()];
    if (called.size() > 1 && existence(space, called.front(), known) == Existence::Perhaps) {
        diags.report(name.span, diag::PointIncomplete, space.dimensions[first.conditions.front().dimension.index].name)
            .help(fmt::format("`{}` is `{}` or `{}`: write which", name.text, first.name, space.dimensions[called[1]].name));
        return std::nullopt;
    }
    return called.front();
}

// Choices before what exists only under one of them.
std::vector<const ast::Arg*> choices_first(std::span<const ast::Arg> fields, const SearchSpace& space) {
    const auto place = [&](const ast::Arg* field) {
        const auto at =
            std::find_if(space.dimensions.begin(), space.dimensions.end(), [&](const Dimension& d) { return is_called(d, field->name.text); });
        return at != space.dimensions.end() && !at->choices.empty() ? at - space.dimensions.begin() : std::ptrdiff_t{UINT32_MAX};
    };
    std::vector<const ast::Arg*> ordered;
    for (const ast::Arg& field : fields) {
        ordered.push_back(&field);
    }
    std::stable_sort(ordered.begin(), ordered.end(), [&](const ast::Arg* a, const ast::Arg* b) { return place(a) < place(b); });
    return ordered;
}

}  // namespace

std::vector<std::pair<Span, std::span<const ast::Arg>>> Sema::listed_points(const ast::Expr& list) {
    std::vector<std::pair<Span, std::span<const ast::Arg>>> points;
    const auto* items = std::get_if<ast::List>(&list.node);
    if (items == nullptr) {
        diags_.report(list.span, diag::ManualPoints, text_of(list.span));
        return points;
    }
    for (const ast::Expr& item : items->elements) {
        const auto* record = std::get_if<ast::Record>(&item.node);
        const auto* empty = std::get_if<ast::Set>(&item.node);
        if (record == nullptr && (empty == nullptr || !empty->elements.empty())) {
            diags_.report(item.span, diag::ManualPoints, text_of(item.span));
            continue;
        }
        points.emplace_back(item.span, record != nullptr ? std::span(record->fields) : std::span<const ast::Arg>());
    }
    return points;
}

std::optional<double> Sema::number_of_field(const ast::Arg& field, const Dimension& dimension) {
    const bool by_chain = !dimension.choices.empty() && std::holds_alternative<Word>(dimension.choices.front().value);
    const auto given = by_chain ? std::optional(ParamValue{Word{print(field.value)}}) : constant(field.value);
    const auto number = given ? number_in(dimension, *given) : std::nullopt;
    if (given && !number) {
        diags_.report(field.span, diag::OutsideSpace, text_of(field.value.span), dimension.name).note(dimension.span, "its space");
    }
    return number;
}

void Sema::resolve_first(const ast::Clause& first, SearchSpec& search) {
    const SearchSpace& space = search.space;
    for (const auto& [span, fields] : listed_points(first.values.front())) {
        Assignment given(space.dimensions.size()), known = given;
        for (const ast::Arg* field : choices_first(fields, space)) {
            const auto d = dimension_called(field->name, space, known, diags_);
            if (d && given[*d]) {
                diags_.report(field->name.span, diag::GivenTwice, fmt::format("`{}`", field->name.text));
                break;
            }
            const auto number = d ? number_of_field(*field, space.dimensions[*d]) : std::nullopt;
            if (!number) {
                break;
            }
            given[*d] = known[*d] = number;
            imply_choices(space, *d, known);
        }
        search.first.push_back(std::move(given));
    }
}

}  // namespace mlpc::sema
