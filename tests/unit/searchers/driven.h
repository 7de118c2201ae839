// Spaces, and searches of them by ask and tell, for tests of searchers.
#pragma once

#include "runtime/core/component.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace mlpc::driven {

Dimension real(std::string name, double low, double high, Dimension::Prior = Dimension::Prior::Uniform);
Dimension integer(std::string name, double low, double high, Dimension::Prior = Dimension::Prior::Uniform, std::vector<Condition> = {});
Dimension choice(std::string name, std::size_t count, std::vector<Condition> = {});
SearchSpace cube(std::size_t dimensions, double low, double high);
// Every kind and prior there is, two branches, and a constraint on two of the dimensions.
SearchSpace mixed_space();

using Given = std::vector<std::pair<std::string, ParamValue>>;
std::unique_ptr<Searcher> searcher(const std::string& name, const Given&, SearchTask);

struct Course {
    std::vector<Assignment> points;
    std::vector<Outcome> outcomes;
    double best() const;
};
// As the trial loop does: `batch` evaluations are under way, and told in order. Up to so many evaluations.
Course run(Searcher&, const std::function<Outcome(const Assignment&)>&, std::size_t evaluations, std::size_t batch = 1);
Outcome value(double);
Outcome failure();

}  // namespace mlpc::driven
