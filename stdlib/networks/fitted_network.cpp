#include "stdlib/networks/fitted_network.h"

#include "stdlib/models/features.h"
#include "stdlib/networks/limits.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/stdlib.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::networks {

namespace {

// Rows whose cells are laid out at once.
constexpr std::size_t block_rows = 1024;
// Nothing that was trained nests deeper or has larger numbers in its description.
constexpr int deepest_nesting = 200;
constexpr double largest_number = 1 << 30;

const Json* find_layer(const Json& layers, std::uint32_t id) {
    for (const Json& layer : layers) {
        if (layer.value("id", std::uint32_t{0}) == id && layer.contains("layer")) {
            return &layer;
        }
        const auto chains = layer.find("chains");
        for (std::size_t i = 0; chains != layer.end() && i < chains->size(); ++i) {
            if (const Json* found = find_layer((*chains)[i], id)) {
                return found;
            }
        }
    }
    return nullptr;
}

bool has_small_numbers(const Json& json) {
    if (json.is_number()) {
        return std::abs(json.get<double>()) <= largest_number;
    }
    return !json.is_structured() || std::all_of(json.begin(), json.end(), has_small_numbers);
}

Json parsed_network(const std::string& text) {
    const auto is_shallow = [](int depth, Json::parse_event_t, Json&) {
        if (depth > deepest_nesting) {
            throw RunError("the saved network is nested too deeply");
        }
        return true;
    };
    Json network = Json::parse(text, is_shallow, /*allow_exceptions=*/false);
    if (network.is_discarded() || !network.is_object() || !has_small_numbers(network)) {
        throw RunError("the saved network has no description that can be read");
    }
    return network;
}

// Before a network of any size is made of what a file says.
void require_weights_of(const NetworkState& state, std::size_t bytes) {
    const Described described{.network = state.network, .out = shape_from_json(state.network.at("out"))};
    if (parameter_count(described, state.outputs()) > static_cast<std::int64_t>(bytes / sizeof(float))) {
        throw RunError("the saved network has fewer weights than its layers need");
    }
}

}  // namespace

std::string layer_name(const Json& network, std::uint32_t id) {
    const Json* layer = nullptr;
    for (const Json& input : network.at("inputs")) {
        layer = layer != nullptr ? layer : find_layer(input.at("layers"), id);
    }
    layer = layer != nullptr ? layer : find_layer(network.at("then"), id);
    return layer != nullptr && id != 0 ? "layer `" + layer->at("layer").get<std::string>() + "`" : "";
}

bool FittedNetwork::goes_on_to(const NetworkState& longer) const {
    Json own = state_.network, other = longer.network;
    const bool is_longer = own.at("train").at("epochs") <= other.at("train").at("epochs");
    own.at("train").erase("epochs");
    other.at("train").erase("epochs");
    return is_longer && own == other;
}

Prediction FittedNetwork::predict(const Frame& x) const {
    models::require_column_count(x, state_.component, state_.columns);
    const auto outputs = static_cast<std::size_t>(state_.outputs());
    std::vector<float> out(x.rows() * outputs);
    in_words(state_.component, state_.network, [&] {
        for (std::size_t begin = 0; begin < x.rows(); begin += block_rows) {
            RowIndex rows(std::min(block_rows, x.rows() - begin));
            std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(begin));
            std::vector<CellBlock> blocks;
            InputRows given{.rows = rows.size(), .inputs = {}};
            for (const NetworkInput& input : state_.inputs) {
                blocks.push_back(input.cells(x, rows, state_.component));
            }
            for (const CellBlock& block : blocks) {
                given.inputs.push_back(block.view());
            }
            trained_->predict(given, out.data() + begin * outputs);
        }
    });
    const auto rows = static_cast<Eigen::Index>(x.rows());
    if (!is_classification(state_.outcome.task)) {
        Vector values(rows);
        for (Eigen::Index row = 0; row < rows; ++row) {
            values[row] = state_.scale.mean + state_.scale.sd * static_cast<double>(out[static_cast<std::size_t>(row)]);
        }
        return state_.outcome.numbers(std::move(values));
    }
    Matrix probabilities(rows, static_cast<Eigen::Index>(outputs));
    for (Eigen::Index row = 0; row < rows; ++row) {
        double sum = 0;
        for (Eigen::Index k = 0; k < probabilities.cols(); ++k) {
            probabilities(row, k) = static_cast<double>(out[static_cast<std::size_t>(row) * outputs + static_cast<std::size_t>(k)]);
            sum += probabilities(row, k);
        }
        probabilities.row(row) /= sum;
    }
    return state_.outcome.classes_of(std::move(probabilities));
}

void NetworkState::archive(Archive& a) {
    std::string text = a.reading() ? "" : network.dump();
    auto column_count = static_cast<std::uint64_t>(columns);
    a.field("component", component);
    a.field("network", text);
    outcome.archive(a);
    a.field("mean", scale.mean);
    a.field("sd", scale.sd);
    a.field("columns", column_count);
    a.field("inputs", inputs);
    if (!a.reading()) {
        return;
    }
    columns = static_cast<std::size_t>(column_count);
    if (!std::isfinite(scale.mean) || !std::isfinite(scale.sd) || !(scale.sd > 0)) {
        throw RunError("the saved network does not say how its values are to be read");
    }
    network = parsed_network(text);
    pretrained::measured(network);  // refuses another file than the one that it was trained with
    std::vector<TensorShape> shapes;
    Json learned = network;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        shapes.push_back(inputs[i].shape());
        learned.at("inputs").at(i) = inputs[i].learned(network.at("inputs").at(i));
    }
    // A description that was changed is not what its own layers make of its inputs.
    if (network.at("inputs").size() != inputs.size() || described(learned, shapes, standard_library()).network != network) {
        throw RunError("the saved network is not what its layers make of its inputs");
    }
}

void FittedNetwork::archive(Archive& a) {
    try {
        state_.archive(a);
    } catch (const Json::exception&) {
        throw RunError("the saved network has no description that can be read");
    } catch (const NetworkError& error) {
        throw RunError(std::string("the saved network does not fit together: ") + error.what());
    }
    std::string weights = a.reading() ? "" : trained_->weights();
    a.field("weights", weights);
    if (!a.reading()) {
        return;
    }
    require_weights_of(state_, weights.size());
    in_words(state_.component, state_.network,
             [&] { trained_ = backend_of_().load(state_.network.dump(), state_.outputs(), is_classification(state_.outcome.task), weights); });
    can_go_on_ = false;
}

}  // namespace mlpc::networks
