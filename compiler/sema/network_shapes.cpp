// What comes out of each layer of a network, over the corners of its space, before anything is read.
#include "compiler/sema/networks.h"

#include "runtime/core/error.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

using Kind = TensorShape::Kind;

constexpr std::size_t most_corners = 300;

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
    const bool countable = std::all_of(columns.begin(), columns.end(), [](const ColumnGroup& c) { return !c.prepared && !c.example.empty(); });
    const Kind kind = columns.empty() ? Kind::Numbers : kind_of(columns.front().type);
    return {kind, {countable && !columns.empty() ? static_cast<std::int64_t>(columns.size()) : TensorShape::unknown}};
}

// --- corners --------------------------------------------------------------------------------------------------------
// The values of a dimension at which shapes are looked at.
std::vector<double> corners_of(const Dimension& d, bool shaping) {
    if (!d.choices.empty()) {
        std::vector<double> all;
        for (std::size_t i = 0; i < (shaping ? d.choices.size() : 1); ++i) {
            all.push_back(static_cast<double>(i));
        }
        return all;
    }
    double low = d.low, high = d.high;
    if (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) {
        const auto at = [&](double deviations) {
            const double value = d.mean + deviations * d.sd;
            return std::clamp(std::round(d.prior == Dimension::Prior::Normal ? value : std::exp(value)), d.low, d.high);
        };
        low = at(-2);
        high = at(2);
    } else if (d.step) {
        high = low + std::floor((high - low) / *d.step) * *d.step;
    }
    return shaping && high > low ? std::vector{low, high} : std::vector{low};
}

// The points of the space at which a network's shapes are looked at, those that `where` rules out left aside.
class Corners {
public:
    Corners(const NetworkRecord& network, const SearchSpace& space)
        : space_(space), shaping_(space.dimensions.size()), point_(space.dimensions.size()) {
        for (const Condition& condition : network.conditions) {
            point_[condition.dimension.index] = condition.choices.front();
        }
        for (std::size_t i = 0; i < network.params.size(); ++i) {
            if (const auto* open = std::get_if<DimensionId>(&network.params[i])) {
                dimensions_.push_back(open->index);
                shaping_[open->index] = shaping_[open->index] || network.shaping[i];
            }
        }
        std::sort(dimensions_.begin(), dimensions_.end());
        dimensions_.erase(std::unique(dimensions_.begin(), dimensions_.end()), dimensions_.end());
    }
    std::vector<Assignment> all() {
        if (!visit(0)) {
            draw();
        }
        std::erase_if(found_, [&](const Assignment& point) { return !is_possible(point); });
        return std::move(found_);
    }
    bool is_shaping(std::size_t d) const { return shaping_[d]; }
    const std::vector<std::size_t>& dimensions() const { return dimensions_; }
    // The point with another value of dimension d, what depends on it set anew.
    Assignment changed(Assignment point, std::size_t d, double value) const {
        point[d] = value;
        for (const std::size_t other : dimensions_) {
            if (other <= d) {
                continue;
            }
            const bool active = is_active(space_, other, point);
            point[other] = !active ? std::nullopt : point[other] ? point[other] : std::optional(values(other).front());
        }
        return point;
    }
    std::vector<double> values(std::size_t d) const { return corners_of(space_.dimensions[d], shaping_[d]); }

private:
    bool visit(std::size_t at) {
        if (at == dimensions_.size()) {
            found_.push_back(point_);
            return found_.size() <= most_corners;
        }
        const std::size_t d = dimensions_[at];
        if (!is_active(space_, d, point_)) {
            return visit(at + 1);
        }
        for (const double value : values(d)) {
            point_[d] = value;
            if (!visit(at + 1)) {
                return false;
            }
        }
        point_[d].reset();
        return true;
    }
    // All lowest, all highest, and a sample that is the same every time.
    void draw() {
        found_.clear();
        Rng rng = Rng::of_seed(0);
        for (std::size_t i = 0; i < most_corners; ++i) {
            for (const std::size_t d : dimensions_) {
                point_[d].reset();
            }
            for (const std::size_t d : dimensions_) {
                if (is_active(space_, d, point_)) {
                    const std::vector<double> all = values(d);
                    point_[d] = i == 0 ? all.front() : i == 1 ? all.back() : all[rng.below(all.size())];
                }
            }
            found_.push_back(point_);
        }
    }
    bool is_possible(Assignment point) const {
        for (const std::size_t d : dimensions_) {
            if (!shaping_[d]) {
                point[d].reset();
            }
        }
        try {
            return is_feasible(space_, point);
        } catch (const RunError&) {
            return true;  // a constraint that compares a text with a number is reported where it is first needed
        }
    }

