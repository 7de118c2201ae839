#include "stdlib/networks/network_model.h"

#include "runtime/core/error.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/networks/fitted_network.h"
#include "stdlib/networks/held_rows.h"
#include "stdlib/networks/limits.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::networks {

namespace {

// What a batch of training is told of its rows.
struct RowTruth {
    std::vector<std::int64_t> classes;
    std::vector<float> values;
    std::vector<float> weights;  // empty: every row weighs 1

    Truth view() const {
        return {.classes = classes.empty() ? nullptr : classes.data(),
                .values = values.empty() ? nullptr : values.data(),
                .weights = weights.empty() ? nullptr : weights.data()};
    }
};

RowTruth truth_of(const Target& y, const Vector& weights, const RowIndex& rows, const Scale& scale) {
    RowTruth truth;
    const bool all_alike = (weights.array() == 1.0).all();
    for (const std::uint32_t row : rows) {
        if (is_classification(y.task)) {
            truth.classes.push_back(y.labels[row]);
        } else {
            truth.values.push_back(static_cast<float>((y.values[row] - scale.mean) / scale.sd));
        }
        if (!all_alike) {
            truth.weights.push_back(static_cast<float>(weights[row]));
        }
    }
    return truth;
}

// Of the rows that are fitted, by their weights.
Scale scale_of(const Target& y, const Vector& weights, const RowIndex& rows) {
    double sum = 0, total = 0, squares = 0;
    for (const std::uint32_t row : rows) {
        sum += weights[row] * y.values[row];
        total += weights[row];
    }
    const double mean = sum / total;
    for (const std::uint32_t row : rows) {
        squares += weights[row] * (y.values[row] - mean) * (y.values[row] - mean);
    }
    const double sd = std::sqrt(squares / total);
    return {.mean = mean, .sd = sd > 0 && std::isfinite(sd) ? sd : 1};
}

struct CellsOfRows {
    CellsOfRows(const std::vector<NetworkInput>& network_inputs, const Frame& x, const RowIndex& rows, const std::string& model)
        : count(rows.size()) {
        if (rows.empty()) {
            return;
        }
        for (const NetworkInput& input : network_inputs) {
            blocks.push_back(input.cells(x, rows, model));
        }
    }
    InputRows view() const {
        InputRows views{.rows = count, .inputs = {}};
        for (const CellBlock& block : blocks) {
            views.inputs.push_back(block.view());
        }
        return views;
    }
    std::size_t count;
    std::vector<CellBlock> blocks;
};

class NetworkModel final : public Model {
public:
    NetworkModel(Json network, std::string component, BackendOf backend_of)
        : network_(std::move(network)), component_(std::move(component)), backend_of_(backend_of) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return trained(x, y, context, nullptr); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* smaller = dynamic_cast<const FittedNetwork*>(&state);
        return smaller != nullptr && smaller->can_go_on() ? trained(x, y, context, smaller) : nullptr;
    }

private:
    const Json& setting(const char* name) const { return network_.at("train").at(name); }

    Vector weights_of(const Target& y) const {
        const bool balanced = is_classification(y.task) && setting("class_weight") == "balanced";
        return models::balanced_row_weights(y, balanced ? models::ClassWeight::Balanced : models::ClassWeight::None, component_);
    }
    HeldRows parts_of(const Target& y, const Vector& weights, const FitContext& context) const {
        return setting("stop_early").is_null() ? none_held(weights) : held_rows(y, weights, setting("hold").get<double>(), context, component_);
    }

    // The network as these rows make it: what was learned of its inputs, shapes, parameters.
    static Described description(Json network, const std::vector<NetworkInput>& inputs) {
        std::vector<TensorShape> shapes;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            network["inputs"][i] = inputs[i].learned(network.at("inputs")[i]);
            shapes.push_back(inputs[i].shape());
        }
        return described(network, shapes, standard_library());
    }

    std::unique_ptr<FittedModel> trained(const Frame& x, const Target& y, FitContext& context, const FittedNetwork* smaller) const {
        return in_words(component_, network_, [&]() -> std::unique_ptr<FittedModel> {
            const Vector weights = weights_of(y);
            const HeldRows parts = parts_of(y, weights, context);
            const Frame fitted_rows = x.take(parts.fitted);
            NetworkState state{.component = component_, .outcome = models::OutcomeSchema::of(y), .columns = x.columns()};
            if (!is_classification(y.task)) {
                state.scale = scale_of(y, weights, parts.fitted);
            }
            const Json measured = pretrained::measured(network_);
            for (const Json& input : measured.at("inputs")) {
                state.inputs.emplace_back(input, fitted_rows, component_);
            }
            const Described network = description(measured, state.inputs);
            require_limits(network, state.outputs(), component_);
            state.network = network.network;
            if (smaller != nullptr && !smaller->goes_on_to(state)) {
                return nullptr;
            }
            const CellsOfRows fitted(state.inputs, x, parts.fitted, component_), held(state.inputs, x, parts.held, component_);
            const RowTruth fitted_truth = truth_of(y, weights, parts.fitted, state.scale), held_truth = truth_of(y, weights, parts.held, state.scale);
            context.check_cancelled();
            const TrainingJob job{.network = state.network.dump(),
                                  .outputs = state.outputs(),
                                  .fitted = fitted.view(),
                                  .truth = fitted_truth.view(),
                                  .held = held.view(),
                                  .held_truth = held_truth.view(),
                                  .seed = context.rng.child("network").bits(),
                                  .earlier = smaller != nullptr ? &smaller->network() : nullptr,
                                  .cancelled = context.cancelled,
                                  .epoch_ended = context.epoch_ended,
                                  .checkpoint = context.checkpoint};
            std::shared_ptr<const TrainedNetwork> network_with_weights = backend_of_().train(job);
            return std::make_unique<FittedNetwork>(std::move(state), std::move(network_with_weights));
        });
    }

    Json network_;
    std::string component_;
    BackendOf backend_of_;
};

}  // namespace

std::unique_ptr<Model> make_network_model(Json resolved, std::string component, BackendOf backend_of) {
    return std::make_unique<NetworkModel>(std::move(resolved), std::move(component), backend_of);
}

std::unique_ptr<FittedModel> blank_network_model(BackendOf backend_of) { return std::make_unique<FittedNetwork>(backend_of); }

}  // namespace mlpc::networks
