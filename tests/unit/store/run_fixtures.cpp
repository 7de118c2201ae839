#include "tests/unit/store/run_fixtures.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace mlpc::test {

namespace {

TrialRecord trial(std::uint64_t number, const std::string& model, std::vector<std::pair<std::string, std::string>> params, double validation,
                  double train) {
    return {.number = number,
            .model = model,
            .params = std::move(params),
            .fold_scores = {validation - 0.02, validation, validation + 0.02},
            .train_scores = {train, train, train},
            .seconds = 0.25,
            .failure = ""};
}

SeedRecord seed_record(std::uint64_t seed, double shift) {
    SeedRecord record;
    record.seed = seed;
    record.trials = {trial(0, "logit", {{"logit.C", "0.1"}, {"prep.1", "scale(standard)"}}, 0.43 + shift, 0.46),
                     trial(1, "forest", {{"forest.depth", "7"}}, 0.41 + shift, 0.74),
                     trial(2, "forest", {{"forest.depth", "20"}}, 0.38 + shift, 0.99)};
    record.trials[2].fold_scores[1] = std::numeric_limits<double>::quiet_NaN();
    record.trials[2].failure = "churn.mlp:31: out of memory";
    record.winner = 0;
    record.test_scores = {{"mcc", 0.42 + shift}, {"accuracy", 0.81 + shift}};
    record.train_scores = {{"mcc", 0.455}, {"accuracy", 0.83}};
    record.dummy_scores = {{"mcc", 0.0}, {"accuracy", 0.7}};
    record.confusion = Matrix{{60, 10}, {9, 21}};
    record.slices = {{.column = "plan", .value = "basic", .rows = 70, .score = 0.44 + shift},
                     {.column = "plan", .value = "gold", .rows = 30, .score = 0.31}};
    return record;
}

// --- at random
double random_double(Rng& rng) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr std::array special = {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, -0.0, 0.0, 5e-324, 1.0, 1e300, 0.1};
    const std::uint64_t kind = rng.below(4);
    if (kind == 0) {
        return special[rng.below(special.size())];
    }
    const double bits = std::bit_cast<double>(rng.bits());
    return kind == 1 && !std::isnan(bits) ? bits : rng.normal();
}

std::string random_text(Rng& rng) {
    constexpr std::array<std::string_view, 9> pieces = {"a", "'", "\"", "%", "ä→", "\n", "latest", "<b>", "42"};
    std::string text;
    for (std::uint64_t i = rng.below(5); i > 0; --i) {
        text += pieces[rng.below(pieces.size())];
    }
    return rng.below(20) == 0 ? text + '\0' + text : text;
}

template <class Make>
auto random_list(Rng& rng, Make make) {
    std::vector<decltype(make())> list;
    for (std::uint64_t i = rng.below(4); i > 0; --i) {
        list.push_back(make());
    }
    return list;
}

std::map<std::string, double> random_scores(Rng& rng) {
    std::map<std::string, double> scores;
    for (std::uint64_t i = rng.below(4); i > 0; --i) {
        scores[random_text(rng)] = random_double(rng);
    }
    return scores;
}

SeedRecord random_seed(Rng& rng, std::uint64_t seed) {
    SeedRecord record;
    record.seed = seed;
    for (std::uint64_t i = 0, count = rng.below(5); i < count; ++i) {
        record.trials.push_back(random_trial(rng, i));
    }
    record.winner = rng.below(record.trials.size() + 1);
    record.test_scores = random_scores(rng);
    record.train_scores = random_scores(rng);
    record.dummy_scores = random_scores(rng);
    record.outer_scores = random_list(rng, [&] { return random_double(rng); });
    const auto classes = static_cast<Eigen::Index>(rng.below(4));
    record.confusion = Matrix::NullaryExpr(classes, classes, [&] { return random_double(rng); });
    record.slices = random_list(
        rng, [&] { return SliceScore{.column = random_text(rng), .value = random_text(rng), .rows = rng.below(1000), .score = random_double(rng)}; });
    return record;
}

Share random_share(Rng& rng) { return {static_cast<std::int64_t>(rng.below(100)), static_cast<std::int64_t>(1 + rng.below(100))}; }

