#include "runtime/core/dataflow.h"

#include "runtime/core/experiment.h"

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
        case NodeKind::Score:
            return "score";
        case NodeKind::Chosen:
            return "chosen";
    }
    return "";
}

const ColumnSpec* DataSpec::target() const {
    for (const ColumnSpec& column : columns) {
        if (column.target) {
            return &column;
        }
    }
    return nullptr;
}

}  // namespace mlpc
