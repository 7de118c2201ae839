#include "runtime/model/fitted_pipeline.h"

#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"

#include <algorithm>
#include <cassert>

namespace mlpc {

namespace {

using Node = FittedPipeline::Node;

void require_schema(const Column& column, const ColumnRequest& request) {
    if (column.type != request.type) {
        throw RunError("column `" + column.name + "` is " + std::string(name_of(column.type)) + "; the model was trained with " +
                       std::string(name_of(request.type)));
    }
    if (column.type == ColumnType::Ordinal && !request.levels.empty() && *column.levels != request.levels) {
        throw RunError("the levels of column `" + column.name + "` are not those that the model was trained with");
    }
}

std::size_t require_column(const Frame& frame, const std::string& name) {
    const std::size_t position = frame.find(name);
    if (position == frame.columns()) {
        throw RunError("the data has no column `" + name + "`, which the model needs");
    }
    return position;
}

// The target is known of earlier rows alone.
bool is_read(const FittedPipeline& pipeline, const std::string& column) {
    const std::vector<std::string> history = pipeline.history();
    return column != pipeline.target || std::find(history.begin(), history.end(), column) != history.end();
}

// The raw columns that the schema lists, in its order, without the target; absent ones are missed where they are selected.
Frame known_columns(const FittedPipeline& pipeline, const Frame& raw) {
    std::vector<std::size_t> positions;
    for (const ColumnRequest& request : pipeline.schema) {
        const std::size_t position = raw.find(request.name);
        if (is_read(pipeline, request.name) && position < raw.columns()) {
            require_schema(raw.column(position), request);
            positions.push_back(position);
        }
    }
    return raw.select(positions);
}

void require_all_columns(const FittedPipeline& pipeline, const Frame& raw) {
    for (const ColumnRequest& request : pipeline.schema) {
        if (is_read(pipeline, request.name)) {
            require_column(raw, request.name);
        }
    }
}

Frame select_by_name(const Frame& frame, const std::vector<std::string>& names) {
    std::vector<std::size_t> positions;
    for (const std::string& name : names) {
        positions.push_back(require_column(frame, name));
    }
    return frame.select(positions);
}

Frame concatenate(const std::vector<Frame>& values, const std::vector<std::uint32_t>& inputs) {
    std::vector<Frame> parts;
    for (const std::uint32_t input : inputs) {
        parts.push_back(values[input]);
    }
    return Frame::concatenate(parts);
}

// The cells as the node's component reads them.
Frame cells_for(const Node& node, const Frame& x) { return node.takes_sparse ? x : x.densified(dense_limit(1)); }

Frame apply(const Node& node, const Frame& x) {
    Frame result = node.step->apply(cells_for(node, x));
    if (result.rows() != x.rows()) {
        throw RunError("step `" + node.component + "` of the saved model does not keep its rows");
    }
    return result;
}

// A graph whose first step works on all columns, and not on a selection, needs every one of them.
bool reads_all_columns(const FittedPipeline& pipeline) {
    return std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(), [&](const Node& node) {
        return node.kind != Node::Kind::Select && std::any_of(node.inputs.begin(), node.inputs.end(),
                                                              [&](std::uint32_t input) { return pipeline.nodes[input].kind == Node::Kind::Input; });
    });
}

Frame evaluate_node(const FittedPipeline& pipeline, const Node& node, const std::vector<Frame>& values, const Frame& raw) {
    switch (node.kind) {
        case Node::Kind::Input:
            return known_columns(pipeline, raw);
        case Node::Kind::Select:
            return select_by_name(values[node.inputs[0]], node.columns);
        case Node::Kind::Apply:
            return apply(node, values[node.inputs[0]]);
        case Node::Kind::Concatenate:
            return concatenate(values, node.inputs);
        case Node::Kind::LookBack:
            return node.look_back.extend(values[node.inputs[0]]);
        case Node::Kind::Predict:
            break;
    }
    assert(false && "Predict is the last node and gives no frame");
    return {};
}

}  // namespace

std::vector<std::string> FittedPipeline::history() const {
    std::vector<std::string> names;
    for (const Node& node : nodes) {
        if (node.kind == Node::Kind::LookBack) {
            const std::vector<std::string> columns = node.look_back.columns();
            names.insert(names.end(), columns.begin(), columns.end());
        }
    }
    return names;
}

Prediction FittedPipeline::predict(const Frame& raw) const {
    assert(!nodes.empty() && nodes.back().kind == Node::Kind::Predict && "a fitted pipeline ends in its model");
    if (reads_all_columns(*this)) {
        require_all_columns(*this, raw);
    }
    std::vector<Frame> values;
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
        values.push_back(evaluate_node(*this, nodes[i], values, raw));
    }
    Prediction prediction = nodes.back().model->predict(cells_for(nodes.back(), values[nodes.back().inputs[0]]));
    if (prediction.rows() != raw.rows()) {
        throw RunError("model `" + nodes.back().component + "` does not give a prediction for every row");
    }
    return restored(std::move(prediction), transform);
}

}  // namespace mlpc