RungRecord random_rung(Rng& rng) {
    return {.share = random_share(rng), .fold_scores = random_list(rng, [&] { return random_double(rng); }), .seconds = random_double(rng)};
}

DimensionRecord random_dimension(Rng& rng) {
    return {.name = random_text(rng),
            .kind = random_text(rng),
            .low = random_double(rng),
            .high = random_double(rng),
            .log = rng.below(2) == 0,
            .bounded = rng.below(2) == 0,
            .choices = random_list(rng, [&] { return random_text(rng); })};
}

SearchRecord random_search(Rng& rng, const std::string& name) {
    SearchRecord search{.name = name,
                        .metric = random_text(rng),
                        .greater_is_better = rng.below(2) == 0,
                        .goals = random_list(rng,
                                             [&] {
                                                 return GoalRecord{random_text(rng), rng.below(2) == 0};
                                             }),
                        .constraints = random_list(rng, [&] { return random_text(rng); }),
                        .method = random_text(rng),
                        .remark = random_text(rng),
                        .space = random_list(rng, [&] { return random_dimension(rng); }),
                        .models = random_list(rng, [&] { return random_text(rng); }),
                        .seeds = {},
                        .scored_per_fitted = random_double(rng),
                        .folds_differ = rng.below(2) == 0,
                        .only_compared = rng.below(2) == 0};
    for (std::uint64_t i = 0, count = rng.below(4); i < count; ++i) {
        search.seeds.push_back(random_seed(rng, rng.bits() - i));
    }
    return search;
}

ComparedRecord random_compared(Rng& rng) {
    return {.name = random_text(rng), .trials = rng.below(100), .scores = random_list(rng, [&] {
                                                                    return random_list(rng, [&] { return random_double(rng); });
                                                                })};
}

ComparisonRecord random_comparison(Rng& rng) {
    ComparisonRecord comparison{.folds = rng.below(2) == 0 ? ComparisonRecord::Folds::Outer : ComparisonRecord::Folds::Validation,
                                .metric = random_text(rng),
                                .greater_is_better = rng.below(2) == 0,
                                .scored_per_fitted = random_double(rng),
                                .folds_differ = rng.below(2) == 0,
                                .models = random_list(rng, [&] { return random_compared(rng); })};
    comparison.models.push_back(random_compared(rng));
    return comparison;
}

FeatureDrift random_drift(Rng& rng) {
    return {.column = random_text(rng),
            .type = random_text(rng),
            .psi = random_double(rng),
            .statistic = random_double(rng),
            .p_value = random_double(rng),
            .train_missing = random_double(rng),
            .test_missing = random_double(rng),
            .unseen_levels = rng.below(100),
            .unseen_rows = rng.below(100),
            .finding = random_text(rng)};
}

DataRecord random_data(Rng& rng) {
    return {.name = random_text(rng),
            .path = random_text(rng),
            .sha256 = random_text(rng),
            .rows = rng.below(1u << 30),
            .train_rows = rng.below(100),
            .test_rows = rng.below(100),
            .columns = rng.below(100),
            .target = random_text(rng),
            .classes = random_list(rng, [&] { return random_text(rng); }),
            .drift = random_list(rng, [&] { return random_drift(rng); })};
}

PretrainedRecord random_source(Rng& rng) {
    return {.name = random_text(rng),
            .format = random_text(rng),
            .path = random_text(rng),
            .sha256 = random_text(rng),
            .pinned = rng.below(2) == 0,
            .trained_on = random_list(rng, [&] { return random_text(rng); }),
            .licence = random_text(rng),
            .encoded_rows = rng.below(1000),
            .cached_rows = rng.below(1000)};
}

