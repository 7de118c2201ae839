#include "tests/conformance/subject.h"

#include "stdlib/networks/fitted_network.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::conformance {

namespace {

Frame columns_of(const Prediction& prediction) {
    if (!is_classification(prediction.task)) {
        return Frame::from_matrix(prediction.values, {"value"});
    }
    return Frame::from_matrix(prediction.probabilities, *prediction.classes);
}

Expression column_ref(const std::string& name) {
    Expression ref;
    ref.op = Expression::Op::ColumnRef;
    ref.text = name;
    return ref;
}

// Formulas that every family of columns can answer.
std::vector<NamedExpression> formulas_for(const Frame& x) {
    if (x.columns() == 0) {
        return {};
    }
    Expression formula;
    if (holds_numbers(x.column(0).type)) {
        formula.op = Expression::Op::Add;
        formula.operands = {column_ref(x.column(0).name), column_ref(x.column(0).name)};
    } else {
        formula.op = Expression::Op::Function;
        formula.text = "missing";
        formula.operands = {column_ref(x.column(0).name)};
    }
    return {{.name = "derived", .expression = formula}};
}

void add_numbers(std::vector<ParamValue>& values, const ParamSpec& spec) {
    for (const double end : {spec.search.low, spec.search.high}) {
        if (spec.search.low == spec.search.high) {
            return;
        }
        const bool is_integer = spec.type == ParamType::Integer || spec.type == ParamType::OptionalInteger;
        values.push_back(is_integer ? ParamValue{static_cast<std::int64_t>(end)} : ParamValue{end});
    }
}

std::vector<ParamValue> other_values(const ParamSpec& spec, const ParamValue& base) {
    std::vector<ParamValue> values;
    for (const std::string& word : spec.words) {
        values.push_back({Word{word}});
    }
    switch (spec.type) {
        case ParamType::Boolean:
            values.push_back({true});
            values.push_back({false});
            break;
        case ParamType::Text:
            values.push_back({std::string("other")});
            break;
        case ParamType::OptionalReal:
            values.push_back({2.5});
            break;
        case ParamType::OptionalInteger:
            values.push_back({std::int64_t{2}});
            break;
        case ParamType::Integer:
        case ParamType::Real:
        case ParamType::WordOrReal:
            add_numbers(values, spec);
            break;
        case ParamType::Word:
        case ParamType::Interval:
        case ParamType::List:
        case ParamType::Expression:
            break;
    }
    std::erase_if(values, [&](const ParamValue& value) { return value == base; });
    return values;
}

// A model to be an argument: one that takes every task and says how much each column counts.
const ComponentInfo& argument_model() { return *standard_library().find(ComponentKind::Model, "decision_tree"); }

class TreeLearner : public Learner {
public:
    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        return argument_model().make_model(argument_model().default_params())->fit(x, y, context);
    }
    std::unique_ptr<FittedModel> blank() const override { return argument_model().blank_model(); }
};

// Two where it takes so many, and the final one.
Learners learners_for(const ComponentInfo& info) {
    const std::size_t count = std::min<std::size_t>(std::max<std::size_t>(info.least_learners, 2), info.most_learners);
    Learners learners;
    for (std::size_t i = 0; i < count + (info.final_learner ? 1 : 0); ++i) {
        learners.push_back(std::make_shared<TreeLearner>());
    }
    return learners;
}

}  // namespace

Frame Fitted::apply(const Frame& x) const { return step_ ? step_->apply(x) : columns_of(model_->predict(x)); }

Bytes Fitted::bytes() const {
    Archive writer = Archive::writer();
    if (step_) {
        step_->archive(writer);
    } else {
        model_->archive(writer);
    }
    return {writer.bytes().begin(), writer.bytes().end()};
}

std::unique_ptr<Fitted> Fitted::restricted(const ParamValue& value) const {
    auto step = step_ ? step_->restricted(value) : nullptr;
    auto model = model_ ? model_->restricted(value) : nullptr;
    return step || model ? std::make_unique<Fitted>(std::move(step), std::move(model)) : nullptr;
}

std::string Subject::name() const {
    std::string text;
    for (std::size_t p = 0; p < params.size(); ++p) {
        if (!(params[p] == info->params[p].fallback)) {
            text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", info->params[p].name, params[p].to_string());
        }
    }
    return fmt::format("{}({})", info->name, text);
}

