// A component with parameters, as the checks see it: steps and models alike are fitted, applied and archived.
#pragma once

#include "runtime/core/component.h"
#include "tests/conformance/probe.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc::conformance {

using Bytes = std::vector<std::byte>;

class Fitted {
public:
    Fitted(std::unique_ptr<FittedStep> step, std::unique_ptr<FittedModel> model) : step_(std::move(step)), model_(std::move(model)) {}
    // A model's prediction stands as columns: the probability of each class, or the value.
    Frame apply(const Frame& x) const;
    Bytes bytes() const;
    // Null where this fit does not hold the answer.
    std::unique_ptr<Fitted> restricted(const ParamValue&) const;
    const FittedModel& model() const { return *model_; }

private:
    std::unique_ptr<FittedStep> step_;
    std::unique_ptr<FittedModel> model_;
};

struct Subject {
    const ComponentInfo* info = nullptr;
    ParamValues params;
    Learners learners = {};  // where it takes models as arguments

    std::string name() const;  // "scale(method: robust)"
    Effect effect() const;
    bool accepts(Family) const;
    Gaps gaps() const { return info->takes_missing && learners.empty() ? Gaps::Some : Gaps::None; }
    Fitted fit(const Frame& x, const Target* y, std::uint64_t seed = 1) const;
    // A model that goes on from a state of a smaller resource; null where that state does not tell enough.
    std::unique_ptr<Fitted> grow(const Fitted& smaller, const Frame& x, const Target& y, std::uint64_t seed = 1) const;
    // What the same component reads back from `bytes`. Throws RunError.
    Fitted read(const Bytes&) const;
    // The target where the declared effect is given one.
    const Target* target_of(const Target& y) const { return effect() == Effect::Supervised ? &y : nullptr; }
};

// Whether it is fitted: a step or a model, of its own or made of others.
bool is_fitted(const ComponentInfo&);
bool is_step(const ComponentInfo&);
// Whether libtorch trains it.
bool is_network(const ComponentInfo&);
// Fitted in trees, rounds or epochs: what takes long to check with every family and task for each value of its parameters.
bool is_fitted_in_steps(const ComponentInfo&);
// The parameters of which one at a time is changed: the defaults, but for fewer epochs and the least sizes of a network.
ParamValues base_params(const ComponentInfo&);
// The component with these, and with each parameter changed by itself: every word, both truths, both ends of its search space.
std::vector<Subject> variations(const ComponentInfo&);
// The tasks on which a component can be tried.
std::vector<Task> tasks_of(const ComponentInfo&);

}  // namespace mlpc::conformance
