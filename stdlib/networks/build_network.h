// The JSON of runtime/core/network.h for networks that the library makes itself, and their tests.
#pragma once

#include "runtime/core/network.h"

namespace mlpc::networks {

// A LAYER. Parameters that are left out take their defaults.
Json layer(const std::string& name, Json params = Json::object(), std::vector<Json> chains = {});
// A PART of TRAIN.
Json part(const std::string& name, Json params = Json::object());

// An INPUT of the columns of these names, or of all columns.
Json input_of_columns(const std::vector<std::string>& names, Json layers = Json::array());
Json input_of_all(Json layers = Json::array());

// The TRAIN of a network: what is not given is off.
struct TrainingPlan {
    Json optimiser;
    std::int64_t epochs = 30, batch = 64;
    std::optional<std::int64_t> stop_early = {};
    double hold = 0.1;  // share of the rows held back for it
    std::optional<Json> schedule = {};
    std::optional<double> clip = {};
    bool balanced = false;  // classes weigh alike
    std::vector<Json> augment = {};
};
Json network(std::vector<Json> inputs, Json then, const TrainingPlan&);

}  // namespace mlpc::networks