Effect Subject::effect() const { return info->effect ? info->effect(params) : Effect::Supervised; }

bool Subject::accepts(Family family) const {
    const std::vector<ColumnType> types = types_in(family);
    const ColumnTypes accepted = learners.empty() ? info->accepts : info->accepts & argument_model().accepts;
    return std::all_of(types.begin(), types.end(), [&](ColumnType type) { return (accepted & types_of({type})) != 0; });
}

Fitted Subject::fit(const Frame& x, const Target* y, std::uint64_t seed) const {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr};
    if (info->make_combination) {
        return {nullptr, info->make_combination(params, learners)->fit(x, *y, context)};
    }
    if (info->make_learner_step) {
        return {info->make_learner_step(params, learners)->fit(x, y, context), nullptr};
    }
    if (info->make_model) {
        return {nullptr, info->make_model(params)->fit(x, *y, context)};
    }
    const auto named = info->named_expressions ? formulas_for(x) : std::vector<NamedExpression>{};
    return {info->make_step(params, named)->fit(x, y, context), nullptr};
}

std::unique_ptr<Fitted> Subject::grow(const Fitted& smaller, const Frame& x, const Target& y, std::uint64_t seed) const {
    FitContext context{.rng = Rng::of_seed(seed), .cancelled = nullptr};
    const auto model = info->make_combination ? info->make_combination(params, learners) : info->make_model(params);
    auto grown = model->grow(smaller.model(), x, y, context);
    return grown ? std::make_unique<Fitted>(nullptr, std::move(grown)) : nullptr;
}

Fitted Subject::read(const Bytes& bytes) const {
    std::unique_ptr<FittedStep> step = info->blank_step           ? info->blank_step()
                                       : info->blank_learner_step ? info->blank_learner_step(learners)
                                                                  : nullptr;
    std::unique_ptr<FittedModel> model = info->blank_model         ? info->blank_model()
                                         : info->blank_combination ? info->blank_combination(learners)
                                                                   : nullptr;
    Archive reader = Archive::reader(bytes);
    if (step) {
        step->archive(reader);
    } else {
        model->archive(reader);
    }
    if (!reader.at_end()) {
        throw std::logic_error("bytes are left over");
    }
    return {std::move(step), std::move(model)};
}

bool is_step(const ComponentInfo& info) { return info.make_step || info.make_learner_step; }
bool is_fitted(const ComponentInfo& info) { return is_step(info) || info.make_model || info.make_combination; }

bool is_fitted_in_steps(const ComponentInfo& info) {
    return std::any_of(info.params.begin(), info.params.end(), [](const ParamSpec& spec) { return spec.resource; });
}

bool is_network(const ComponentInfo& info) {
    return info.blank_model && dynamic_cast<const networks::FittedNetwork*>(info.blank_model().get()) != nullptr;
}

ParamValues base_params(const ComponentInfo& info) {
    ParamValues params = info.default_params();
    for (std::size_t p = 0; is_network(info) && p < params.size(); ++p) {
        const ParamSpec& spec = info.params[p];
        if (spec.resource) {
            params[p] = {std::int64_t{2}};
        } else if (spec.type == ParamType::Integer && !spec.search.empty()) {
            params[p] = {static_cast<std::int64_t>(spec.search.low)};
        }
    }
    return params;
}

std::vector<Subject> variations(const ComponentInfo& info) {
    std::vector<Subject> subjects{{.info = &info, .params = base_params(info), .learners = learners_for(info)}};
    for (std::size_t p = 0; p < info.params.size(); ++p) {
        if (is_network(info) && (info.params[p].resource || info.params[p].type == ParamType::Text)) {
            continue;  // the checks of growth train for other epochs, and a text is what a declaration becomes
        }
        for (const ParamValue& value : other_values(info.params[p], subjects.front().params[p])) {
            Subject subject = subjects.front();
            subject.params[p] = value;
            subjects.push_back(std::move(subject));
            if (is_network(info)) {
                break;  // one is dear to train
            }
        }
    }
    return subjects;
}

std::vector<Task> tasks_of(const ComponentInfo& info) {
    return info.tasks.empty() ? std::vector<Task>{Task::Binary, Task::Multiclass, Task::Regression} : info.tasks;
}

}  // namespace mlpc::conformance
