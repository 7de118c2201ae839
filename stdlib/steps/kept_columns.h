// A fitted step that keeps some of its columns and drops the others.
#pragma once

#include "runtime/core/component.h"

namespace mlpc::steps {

class FittedKeptColumns final : public FittedStep {
public:
    explicit FittedKeptColumns(std::string component) : component_(std::move(component)) {}
    // `kept`: positions in the columns of fit, ascending.
    FittedKeptColumns(std::string component, std::vector<std::string> names, std::vector<std::uint32_t> kept)
        : component_(std::move(component)), names_(std::move(names)), kept_(std::move(kept)) {}

    Frame apply(const Frame& x) const override;
    void archive(Archive&) override;

private:
    std::string component_;
    std::vector<std::string> names_;
    std::vector<std::uint32_t> kept_;
};

// How much a learner fitted on these columns says that each counts. Throws RunError where it does not say.
std::vector<double> importances_of(const Learner&, const Frame& x, const Target& y, const FitContext&, Rng, std::string_view component);

}  // namespace mlpc::steps
