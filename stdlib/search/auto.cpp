#include "stdlib/search/enumerate.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace mlpc {
namespace {

struct AutoParams {
    std::int64_t trials = 60;
};

const Schema<AutoParams>& auto_schema() {
    static const Schema<AutoParams> schema = {
        field(&AutoParams::trials, {.name = "trials", .doc = "How many points are tried; fewer where the space has fewer", .valid = {.low = 1}}),
    };
    return schema;
}

struct Pick {
    const char* method;
    std::string reason;
};

// As many trials as a Gaussian process still answers for within a fraction of a second, and dimensions that it tells apart with so few.
constexpr std::size_t most_trials_of_gp = 250, most_dimensions_of_gp = 20;
// Up to which, for several goals, `tpe` finds more of the front than `nsga2` and takes seconds for all its proposals (tests/bench/search_front.py).
constexpr std::size_t most_trials_of_front = 1'000;
// Trials a dimension that an evolution strategy needs before its covariance is worth something.
constexpr std::size_t least_trials_a_dimension = 50;

Pick pick_method(const SearchTask& task, std::size_t trials) {
    const std::vector<Dimension>& dimensions = task.space.dimensions;
    if (const auto points = points_of_small_space(task.space); points && points->size() <= trials) {
        return {"random", fmt::format("the space has {} points, no more than the {} trials, so that each is tried once", points->size(), trials)};
    }
    if (task.goals > 1) {
        const bool few = trials <= most_trials_of_front;
        return {few ? "tpe" : "nsga2",
                fmt::format("{} goals, of which no trial may be the best in all, and {} trials: {}", task.goals, trials,
                            few ? "few enough for the method that learns most from each" : "many, of which each is to take no time")};
    }
    const auto count = [&](auto&& holds) { return static_cast<std::size_t>(std::count_if(dimensions.begin(), dimensions.end(), holds)); };
    const std::size_t conditional = count([](const Dimension& d) { return !d.conditions.empty(); });
    if (conditional > 0) {
        return {"tpe", fmt::format("parameters that exist only under a choice: {} of {}", conditional, dimensions.size())};
    }
    const std::size_t choices = count([](const Dimension& d) { return d.kind == Dimension::Kind::Choice; });
    if (2 * choices > dimensions.size()) {
        return {"tpe", fmt::format("parameters that are choices without an order: {} of {}", choices, dimensions.size())};
    }
    const std::string parameters = fmt::format("{} parameter{}", dimensions.size(), dimensions.size() == 1 ? "" : "s");
    if (trials <= most_trials_of_gp && dimensions.size() <= most_dimensions_of_gp) {
        return {"gp", fmt::format("{} and {} trials: few enough for the method that learns most from each", parameters, trials)};
    }
    if (choices == 0 && task.result_constraints == 0 && trials >= least_trials_a_dimension * dimensions.size()) {
        return {"cma_es", fmt::format("{}, all numbers, and {} trials", parameters, trials)};
    }
    return {"tpe", fmt::format("{} and {} trials: too many for a Gaussian process, too few for an evolution strategy or not all numbers", parameters,
                               trials)};
}

// The method that was picked, under its own name in the report.
class PickedSearcher final : public TrialSearcher {
public:
    PickedSearcher(std::unique_ptr<TrialSearcher> method, std::string remark) : method_(std::move(method)), remark_(std::move(remark)) {}

    std::optional<Assignment> propose(std::uint64_t trial) override { return method_->propose(trial); }
    void learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) override { method_->learn(trial, point, outcome); }
    std::optional<std::uint64_t> planned_trials() const override { return method_->planned_trials(); }
    bool adaptive() const override { return method_->adaptive(); }
    std::string remark() const override {
        const std::string own = method_->remark();
        return own.empty() ? remark_ : fmt::format("{}; {}", remark_, own);
    }

private:
    std::unique_ptr<TrialSearcher> method_;
    std::string remark_;
};

std::unique_ptr<Searcher> make_auto(const AutoParams& params, const SearchTask& task) {
    const Pick pick = pick_method(task, static_cast<std::size_t>(params.trials));
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, pick.method);
    ParamValues values = info.default_params();
    values.at(info.find_param("trials")) = {params.trials};
    std::unique_ptr<Searcher> searcher = info.make_searcher(values, task);
    auto* method = dynamic_cast<TrialSearcher*>(searcher.get());
    assert(method != nullptr && "every method that is picked evaluates whole trials");
    static_cast<void>(searcher.release());
    return std::make_unique<PickedSearcher>(std::unique_ptr<TrialSearcher>(method), fmt::format("`auto` took `{}`: {}", pick.method, pick.reason));
}

}  // namespace

void add_auto(Catalog& catalog) {
    ComponentInfo info;
    info.name = "auto";
    info.kind = ComponentKind::Searcher;
    info.summary = "Picks a method by the space, the number of trials and the goals, and says in the report which one and why";
    info.example = "method auto(trials: 60)";
    info.params = specs_of(auto_schema());
    info.many_goals = true;
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_auto(read_params(auto_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
