#include "runtime/engine/node_names.h"

#include <algorithm>
#include <limits>

namespace mlpc::engine {

namespace {

void add_selector(KeyBuilder& key, const Selector& s) {
    key.add(static_cast<std::uint64_t>(s.kind)).add(static_cast<std::uint64_t>(s.type)).add(s.pattern).add(std::uint64_t{s.accepted});
    key.add(s.names.size());
    for (const std::string& name : s.names) {
        key.add(name);
    }
    for (const std::string& name : s.except) {
        key.add(name);
    }
}

// The operator and its parameters; a parameter at `left_out` counts as any.
Key own_key(const Node& node, const ParamValues& params, std::optional<std::size_t> left_out = std::nullopt) {
    KeyBuilder key;
    key.add(name_of(node.kind));
    if (node.kind == NodeKind::Labels || node.kind == NodeKind::Select || node.kind == NodeKind::Source || node.kind == NodeKind::LookBack) {
        key.add(std::uint64_t{node.data.index});
    }
    if (node.transform != TargetTransform::None) {
        key.add(name_of(node.transform));
    }
    if (node.kind == NodeKind::Select) {
        add_selector(key, node.selector);
    }
    if (node.kind == NodeKind::Objective) {
        key.add(std::uint64_t{node.objective});
        for (const ParamValue& value : params) {
            key.add(value.to_string());
        }
    }
    if (node.component != nullptr) {
        key.add(node.component->name).add(std::uint64_t{node.component->version});
        for (std::size_t i = 0; i < params.size(); ++i) {
            key.add(left_out == i ? std::string("<path>") : params[i].to_string());
        }
        for (const NamedExpression& named : node.named) {
            key.add(named.name).add(to_string(named.expression));
        }
    }
    return key.key();
}

bool is_random_fit(const Node& node) { return is_fit(node) && draws_random(node); }

// `own` with what a place adds to it, by its symbol, and the inputs.
Key whole_key(const Node& node, const Key& own, const std::vector<Key>& inputs) {
    KeyBuilder key;
    key.add(own).add(std::uint64_t{node.rows}).add(is_random_fit(node) ? node.stream : std::string());
    for (const Key& input : inputs) {
        key.add(input);
    }
    return key.key();
}

Key with_learners(const Key& own, const std::vector<LearnerRecipe>& learners) {
    KeyBuilder key;
    key.add(own).add(learners.size());
    for (const LearnerRecipe& learner : learners) {
        add_to(key, learner);
    }
    return key.key();
}

std::optional<double> path_order(const ParamValue& value) {
    if (detail::is_number(value)) {
        return detail::number_of(value);
    }
    return std::holds_alternative<Word>(value.value) ? std::optional(std::numeric_limits<double>::infinity()) : std::nullopt;
}

Key own_of(const NamedNode& named, std::optional<std::size_t> left_out = std::nullopt) {
    const Key own = own_key(*named.node, named.params, left_out);
    return named.learners != nullptr ? with_learners(own, *named.learners) : own;
}

std::optional<PathPoint> path_of(const NamedNode& named) {
    if (named.node->kind != NodeKind::Fit && named.node->kind != NodeKind::FitModel) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < named.params.size(); ++i) {
        const ParamSpec& spec = named.node->component->params[i];
        const auto order = spec.path || spec.resource ? path_order(named.params[i]) : std::nullopt;
        if (order) {
            return PathPoint{.param = i, .value = named.params[i], .order = *order, .restricts = spec.path, .own = own_of(named, i), .family = {}};
        }
    }
    return std::nullopt;
}

Key path_name(const PathPoint& path) {
    KeyBuilder key;
    return key.add(path.family).add(path.value.to_string()).key();
}

}  // namespace

bool is_fit(const Node& node) { return node.kind == NodeKind::Fit || node.kind == NodeKind::FitModel || node.kind == NodeKind::Resample; }

