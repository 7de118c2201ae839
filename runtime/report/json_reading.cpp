#include "runtime/report/json_reading.h"

namespace mlpc {

namespace {

Json to_json(const TrialCounts& counts) {
    return {{"trials", counts.trials},   {"failed", counts.failed},         {"given_up", counts.given_up},
            {"partial", counts.partial}, {"infeasible", counts.infeasible}, {"repeated", counts.repeated}};
}

Json to_json(const SeedReading& seed) {
    Json steps = Json::array();
    for (const BestStep& step : seed.best_so_far) {
        steps.push_back({{"trial", step.trial}, {"score", json_number(step.score)}});
    }
    Json front = Json::array();
    for (const FrontMember& member : seed.front) {
        front.push_back({{"trial", member.trial}, {"goals", json_numbers(member.goals)}});
    }
    return {{"seed", seed.seed}, {"best_so_far", std::move(steps)}, {"front", std::move(front)}};
}

Json to_json(const EffectBin& bin) {
    return {{"value", bin.value},   {"low", json_number(bin.low)},   {"high", json_number(bin.high)}, {"trials", bin.trials},
            {"failed", bin.failed}, {"mean", json_number(bin.mean)}, {"best", json_number(bin.best)}};
}

Json to_json(const ParameterReading& parameter) {
    Json effect = Json::array();
    for (const EffectBin& bin : parameter.effect) {
        effect.push_back(to_json(bin));
    }
    const bool at_edge = parameter.edge != Edge::None;
    return {{"name", parameter.name},
            {"trials", parameter.trials},
            {"share_of_trials", parameter.share_of_trials},
            {"importance", json_number(parameter.importance)},
            {"importance_at_best", json_number(parameter.importance_at_best)},
            {"p_value", json_number(parameter.p_value)},
            {"best_values", parameter.best_values},
            {"edge", at_edge ? Json(parameter.edge == Edge::Low ? "low" : "high") : Json(nullptr)},
            {"edge_seeds", parameter.edge_seeds},
            {"effect", std::move(effect)}};
}

Json to_json(const PairReading& pair) {
    Json cells = Json::array();
    for (const PairCell& cell : pair.cells) {
        cells.push_back({{"first", cell.first},
                         {"second", cell.second},
                         {"trials", cell.trials},
                         {"mean", json_number(cell.mean)},
                         {"best", json_number(cell.best)}});
    }
    return {{"first", pair.first},
            {"second", pair.second},
            {"trials", pair.trials},
            {"importance", json_number(pair.importance)},
            {"cells", std::move(cells)}};
}

template <class List>
Json list_of(const List& items) {
    Json list = Json::array();
    for (const auto& item : items) {
        list.push_back(to_json(item));
    }
    return list;
}

}  // namespace

Json json_reading(const SearchReading& reading) {
    return {
        {"counts", to_json(reading.counts)}, {"ask_seconds", json_number(reading.ask_seconds)}, {"trial_seconds", json_number(reading.trial_seconds)},
        {"by_seed", list_of(reading.seeds)}, {"parameters", list_of(reading.parameters)},       {"pairs", list_of(reading.pairs)},
        {"advice", reading.advice}};
}

Json json_space(const std::vector<DimensionRecord>& space) {
    Json list = Json::array();
    for (const DimensionRecord& d : space) {
        const bool number = d.choices.empty() && d.bounded;
        list.push_back({{"name", d.name},
                        {"kind", d.kind},
                        {"low", number ? json_number(d.low) : Json(nullptr)},
                        {"high", number ? json_number(d.high) : Json(nullptr)},
                        {"log", d.log},
                        {"choices", d.choices}});
    }
    return list;
}

}  // namespace mlpc
