#include "runtime/store/comparison_rows.h"

namespace mlpc {

namespace {

void write_scores(Statement& insert, const std::string& run_id, std::size_t comparison, std::size_t model, const ComparedRecord& record) {
    for (std::size_t seed = 0; seed < record.scores.size(); ++seed) {
        for (std::size_t fold = 0; fold < record.scores[seed].size(); ++fold) {
            insert.run(run_id, comparison, model, seed, fold, record.scores[seed][fold]);
        }
    }
}

}  // namespace

void write_comparisons(Database& database, const RunRecord& run) {
    Statement insert(database, "INSERT INTO comparisons VALUES (?, ?, ?, ?, ?, ?, ?)");
    Statement insert_model(database, "INSERT INTO compared_models VALUES (?, ?, ?, ?, ?, ?)");
    Statement insert_score(database, "INSERT INTO compared_scores VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t c = 0; c < run.comparisons.size(); ++c) {
        const ComparisonRecord& comparison = run.comparisons[c];
        const char* folds = comparison.folds == ComparisonRecord::Folds::Outer ? "outer" : "validation";
        insert.run(run.id, c, folds, comparison.metric, comparison.greater_is_better, comparison.scored_per_fitted, comparison.folds_differ);
        for (std::size_t m = 0; m < comparison.models.size(); ++m) {
            const ComparedRecord& model = comparison.models[m];
            insert_model.run(run.id, c, m, model.name, model.trials, model.scores.size());
            write_scores(insert_score, run.id, c, m, model);
        }
    }
}

std::vector<ComparisonRecord> read_comparisons(Database& database, const std::string& run_id) {
    std::vector<ComparisonRecord> comparisons;
    Statement select(database,
                     "SELECT folds = 'outer', metric, greater_is_better, scored_per_fitted, folds_differ FROM comparisons WHERE run_id = ? "
                     "ORDER BY position");
    for (select.with(run_id); select.next();) {
        comparisons.push_back({.folds = select.boolean(0) ? ComparisonRecord::Folds::Outer : ComparisonRecord::Folds::Validation,
                               .metric = select.text(1),
                               .greater_is_better = select.boolean(2),
                               .scored_per_fitted = select.real(3),
                               .folds_differ = select.boolean(4),
                               .models = {}});
    }
    Statement models(database, "SELECT comparison, name, trials, seeds FROM compared_models WHERE run_id = ? ORDER BY comparison, position");
    for (models.with(run_id); models.next();) {
        ComparedRecord model{.name = models.text(1), .trials = models.unsigned_integer(2), .scores = {}};
        model.scores.resize(models.unsigned_integer(3));
        comparisons.at(models.unsigned_integer(0)).models.push_back(std::move(model));
    }
    Statement scores(database,
                     "SELECT comparison, model, seed_position, score FROM compared_scores WHERE run_id = ? "
                     "ORDER BY comparison, model, seed_position, fold");
    for (scores.with(run_id); scores.next();) {
        comparisons.at(scores.unsigned_integer(0))
            .models.at(scores.unsigned_integer(1))
            .scores.at(scores.unsigned_integer(2))
            .push_back(scores.real(3));
    }
    return comparisons;
}

}  // namespace mlpc