bool takes_roles(const Node& node) { return !node.learners.empty() || (is_fit(node) && node.component != nullptr && node.component->inner_folds); }

std::optional<std::size_t> resource_param(const Node& node) {
    if (node.kind != NodeKind::FitModel || node.component == nullptr) {
        return std::nullopt;
    }
    const std::vector<ParamSpec>& params = node.component->params;
    const auto at = std::find_if(params.begin(), params.end(), [](const ParamSpec& spec) { return spec.resource; });
    return at == params.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - params.begin()));
}

NodeId NodeNames::resolved(NodeId id) const {
    const Node* node = &experiment_.node(id);
    while (node->kind == NodeKind::Choice) {
        id = node->inputs.at(static_cast<std::size_t>(assignment_.at(node->dimension.index).value()));
        node = &experiment_.node(id);
    }
    return id;
}

const NamedNode& NodeNames::of(NodeId id) {
    if (const auto at = known_.find(id.index); at != known_.end()) {
        return at->second;
    }
    return known_.emplace(id.index, made(experiment_.node(id))).first->second;
}

ParamValues NodeNames::params_of(const Node& node) const {
    ParamValues values;
    values.reserve(node.params.size());
    for (const Binding& binding : node.params) {
        if (const auto* fixed = std::get_if<ParamValue>(&binding)) {
            values.push_back(*fixed);
            continue;
        }
        const DimensionId id = std::get<DimensionId>(binding);
        const Dimension& dimension = experiment_.searches.at(node.search).space.dimensions.at(id.index);
        const std::optional<double>& value = assignment_.at(id.index);
        // An objective and a network have all of their parameters, also those of alternatives that are not chosen.
        values.push_back(value ? value_of(dimension, *value) : ParamValue{});
    }
    const auto resource = resource_.is_whole() ? std::nullopt : resource_param(node);
    if (resource && std::holds_alternative<std::int64_t>(values[*resource].value)) {
        auto& amount = std::get<std::int64_t>(values[*resource].value);
        amount = std::max<std::int64_t>(1, (amount * resource_.part + resource_.whole - 1) / resource_.whole);
    }
    return values;
}

std::shared_ptr<const std::vector<LearnerRecipe>> NodeNames::learners_of(const Node& node) const {
    if (node.learners.empty()) {
        return nullptr;
    }
    std::vector<LearnerRecipe> recipes;
    for (const LearnerFlow& learner : node.learners) {
        recipes.push_back(resolve(learner, experiment_, assignment_));
    }
    return std::make_shared<const std::vector<LearnerRecipe>>(std::move(recipes));
}

NamedNode NodeNames::made(const Node& node) {
    NamedNode named{.node = &node,
                    .params = params_of(node),
                    .learners = learners_of(node),
                    .inputs = {},
                    .own = {},
                    .name = {},
                    .resource = resource_param(node).has_value(),
                    .drawn = is_random_fit(node),
                    .path = {}};
    std::vector<Key> inputs;
    for (const NodeId input_id : node.inputs) {
        if (experiment_.node(input_id).kind == NodeKind::Chosen) {
            continue;  // says when a score may be looked at, not what it is
        }
        named.inputs.push_back(resolved(input_id));
        const NamedNode& input = of(named.inputs.back());
        inputs.push_back(input.name);
        named.drawn = named.drawn || input.drawn;
    }
    named.own = own_of(named);
    named.name = whole_key(node, named.own, inputs);
    named.path = path_of(named);
    if (named.path) {
        named.path->family = whole_key(node, named.path->own, inputs);
        named.name = path_name(*named.path);
    }
    return named;
}

NamedNode with_path_value(const NamedNode& node, const ParamValue& value) {
    NamedNode other = node;
    other.params[node.path->param] = value;
    other.own = own_of(other);
    other.path->value = value;
    other.path->order = *path_order(value);
    other.name = path_name(*other.path);
    return other;
}

}  // namespace mlpc::engine
