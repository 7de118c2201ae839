// What is changed at random in the rows that a network is trained on, and never in those that it is asked about.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <vector>

namespace mlpc::networks {

// Of images, where they enter the network.
class ImageAugmentation {
public:
    // Those of the PARTs "augment" that are for images.
    explicit ImageAugmentation(const nlohmann::json& parts);
    bool empty() const { return changes_.empty(); }
    // [n, channels, height, width], each row by numbers of its own.
    at::Tensor changed(at::Tensor images, const at::Generator&) const;

private:
    using Change = std::function<at::Tensor(const at::Tensor&, const at::Generator&)>;
    std::vector<Change> changes_;
};

// Of the rows of a batch: noise on their numbers, and means of two rows in place of rows.
class RowAugmentation {
public:
    explicit RowAugmentation(const nlohmann::json& parts);
    // Throws BackendError where codes would have to be mixed.
    struct Mixed {
        double share = 1;    // of each row's own truth
        at::Tensor partner;  // position of the other row; undefined where nothing is mixed
    };
    Mixed change(std::vector<at::Tensor>& inputs, const at::Generator&) const;

private:
    double noise_ = 0, mixup_ = 0;
};

}  // namespace mlpc::networks
