#include "compiler/leakage/leakage.h"

#include <algorithm>
#include <stdexcept>

namespace mlpc {

namespace {

DataId root_of(const plan::Plan& plan, DataId id) {
    while (plan.data[id.index].base) {
        id = *plan.data[id.index].base;
    }
    return id;
}
void unite(RowSet& into, const RowSet& from) {
    for (const auto& [data, parts] : from) {
        into[data] |= parts;
    }
}
bool intersect(const RowSet& a, const RowSet& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& entry) {
        const auto at = b.find(entry.first);
        return at != b.end() && (at->second & entry.second) != 0;
    });
}
bool has_aggregate(const Node& node) {
    const auto in_param = [](const Binding& b) {
        const auto* value = std::get_if<ParamValue>(&b);
        const auto* e = value != nullptr ? std::get_if<std::shared_ptr<const Expression>>(&value->value) : nullptr;
        return e != nullptr && *e != nullptr && find_aggregate(**e) != nullptr;
    };
    return std::any_of(node.named.begin(), node.named.end(), [](const NamedExpression& n) { return find_aggregate(n.expression) != nullptr; }) ||
           std::any_of(node.params.begin(), node.params.end(), in_param);
}
bool looks_ahead(const Node& node) {
    ParamValues params;
    for (const Binding& b : node.params) {
        params.push_back(std::get<ParamValue>(b));
    }
    return node.component->make_backward(params, node.named)->latest() < 0;
}
bool descends_from(const plan::Plan& plan, DataId id, DataId ancestor) {
    while (id != ancestor && plan.data[id.index].base) {
        id = *plan.data[id.index].base;
    }
    return id == ancestor;
}
// Whether a split draws its parts without regard to time. Given folds, groups and test files only the data can tell: they are checked
// when they have been read.
bool is_shuffled(const plan::Plan& plan, DataId data) {
    return std::any_of(plan.splits.begin(), plan.splits.end(), [&](const SplitSpec& split) {
        const auto drawn = [](const std::optional<FoldsSpec>& folds) { return folds && folds->kind == FoldsSpec::Kind::KFold; };
        return descends_from(plan, split.data, data) && (split.test.kind == TestSpec::Kind::Share || drawn(split.folds) || drawn(split.outer));
    });
}
// Whether the node's value depends on rows that may lie on the other side of a cut. Cells of earlier rows do no harm where all that is
// scored comes later than all that is learned from.
bool teaches(const plan::Plan& plan, const Node& node) {
    switch (node.kind) {
        case NodeKind::LookBack:
            return looks_ahead(node) || is_shuffled(plan, node.data);
        case NodeKind::Fit:
        case NodeKind::FitModel:
        case NodeKind::Resample:
            return true;
        case NodeKind::Transform:
        case NodeKind::Filter:
            return has_aggregate(node);
        default:
            return false;
    }
}
const char* code_of(const Node& node) {
    if (node.kind == NodeKind::Resample) {
        return "L104";
    }
    if (node.kind == NodeKind::LookBack) {
        return looks_ahead(node) ? "L105" : "L109";
    }
    if (node.kind == NodeKind::Transform || node.kind == NodeKind::Filter) {
        return "L105";
    }
    return node.kind == NodeKind::FitModel || node.effect == Effect::Supervised ? "L103" : "L102";
}

// What every `compare` looks at.
std::vector<NodeId> compared_scores(const plan::Plan& plan) {
    std::vector<NodeId> scores;
    for (const CompareSpec& compare : plan.comparisons) {
        for (const ComparedModel& model : compare.models) {
            for (const Candidate& candidate : plan.searches[model.search].candidates) {
                scores.push_back(candidate.outer ? candidate.outer->score : candidate.fold.score);
            }
        }
    }
    return scores;
}

}  // namespace

