#include "runtime/store/read_run.h"

#include "runtime/store/comparison_rows.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace mlpc {

namespace {

template <class Row>
void for_each_row(Statement& statement, Row row) {
    while (statement.next()) {
        row(statement);
    }
}

std::vector<std::string> read_texts(Database& database, const std::string& sql, const std::string& run_id) {
    Statement select(database, sql);
    std::vector<std::string> texts;
    for_each_row(select.with(run_id), [&](const Statement& row) { texts.push_back(row.text(0)); });
    return texts;
}

std::vector<std::pair<std::string, std::string>> read_pairs(Database& database, const std::string& sql, const std::string& run_id) {
    Statement select(database, sql);
    std::vector<std::pair<std::string, std::string>> pairs;
    for_each_row(select.with(run_id), [&](const Statement& row) { pairs.emplace_back(row.text(0), row.text(1)); });
    return pairs;
}

RunRecord read_run_row(Database& database, const std::string& id) {
    Statement select(database,
                     "SELECT file, status, started, finished, command, version, file_sha256, source, fits_requested, fits_done, "
                     "wall_seconds, cpu_seconds FROM runs WHERE id = ?");
    if (!select.with(id).next()) {
        database.fail("no run `" + id + "`");
    }
    RunRecord run;
    run.id = id;
    run.file = select.text(0);
    run.status = select.text(1);
    run.started = select.text(2);
    run.finished = select.text(3);
    run.command = select.text(4);
    run.version = select.text(5);
    run.file_sha256 = select.text(6);
    run.source = select.text(7);
    run.fits_requested = select.unsigned_integer(8);
    run.fits_done = select.unsigned_integer(9);
    run.wall_seconds = select.real(10);
    run.cpu_seconds = select.real(11);
    return run;
}

std::vector<DataRecord> read_data(Database& database, const std::string& run_id) {
    std::vector<DataRecord> data;
    Statement select(database,
                     "SELECT name, path, sha256, rows, train_rows, test_rows, columns, target FROM data WHERE run_id = ? ORDER BY position");
    for_each_row(select.with(run_id), [&](const Statement& row) {
        data.push_back({.name = row.text(0),
                        .path = row.text(1),
                        .sha256 = row.text(2),
                        .rows = row.unsigned_integer(3),
                        .train_rows = row.unsigned_integer(4),
                        .test_rows = row.unsigned_integer(5),
                        .columns = row.unsigned_integer(6),
                        .target = row.text(7),
                        .classes = {},
                        .drift = {}});
    });
    Statement classes(database, "SELECT data_position, class FROM data_classes WHERE run_id = ? ORDER BY data_position, position");
    for_each_row(classes.with(run_id), [&](const Statement& row) { data.at(row.unsigned_integer(0)).classes.push_back(row.text(1)); });
    Statement drift(database,
                    "SELECT data_position, column_name, type, psi, statistic, p_value, train_missing, test_missing, unseen_levels, unseen_rows, "
                    "finding FROM drift WHERE run_id = ? ORDER BY data_position, position");
    for_each_row(drift.with(run_id), [&](const Statement& row) {
        data.at(row.unsigned_integer(0))
            .drift.push_back({.column = row.text(1),
                              .type = row.text(2),
                              .psi = row.real(3),
                              .statistic = row.real(4),
                              .p_value = row.real(5),
                              .train_missing = row.real(6),
                              .test_missing = row.real(7),
                              .unseen_levels = row.unsigned_integer(8),
                              .unseen_rows = row.unsigned_integer(9),
                              .finding = row.text(10)});
    });
    return data;
}

std::vector<PretrainedRecord> read_pretrained(Database& database, const std::string& run_id) {
    std::vector<PretrainedRecord> sources;
    Statement select(database,
                     "SELECT name, format, path, sha256, pinned, licence, encoded_rows, cached_rows FROM pretrained WHERE run_id = ? "
                     "ORDER BY position");
    for_each_row(select.with(run_id), [&](const Statement& row) {
        sources.push_back({.name = row.text(0),
                           .format = row.text(1),
                           .path = row.text(2),
                           .sha256 = row.text(3),
                           .pinned = row.boolean(4),
                           .trained_on = {},
                           .licence = row.text(5),
                           .encoded_rows = row.unsigned_integer(6),
                           .cached_rows = row.unsigned_integer(7)});
    });
    Statement data(database, "SELECT source, trained_on FROM pretrained_data WHERE run_id = ? ORDER BY source, position");
    for_each_row(data.with(run_id), [&](const Statement& row) { sources.at(row.unsigned_integer(0)).trained_on.push_back(row.text(1)); });
    return sources;
}

void read_metrics_and_gates(Database& database, RunRecord& run) {
    Statement metrics(database, "SELECT name, greater_is_better FROM metrics WHERE run_id = ? ORDER BY position");
    for_each_row(metrics.with(run.id), [&](const Statement& row) {
        run.metrics.push_back(row.text(0));
        run.metrics_greater.push_back(row.boolean(1));
    });
    Statement gates(database, "SELECT condition, value, passed FROM gates WHERE run_id = ? ORDER BY position");
    for_each_row(gates.with(run.id),
                 [&](const Statement& row) { run.gates.push_back({.condition = row.text(0), .value = row.real(1), .passed = row.boolean(2)}); });
}

Matrix read_confusion(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed) {
    Statement size(database, "SELECT max(true_class) + 1, max(predicted_class) + 1 FROM confusion WHERE run_id = ? AND search = ? AND seed = ?");
    size.with(run_id, search, seed).next();
    Matrix table(size.integer(0), size.integer(1));
    Statement cells(database, "SELECT true_class, predicted_class, count FROM confusion WHERE run_id = ? AND search = ? AND seed = ?");
    for_each_row(cells.with(run_id, search, seed), [&](const Statement& row) { table(row.integer(0), row.integer(1)) = row.real(2); });
    return table;
}

// Number, losses, score, rate and seconds, from that column on.
Epoch epoch_at(const Statement& row, int column) {
    return {.number = row.integer(column),
            .train_loss = row.real(column + 1),
            .held_loss = row.real(column + 2),
            .held_score = row.real(column + 3),
            .rate = row.real(column + 4),
            .seconds = row.real(column + 5)};
}

void read_seed_scores(Database& database, const std::string& run_id, const std::string& search, SeedRecord& seed) {
    Statement scores(database, "SELECT part, metric, score FROM scores WHERE run_id = ? AND search = ? AND seed = ?");
    for_each_row(scores.with(run_id, search, seed.seed), [&](const Statement& row) {
        const std::string part = row.text(0);
        auto& into = part == "test" ? seed.test_scores : part == "train" ? seed.train_scores : seed.dummy_scores;
        into[row.text(1)] = row.real(2);
    });
    Statement outer(database, "SELECT score FROM outer_scores WHERE run_id = ? AND search = ? AND seed = ? ORDER BY fold");
    for_each_row(outer.with(run_id, search, seed.seed), [&](const Statement& row) { seed.outer_scores.push_back(row.real(0)); });
    Statement slices(database, "SELECT column_name, value, rows, score FROM slices WHERE run_id = ? AND search = ? AND seed = ? ORDER BY position");
    for_each_row(slices.with(run_id, search, seed.seed), [&](const Statement& row) {
        seed.slices.push_back({.column = row.text(0), .value = row.text(1), .rows = row.unsigned_integer(2), .score = row.real(3)});
    });
    Statement epochs(database,
                     "SELECT epoch, train_loss, held_loss, held_score, rate, seconds, planned FROM winner_epochs WHERE run_id = ? AND "
                     "search = ? AND seed = ? ORDER BY epoch");
    for_each_row(epochs.with(run_id, search, seed.seed), [&](const Statement& row) {
        seed.training.epochs.push_back(epoch_at(row, 0));
        seed.training.planned = row.integer(6);
    });
    seed.confusion = read_confusion(database, run_id, search, seed.seed);
}

Reuse reuse_named(const std::string& name) {
    return name == name_of(Reuse::Frozen) ? Reuse::Frozen : name == name_of(Reuse::FineTuned) ? Reuse::FineTuned : Reuse::None;
}

struct TrialReader {
    explicit TrialReader(Database& database)
        : params(database, "SELECT name, value FROM trial_params WHERE trial_id = ? ORDER BY position"),
          scores(database, "SELECT part = 'train', score FROM fold_scores WHERE trial_id = ? ORDER BY part, fold"),
          rungs(database, "SELECT share_part, share_whole, seconds FROM trial_rungs WHERE trial_id = ? ORDER BY position"),
          rung_scores(database, "SELECT rung, score FROM rung_scores WHERE trial_id = ? ORDER BY rung, fold"),
          measures(database, "SELECT name, value FROM trial_measures WHERE trial_id = ? ORDER BY position"),
          epochs(database,
                 "SELECT fold, execution, planned, epoch, train_loss, held_loss, held_score, rate, seconds FROM epochs WHERE trial_id = ? "
                 "ORDER BY fold, execution, epoch") {}
    // From a row of trial_columns.
    TrialRecord read(const Statement& row) {
        TrialRecord trial{.number = row.unsigned_integer(1),
                          .model = row.text(2),
                          .params = {},
                          .fold_scores = {},
                          .train_scores = {},
                          .seconds = row.real(3),
                          .ask_seconds = row.real(5),
                          .share = {row.integer(6), row.integer(7)},
                          .rungs = {},
                          .given_up = row.boolean(8),
                          .measures = {},
                          .feasible = row.boolean(9),
                          .failure = row.text(4),
                          .trainings = {},
                          .reuse = reuse_named(row.text(10))};
        for_each_row(params.with(row.integer(0)), [&](const Statement& p) { trial.params.emplace_back(p.text(0), p.text(1)); });
        for_each_row(scores.with(row.integer(0)),
                     [&](const Statement& s) { (s.boolean(0) ? trial.train_scores : trial.fold_scores).push_back(s.real(1)); });
        for_each_row(rungs.with(row.integer(0)), [&](const Statement& r) {
            trial.rungs.push_back({.share = {r.integer(0), r.integer(1)}, .fold_scores = {}, .seconds = r.real(2)});
        });
        for_each_row(rung_scores.with(row.integer(0)),
                     [&](const Statement& s) { trial.rungs.at(s.unsigned_integer(0)).fold_scores.push_back(s.real(1)); });
        for_each_row(measures.with(row.integer(0)), [&](const Statement& m) { trial.measures.emplace_back(m.text(0), m.real(1)); });
        for_each_row(epochs.with(row.integer(0)), [&](const Statement& e) { add_epoch(trial.trainings, e); });
        return trial;
    }
    static constexpr const char* select =
        "SELECT trial_id, number, model, seconds, failure, ask_seconds, share_part, share_whole, given_up, feasible, reuse FROM trials ";
    Statement params, scores, rungs, rung_scores, measures, epochs;

private:
    static void add_epoch(std::vector<FoldTraining>& trainings, const Statement& row) {
        const std::int64_t fold = row.integer(0), execution = row.integer(1);
        if (trainings.empty() || trainings.back().fold != fold || trainings.back().execution != execution) {
            trainings.push_back({.fold = fold, .execution = execution, .training = {.planned = row.integer(2), .epochs = {}}});
        }
        trainings.back().training.epochs.push_back(epoch_at(row, 3));
    }
};

std::optional<TrialRecord> read_nth_trial(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed,
                                          std::size_t n) {
    Statement select(database, std::string(TrialReader::select) + "WHERE run_id = ? AND search = ? AND seed = ? ORDER BY number LIMIT 1 OFFSET ?");
    if (!select.with(run_id, search, seed, n).next()) {
        return std::nullopt;
    }
    return TrialReader(database).read(select);
}

std::size_t best_so_far(const std::vector<TrialRecord>& trials, bool greater_is_better) {
    std::size_t best = trials.size();
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const double score = trials[i].mean_score();
        if (std::isnan(score) || !trials[i].may_win()) {
            continue;
        }
        const bool better = best == trials.size() || (greater_is_better ? score > trials[best].mean_score() : score < trials[best].mean_score());
        best = better ? i : best;
    }
    return best;
}

