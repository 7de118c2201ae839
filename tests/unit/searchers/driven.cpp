#include "tests/unit/searchers/driven.h"

#include "stdlib/stdlib.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <stdexcept>

namespace mlpc::driven {

Dimension real(std::string name, double low, double high, Dimension::Prior prior) {
    return {.name = std::move(name), .kind = Dimension::Kind::Real, .prior = prior, .low = low, .high = high};
}
Dimension integer(std::string name, double low, double high, Dimension::Prior prior, std::vector<Condition> conditions) {
    return {.name = std::move(name), .kind = Dimension::Kind::Integer, .prior = prior, .low = low, .high = high, .conditions = std::move(conditions)};
}
Dimension choice(std::string name, std::size_t count, std::vector<Condition> conditions) {
    Dimension d{.name = std::move(name), .kind = Dimension::Kind::Choice, .conditions = std::move(conditions)};
    for (std::size_t i = 0; i < count; ++i) {
        d.choices.push_back({Word{"w" + std::to_string(i)}});
    }
    return d;
}
SearchSpace cube(std::size_t dimensions, double low, double high) {
    SearchSpace space;
    for (std::size_t d = 0; d < dimensions; ++d) {
        space.dimensions.push_back(real("x" + std::to_string(d), low, high));
    }
    return space;
}

SearchSpace mixed_space() {
    using Prior = Dimension::Prior;
    SearchSpace space;
    space.dimensions = {choice("model", 2), integer("depth", 1, 9, Prior::Uniform, {{{0}, {0}}}), real("rate", 1e-4, 1, Prior::LogUniform),
                        integer("trees", 1, 1000, Prior::LogUniform), choice("kernel", 3, {{{0}, {1}}})};
    Dimension ordered = choice("size", 4);
    ordered.kind = Dimension::Kind::Ordered;
    Dimension stepped = real("share", 0, 1);
    stepped.step = 0.25;
    Dimension unbounded = real("shift", 0, 0, Prior::Normal);
    unbounded.mean = 2;
    unbounded.sd = 3;
    Dimension positive = real("scale", 0, 0, Prior::LogNormal);
    space.dimensions.insert(space.dimensions.end(), {ordered, stepped, unbounded, positive});
    Expression rate, bound, at_most;
    rate.op = Expression::Op::ColumnRef;
    rate.text = "rate";
    bound.number = 0.5;
    at_most.op = Expression::Op::LessEqual;
    at_most.operands = {rate, bound};
    space.constraints = {at_most};
    return space;
}

std::unique_ptr<Searcher> searcher(const std::string& name, const Given& given, SearchTask task) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, name);
    ParamValues values = info.default_params();
    for (const auto& [param, value] : given) {
        values.at(info.find_param(param)) = value;
    }
    return info.make_searcher(values, task);
}

double Course::best() const {
    double best = std::numeric_limits<double>::infinity();
    for (const Outcome& outcome : outcomes) {
        best = outcome.failed ? best : std::min(best, outcome.value);
    }
    return best;
}

Course run(Searcher& searcher, const std::function<Outcome(const Assignment&)>& evaluate, std::size_t evaluations, std::size_t batch) {
    Course course;
    std::deque<std::pair<std::uint64_t, Suggestion>> under_way;
    for (;;) {
        bool waits = false;
        while (under_way.size() < batch && course.points.size() < evaluations && !waits) {
            const std::uint64_t number = course.points.size();
            Answer answer = searcher.ask(number);
            auto* suggestion = std::get_if<Suggestion>(&answer);
            waits = suggestion == nullptr;
            if (std::holds_alternative<Wait>(answer) && under_way.empty()) {
                throw std::logic_error("the searcher waits for nothing");
            }
            if (suggestion != nullptr) {
                course.points.push_back(suggestion->point);
                under_way.emplace_back(number, std::move(*suggestion));
            }
        }
        if (under_way.empty()) {
            return course;
        }
        const auto [number, suggestion] = std::move(under_way.front());
        under_way.pop_front();
        course.outcomes.push_back(evaluate(suggestion.point));
        searcher.tell(number, suggestion, course.outcomes.back());
    }
}

Outcome value(double v) { return {.value = v}; }
Outcome failure() { return {.value = std::numeric_limits<double>::quiet_NaN(), .failed = true}; }

}  // namespace mlpc::driven