    const SearchSpace& space_;
    std::vector<std::size_t> dimensions_;  // of the network, ascending
    std::vector<bool> shaping_;
    Assignment point_;
    std::vector<Assignment> found_;
};

// --- where a layer stands -------------------------------------------------------------------------------------------
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

// --- what `mlpc plan` shows -----------------------------------------------------------------------------------------
std::string value_text(const Json& value) { return value.is_null() ? "none" : value.is_string() ? value.get<std::string>() : value.dump(); }

// As it would stand in a file: "conv(32, padding: valid)".
std::string part_text(const ComponentInfo& info, const Json& params) {
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < info.params.size(); ++i) {
        const ParamSpec& spec = info.params[i];
        const Json& value = params.at(spec.name);
        const bool is_default = value == networks::to_json(spec.fallback);
        const bool is_positional = i < info.positional && i == arguments.size() && info.most_chains == 0;
        if (spec.type == ParamType::Text || (is_default && (i > 0 || !is_positional))) {
            continue;  // a text is what a source is, as JSON
        }
        arguments.push_back(is_positional ? value_text(value) : spec.name + ": " + value_text(value));
    }
    return arguments.empty() ? info.name : fmt::format("{}({})", info.name, fmt::join(arguments, ", "));
}

void add_rows(const Json& layers, std::size_t depth, const Catalog& catalog, plan::NetworkTable& table) {
    for (const Json& layer : layers) {
        const auto name = layer.at("layer").get<std::string>();
        const auto parameters = layer.at("parameters").get<std::int64_t>();
        table.rows.push_back({part_text(*catalog.find(ComponentKind::Layer, name), layer.at("params")),
                              to_string(networks::shape_from_json(layer.at("out"))), parameters, depth});
        table.parameters += std::max<std::int64_t>(0, parameters);
        table.all_known = table.all_known && parameters != TensorShape::unknown;
        for (const Json& chain : layer.at("chains")) {
            add_rows(chain, depth + 1, catalog, table);
        }
    }
}

// `selectors`: as written, by input.
plan::NetworkTable table_of(const Json& described, const std::vector<std::string>& selectors, const Catalog& catalog) {
    plan::NetworkTable table;
    const Json& inputs = described.at("inputs");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        table.rows.push_back({selectors[i], to_string(networks::shape_from_json(inputs[i].at("in"))), 0, 0});
        add_rows(inputs[i].at("layers"), inputs.size() > 1 ? 1 : 0, catalog, table);
    }
    if (inputs.size() > 1) {
        table.rows.push_back({"then", "", 0, 0});
    }
    add_rows(described.at("then"), 0, catalog, table);
    return table;
}

std::string training_text(const Json& train, const Catalog& catalog) {
    const auto part = [&](const Json& json, ComponentKind kind) {
        const ComponentInfo* info = catalog.find(kind, json.at("part").get<std::string>());
        return part_text(*info, json.at("params"));
    };
    std::string text = part(train.at("optimiser"), ComponentKind::Optimiser);
    text += fmt::format(", {} epochs in batches of {}", value_text(train.at("epochs")), value_text(train.at("batch")));
    if (!train.at("schedule").is_null()) {
        text += ", " + part(train.at("schedule"), ComponentKind::Schedule);
    }
    if (!train.at("loss").is_null()) {
        text += ", " + part(train.at("loss"), ComponentKind::Loss);
    }
    for (const Json& augmentation : train.at("augment")) {
        text += ", " + part(augmentation, ComponentKind::Augmentation);
    }
    return text;
}

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
        warn_unused_columns(branches, data, network.declared);
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
