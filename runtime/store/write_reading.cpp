#include "runtime/store/write_reading.h"

#include "runtime/reading/search_reading.h"

namespace mlpc {

namespace {

const char* name_of(Edge edge) { return edge == Edge::None ? "" : edge == Edge::Low ? "low" : "high"; }

void write_parameters(Database& database, const std::string& run_id, const std::string& search, const SearchReading& reading) {
    Statement insert(database, "INSERT INTO parameter_readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_effect(database, "INSERT INTO parameter_effects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < reading.parameters.size(); ++i) {
        const ParameterReading& p = reading.parameters[i];
        insert.run(run_id, search, i, p.name, p.trials, p.share_of_trials, p.importance, p.importance_at_best, p.p_value, p.best_values,
                   name_of(p.edge), p.edge_seeds);
        for (std::size_t b = 0; b < p.effect.size(); ++b) {
            const EffectBin& bin = p.effect[b];
            insert_effect.run(run_id, search, i, b, bin.value, bin.low, bin.high, bin.trials, bin.failed, bin.mean, bin.best);
        }
    }
}

void write_pairs(Database& database, const std::string& run_id, const std::string& search, const SearchReading& reading) {
    Statement insert(database, "INSERT INTO pair_readings VALUES (?, ?, ?, ?, ?, ?, ?)");
    Statement insert_cell(database, "INSERT INTO pair_effects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < reading.pairs.size(); ++i) {
        const PairReading& pair = reading.pairs[i];
        insert.run(run_id, search, i, pair.first, pair.second, pair.trials, pair.importance);
        for (std::size_t c = 0; c < pair.cells.size(); ++c) {
            const PairCell& cell = pair.cells[c];
            insert_cell.run(run_id, search, i, c, cell.first, cell.second, cell.trials, cell.mean, cell.best);
        }
    }
}

void write_seeds(Database& database, const std::string& run_id, const std::string& search, const SearchReading& reading) {
    Statement insert_step(database, "INSERT INTO best_so_far VALUES (?, ?, ?, ?, ?)");
    Statement insert_member(database, "INSERT INTO front_members VALUES (?, ?, ?, ?)");
    for (const SeedReading& seed : reading.seeds) {
        for (const BestStep& step : seed.best_so_far) {
            insert_step.run(run_id, search, seed.seed, step.trial, step.score);
        }
        for (const FrontMember& member : seed.front) {
            insert_member.run(run_id, search, seed.seed, member.trial);
        }
    }
}

}  // namespace

void write_reading(Database& database, const std::string& run_id, const SearchRecord& search) {
    const SearchReading reading = read_search(search);
    if (reading.counts.trials == 0) {
        return;
    }
    write_parameters(database, run_id, search.name, reading);
    write_pairs(database, run_id, search.name, reading);
    write_seeds(database, run_id, search.name, reading);
    Statement insert(database, "INSERT INTO search_advice VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < reading.advice.size(); ++i) {
        insert.run(run_id, search.name, i, reading.advice[i]);
    }
}

}  // namespace mlpc