// --- exactly
std::string exact(double value) { return std::isnan(value) ? "nan" : fmt::format("{:016x}", std::bit_cast<std::uint64_t>(value)); }
std::string exact(const std::string& text) { return fmt::format("{}:{}", text.size(), text); }
std::string exact(const std::pair<std::string, std::string>& pair) { return exact(pair.first) + "=" + exact(pair.second); }
std::string exact(const std::pair<const std::string, double>& pair) { return exact(pair.first) + "=" + exact(pair.second); }
std::string exact(const SliceScore& s) { return fmt::format("{} {} {} {}", exact(s.column), exact(s.value), s.rows, exact(s.score)); }
std::string exact(const GateRecord& g) { return fmt::format("{} {} {}", exact(g.condition), exact(g.value), g.passed); }
std::string exact(const FeatureDrift& d);
std::string exact(const RungRecord& r);
std::string exact(const DimensionRecord& d);
std::string exact(const GoalRecord& g) { return fmt::format("{} {}", exact(g.metric), g.greater_is_better); }
std::string exact(const Share& s) { return fmt::format("{}/{}", s.part, s.whole); }
std::string exact(const std::pair<std::string, double>& pair) { return exact(pair.first) + "=" + exact(pair.second); }
std::string exact(const TrialRecord& t);
std::string exact(const DataRecord& d);
std::string exact(const SeedRecord& s);
std::string exact(const SearchRecord& s);
std::string exact(const PretrainedRecord& s);
std::string exact(const ComparedRecord& m);
std::string exact(const ComparisonRecord& c);
std::string exact(const Epoch& e);
std::string exact(const FoldTraining& t);

template <class List>
std::string exact_list(const List& list) {
    std::string text = "[";
    for (const auto& item : list) {
        text += exact(item) + ", ";
    }
    return text + "]";
}
std::string exact(const Epoch& e) {
    return fmt::format("{} {} {} {} {} {}", e.number, exact(e.train_loss), exact(e.held_loss), exact(e.held_score), exact(e.rate), exact(e.seconds));
}
std::string exact(const Training& t) { return fmt::format("{} {}", t.planned, exact_list(t.epochs)); }
std::string exact(const FoldTraining& t) { return fmt::format("{} {} {}", t.fold, t.execution, exact(t.training)); }
std::string exact(const TrialRecord& t) { return exact_text(t); }
std::string exact(const RungRecord& r) { return fmt::format("{} {} {}", exact(r.share), exact_list(r.fold_scores), exact(r.seconds)); }
std::string exact(const DimensionRecord& d) {
    return fmt::format("{} {} {} {} {} {} {}", exact(d.name), exact(d.kind), exact(d.low), exact(d.high), d.log, d.bounded, exact_list(d.choices));
}
std::string exact(const FeatureDrift& d) {
    return fmt::format("{} {} {} {} {} {} {} {} {} {}", exact(d.column), exact(d.type), exact(d.psi), exact(d.statistic), exact(d.p_value),
                       exact(d.train_missing), exact(d.test_missing), d.unseen_levels, d.unseen_rows, exact(d.finding));
}
std::string exact(const DataRecord& d) {
    return fmt::format("\n{} {} {} {} {} {} {} {} {} {}", exact(d.name), exact(d.path), exact(d.sha256), d.rows, d.train_rows, d.test_rows, d.columns,
                       exact(d.target), exact_list(d.classes), exact_list(d.drift));
}
std::string exact(const SeedRecord& s) {
    std::string confusion = fmt::format("{}x{}", s.confusion.rows(), s.confusion.cols());
    for (const double cell : s.confusion.reshaped()) {
        confusion += " " + exact(cell);
    }
    return fmt::format("\n seed {} winner {} trials {} test {} train {} dummy {} outer {} confusion {} slices {} training {}", s.seed, s.winner,
                       exact_list(s.trials), exact_list(s.test_scores), exact_list(s.train_scores), exact_list(s.dummy_scores),
                       exact_list(s.outer_scores), confusion, exact_list(s.slices), exact(s.training));
}
std::string exact(const SearchRecord& s) {
    return fmt::format("\nsearch {} {} {} {} {} {} {} {} {} {} {} {} {}", exact(s.name), exact(s.metric), s.greater_is_better, exact(s.method),
                       exact_list(s.models), exact_list(s.seeds), exact_list(s.goals), exact_list(s.constraints), exact(s.remark),
                       exact_list(s.space), exact(s.scored_per_fitted), s.folds_differ, s.only_compared);
}
std::string exact(const ComparedRecord& m) {
    std::string text = fmt::format("{} {}", exact(m.name), m.trials);
    for (const std::vector<double>& seed : m.scores) {
        text += exact_list(seed);
    }
    return text;
}
std::string exact(const ComparisonRecord& c) {
    return fmt::format("\ncomparison {} {} {} {} {} {}", c.folds == ComparisonRecord::Folds::Outer, exact(c.metric), c.greater_is_better,
                       exact(c.scored_per_fitted), c.folds_differ, exact_list(c.models));
}
std::string exact(const PretrainedRecord& s) {
    return fmt::format("\nsource {} {} {} {} {} {} {} {} {}", exact(s.name), exact(s.format), exact(s.path), exact(s.sha256), s.pinned,
                       exact_list(s.trained_on), exact(s.licence), s.encoded_rows, s.cached_rows);
}

}  // namespace