// Seeds of trials that were added before the seed's own results were written.
void add_seeds_under_way(Database& database, const std::string& run_id, SearchRecord& search) {
    Statement select(database, "SELECT DISTINCT seed FROM trials WHERE run_id = ? AND search = ? ORDER BY seed");
    for_each_row(select.with(run_id, search.name), [&](const Statement& row) {
        const std::uint64_t seed = row.unsigned_integer(0);
        const auto known = std::find_if(search.seeds.begin(), search.seeds.end(), [&](const SeedRecord& s) { return s.seed == seed; });
        if (known == search.seeds.end()) {
            search.seeds.emplace_back().seed = seed;
        }
    });
}

void keep_winner_only(SeedRecord& seed) {
    if (seed.winner >= seed.trials.size()) {
        seed.trials.clear();
    } else {
        seed.trials = {seed.trials[seed.winner]};
    }
    seed.winner = 0;
}

void read_trials_under_way(Database& database, const std::string& run_id, SearchRecord& search, TrialsOf trials) {
    add_seeds_under_way(database, run_id, search);
    for (SeedRecord& seed : search.seeds) {
        seed.trials = read_trials(database, run_id, search.name, seed.seed);
        if (!seed.trials.empty()) {
            seed.winner = best_so_far(seed.trials, search.greater_is_better);
        }
        if (trials == TrialsOf::WinnersOnly) {
            keep_winner_only(seed);
        }
    }
}

