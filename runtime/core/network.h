// Networks as data: what a file says between the braces of `network`, under the values that a search gives its parameters; and what
// comes out of each layer.
//
//   NETWORK = {"inputs": [INPUT…], "then": [LAYER…], "train": TRAIN}
//   INPUT   = {"select": null | {"type": NAME} | {"names": [NAME…]} | {"pattern": RE}, "except": [NAME…], "layers": [LAYER…]}
//   LAYER   = {"layer": NAME, "id": N, "params": {NAME: VALUE…}, "chains": [[LAYER…]…]}
//           | {"choose": VALUE, "names": [TEXT…], "options": [[LAYER…]…]}   the option whose name VALUE is
//           | {"repeat": VALUE, "layers": [LAYER…]}                         so many times the same
//           | {"repeat": VALUE, "variants": [[LAYER…]…]}                    the first so many
//   PART    = {"part": NAME, "params": {NAME: VALUE…}} | {"choose": VALUE, "names": [TEXT…], "options": [PART…]}
//   TRAIN   = {"optimiser": PART, "epochs": VALUE, "batch": VALUE, "stop_early": VALUE | null, "hold": VALUE, "schedule": PART | null,
//              "clip": VALUE | null, "loss": PART | null, "class_weight": VALUE, "augment": [PART…], "most_parameters": VALUE | null,
//              "most_memory": VALUE | null}
//   VALUE   = a constant | {"$": i}, the i-th parameter of the model
// A resolved network has no VALUE but constants, and neither `choose` nor `repeat`. A described one has besides, in every INPUT and LAYER,
// "in": {"kind": …, "extents": […]}, in every LAYER and in itself "out", and in every LAYER "parameters"; one that is trained has in every
// INPUT of categories "levels": [N…], how many each column has.
#pragma once

#include "runtime/core/component.h"
#include "runtime/core/tensor_shape.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace mlpc::networks {

using Json = nlohmann::json;

// A layer that does not fit what comes in, or a part that no catalog has.
class NetworkError : public std::runtime_error {
public:
    NetworkError(std::uint32_t layer, const std::string& what) : std::runtime_error(what), layer_(layer) {}
    std::uint32_t layer() const { return layer_; }  // its "id"

private:
    std::uint32_t layer_;
};

Json to_json(const ParamValue&);
// The values of a component's parameters, by position, those that are left out by default. Throws NetworkError where one is of another type,
// out of range or unknown.
ParamValues params_of(const ComponentInfo&, const Json& params, std::uint32_t layer);

Json shape_to_json(const TensorShape&);
TensorShape shape_from_json(const Json&);

// The network under these values of the model's parameters.
Json resolved(const Json& network, const ParamValues& values);

// Fills in "in", "out", "parameters" and every default of a resolved network that is given `inputs`, one an input, and gives what comes out
// behind the last layer: 'numbers', to which the head is added. Throws NetworkError.
struct Described {
    Json network;
    TensorShape out;
    std::int64_t parameters = 0;  // of all layers, without the head; TensorShape::unknown where they are
    std::int64_t cells = 0;       // that all layers give for one row
};
Described described(const Json& resolved, const std::vector<TensorShape>& inputs, const Catalog&);

}  // namespace mlpc::networks