RunRecord churn_run() {
    RunRecord run;
    run.id = "20261121-090000-ab12cd";
    run.file = "examples/churn.mlp";
    run.source = "edition 1\n\nseeds 1..3  # <b>&\n";
    run.file_sha256 = std::string(64, 'a');
    run.version = "0.1.0";
    run.started = "2026-11-21T09:00:00Z";
    run.finished = "2026-11-21T09:00:12Z";
    run.command = "mlpc run examples/churn.mlp --set trials=3";
    run.overrides = {{"trials", "3"}};
    run.data = {{.name = "churn",
                 .path = "data/churn.csv",
                 .sha256 = std::string(64, 'b'),
                 .rows = 500,
                 .train_rows = 400,
                 .test_rows = 100,
                 .columns = 8,
                 .target = "churned",
                 .classes = {"no", "yes"},
                 .drift = {}}};
    run.searches = {{.name = "best",
                     .metric = "mcc",
                     .greater_is_better = true,
                     .method = "random(trials: 3)",
                     .models = {"logit", "forest"},
                     .seeds = {seed_record(1, 0), seed_record(2, 0.01), seed_record(3, -0.01)}}};
    run.comparisons = {{.folds = ComparisonRecord::Folds::Validation,
                        .metric = "mcc",
                        .greater_is_better = true,
                        .scored_per_fitted = 0.5,
                        .folds_differ = true,
                        .models = {{.name = "zero", .trials = 1, .scores = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}},
                                   {.name = "forest", .trials = 2, .scores = {{0.5, 0.25, 0.375}, {0.5, 0.375, 0.25}, {0.5, 0.25, 0.5}}},
                                   {.name = "logit", .trials = 1, .scores = {{0.25, 0.5, 0.375}, {0.5, 0.5, 0.5}, {0.25, 0.5, 0.625}}}}}};
    run.metrics = {"mcc", "accuracy"};
    run.metrics_greater = {true, true};
    run.gates = {{.condition = "mcc >= 0.4", .value = 0.42, .passed = true}};
    run.warnings = {"warning[D104]: 12 rows of `churn` miss `income`\n  --> examples/churn.mlp:9:3"};
    run.allowed = {{"L111", "billing artefact, ticket 42"}};
    run.pipeline = {"numeric -> impute(mean) -> scale(standard)", "category -> impute(most_frequent) -> one_hot", "logistic(C: 0.1)"};
    run.fits_requested = 90;
    run.fits_done = 31;
    run.wall_seconds = 12.34;
    run.cpu_seconds = 20;
    run.status = "done";
    return run;
}

Training random_training(Rng& rng) {
    Training training{.planned = static_cast<std::int64_t>(1 + rng.below(100)), .epochs = {}};
    for (std::uint64_t i = 0, count = 1 + rng.below(3); i < count; ++i) {
        training.epochs.push_back({.number = static_cast<std::int64_t>(i + 1),
                                   .train_loss = random_double(rng),
                                   .held_loss = random_double(rng),
                                   .held_score = random_double(rng),
                                   .rate = random_double(rng),
                                   .seconds = random_double(rng)});
    }
    return training;
}