RowFacts row_facts(const plan::Plan& plan) {
    RowFacts facts;
    facts.contains.resize(plan.nodes.size());
    facts.taught.resize(plan.nodes.size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const Node& node = plan.nodes[i];
        RowSet& contains = facts.contains[i];
        RowSet& taught = facts.taught[i];
        const auto input_rows = [&] {
            RowSet all;
            for (NodeId input : node.inputs) {
                unite(all, facts.contains[input.index]);
            }
            return all;
        };
        for (NodeId input : node.inputs) {
            unite(taught, facts.taught[input.index]);
        }
        switch (node.kind) {
            case NodeKind::Source:
                contains[root_of(plan, node.data)] = rows::All;
                break;
            case NodeKind::Labels:
                contains[root_of(plan, node.data)] = node.rows;
                break;
            case NodeKind::Take:
                for (const auto& [data, parts] : facts.contains[node.inputs[0].index]) {
                    contains[data] = parts & node.rows;
                }
                break;
            case NodeKind::Select:
            case NodeKind::Transform:
            case NodeKind::LookBack:
            case NodeKind::Filter:
            case NodeKind::Concatenate:
            case NodeKind::Choice:
            case NodeKind::Restore:
            case NodeKind::SampleX:
            case NodeKind::SampleY:
            case NodeKind::Resample:
                contains = input_rows();
                break;
            case NodeKind::Apply:
            case NodeKind::Predict:
                contains = facts.contains[node.inputs[1].index];
                break;
            case NodeKind::Fit:
            case NodeKind::FitModel:
            case NodeKind::Objective:
            case NodeKind::GivenRows:
            case NodeKind::GivenLabels:
            case NodeKind::AskedRows:
                break;
            case NodeKind::Score:
                contains = facts.contains[node.inputs[1].index];
                break;
            case NodeKind::Chosen:
                unite(taught, input_rows());
                break;
        }
        if (teaches(plan, node)) {
            unite(taught, input_rows());
        }
    }
    return facts;
}

std::vector<Violation> violations(const plan::Plan& plan) {
    const RowFacts facts = row_facts(plan);
    std::map<std::uint32_t, Violation> found;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const Node& score = plan.nodes[i];
        if (score.kind != NodeKind::Score || score.purpose == Purpose::Training) {
            continue;
        }
        const NodeId score_id{static_cast<std::uint32_t>(i)};
        const RowSet& scored = facts.contains[score.inputs[1].index];
        const auto holds_scored = [&](NodeId input) { return intersect(facts.contains[input.index], scored); };
        // Behind the labels, and the column of groups where the metric compares some.
        if (const Node& chosen = plan.nodes[score.inputs.back().index]; chosen.kind == NodeKind::Chosen) {
            if (std::any_of(chosen.inputs.begin(), chosen.inputs.end(), holds_scored)) {
                found.try_emplace(score_id.index, Violation{score_id, score_id, "L114"});
            }
        }
        std::vector<bool> seen(plan.nodes.size(), false);
        std::vector<NodeId> open;
        for (const NodeId judge : score.inputs) {
            if (intersect(facts.taught[judge.index], scored)) {
                open.push_back(judge);
            }
        }
        while (!open.empty()) {
            const NodeId id = open.back();
            open.pop_back();
            if (seen[id.index]) {
                continue;
            }
            seen[id.index] = true;
            const Node& node = plan.nodes[id.index];
            const bool taught_by_scored = teaches(plan, node) && std::any_of(node.inputs.begin(), node.inputs.end(), holds_scored);
            if (taught_by_scored) {
                found.try_emplace(id.index, Violation{id, score_id, code_of(node)});
            }
            open.insert(open.end(), node.inputs.begin(), node.inputs.end());
        }
    }
    for (std::uint32_t i = 0; i < plan.nodes.size(); ++i) {
        if (!keeps_rows_apart(plan.nodes, plan.nodes[i])) {
            found.try_emplace(i, Violation{{i}, {i}, "L119"});
        }
    }
    for (const NodeId score : compared_scores(plan)) {
        const RowSet& scored = facts.contains[plan.node(score).inputs[1].index];
        if (std::any_of(scored.begin(), scored.end(), [](const auto& rows_of_data) { return (rows_of_data.second & rows::Test) != 0; })) {
            found.try_emplace(score.index, Violation{score, score, "L112"});
        }
    }
    std::vector<Violation> list;
    for (const auto& [index, violation] : found) {
        list.push_back(violation);
    }
    return list;
}

void verify(const plan::Plan& plan, const char* after_pass) {
    for (const Violation& v : violations(plan)) {
        const bool allowed = std::any_of(plan.allowed.begin(), plan.allowed.end(), [&](const auto& a) { return a.first == v.code; });
        if (!allowed) {
            throw std::logic_error(
                fmt::format("after {}: node {} learns from rows that node {} scores ({})", after_pass, v.teacher.index, v.score.index, v.code));
        }
    }
}

}  // namespace mlpc
