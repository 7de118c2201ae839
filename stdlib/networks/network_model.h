// A network as a model: from rows of a frame to what libtorch trains and back.
#pragma once

#include "runtime/core/network.h"
#include "stdlib/networks/backend.h"

#include <memory>
#include <string>

namespace mlpc::networks {

// Where networks are trained; tests give one of their own.
using BackendOf = Backend& (*)();

// `component`: the name that messages call it by.
std::unique_ptr<Model> make_network_model(Json resolved, std::string component, BackendOf = backend);
// A state to read an archived one into.
std::unique_ptr<FittedModel> blank_network_model(BackendOf = backend);

}  // namespace mlpc::networks
