// What training makes small.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <nlohmann/json.hpp>

namespace mlpc::networks {

enum class Truths { Classes, Values };

class Loss {
public:
    // `part`: the PART "loss" of a described network; null: cross entropy of classes, squared error of values. Throws BackendError where it
    // is for the other kind of truth.
    Loss(const nlohmann::json& part, Truths);
    // Of each row. `outputs`: rows × outputs before any softmax; `truth`: classes as int64, or values as float.
    at::Tensor of_rows(const at::Tensor& outputs, const at::Tensor& truth) const;

private:
    std::string name_;
    double param_ = 0;  // smoothing, gamma or delta
};

}  // namespace mlpc::networks
