// Sources that the module of networks opens.
#pragma once

#include "stdlib/pretrained/pretrained.h"

namespace mlpc::pretrained {

// The network of such a format in that file, under the values of the component's parameters. Throws RunError.
std::shared_ptr<const RowEncoder> module_encoder(const ComponentInfo& format, const std::string& path, const ParamValues&);

// Parameters of formats that take numbers: what is said of a row, and of the layer whose numbers are taken.
struct NumbersParams {
    std::string path, network;
    std::vector<ParamValue> input;
    double divide = 1;
    std::vector<ParamValue> mean, sd;
    std::string features_at;
};
// All but the file and the network.
const Schema<NumbersParams>& input_schema();

}  // namespace mlpc::pretrained
