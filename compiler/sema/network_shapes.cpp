// What comes out of each layer of a network, over the corners of its space, before anything is read.
#include "compiler/sema/network_corners.h"
#include "compiler/sema/network_table.h"
#include "compiler/sema/networks.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <utility>

namespace mlpc::sema {

namespace {

using Kind = TensorShape::Kind;

Kind kind_of(ColumnType type) {
    switch (type) {
        case ColumnType::Category:
        case ColumnType::Ordinal:
            return Kind::Codes;
        case ColumnType::Text:
            return Kind::Texts;
        default:
            return Kind::Numbers;
    }
}

// As far as names and types tell what a pipeline gives.
Shape among_prepared(const Shape& in, const Selector& s) {
    Shape out;
    for (const ColumnGroup& column : in) {
        const bool named = column.example.empty() || std::find(s.names.begin(), s.names.end(), column.example) != s.names.end();
        const bool matches = s.kind == Selector::Kind::Features || (s.kind == Selector::Kind::Type && column.type == s.type) ||
                             (s.kind == Selector::Kind::Names && named) ||
                             (s.kind == Selector::Kind::Pattern && (column.example.empty() || Pattern(s.pattern).matches_whole(column.example)));
        const bool excepted = std::find(s.except.begin(), s.except.end(), column.example) != s.except.end();
        if (matches && !excepted) {
            out.push_back(column);
        }
    }
    return out;
}

TensorShape shape_of(const Shape& columns) {
    const bool countable = std::all_of(columns.begin(), columns.end(), [](const ColumnGroup& c) { return c.is_one; });
    const Kind kind = columns.empty() ? Kind::Numbers : kind_of(columns.front().type);
    return {kind, {countable && !columns.empty() ? static_cast<std::int64_t>(columns.size()) : TensorShape::unknown}};
}

struct Place {
    std::uint32_t before = 0;  // the layer whose output comes in; 0: what the network is given
    std::size_t input = 0;     // of the branch
};

bool find_layer(const Json& layers, std::uint32_t id, Place& place) {
    for (const Json& layer : layers) {
        const auto own = layer.at("id").get<std::uint32_t>();
        if (own == id) {
            return true;
        }
        for (const Json& chain : layer.at("chains")) {
            Place inside = place;
            if (find_layer(chain, id, inside)) {
                place = inside;
                return true;
            }
        }
        place.before = own;
    }
    return false;
}

Place place_of(const Json& resolved, std::uint32_t id) {
    Place place;
    const Json& inputs = resolved.at("inputs");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        place = {0, i};
        if (find_layer(inputs[i].at("layers"), id, place)) {
            return place;
        }
    }
    find_layer(resolved.at("then"), id, place);
    return place;
}

struct Misfit {
    std::uint32_t layer = 0;
    std::string why;
};

}  // namespace

Shape Sema::flow_network(const NetworkRecord& network, Shape in, const DataSpec& data) {
    const bool prepared = std::any_of(in.begin(), in.end(), [](const ColumnGroup& c) { return c.prepared; });
    NetworkUse use;
    bool ok = true, chooses = false;
    BranchesPipe branches;
    for (std::size_t i = 0; i < network.selectors.size(); ++i) {
        const std::optional<Selector>& selector = network.selectors[i];
        const Span at = network.selected_at[i];
        const Shape columns = !selector ? in : prepared ? among_prepared(in, *selector) : selected(in, *selector, data);
        if (selector) {
            chooses = true;
            branches.branches.push_back({*selector, Pipe{SequencePipe{}, at}, at});
        }
        if (columns.empty()) {
            diags_.report(at, diag::EmptyBranch, data.name);
            ok = false;
            continue;
        }
        const auto other =
            std::find_if(columns.begin(), columns.end(), [&](const ColumnGroup& c) { return kind_of(c.type) != kind_of(columns.front().type); });
        if (other != columns.end()) {
            const ColumnGroup& first = columns.front();
            diags_
                .report(selector ? at : network.used, diag::MixedBranch, shown(first), std::string(mlpc::name_of(first.type)), shown(*other),
                        std::string(mlpc::name_of(other->type)))
                .note(first.declared, "this column")
                .note(other->declared, "and this one")
                .help("give each kind a branch of its own: `numeric -> …`, `category -> embedding(8) -> …`, `text -> tokens() -> …`");
            ok = false;
        }
        // A category or a text that is missing is one that the network does not know.
        const auto missing =
            std::find_if(columns.begin(), columns.end(), [](const ColumnGroup& c) { return c.missing && kind_of(c.type) == Kind::Numbers; });
        if (missing != columns.end()) {
            diags_.report(selector ? at : network.used, diag::MissingNotTaken, network.name, shown(*missing))
                .note(missing->declared, "`optional`: it may be missing")
                .help("fill it in a pipeline before the network: `numeric -> impute(median)`");
            ok = false;
        }
        use.inputs.push_back(shape_of(columns));
    }
    if (chooses && !prepared) {
        note_unused_columns(branches, data, network.declared);
    }
    const ColumnSpec* target = data.target();
    for (const auto& [loss, span] : network.losses) {
        const bool regression = target != nullptr && target->type == ColumnType::Numeric;
        const bool fits = target == nullptr || loss->tasks.empty() ||
                          std::any_of(loss->tasks.begin(), loss->tasks.end(), [&](Task t) { return is_classification(t) != regression; });
        if (!fits) {
            diags_
                .report(span, diag::TaskMismatch, loss->name, regression ? "classes" : "numbers", target->name,
                        std::string(mlpc::name_of(target->type)))
                .note(target->span, "the target");
        }
    }
    if (ok) {
        const auto known = std::find_if(networks_.begin(), networks_.end(), [&](const auto& entry) { return entry.second.get() == &network; });
        use.network = known->second;
        network_uses_.push_back(std::move(use));
    }
    return in;
}

