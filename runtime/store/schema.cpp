#include "runtime/store/schema.h"

#include <array>
#include <string>

namespace mlpc {

namespace {

// "MLPC" as a number: tells the file from other SQLite databases, in file(1) too.
constexpr std::int64_t application_id = 0x4d4c5043;

// migrations[v] takes a store of version v to v + 1. Published ones are never edited.
// Doubles stand in columns without a type: REAL would turn -0.0 into 0.0.
constexpr std::array migrations = {
    R"sql(
CREATE TABLE runs (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, status TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL,
  command TEXT NOT NULL, version TEXT NOT NULL, file_sha256 TEXT NOT NULL, source TEXT NOT NULL,
  fits_requested INTEGER NOT NULL, fits_done INTEGER NOT NULL, wall_seconds, cpu_seconds,
  experiment_key TEXT
);
CREATE INDEX runs_by_time ON runs (started, id);
CREATE INDEX runs_by_experiment ON runs (experiment_key);
CREATE TABLE overrides (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE data (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
  sha256 TEXT NOT NULL, rows INTEGER NOT NULL, train_rows INTEGER NOT NULL, test_rows INTEGER NOT NULL, columns INTEGER NOT NULL,
  target TEXT NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE data_classes (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, data_position INTEGER NOT NULL, position INTEGER NOT NULL,
  class TEXT NOT NULL, PRIMARY KEY (run_id, data_position, position)) WITHOUT ROWID;
CREATE TABLE searches (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL, metric TEXT NOT NULL,
  greater_is_better INTEGER NOT NULL, method TEXT NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE search_models (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, model TEXT NOT NULL,
  PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE seeds (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, seed INTEGER NOT NULL,
  winner INTEGER NOT NULL, PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE scores (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('test', 'train', 'dummy')), metric TEXT NOT NULL, score,
  PRIMARY KEY (run_id, search, seed, part, metric)) WITHOUT ROWID;
CREATE TABLE outer_scores (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, fold INTEGER NOT NULL, score,
  PRIMARY KEY (run_id, search, seed, fold)) WITHOUT ROWID;
CREATE TABLE confusion (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, true_class INTEGER NOT NULL,
  predicted_class INTEGER NOT NULL, count, PRIMARY KEY (run_id, search, seed, true_class, predicted_class)) WITHOUT ROWID;
CREATE TABLE slices (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, position INTEGER NOT NULL,
  column_name TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL, score,
  PRIMARY KEY (run_id, search, seed, position)) WITHOUT ROWID;
CREATE TABLE metrics (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL,
  greater_is_better INTEGER NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE gates (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, condition TEXT NOT NULL, value,
  passed INTEGER NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE warnings (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE allowed (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE pipeline_steps (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, step TEXT NOT NULL,
  PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE trials (
  trial_id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL,
  number INTEGER NOT NULL, model TEXT NOT NULL, seconds, failure TEXT NOT NULL, UNIQUE (run_id, search, seed, number));
CREATE TABLE trial_params (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL, PRIMARY KEY (trial_id, position)) WITHOUT ROWID;
CREATE TABLE fold_scores (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, part TEXT NOT NULL CHECK (part IN ('scored', 'train')),
  fold INTEGER NOT NULL, score, PRIMARY KEY (trial_id, part, fold)) WITHOUT ROWID;
CREATE TABLE artifacts (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (run_id, name));
CREATE VIEW trial_means AS
  SELECT run_id, search, seed, number, model,
    CASE WHEN count(score) FILTER (WHERE part = 'scored') = count(*) FILTER (WHERE part = 'scored')
      THEN avg(score) FILTER (WHERE part = 'scored') END AS score,
    CASE WHEN count(score) FILTER (WHERE part = 'train') = count(*) FILTER (WHERE part = 'train')
      THEN avg(score) FILTER (WHERE part = 'train') END AS train_score,
    seconds, failure
  FROM trials LEFT JOIN fold_scores USING (trial_id) GROUP BY trial_id;
)sql",
    R"sql(
CREATE TABLE drift (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, data_position INTEGER NOT NULL, position INTEGER NOT NULL,
  column_name TEXT NOT NULL, type TEXT NOT NULL, psi, statistic, p_value, train_missing, test_missing, unseen_levels INTEGER NOT NULL,
  unseen_rows INTEGER NOT NULL, finding TEXT NOT NULL, PRIMARY KEY (run_id, data_position, position)) WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE trials ADD COLUMN ask_seconds DEFAULT 0.0;
ALTER TABLE trials ADD COLUMN share_part INTEGER NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN share_whole INTEGER NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE trials ADD COLUMN feasible INTEGER NOT NULL DEFAULT 1;
CREATE TABLE trial_rungs (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, position INTEGER NOT NULL, share_part INTEGER NOT NULL,
  share_whole INTEGER NOT NULL, seconds, PRIMARY KEY (trial_id, position)) WITHOUT ROWID;
CREATE TABLE rung_scores (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, rung INTEGER NOT NULL, fold INTEGER NOT NULL, score,
  PRIMARY KEY (trial_id, rung, fold)) WITHOUT ROWID;
CREATE TABLE trial_measures (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL, value,
  PRIMARY KEY (trial_id, position)) WITHOUT ROWID;
ALTER TABLE searches ADD COLUMN remark TEXT NOT NULL DEFAULT '';
CREATE TABLE search_goals (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, metric TEXT NOT NULL,
  greater_is_better INTEGER NOT NULL, PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE search_constraints (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, condition TEXT NOT NULL,
  PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE search_dimensions (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL, low, high, log INTEGER NOT NULL, bounded INTEGER NOT NULL, PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE search_choices (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, dimension INTEGER NOT NULL, position INTEGER NOT NULL,
  choice TEXT NOT NULL, PRIMARY KEY (run_id, search, dimension, position)) WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE parameter_readings (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
  trials INTEGER NOT NULL, share_of_trials, importance, importance_at_best, p_value, best_values TEXT NOT NULL,
  edge TEXT NOT NULL CHECK (edge IN ('', 'low', 'high')), edge_seeds INTEGER NOT NULL, PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE parameter_effects (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, parameter INTEGER NOT NULL, position INTEGER NOT NULL,
  value TEXT NOT NULL, low, high, trials INTEGER NOT NULL, failed INTEGER NOT NULL, mean, best,
  PRIMARY KEY (run_id, search, parameter, position)) WITHOUT ROWID;
CREATE TABLE pair_readings (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, first TEXT NOT NULL,
  second TEXT NOT NULL, trials INTEGER NOT NULL, importance, PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
CREATE TABLE pair_effects (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, pair INTEGER NOT NULL, position INTEGER NOT NULL,
  first TEXT NOT NULL, second TEXT NOT NULL, trials INTEGER NOT NULL, mean, best, PRIMARY KEY (run_id, search, pair, position)) WITHOUT ROWID;
CREATE TABLE best_so_far (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, trial INTEGER NOT NULL, score,
  PRIMARY KEY (run_id, search, seed, trial)) WITHOUT ROWID;
CREATE TABLE front_members (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, trial INTEGER NOT NULL,
  PRIMARY KEY (run_id, search, seed, trial)) WITHOUT ROWID;
CREATE TABLE search_advice (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, position INTEGER NOT NULL, sentence TEXT NOT NULL,
  PRIMARY KEY (run_id, search, position)) WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE epochs (
  trial_id INTEGER NOT NULL REFERENCES trials (trial_id) ON DELETE CASCADE, fold INTEGER NOT NULL, execution INTEGER NOT NULL,
  epoch INTEGER NOT NULL, planned INTEGER NOT NULL, train_loss, held_loss, held_score, rate, seconds,
  PRIMARY KEY (trial_id, fold, execution, epoch)) WITHOUT ROWID;
CREATE TABLE winner_epochs (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, search TEXT NOT NULL, seed INTEGER NOT NULL, epoch INTEGER NOT NULL,
  planned INTEGER NOT NULL, train_loss, held_loss, held_score, rate, seconds, PRIMARY KEY (run_id, search, seed, epoch)) WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE pretrained (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
  path TEXT NOT NULL, sha256 TEXT NOT NULL, pinned INTEGER NOT NULL, licence TEXT NOT NULL, encoded_rows INTEGER NOT NULL,
  cached_rows INTEGER NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE pretrained_data (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, source INTEGER NOT NULL, position INTEGER NOT NULL,
  trained_on TEXT NOT NULL, PRIMARY KEY (run_id, source, position)) WITHOUT ROWID;
ALTER TABLE trials ADD COLUMN reuse TEXT NOT NULL DEFAULT 'none';
ALTER TABLE searches ADD COLUMN scored_per_fitted;
ALTER TABLE searches ADD COLUMN folds_differ INTEGER NOT NULL DEFAULT 0;
)sql",
    R"sql(
CREATE TABLE comparisons (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  folds TEXT NOT NULL CHECK (folds IN ('validation', 'outer')), metric TEXT NOT NULL, greater_is_better INTEGER NOT NULL, scored_per_fitted,
  folds_differ INTEGER NOT NULL, PRIMARY KEY (run_id, position)) WITHOUT ROWID;
CREATE TABLE compared_models (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, comparison INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
  trials INTEGER NOT NULL, seeds INTEGER NOT NULL, PRIMARY KEY (run_id, comparison, position)) WITHOUT ROWID;
CREATE TABLE compared_scores (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, comparison INTEGER NOT NULL, model INTEGER NOT NULL,
  seed_position INTEGER NOT NULL, fold INTEGER NOT NULL, score,
  PRIMARY KEY (run_id, comparison, model, seed_position, fold)) WITHOUT ROWID;
ALTER TABLE searches ADD COLUMN only_compared INTEGER NOT NULL DEFAULT 0;
)sql",
    R"sql(
ALTER TABLE runs ADD COLUMN evaluation_key TEXT;
CREATE INDEX runs_by_evaluation ON runs (evaluation_key);
)sql",
};
constexpr auto newest_version = static_cast<std::int64_t>(migrations.size());

std::int64_t pragma(Database& database, const char* name) {
    Statement statement(database, std::string("PRAGMA ") + name);
    return statement.next() ? statement.integer(0) : 0;
}

bool has_tables(Database& database) { return Statement(database, "SELECT 1 FROM sqlite_master LIMIT 1").next(); }

}  // namespace

void migrate(Database& database) {
    if (pragma(database, "application_id") == application_id && pragma(database, "user_version") == newest_version) {
        return;
    }
    Transaction transaction(database);
    const std::int64_t version = pragma(database, "user_version");
    if (pragma(database, "application_id") != application_id && (version != 0 || has_tables(database))) {
        database.fail("this SQLite database was not made by mlpc");
    }
    if (version < 0 || version > newest_version) {
        database.fail("written by a newer mlpc (store version " + std::to_string(version) + ", this one knows " + std::to_string(newest_version) +
                      "); use that mlpc, or another store");
    }
    for (std::int64_t v = version; v < newest_version; ++v) {
        database.execute(migrations[static_cast<std::size_t>(v)]);
    }
    database.execute("PRAGMA application_id = " + std::to_string(application_id));
    database.execute("PRAGMA user_version = " + std::to_string(newest_version));
    transaction.commit();
}

const std::vector<std::string_view>& record_tables() {
    static const std::vector<std::string_view> tables = {"overrides",
                                                         "data",
                                                         "data_classes",
                                                         "searches",
                                                         "search_models",
                                                         "seeds",
                                                         "scores",
                                                         "outer_scores",
                                                         "confusion",
                                                         "slices",
                                                         "metrics",
                                                         "gates",
                                                         "warnings",
                                                         "allowed",
                                                         "pipeline_steps",
                                                         "drift",
                                                         "search_goals",
                                                         "search_constraints",
                                                         "search_dimensions",
                                                         "search_choices",
                                                         "parameter_readings",
                                                         "parameter_effects",
                                                         "pair_readings",
                                                         "pair_effects",
                                                         "best_so_far",
                                                         "front_members",
                                                         "search_advice",
                                                         "winner_epochs",
                                                         "pretrained",
                                                         "pretrained_data",
                                                         "comparisons",
                                                         "compared_models",
                                                         "compared_scores"};
    return tables;
}

}  // namespace mlpc
