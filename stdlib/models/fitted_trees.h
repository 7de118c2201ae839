// The fitted state of one tree or a forest of them: means over the trees of class shares or of values.
#pragma once

#include "stdlib/models/outcome.h"
#include "stdlib/models/tree.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mlpc::models {

class FittedTrees final : public FittedModel {
public:
    explicit FittedTrees(std::string name) : name_(std::move(name)) {}
    FittedTrees(std::string name, OutcomeSchema outcome, std::size_t columns, std::vector<Tree> trees)
        : name_(std::move(name)), outcome_(std::move(outcome)), columns_(columns), used_(trees.size()) {
        trees_ = std::make_shared<const std::vector<Tree>>(std::move(trees));
    }

    Prediction predict(const Frame& x) const override;
    void archive(Archive&) override;
    // To so many trees, the first ones.
    std::unique_ptr<FittedModel> restricted(const ParamValue& trees) const override;
    std::vector<double> importances() const override;
    std::span<const Tree> trees() const { return std::span(*trees_).first(used_); }

private:
    std::string name_;
    OutcomeSchema outcome_;
    std::uint64_t columns_ = 0;
    std::shared_ptr<const std::vector<Tree>> trees_;
    std::size_t used_ = 0;
};

}  // namespace mlpc::models
