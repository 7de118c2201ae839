// How a gradient moves the weights: the update rules of torch.optim, with a state that can be copied and gone on from.
#pragma once

#include <nlohmann/json.hpp>

#include <memory>
#include <span>
#include <vector>

namespace mlpc::networks {

// What an optimiser keeps of one weight.
struct OptimiserSlot {
    std::int64_t steps = 0;
    std::vector<std::vector<float>> means;  // each as long as the weight
};

// One update rule.
class UpdateRule {
public:
    virtual ~UpdateRule() = default;
    virtual void update(std::span<float> weight, std::span<const float> gradient, double rate, OptimiserSlot&) const = 0;
};

// `part`: the PART "optimiser" of a described network.
std::unique_ptr<UpdateRule> make_update_rule(const nlohmann::json& part);

}  // namespace mlpc::networks