std::vector<FoldTraining> random_trainings(Rng& rng) {
    std::vector<FoldTraining> trainings;
    for (std::uint64_t fold = 0, count = rng.below(4); fold < count; ++fold) {
        trainings.push_back(
            {.fold = static_cast<std::int64_t>(fold / 2), .execution = static_cast<std::int64_t>(fold % 2), .training = random_training(rng)});
    }
    return trainings;
}

TrialRecord random_trial(Rng& rng, std::uint64_t number) {
    return {.number = number,
            .model = random_text(rng),
            .params = random_list(rng, [&] { return std::pair(random_text(rng), random_text(rng)); }),
            .fold_scores = random_list(rng, [&] { return random_double(rng); }),
            .train_scores = random_list(rng, [&] { return random_double(rng); }),
            .seconds = random_double(rng),
            .ask_seconds = random_double(rng),
            .share = random_share(rng),
            .rungs = random_list(rng, [&] { return random_rung(rng); }),
            .given_up = rng.below(2) == 0,
            .measures = random_list(rng, [&] { return std::pair(random_text(rng), random_double(rng)); }),
            .feasible = rng.below(2) == 0,
            .failure = random_text(rng),
            .trainings = random_trainings(rng),
            .reuse = static_cast<Reuse>(rng.below(3))};
}

RunRecord random_run(Rng rng, const std::string& id) {
    RunRecord run;
    run.id = id;
    for (std::string* text : {&run.file, &run.source, &run.file_sha256, &run.version, &run.started, &run.finished, &run.command}) {
        *text = random_text(rng);
    }
    const auto random_pair = [&] { return std::pair(random_text(rng), random_text(rng)); };
    run.overrides = random_list(rng, random_pair);
    run.data = random_list(rng, [&] { return random_data(rng); });
    run.pretrained = random_list(rng, [&] { return random_source(rng); });
    for (std::uint64_t i = 0, count = rng.below(3); i < count; ++i) {
        run.searches.push_back(random_search(rng, "search " + std::to_string(i)));
    }
    run.comparisons = random_list(rng, [&] { return random_comparison(rng); });
    run.metrics = random_list(rng, [&] { return random_text(rng); });
    for (std::size_t i = 0; i < run.metrics.size(); ++i) {
        run.metrics_greater.push_back(rng.below(2) == 0);
    }
    run.gates = random_list(rng, [&] { return GateRecord{.condition = random_text(rng), .value = random_double(rng), .passed = rng.below(2) == 0}; });
    run.warnings = random_list(rng, [&] { return random_text(rng); });
    run.allowed = random_list(rng, random_pair);
    run.pipeline = random_list(rng, [&] { return random_text(rng); });
    run.fits_requested = rng.bits();
    run.fits_done = rng.below(1000);
    run.wall_seconds = random_double(rng);
    run.cpu_seconds = random_double(rng);
    run.status = "done";
    return run;
}

std::string exact_text(const TrialRecord& t) {
    return fmt::format("\n  trial {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", t.number, exact(t.model), exact_list(t.params),
                       exact_list(t.fold_scores), exact_list(t.train_scores), exact(t.seconds), exact(t.failure), exact(t.ask_seconds),
                       exact(t.share), exact_list(t.rungs), t.given_up, exact_list(t.measures), t.feasible, exact_list(t.trainings),
                       static_cast<int>(t.reuse));
}

std::string exact_text(const RunRecord& r) {
    std::string greater;
    for (const bool g : r.metrics_greater) {
        greater += g ? "+" : "-";
    }
    return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", exact(r.id), exact(r.file), exact(r.source),
                       exact(r.file_sha256), exact(r.version), exact(r.started), exact(r.finished), exact(r.command), exact_list(r.overrides),
                       exact_list(r.data), exact_list(r.searches), exact_list(r.metrics), greater, exact_list(r.gates), exact_list(r.warnings),
                       exact_list(r.allowed), exact_list(r.pipeline), r.fits_requested, r.fits_done, exact(r.wall_seconds), exact(r.cpu_seconds),
                       r.status, exact_list(r.pretrained), exact_list(r.comparisons));
}

}  // namespace mlpc::test
