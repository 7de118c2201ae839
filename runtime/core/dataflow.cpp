#include "runtime/core/dataflow.h"

#include "runtime/core/experiment.h"

#include <algorithm>

namespace mlpc {

std::string to_string_rows(RowParts parts) {
    if (parts == rows::All) {
        return "all";
    }
    std::string text;
    for (const auto& [part, name] : {std::pair{rows::Fit, "fit"}, {rows::Scored, "scored"}, {rows::Outer, "outer"}, {rows::Test, "test"}}) {
        if ((parts & part) != 0) {
            text += (text.empty() ? "" : "+") + std::string(name);
        }
    }
    return text.empty() ? "none" : text;
}

std::string_view name_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::Source:
            return "source";
        case NodeKind::Labels:
            return "labels";
        case NodeKind::Take:
            return "take";
        case NodeKind::Select:
            return "select";
        case NodeKind::Fit:
            return "fit";
        case NodeKind::Apply:
            return "apply";
        case NodeKind::Transform:
            return "transform";
        case NodeKind::LookBack:
            return "look_back";
        case NodeKind::Filter:
            return "filter";
        case NodeKind::Resample:
            return "resample";
        case NodeKind::SampleX:
            return "sample_x";
        case NodeKind::SampleY:
            return "sample_y";
        case NodeKind::Concatenate:
            return "concatenate";
        case NodeKind::Choice:
            return "choice";
        case NodeKind::FitModel:
            return "fit_model";
        case NodeKind::Predict:
            return "predict";
        case NodeKind::Restore:
            return "restore";
        case NodeKind::Score:
            return "score";
        case NodeKind::Chosen:
            return "chosen";
        case NodeKind::Objective:
            return "objective";
        case NodeKind::GivenRows:
            return "given_rows";
        case NodeKind::GivenLabels:
            return "given_labels";
        case NodeKind::AskedRows:
            return "asked_rows";
    }
    return "";
}

bool draws_random(const Node& node) {
    const auto draws = [](const LearnerFlow& learner) { return std::any_of(learner.nodes.begin(), learner.nodes.end(), draws_random); };
    return (node.component != nullptr && node.component->random) || std::any_of(node.learners.begin(), node.learners.end(), draws);
}

bool Experiment::is_only_compared(std::uint32_t search) const {
    const auto asks = [&](const auto& one) { return one.search == search; };
    return searches[search].implicit && std::none_of(evaluations.begin(), evaluations.end(), asks) && std::none_of(fits.begin(), fits.end(), asks) &&
           std::none_of(saves.begin(), saves.end(), asks);
}

const ColumnSpec* DataSpec::target() const {
    for (const ColumnSpec& column : columns) {
        if (column.target) {
            return &column;
        }
    }
    return nullptr;
}

const ColumnSpec* DataSpec::time() const {
    for (const ColumnSpec& column : columns) {
        if (column.time) {
            return &column;
        }
    }
    return nullptr;
}

}  // namespace mlpc
