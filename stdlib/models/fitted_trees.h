// The fitted state of one tree or a forest of them: means over the trees of class shares or of values.
#pragma once

#include "stdlib/models/outcome.h"
#include "stdlib/models/tree.h"

namespace mlpc::models {

class FittedTrees final : public FittedModel {
public:
    explicit FittedTrees(std::string name) : name_(std::move(name)) {}
    FittedTrees(std::string name, OutcomeSchema outcome, std::size_t columns, std::vector<Tree> trees)
        : name_(std::move(name)), outcome_(std::move(outcome)), columns_(columns), trees_(std::move(trees)) {}

    Prediction predict(const Frame& x) const override;
    void archive(Archive&) override;

private:
    std::string name_;
    OutcomeSchema outcome_;
    std::uint64_t columns_ = 0;
    std::vector<Tree> trees_;
};

}  // namespace mlpc::models
