#include "runtime/core/fitted_flow.h"

#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"

#include <cassert>
#include <stdexcept>

namespace mlpc {

namespace {

// Stands for a learner of a saved model: its states can be read, and it cannot be fitted again.
class SavedLearner final : public Learner {
public:
    explicit SavedLearner(FlowShape shape) : shape_(std::move(shape)) {}
    std::unique_ptr<FittedModel> fit(const Frame&, const Target&, FitContext&) const override {
        throw std::logic_error("a learner of a saved model is not fitted again");
    }
    std::unique_ptr<FittedModel> blank() const override { return std::make_unique<FittedFlow>(shape_); }

private:
    FlowShape shape_;
};

Learners saved_learners(const std::vector<FlowShape>& shapes) {
    Learners learners;
    for (const FlowShape& shape : shapes) {
        learners.push_back(std::make_shared<const SavedLearner>(shape));
    }
    return learners;
}

void check_learners(const ComponentInfo& info, std::size_t count) {
    const std::size_t more = info.final_learner ? 1 : 0;
    if (count < info.least_learners + more || count > info.most_learners + more) {
        throw RunError("`" + info.name + "` cannot have " + std::to_string(count) + " models as arguments");
    }
}

Frame selected(const Frame& x, const std::vector<std::string>& names) {
    std::vector<std::size_t> columns;
    for (const std::string& name : names) {
        columns.push_back(x.find(name));
        if (columns.back() == x.columns()) {
            throw RunError("the data has no column `" + name + "`, which the model needs");
        }
    }
    return x.select(columns);
}

void require_rows(std::size_t given, std::size_t wanted, const ComponentInfo& info) {
    if (given != wanted) {
        throw RunError("`" + info.name + "` of the model does not keep its rows");
    }
}

}  // namespace

bool takes_inputs(FlowShape::Kind kind, std::size_t count) {
    switch (kind) {
        case FlowShape::Kind::Input:
            return count == 0;
        case FlowShape::Kind::Concatenate:
            return count >= 1;
        case FlowShape::Kind::Select:
        case FlowShape::Kind::Apply:
        case FlowShape::Kind::Predict:
            return count == 1;
    }
    return false;
}

std::unique_ptr<FittedStep> blank_step(const ComponentInfo& info, const std::vector<FlowShape>& learners) {
    check_learners(info, learners.size());
    if (!info.blank_step && !info.blank_learner_step) {
        throw RunError("`" + info.name + "` is not a step that can be saved");
    }
    return info.blank_learner_step ? info.blank_learner_step(saved_learners(learners)) : info.blank_step();
}

std::unique_ptr<FittedModel> blank_model(const ComponentInfo& info, const std::vector<FlowShape>& learners) {
    check_learners(info, learners.size());
    if (!info.blank_model && !info.blank_combination) {
        throw RunError("`" + info.name + "` is not a model that can be saved");
    }
    return info.blank_combination ? info.blank_combination(saved_learners(learners)) : info.blank_model();
}

FittedFlow::FittedFlow(FlowShape blank) : shape_(std::move(blank)), states_(shape_.nodes.size()) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const FlowShape::Node& node = shape_.nodes[i];
        if (node.kind == FlowShape::Kind::Apply) {
            states_[i].step = blank_step(*node.component, node.learners);
        } else if (node.kind == FlowShape::Kind::Predict) {
            states_[i].model = blank_model(*node.component, node.learners);
        }
    }
}

FittedFlow::FittedFlow(FlowShape shape, std::vector<State> states, std::vector<std::string> columns, std::vector<std::string> model_columns)
    : shape_(std::move(shape)), states_(std::move(states)), same_columns_(columns == model_columns) {
    assert(states_.size() == shape_.nodes.size() && "a state a node");
}

Prediction FittedFlow::predict(const Frame& x) const {
    std::vector<Frame> values;
    for (std::size_t i = 0; i < shape_.nodes.size(); ++i) {
        const FlowShape::Node& node = shape_.nodes[i];
        switch (node.kind) {
            case FlowShape::Kind::Input:
                values.push_back(x);
                break;
            case FlowShape::Kind::Select:
                values.push_back(selected(values[node.inputs[0]], states_[i].columns));
                break;
            case FlowShape::Kind::Apply: {
                const DenseInput cells(*node.component, values[node.inputs[0]], dense_limit(1));
                values.push_back(states_[i].step->apply(cells.frame()));
                require_rows(values.back().rows(), x.rows(), *node.component);
                break;
            }
            case FlowShape::Kind::Concatenate: {
                std::vector<Frame> parts;
                for (const std::uint32_t input : node.inputs) {
                    parts.push_back(values[input]);
                }
                values.push_back(Frame::concatenate(parts));
                break;
            }
            case FlowShape::Kind::Predict: {
                const DenseInput cells(*node.component, values[node.inputs[0]], dense_limit(1));
                Prediction prediction = states_[i].model->predict(cells.frame());
                require_rows(prediction.rows(), x.rows(), *node.component);
                return prediction;
            }
        }
    }
    throw std::logic_error("the graph of a learner ends in its model");
}

void FittedFlow::archive(Archive& a) {
    for (std::size_t i = 0; i < shape_.nodes.size(); ++i) {
        if (shape_.nodes[i].kind == FlowShape::Kind::Select) {
            a.field("columns", states_[i].columns);
        }
        if (states_[i].step) {
            states_[i].step->archive(a);
        }
        if (states_[i].model) {
            states_[i].model->archive(a);
        }
    }
}

std::vector<double> FittedFlow::importances() const { return same_columns_ ? states_.back().model->importances() : std::vector<double>(); }

}  // namespace mlpc