void Sema::check_networks(const SearchSpace& space) {
    for (const NetworkUse& use : std::exchange(network_uses_, {})) {
        check_network(use, space);
    }
}

void Sema::check_network(const NetworkUse& use, const SearchSpace& space) {
    const NetworkRecord& network = *use.network;
    Corners corners(network, space);
    const auto resolved_at = [&](const Assignment& point) {
        ParamValues values;
        for (const Binding& binding : network.params) {
            const auto* open = std::get_if<DimensionId>(&binding);
            const auto value = [&] { return point[open->index] ? value_of(space.dimensions[open->index], *point[open->index]) : ParamValue{}; };
            values.push_back(open != nullptr ? value() : std::get<ParamValue>(binding));
        }
        return networks::resolved(network.architecture, values);
    };
    std::optional<networks::Described> described;
    const auto misfit_at = [&](const Assignment& point) -> std::optional<Misfit> {
        try {
            described = networks::described(resolved_at(point), use.inputs, catalog_);
            return std::nullopt;
        } catch (const networks::NetworkError& error) {
            return Misfit{error.layer(), error.what()};
        }
    };
    std::vector<std::string> selectors;
    for (std::size_t i = 0; i < network.selectors.size(); ++i) {
        selectors.push_back(network.selectors[i] ? text_of(network.selected_at[i]) : "all");
    }
    std::set<std::uint32_t> reported;
    plan::NetworkPlan shown{.name = network.model, .training = {}, .smallest = {}, .largest = {}, .corners = 0};
    for (const Assignment& point : corners.all()) {
        const auto misfit = misfit_at(point);
        if (!misfit) {
            plan::NetworkTable table = table_of(described->network, selectors, catalog_);
            if (shown.corners++ == 0) {
                shown.training = training_text(described->network.at("train"), catalog_);
                shown.smallest = shown.largest = table;
            } else if (table.parameters < shown.smallest.parameters) {
                shown.smallest = std::move(table);
            } else if (table.parameters > shown.largest.parameters) {
                shown.largest = std::move(table);
            }
            continue;
        }
        if (!reported.insert(misfit->layer).second) {
            continue;
        }
        const bool is_end = misfit->why.starts_with("a network ends") || misfit->why.starts_with("branches end");
        const Span at = misfit->layer == 0 ? network.declared : network.layers[misfit->layer - 1].span;
        Diagnostic& d = is_end ? diags_.report(at, diag::NetworkEnd, misfit->why) : diags_.report(at, diag::LayerMisfit, misfit->why);
        if (misfit->layer != 0 && !is_end) {
            const Place place = place_of(resolved_at(point), misfit->layer);
            d.note(place.before != 0 ? network.layers[place.before - 1].span : network.selected_at[place.input],
                   place.before != 0 ? "what this gives comes in" : "what comes in");
        }
        for (const std::size_t dimension : corners.dimensions()) {
            const auto fits_otherwise = [&](double value) {
                const auto other = misfit_at(corners.changed(point, dimension, value));
                return !other || other->layer != misfit->layer;
            };
            const std::vector<double> values = corners.values(dimension);
            if (point[dimension] && corners.is_shaping(dimension) && std::any_of(values.begin(), values.end(), fits_otherwise)) {
                const Dimension& decides = space.dimensions[dimension];
                d.note(decides.span, fmt::format("where this is {}", value_of(decides, *point[dimension]).to_string()));
            }
        }
    }
    if (shown.corners > 0) {
        plan_.networks.push_back(std::move(shown));
    }
}

}  // namespace mlpc::sema
