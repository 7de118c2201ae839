#include "runtime/core/journal.h"
#include "runtime/report/json_comparison.h"
#include "runtime/report/json_reading.h"
#include "runtime/report/judgement.h"
#include "runtime/report/leaderboard.h"
#include "runtime/report/report.h"
#include "runtime/report/transfer_text.h"

namespace mlpc {

namespace {

constexpr int schema_version = 1;

Json by_metric(const std::map<std::string, double>& scores) {
    Json object = Json::object();
    for (const auto& [metric, score] : scores) {
        object[metric] = json_number(score);
    }
    return object;
}

Json matrix(const Matrix& values) {
    Json rows = Json::array();
    for (Eigen::Index r = 0; r < values.rows(); ++r) {
        Json row = Json::array();
        for (Eigen::Index c = 0; c < values.cols(); ++c) {
            row.push_back(json_number(values(r, c)));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json named(const std::vector<std::pair<std::string, std::string>>& pairs) {
    Json list = Json::array();
    for (const auto& [name, value] : pairs) {
        list.push_back({{"name", name}, {"value", value}});
    }
    return list;
}

Json to_json(const Share& share) { return {{"part", share.part}, {"whole", share.whole}}; }

Json to_json(const RungRecord& rung) {
    return {{"share", to_json(rung.share)}, {"fold_scores", json_numbers(rung.fold_scores)}, {"seconds", json_number(rung.seconds)}};
}

Json to_json(const Training& training) {
    Json epochs = Json::array();
    for (const Epoch& epoch : training.epochs) {
        epochs.push_back({{"epoch", epoch.number},
                          {"train_loss", json_number(epoch.train_loss)},
                          {"held_loss", json_number(epoch.held_loss)},
                          {"held_score", json_number(epoch.held_score)},
                          {"rate", json_number(epoch.rate)},
                          {"seconds", json_number(epoch.seconds)}});
    }
    return {{"planned", training.planned}, {"best", training.epochs.at(training.best()).number}, {"epochs", std::move(epochs)}};
}

Json to_json(const FoldTraining& of_fold) {
    Json json = to_json(of_fold.training);
    json["fold"] = of_fold.fold;
    json["execution"] = of_fold.execution;
    return json;
}

Json to_json(const TrialRecord& trial) {
    Json rungs = Json::array();
    for (const RungRecord& rung : trial.rungs) {
        rungs.push_back(to_json(rung));
    }
    Json measures = Json::array();
    for (const auto& [name, value] : trial.measures) {
        measures.push_back({{"name", name}, {"value", json_number(value)}});
    }
    Json trainings = Json::array();
    for (const FoldTraining& training : trial.trainings) {
        trainings.push_back(to_json(training));
    }
    return {{"number", trial.number},
            {"model", trial.model},
            {"params", named(trial.params)},
            {"score", json_number(trial.mean_score())},
            {"train_score", json_number(trial.mean_train_score())},
            {"fold_scores", json_numbers(trial.fold_scores)},
            {"train_scores", json_numbers(trial.train_scores)},
            {"seconds", json_number(trial.seconds)},
            {"ask_seconds", json_number(trial.ask_seconds)},
            {"share", to_json(trial.share)},
            {"rungs", std::move(rungs)},
            {"given_up", trial.given_up},
            {"measures", std::move(measures)},
            {"trainings", std::move(trainings)},
            {"feasible", trial.feasible},
            {"reuse", name_of(trial.reuse)},
            {"failure", trial.failure.empty() ? Json(nullptr) : Json(trial.failure)}};
}

Json to_json(const SeedRecord& seed) {
    Json slices = Json::array();
    for (const SliceScore& slice : seed.slices) {
        slices.push_back({{"column", slice.column}, {"value", slice.value}, {"rows", slice.rows}, {"score", json_number(slice.score)}});
    }
    Json trials = Json::array();
    for (const TrialRecord& trial : seed.trials) {
        trials.push_back(to_json(trial));
    }
    const TrialRecord* winner = winning_trial(seed);
    return {{"seed", seed.seed},
            {"winner", winner == nullptr ? Json(nullptr) : Json(winner->number)},
            {"test_scores", by_metric(seed.test_scores)},
            {"train_scores", by_metric(seed.train_scores)},
            {"dummy_scores", by_metric(seed.dummy_scores)},
            {"outer_scores", json_numbers(seed.outer_scores)},
            {"confusion", matrix(seed.confusion)},
            {"slices", std::move(slices)},
            {"training", seed.training.epochs.empty() ? Json(nullptr) : to_json(seed.training)},
            {"trials", std::move(trials)}};
}

Json to_json(const Standing& standing) {
    return {{"model", standing.model},
            {"trials", standing.trials},
            {"failed", standing.failed},
            {"seeds_won", standing.won},
            {"train", json_summary(standing.train)},
            {"validation", json_summary(standing.validation)},
            {"test", json_summary(standing.test)},
            {"dummy", json_summary(standing.dummy)},
            {"gap", json_number(standing.gap)}};
}

// Null where its models do not differ in what they take from pre-trained networks.
Json transfer_of(const SearchRecord& search) {
    const std::optional<TransferGain> gain = transfer_gain(search);
    if (!gain) {
        return nullptr;
    }
    Json standings = Json::array(), comparisons = Json::array();
    for (const ReuseStanding& standing : gain->standings) {
        standings.push_back({{"reuse", name_of(standing.reuse)},
                             {"trials", standing.trials},
                             {"seconds", json_number(standing.seconds)},
                             {"score", json_summary(standing.score)}});
    }
    for (const ReuseComparison& comparison : gain->comparisons) {
        comparisons.push_back({{"first", name_of(comparison.first)},
                               {"second", name_of(comparison.second)},
                               {"gain", json_summary(comparison.by_folds.gain)},
                               {"p_value", json_number(comparison.by_folds.p_value)},
                               {"adjusted_p_value", json_number(comparison.adjusted_p_value)}});
    }
    return {{"standings", std::move(standings)},
            {"compared_trials", gain->budget},
            {"comparisons", std::move(comparisons)},
            {"sentences", gain_sentences(search, *gain)}};
}

const char* name_of(HeldOut held_out) {
    switch (held_out) {
        case HeldOut::Nothing:
            return "nothing";
        case HeldOut::TestRows:
            return "test";
        case HeldOut::OuterFolds:
            return "outer folds";
    }
    return "";
}

Json to_json(const RunRecord& run, const SearchRecord& search) {
    const WinnerScores scores = winner_scores(run, search);
    Json standings = Json::array();
    for (const Standing& standing : leaderboard(run, search)) {
        standings.push_back(to_json(standing));
    }
    Json seeds = Json::array();
    for (const SeedRecord& seed : search.seeds) {
        seeds.push_back(to_json(seed));
    }
    Json goals = Json::array();
    for (const GoalRecord& goal : search.goals) {
        goals.push_back({{"metric", goal.metric}, {"greater_is_better", goal.greater_is_better}});
    }
    return {{"name", search.name},
            {"metric", search.metric},
            {"greater_is_better", search.greater_is_better},
            {"goals", std::move(goals)},
            {"constraints", search.constraints},
            {"method", search.method},
            {"remark", search.remark.empty() ? Json(nullptr) : Json(search.remark)},
            {"models", search.models},
            {"space", json_space(search.space)},
            {"held_out", name_of(scores.held_out)},
            {"held_out_metric", scores.held_out == HeldOut::Nothing ? Json(nullptr) : Json(scores.held_out_metric)},
            {"only_compared", search.only_compared},
            {"leaderboard", std::move(standings)},
            {"transfer", transfer_of(search)},
            {"reading", json_reading(read_search(search))},
            {"seeds", std::move(seeds)}};
}

Json to_json(const FeatureDrift& drift) {
    return {{"column", drift.column},
            {"type", drift.type},
            {"psi", json_number(drift.psi)},
            {"statistic", json_number(drift.statistic)},
            {"p_value", json_number(drift.p_value)},
            {"train_missing", json_number(drift.train_missing)},
            {"test_missing", json_number(drift.test_missing)},
            {"unseen_levels", drift.unseen_levels},
            {"unseen_rows", drift.unseen_rows},
            {"finding", drift.finding.empty() ? Json(nullptr) : Json(drift.finding)}};
}

Json to_json(const DataRecord& data) {
    Json drift = Json::array();
    for (const FeatureDrift& feature : data.drift) {
        drift.push_back(to_json(feature));
    }
    return {
        {"name", data.name},           {"path", data.path},       {"sha256", data.sha256}, {"rows", data.rows},       {"train_rows", data.train_rows},
        {"test_rows", data.test_rows}, {"columns", data.columns}, {"target", data.target}, {"classes", data.classes}, {"drift", std::move(drift)}};
}

Json to_json(const PretrainedRecord& source) {
    return {{"name", source.name},
            {"format", source.format},
            {"path", source.path},
            {"sha256", source.sha256},
            {"pinned", source.pinned},
            {"trained_on", source.trained_on},
            {"licence", source.licence},
            {"encoded_rows", source.encoded_rows},
            {"cached_rows", source.cached_rows}};
}

Json metrics_of(const RunRecord& run) {
    Json list = Json::array();
    for (const std::string& metric : run.metrics) {
        list.push_back({{"name", metric}, {"greater_is_better", metric_greater(run, metric)}});
    }
    return list;
}

Json gates_of(const RunRecord& run) {
    Json list = Json::array();
    for (const GateRecord& gate : run.gates) {
        list.push_back({{"condition", gate.condition}, {"value", json_number(gate.value)}, {"passed", gate.passed}});
    }
    return list;
}

Json allowed_of(const RunRecord& run) {
    Json list = Json::array();
    for (const auto& [code, reason] : run.allowed) {
        list.push_back({{"code", code}, {"reason", reason}});
    }
    return list;
}

}  // namespace

std::string report_json(const RunRecord& run) {
    const Judgement judgement = judge(run);
    Json json = {{"schema", "mlpc-report"},
                 {"schema_version", schema_version},
                 {"id", run.id},
                 {"file", run.file},
                 {"file_sha256", run.file_sha256},
                 {"version", run.version},
                 {"status", run.status},
                 {"started", run.started},
                 {"finished", run.finished},
                 {"command", run.command},
                 {"overrides", named(run.overrides)},
                 {"verdict", {{"finding", name_of(judgement.finding)}, {"explanation", judgement.explanation}}},
                 {"metrics", metrics_of(run)},
                 {"gates", gates_of(run)},
                 {"data", Json::array()},
                 {"pretrained", Json::array()},
                 {"searches", Json::array()},
                 {"comparisons", Json::array()},
                 {"pipeline", run.pipeline},
                 {"warnings", run.warnings},
                 {"allowed", allowed_of(run)},
                 {"journal", journal_hash(run)},
                 {"fits_requested", run.fits_requested},
                 {"fits_done", run.fits_done},
                 {"wall_seconds", json_number(run.wall_seconds)},
                 {"cpu_seconds", json_number(run.cpu_seconds)},
                 {"source", run.source}};
    for (const DataRecord& data : run.data) {
        json["data"].push_back(to_json(data));
    }
    for (const PretrainedRecord& source : run.pretrained) {
        json["pretrained"].push_back(to_json(source));
    }
    for (const SearchRecord& search : run.searches) {
        json["searches"].push_back(to_json(run, search));
    }
    for (const ComparisonRecord& comparison : run.comparisons) {
        json["comparisons"].push_back(json_comparison(comparison));
    }
    // A name that is not UTF-8 must not cost the whole report.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mlpc
