#include "stdlib/networks/build_network.h"

namespace mlpc::networks {

Json layer(const std::string& name, Json params, std::vector<Json> chains) {
    return {{"layer", name}, {"id", 0}, {"params", std::move(params)}, {"chains", std::move(chains)}};
}
Json part(const std::string& name, Json params) { return {{"part", name}, {"params", std::move(params)}}; }

Json input_of_columns(const std::vector<std::string>& names, Json layers) {
    return {{"select", {{"names", names}}}, {"except", Json::array()}, {"layers", std::move(layers)}};
}
Json input_of_all(Json layers) { return {{"select", nullptr}, {"except", Json::array()}, {"layers", std::move(layers)}}; }

Json network(std::vector<Json> inputs, Json then, const TrainingPlan& plan) {
    const Json none;
    const Json train = {{"optimiser", plan.optimiser},
                        {"epochs", plan.epochs},
                        {"batch", plan.batch},
                        {"stop_early", plan.stop_early ? Json(*plan.stop_early) : none},
                        {"hold", plan.hold},
                        {"schedule", plan.schedule.value_or(none)},
                        {"clip", plan.clip ? Json(*plan.clip) : none},
                        {"loss", none},
                        {"class_weight", plan.balanced ? "balanced" : "none"},
                        {"augment", plan.augment},
                        {"most_parameters", none},
                        {"most_memory", none}};
    return {{"inputs", std::move(inputs)}, {"then", std::move(then)}, {"train", train}};
}

}  // namespace mlpc::networks
