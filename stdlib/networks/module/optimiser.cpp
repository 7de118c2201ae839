#include "stdlib/networks/module/optimiser.h"

#include "stdlib/networks/backend.h"

#include <algorithm>
#include <cmath>

namespace mlpc::networks {

namespace {

// The running mean that is the slot's `at`-th, zeros at first.
std::span<float> mean_of(OptimiserSlot& slot, std::size_t at, std::size_t cells) {
    if (slot.means.size() <= at) {
        slot.means.resize(at + 1, std::vector<float>(cells, 0.0F));
    }
    return slot.means[at];
}

class Sgd final : public UpdateRule {
public:
    explicit Sgd(const nlohmann::json& params)
        : momentum_(params.at("momentum")), nesterov_(params.at("nesterov")), decay_(params.at("weight_decay")) {}
    void update(std::span<float> weight, std::span<const float> gradient, double rate, OptimiserSlot& slot) const override {
        const auto step = static_cast<float>(rate);
        const bool first = slot.steps++ == 0;
        if (momentum_ == 0) {
            for (std::size_t i = 0; i < weight.size(); ++i) {
                weight[i] -= step * (gradient[i] + decay_ * weight[i]);
            }
            return;
        }
        const std::span<float> velocity = mean_of(slot, 0, weight.size());
        for (std::size_t i = 0; i < weight.size(); ++i) {
            const float slope = gradient[i] + decay_ * weight[i];
            velocity[i] = first ? slope : momentum_ * velocity[i] + slope;
            weight[i] -= step * (nesterov_ ? slope + momentum_ * velocity[i] : velocity[i]);
        }
    }

private:
    float momentum_;
    bool nesterov_;
    float decay_;
};

enum class Decay { OfGradient, OfWeight };

class Adam final : public UpdateRule {
public:
    Adam(const nlohmann::json& params, Decay kind)
        : beta1_(params.at("beta1")),
          beta2_(params.at("beta2")),
          epsilon_(params.at("epsilon")),
          decay_(params.at("weight_decay")),
          amsgrad_(params.at("amsgrad")),
          kind_(kind) {}
    void update(std::span<float> weight, std::span<const float> gradient, double rate, OptimiserSlot& slot) const override {
        const auto steps = static_cast<double>(++slot.steps);
        const auto step = static_cast<float>(rate / (1 - std::pow(beta1_, steps)));
        const auto root = static_cast<float>(1 / std::sqrt(1 - std::pow(beta2_, steps)));
        const auto kept = kind_ == Decay::OfWeight ? static_cast<float>(1 - rate * decay_) : 1.0F;
        const auto pull = kind_ == Decay::OfGradient ? static_cast<float>(decay_) : 0.0F;
        const auto beta1 = static_cast<float>(beta1_), new1 = static_cast<float>(1 - beta1_);
        const auto beta2 = static_cast<float>(beta2_), new2 = static_cast<float>(1 - beta2_), epsilon = static_cast<float>(epsilon_);
        // Asked for before the first is held: a new one may move them.
        mean_of(slot, amsgrad_ ? 2 : 1, weight.size());
        float *mean = slot.means[0].data(), *square = slot.means[1].data(), *largest = slot.means[amsgrad_ ? 2 : 1].data();
        for (std::size_t i = 0; i < weight.size(); ++i) {
            const float before = kept * weight[i], slope = gradient[i] + pull * weight[i];
            mean[i] = beta1 * mean[i] + new1 * slope;
            square[i] = beta2 * square[i] + new2 * slope * slope;
            largest[i] = std::max(largest[i], square[i]);
            weight[i] = before - step * (mean[i] / (std::sqrt(amsgrad_ ? largest[i] : square[i]) * root + epsilon));
        }
    }

private:
    double beta1_, beta2_, epsilon_, decay_;
    bool amsgrad_;
    Decay kind_;
};

class RmsProp final : public UpdateRule {
public:
    explicit RmsProp(const nlohmann::json& params)
        : alpha_(params.at("alpha")), momentum_(params.at("momentum")), epsilon_(params.at("epsilon")), decay_(params.at("weight_decay")) {}
    void update(std::span<float> weight, std::span<const float> gradient, double rate, OptimiserSlot& slot) const override {
        const auto step = static_cast<float>(rate), alpha = static_cast<float>(alpha_), fresh = static_cast<float>(1 - alpha_);
        mean_of(slot, 1, weight.size());
        float *square = slot.means[0].data(), *velocity = slot.means[1].data();
        for (std::size_t i = 0; i < weight.size(); ++i) {
            const float slope = gradient[i] + decay_ * weight[i];
            square[i] = alpha * square[i] + fresh * slope * slope;
            velocity[i] = momentum_ * velocity[i] + slope / (std::sqrt(square[i]) + epsilon_);
            weight[i] -= step * velocity[i];
        }
        ++slot.steps;
    }

private:
    double alpha_;
    float momentum_, epsilon_, decay_;
};

}  // namespace

std::unique_ptr<UpdateRule> make_update_rule(const nlohmann::json& part) {
    const auto name = part.at("part").get<std::string>();
    const nlohmann::json& params = part.at("params");
    if (name == "sgd") {
        return std::make_unique<Sgd>(params);
    }
    if (name == "adam") {
        return std::make_unique<Adam>(params, Decay::OfGradient);
    }
    if (name == "adamw") {
        return std::make_unique<Adam>(params, Decay::OfWeight);
    }
    if (name == "rmsprop") {
        return std::make_unique<RmsProp>(params);
    }
    throw BackendError("the library of networks knows no optimiser `" + name + "`: it was built for another version of mlpc");
}

}  // namespace mlpc::networks