void read_finished_trials(Database& database, const std::string& run_id, SearchRecord& search, TrialsOf trials) {
    for (SeedRecord& seed : search.seeds) {
        if (trials == TrialsOf::All) {
            seed.trials = read_trials(database, run_id, search.name, seed.seed);
            continue;
        }
        if (const auto winner = read_nth_trial(database, run_id, search.name, seed.seed, seed.winner)) {
            seed.trials = {*winner};
        }
        seed.winner = 0;
    }
}

void read_space(Database& database, const std::string& run_id, SearchRecord& search) {
    Statement goals(database, "SELECT metric, greater_is_better FROM search_goals WHERE run_id = ? AND search = ? ORDER BY position");
    for_each_row(goals.with(run_id, search.name), [&](const Statement& row) { search.goals.push_back({row.text(0), row.boolean(1)}); });
    Statement constraints(database, "SELECT condition FROM search_constraints WHERE run_id = ? AND search = ? ORDER BY position");
    for_each_row(constraints.with(run_id, search.name), [&](const Statement& row) { search.constraints.push_back(row.text(0)); });
    Statement dimensions(database,
                         "SELECT name, kind, low, high, log, bounded FROM search_dimensions WHERE run_id = ? AND search = ? ORDER BY position");
    for_each_row(dimensions.with(run_id, search.name), [&](const Statement& row) {
        search.space.push_back({.name = row.text(0),
                                .kind = row.text(1),
                                .low = row.real(2),
                                .high = row.real(3),
                                .log = row.boolean(4),
                                .bounded = row.boolean(5),
                                .choices = {}});
    });
    Statement choices(database, "SELECT dimension, choice FROM search_choices WHERE run_id = ? AND search = ? ORDER BY dimension, position");
    for_each_row(choices.with(run_id, search.name),
                 [&](const Statement& row) { search.space.at(row.unsigned_integer(0)).choices.push_back(row.text(1)); });
}

