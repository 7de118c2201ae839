#include "stdlib/networks/limits.h"

#include "runtime/core/beyond_limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::networks {

namespace {

constexpr double bytes_a_number = 4;

// A table of an embedding has a row for each level and one for those that were never seen.
std::int64_t embedding_parameters(const Json& layer, const Json& levels) {
    std::int64_t rows = 0;
    for (const Json& count : levels) {
        rows += count.get<std::int64_t>() + 1;
    }
    return rows * layer.at("params").at("size").get<std::int64_t>();
}

std::int64_t count_of(const Json& layers, const Json& levels) {
    std::int64_t count = 0;
    for (const Json& layer : layers) {
        const auto own = layer.at("parameters").get<std::int64_t>();
        const bool by_levels = own == TensorShape::unknown && layer.at("layer") == "embedding" && layer.at("in").at("kind") == "codes";
        count += by_levels ? embedding_parameters(layer, levels) : std::max<std::int64_t>(0, own);
        for (const Json& chain : layer.at("chains")) {
            count += count_of(chain, levels);
        }
    }
    return count;
}

// Numbers that the optimiser keeps of every parameter.
int optimiser_slots(const Json& optimiser) {
    const auto name = optimiser.at("part").get<std::string>();
    const Json& params = optimiser.at("params");
    const bool has_momentum = params.contains("momentum") && params.at("momentum").get<double>() > 0;
    if (name == "sgd") {
        return has_momentum ? 1 : 0;
    }
    if (name == "rmsprop") {
        return has_momentum ? 2 : 1;
    }
    return params.value("amsgrad", false) ? 3 : 2;
}

std::string size_text(double bytes) { return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9); }

}  // namespace

std::int64_t parameter_count(const Described& described, std::int64_t outputs) {
    static const Json no_levels = Json::array();
    std::int64_t count = (described.out.extents.front() + 1) * outputs + count_of(described.network.at("then"), no_levels);
    for (const Json& input : described.network.at("inputs")) {
        const auto levels = input.find("levels");
        count += count_of(input.at("layers"), levels == input.end() ? no_levels : *levels);
    }
    return count;
}

double memory_estimate(const Described& described, std::int64_t outputs) {
    const Json& train = described.network.at("train");
    const auto parameters = static_cast<double>(parameter_count(described, outputs));
    const auto cells = static_cast<double>(described.cells + outputs);
    const auto batch = train.at("batch").get<double>();
    return bytes_a_number * (parameters * (2 + optimiser_slots(train.at("optimiser"))) + cells * batch * 2);
}

void require_limits(const Described& described, std::int64_t outputs, const std::string& model) {
    const Json& train = described.network.at("train");
    const Json &most_parameters = train.at("most_parameters"), &most_memory = train.at("most_memory");
    if (most_parameters.is_number()) {
        const std::int64_t count = parameter_count(described, outputs);
        if (static_cast<double>(count) > most_parameters.get<double>()) {
            throw BeyondLimits(fmt::format("`{}` would have {} parameters, and `most parameters` allows {}: fewer or narrower layers have less",
                                           model, count, most_parameters.get<std::int64_t>()));
        }
    }
    if (most_memory.is_number()) {
        const double bytes = memory_estimate(described, outputs);
        if (bytes > most_memory.get<double>()) {
            throw BeyondLimits(
                fmt::format("training `{}` would take about {}, and `most memory` allows {}: a smaller `batch`, or fewer or narrower layers "
                            "take less",
                            model, size_text(bytes), size_text(most_memory.get<double>())));
        }
    }
}

}  // namespace mlpc::networks
