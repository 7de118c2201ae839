#include "tests/unit/reading/search_fixtures.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc::test {

namespace {

DimensionRecord dimension(const std::string& name, const std::string& kind, double low, double high) {
    DimensionRecord record;
    record.name = name;
    record.kind = kind;
    record.low = low;
    record.high = high;
    return record;
}

double random_value(const DimensionRecord& d, Rng& rng) {
    if (!d.choices.empty()) {
        return static_cast<double>(rng.below(d.choices.size()));
    }
    if (d.kind == "integer") {
        return d.low + static_cast<double>(rng.below(static_cast<std::uint64_t>(d.high - d.low) + 1));
    }
    return d.log ? std::exp(rng.uniform(std::log(d.low), std::log(d.high))) : rng.uniform(d.low, d.high);
}

}  // namespace

DimensionRecord real_dimension(const std::string& name, double low, double high) { return dimension(name, "real", low, high); }

DimensionRecord log_dimension(const std::string& name, double low, double high) {
    DimensionRecord record = dimension(name, "real", low, high);
    record.log = true;
    return record;
}

DimensionRecord integer_dimension(const std::string& name, double low, double high) { return dimension(name, "integer", low, high); }

DimensionRecord choice_dimension(const std::string& name, std::vector<std::string> choices) {
    DimensionRecord record = dimension(name, "choice", 0, 0);
    record.choices = std::move(choices);
    return record;
}

TrialRecord trial_at(const SearchRecord& search, std::uint64_t number, const Point& point, double score) {
    TrialRecord trial;
    trial.number = number;
    trial.model = "m";
    trial.fold_scores = {score};
    for (const DimensionRecord& d : search.space) {
        const auto value = point.find(d.name);
        if (value == point.end()) {
            continue;
        }
        const std::string text = d.choices.empty() ? fmt::format("{}", value->second) : d.choices.at(static_cast<std::size_t>(value->second));
        if (d.name == "model") {
            trial.model = text;
        } else {
            trial.params.emplace_back(d.name, text);
        }
    }
    return trial;
}

Point random_point(const SearchRecord& search, Rng& rng) {
    Point point;
    for (const DimensionRecord& d : search.space) {
        point[d.name] = random_value(d, rng);
    }
    return point;
}

SearchRecord sampled_search(std::vector<DimensionRecord> space, std::size_t trials, std::size_t seeds,
                            const std::function<double(const Point&)>& function) {
    SearchRecord search;
    search.name = "best";
    search.metric = "rmse";
    search.greater_is_better = false;
    search.space = std::move(space);
    for (std::uint64_t s = 1; s <= seeds; ++s) {
        Rng rng = Rng::of_seed(s).child("points");
        SeedRecord& seed = search.seeds.emplace_back();
        seed.seed = s;
        for (std::uint64_t t = 0; t < trials; ++t) {
            const Point point = random_point(search, rng);
            seed.trials.push_back(trial_at(search, t, point, function(point)));
        }
    }
    return search;
}

}  // namespace mlpc::test