std::vector<SearchRecord> read_searches(Database& database, const std::string& run_id) {
    std::vector<SearchRecord> searches;
    Statement select(database,
                     "SELECT name, metric, greater_is_better, method, remark, scored_per_fitted, folds_differ, only_compared FROM searches "
                     "WHERE run_id = ? ORDER BY position");
    Statement models(database, "SELECT model FROM search_models WHERE run_id = ? AND search = ? ORDER BY position");
    Statement seeds(database, "SELECT seed, winner FROM seeds WHERE run_id = ? AND search = ? ORDER BY position");
    for_each_row(select.with(run_id), [&](const Statement& row) {
        SearchRecord& search = searches.emplace_back();
        search.name = row.text(0);
        search.metric = row.text(1);
        search.greater_is_better = row.boolean(2);
        search.method = row.text(3);
        search.remark = row.text(4);
        search.scored_per_fitted = row.real(5);
        search.folds_differ = row.boolean(6);
        search.only_compared = row.boolean(7);
        read_space(database, run_id, search);
        for_each_row(models.with(run_id, search.name), [&](const Statement& m) { search.models.push_back(m.text(0)); });
        for_each_row(seeds.with(run_id, search.name), [&](const Statement& s) {
            SeedRecord& seed = search.seeds.emplace_back();
            seed.seed = s.unsigned_integer(0);
            seed.winner = s.unsigned_integer(1);
            read_seed_scores(database, run_id, search.name, seed);
        });
    });
    return searches;
}

}  // namespace

std::vector<TrialRecord> read_trials(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed) {
    Statement select(database, std::string(TrialReader::select) + "WHERE run_id = ? AND search = ? AND seed = ? ORDER BY number");
    TrialReader reader(database);
    std::vector<TrialRecord> trials;
    for_each_row(select.with(run_id, search, seed), [&](const Statement& row) { trials.push_back(reader.read(row)); });
    return trials;
}

RunRecord read_run(Database& database, const std::string& id, TrialsOf trials) {
    RunRecord run = read_run_row(database, id);
    run.overrides = read_pairs(database, "SELECT name, value FROM overrides WHERE run_id = ? ORDER BY position", id);
    run.data = read_data(database, id);
    run.pretrained = read_pretrained(database, id);
    run.searches = read_searches(database, id);
    for (SearchRecord& search : run.searches) {
        if (run.status == "running") {
            read_trials_under_way(database, id, search, trials);
        } else {
            read_finished_trials(database, id, search, trials);
        }
    }
    run.comparisons = read_comparisons(database, id);
    read_metrics_and_gates(database, run);
    run.warnings = read_texts(database, "SELECT text FROM warnings WHERE run_id = ? ORDER BY position", id);
    run.allowed = read_pairs(database, "SELECT code, reason FROM allowed WHERE run_id = ? ORDER BY position", id);
    run.pipeline = read_texts(database, "SELECT step FROM pipeline_steps WHERE run_id = ? ORDER BY position", id);
    return run;
}

}  // namespace mlpc
