#include "runtime/store/write_run.h"

#include "runtime/store/comparison_rows.h"
#include "runtime/store/schema.h"
#include "runtime/store/write_reading.h"

#include <map>

namespace mlpc {

namespace {

void write_run_row(Database& database, const RunRecord& run, const std::string& status) {
    // An update and not a replacement: the trials hang on the row, and the experiment key stays.
    Statement(database,
              "INSERT INTO runs (id, file, status, started, finished, command, version, file_sha256, source, fits_requested, fits_done, "
              "wall_seconds, cpu_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET file = excluded.file, "
              "status = excluded.status, started = excluded.started, finished = excluded.finished, command = excluded.command, "
              "version = excluded.version, file_sha256 = excluded.file_sha256, source = excluded.source, "
              "fits_requested = excluded.fits_requested, fits_done = excluded.fits_done, wall_seconds = excluded.wall_seconds, "
              "cpu_seconds = excluded.cpu_seconds")
        .run(run.id, run.file, status, run.started, run.finished, run.command, run.version, run.file_sha256, run.source, run.fits_requested,
             run.fits_done, run.wall_seconds, run.cpu_seconds);
}

void clear_record(Database& database, const std::string& run_id) {
    for (const std::string_view table : record_tables()) {
        Statement(database, "DELETE FROM " + std::string(table) + " WHERE run_id = ?").run(run_id);
    }
}

void write_texts(Database& database, std::string_view table, const std::string& run_id, const std::vector<std::string>& texts) {
    Statement insert(database, "INSERT INTO " + std::string(table) + " VALUES (?, ?, ?)");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        insert.run(run_id, i, texts[i]);
    }
}

void write_pairs(Database& database, std::string_view table, const std::string& run_id,
                 const std::vector<std::pair<std::string, std::string>>& pairs) {
    Statement insert(database, "INSERT INTO " + std::string(table) + " VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        insert.run(run_id, i, pairs[i].first, pairs[i].second);
    }
}

void write_data(Database& database, const RunRecord& run) {
    Statement insert(database, "INSERT INTO data VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_class(database, "INSERT INTO data_classes VALUES (?, ?, ?, ?)");
    Statement insert_drift(database, "INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < run.data.size(); ++i) {
        const DataRecord& d = run.data[i];
        insert.run(run.id, i, d.name, d.path, d.sha256, d.rows, d.train_rows, d.test_rows, d.columns, d.target);
        for (std::size_t c = 0; c < d.classes.size(); ++c) {
            insert_class.run(run.id, i, c, d.classes[c]);
        }
        for (std::size_t f = 0; f < d.drift.size(); ++f) {
            const FeatureDrift& one = d.drift[f];
            insert_drift.run(run.id, i, f, one.column, one.type, one.psi, one.statistic, one.p_value, one.train_missing, one.test_missing,
                             one.unseen_levels, one.unseen_rows, one.finding);
        }
    }
}

void write_pretrained(Database& database, const RunRecord& run) {
    Statement insert(database, "INSERT INTO pretrained VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_data(database, "INSERT INTO pretrained_data VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < run.pretrained.size(); ++i) {
        const PretrainedRecord& source = run.pretrained[i];
        insert.run(run.id, i, source.name, source.format, source.path, source.sha256, source.pinned, source.licence, source.encoded_rows,
                   source.cached_rows);
        for (std::size_t d = 0; d < source.trained_on.size(); ++d) {
            insert_data.run(run.id, i, d, source.trained_on[d]);
        }
    }
}

void write_metrics_and_gates(Database& database, const RunRecord& run) {
    Statement insert_metric(database, "INSERT INTO metrics VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < run.metrics.size(); ++i) {
        insert_metric.run(run.id, i, run.metrics[i], i >= run.metrics_greater.size() || run.metrics_greater[i]);
    }
    Statement insert_gate(database, "INSERT INTO gates VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < run.gates.size(); ++i) {
        insert_gate.run(run.id, i, run.gates[i].condition, run.gates[i].value, run.gates[i].passed);
    }
}

struct SeedStatements {
    explicit SeedStatements(Database& database)
        : seed(database, "INSERT INTO seeds VALUES (?, ?, ?, ?, ?)"),
          score(database, "INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?)"),
          outer(database, "INSERT INTO outer_scores VALUES (?, ?, ?, ?, ?)"),
          confusion(database, "INSERT INTO confusion VALUES (?, ?, ?, ?, ?, ?)"),
          slice(database, "INSERT INTO slices VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
          epoch(database, "INSERT INTO winner_epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}
    Statement seed, score, outer, confusion, slice, epoch;
};

void write_seed(SeedStatements& insert, const std::string& run_id, const std::string& search, std::size_t position, const SeedRecord& s) {
    insert.seed.run(run_id, search, position, s.seed, s.winner);
    const auto write_scores = [&](const char* part, const std::map<std::string, double>& scores) {
        for (const auto& [metric, score] : scores) {
            insert.score.run(run_id, search, s.seed, part, metric, score);
        }
    };
    write_scores("test", s.test_scores);
    write_scores("train", s.train_scores);
    write_scores("dummy", s.dummy_scores);
    for (std::size_t i = 0; i < s.outer_scores.size(); ++i) {
        insert.outer.run(run_id, search, s.seed, i, s.outer_scores[i]);
    }
    for (Eigen::Index truth = 0; truth < s.confusion.rows(); ++truth) {
        for (Eigen::Index predicted = 0; predicted < s.confusion.cols(); ++predicted) {
            insert.confusion.run(run_id, search, s.seed, truth, predicted, s.confusion(truth, predicted));
        }
    }
    for (std::size_t i = 0; i < s.slices.size(); ++i) {
        const SliceScore& slice = s.slices[i];
        insert.slice.run(run_id, search, s.seed, i, slice.column, slice.value, slice.rows, slice.score);
    }
    for (const Epoch& e : s.training.epochs) {
        insert.epoch.run(run_id, search, s.seed, e.number, s.training.planned, e.train_loss, e.held_loss, e.held_score, e.rate, e.seconds);
    }
}

void write_space(Database& database, const std::string& run_id, const SearchRecord& search) {
    Statement insert_goal(database, "INSERT INTO search_goals VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < search.goals.size(); ++i) {
        insert_goal.run(run_id, search.name, i, search.goals[i].metric, search.goals[i].greater_is_better);
    }
    Statement insert_constraint(database, "INSERT INTO search_constraints VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < search.constraints.size(); ++i) {
        insert_constraint.run(run_id, search.name, i, search.constraints[i]);
    }
    Statement insert_dimension(database, "INSERT INTO search_dimensions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_choice(database, "INSERT INTO search_choices VALUES (?, ?, ?, ?, ?)");
    for (std::size_t d = 0; d < search.space.size(); ++d) {
        const DimensionRecord& dimension = search.space[d];
        insert_dimension.run(run_id, search.name, d, dimension.name, dimension.kind, dimension.low, dimension.high, dimension.log, dimension.bounded);
        for (std::size_t c = 0; c < dimension.choices.size(); ++c) {
            insert_choice.run(run_id, search.name, d, c, dimension.choices[c]);
        }
    }
}

void write_searches(Database& database, const RunRecord& run) {
    Statement insert(database, "INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_model(database, "INSERT INTO search_models VALUES (?, ?, ?, ?)");
    SeedStatements insert_seed(database);
    for (std::size_t i = 0; i < run.searches.size(); ++i) {
        const SearchRecord& search = run.searches[i];
        insert.run(run.id, i, search.name, search.metric, search.greater_is_better, search.method, search.remark, search.scored_per_fitted,
                   search.folds_differ, search.only_compared);
        write_space(database, run.id, search);
        write_reading(database, run.id, search);
        for (std::size_t m = 0; m < search.models.size(); ++m) {
            insert_model.run(run.id, search.name, m, search.models[m]);
        }
        for (std::size_t s = 0; s < search.seeds.size(); ++s) {
            write_seed(insert_seed, run.id, search.name, s, search.seeds[s]);
        }
    }
}

}  // namespace

void write_record(Database& database, const RunRecord& run, const std::string& status) {
    write_run_row(database, run, status);
    clear_record(database, run.id);
    write_pairs(database, "overrides", run.id, run.overrides);
    write_data(database, run);
    write_pretrained(database, run);
    write_searches(database, run);
    write_comparisons(database, run);
    write_metrics_and_gates(database, run);
    write_texts(database, "warnings", run.id, run.warnings);
    write_pairs(database, "allowed", run.id, run.allowed);
    write_texts(database, "pipeline_steps", run.id, run.pipeline);
}

void write_trials(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed,
                  const std::vector<TrialRecord>& trials) {
    Statement remove(database, "DELETE FROM trials WHERE run_id = ? AND search = ? AND seed = ? AND number = ?");
    Statement insert(database,
                     "INSERT INTO trials (run_id, search, seed, number, model, seconds, failure, ask_seconds, share_part, share_whole, given_up, "
                     "feasible, reuse) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement insert_param(database, "INSERT INTO trial_params VALUES (?, ?, ?, ?)");
    Statement insert_score(database, "INSERT INTO fold_scores VALUES (?, ?, ?, ?)");
    Statement insert_rung(database, "INSERT INTO trial_rungs VALUES (?, ?, ?, ?, ?)");
    Statement insert_rung_score(database, "INSERT INTO rung_scores VALUES (?, ?, ?, ?)");
    Statement insert_measure(database, "INSERT INTO trial_measures VALUES (?, ?, ?, ?)");
    Statement insert_epoch(database, "INSERT INTO epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const TrialRecord& trial : trials) {
        remove.run(run_id, search, seed, trial.number);
        insert.run(run_id, search, seed, trial.number, trial.model, trial.seconds, trial.failure, trial.ask_seconds, trial.share.part,
                   trial.share.whole, trial.given_up, trial.feasible, name_of(trial.reuse));
        const std::int64_t trial_id = sqlite3_last_insert_rowid(database.handle());
        for (std::size_t i = 0; i < trial.params.size(); ++i) {
            insert_param.run(trial_id, i, trial.params[i].first, trial.params[i].second);
        }
        for (std::size_t i = 0; i < trial.fold_scores.size(); ++i) {
            insert_score.run(trial_id, "scored", i, trial.fold_scores[i]);
        }
        for (std::size_t i = 0; i < trial.train_scores.size(); ++i) {
            insert_score.run(trial_id, "train", i, trial.train_scores[i]);
        }
        for (std::size_t r = 0; r < trial.rungs.size(); ++r) {
            const RungRecord& rung = trial.rungs[r];
            insert_rung.run(trial_id, r, rung.share.part, rung.share.whole, rung.seconds);
            for (std::size_t i = 0; i < rung.fold_scores.size(); ++i) {
                insert_rung_score.run(trial_id, r, i, rung.fold_scores[i]);
            }
        }
        for (std::size_t m = 0; m < trial.measures.size(); ++m) {
            insert_measure.run(trial_id, m, trial.measures[m].first, trial.measures[m].second);
        }
        for (const auto& [fold, execution, training] : trial.trainings) {
            for (const Epoch& e : training.epochs) {
                insert_epoch.run(trial_id, fold, execution, e.number, training.planned, e.train_loss, e.held_loss, e.held_score, e.rate, e.seconds);
            }
        }
    }
}

}  // namespace mlpc
