#include "runtime/store/store.h"

#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"
#include "tests/unit/store/run_fixtures.h"
#include "tests/unit/store/temporary_directory.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <functional>
#include <thread>

namespace mlpc::test {

namespace store_test {

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const RunError& error) {
        return error.what();
    }
    return "no RunError";
}

// What a user sees who opens the file with sqlite3: the first cell of the answer.
std::string query(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    sqlite3_stmt* statement = nullptr;
    std::string answer = "no row";
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        answer = sqlite3_errmsg(database);
    } else if (sqlite3_step(statement) == SQLITE_ROW) {
        const auto* text = sqlite3_column_text(statement, 0);
        answer = text == nullptr ? "NULL" : reinterpret_cast<const char*>(text);
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return answer;
}

RunRecord without_trials(RunRecord run) {
    for (SearchRecord& search : run.searches) {
        for (SeedRecord& seed : search.seeds) {
            seed.trials.clear();
        }
    }
    return run;
}

TEST(Store, GivesBackEveryBitOfARun) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    for (std::uint64_t i = 0; i < 100; ++i) {
        const std::string id = "run " + std::to_string(i);
        RunRecord begun = without_trials(random_run(Rng::of_seed(1000 + i), id));
        store.begin_run(begun);
        begun.status = "running";
        ASSERT_EQ(exact_text(store.load_run(id)), exact_text(begun)) << i;
        const RunRecord finished = random_run(Rng::of_seed(i), id);
        store.finish_run(finished);
        ASSERT_EQ(exact_text(store.load_run(id)), exact_text(finished)) << i;
    }
}

TEST(Store, ShowsARunUnderWayWithTheBestTrialSoFar) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    RunRecord run = churn_run();
    const std::vector<TrialRecord> trials = run.searches[0].seeds[1].trials;
    run.searches[0].seeds.clear();
    store.begin_run(run);
    store.add_trials(run.id, "best", 2, {trials[1]});
    store.add_trials(run.id, "best", 2, {trials[0], trials[2]});
    const RunRecord loaded = Store(directory / "runs.db").load_run("latest");
    ASSERT_EQ(loaded.status, "running");
    ASSERT_EQ(loaded.searches[0].seeds.size(), 1u);
    const SeedRecord& seed = loaded.searches[0].seeds[0];
    EXPECT_EQ(seed.seed, 2u);
    ASSERT_EQ(seed.trials.size(), 3u);
    EXPECT_EQ(exact_text(seed.trials[2]), exact_text(trials[2]));
    EXPECT_EQ(seed.winner, 0u);
}

TEST(Store, KeepsTheTrialsThatFinishRunDoesNotRepeat) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    const RunRecord run = churn_run();
    store.begin_run(without_trials(run));
    for (const SeedRecord& seed : run.searches[0].seeds) {
        store.add_trials(run.id, "best", seed.seed, seed.trials);
    }
    store.finish_run(without_trials(run));
    EXPECT_EQ(exact_text(store.load_run(run.id)), exact_text(run));
}

TEST(Store, ReplacesATrialOfTheSameNumber) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    store.begin_run(without_trials(churn_run()));
    TrialRecord trial = churn_run().searches[0].seeds[0].trials[0];
    store.add_trials(churn_run().id, "best", 1, {trial});
    trial.fold_scores = {0.5};
    trial.params = {{"only", "one"}};
    store.add_trials(churn_run().id, "best", 1, {trial});
    const RunRecord loaded = store.load_run("latest");
    ASSERT_EQ(loaded.searches[0].seeds[0].trials.size(), 1u);
    EXPECT_EQ(exact_text(loaded.searches[0].seeds[0].trials[0]), exact_text(trial));
}

TEST(Store, FindsARunByTheBeginningOfItsId) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    for (const std::string id : {"20261120-aa", "20261121-ab", "20261121-ac"}) {
        RunRecord run = churn_run();
        run.id = id;
        run.started = "2026-11-2" + id.substr(7, 1);
        store.begin_run(run);
    }
    EXPECT_EQ(store.load_run("20261120").id, "20261120-aa");
    EXPECT_EQ(store.load_run("latest").id, "20261121-ac");
    const std::string ambiguous = message_of([&] { store.load_run("20261121"); });
    EXPECT_NE(ambiguous.find("several runs begin with `20261121`: `20261121-ac`, `20261121-ab`"), std::string::npos) << ambiguous;
    EXPECT_NE(message_of([&] { store.load_run("2026112_"); }).find("no run begins with `2026112_`"), std::string::npos);
    EXPECT_NE(message_of([&] { store.load_run(""); }).find("no run begins with ``"), std::string::npos);
    const std::string twice = message_of([&] {
        RunRecord run = churn_run();
        run.id = "20261120-aa";
        store.begin_run(run);
    });
    EXPECT_NE(twice.find("has a run `20261120-aa` already"), std::string::npos) << twice;
}

TEST(Store, ListsRunsNewestFirstWithTheirWinners) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    EXPECT_TRUE(store.list_runs().empty());
    EXPECT_NE(message_of([&] { store.load_run("latest"); }).find("holds no run yet"), std::string::npos);
    RunRecord older = churn_run();
    older.id = "a";
    older.started = "2026-01-01T00:00:00Z";
    older.searches[0].seeds[1].winner = 1;
    store.finish_run(older);
    store.begin_run(churn_run());
    const std::vector<RunRecord> runs = store.list_runs();
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_EQ(runs[0].id, churn_run().id);
    const SeedRecord& seed = runs[1].searches[0].seeds[1];
    ASSERT_EQ(seed.trials.size(), 1u);
    EXPECT_EQ(seed.winner, 0u);
    EXPECT_EQ(seed.trials[0].model, "forest");
}

void begin_empty(Store& store, const std::string& id, const ExperimentKeys& keys) {
    RunRecord run = without_trials(churn_run());
    run.id = id;
    store.begin_run(run);
    store.set_keys(id, keys);
}

void finish_empty(Store& store, const std::string& id, const char* status) {
    RunRecord run = without_trials(churn_run());
    run.id = id;
    run.status = status;
    store.finish_run(run);
}

TEST(Store, ReturnsTrialsOfTheSameExperiment) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    const std::vector<TrialRecord> trials = churn_run().searches[0].seeds[0].trials;
    const ExperimentKeys keys{.experiment = {1, 2}, .evaluation = {3, 4}};
    begin_empty(store, "one", keys);
    begin_empty(store, "two", keys);
    begin_empty(store, "other", {.experiment = {1, 3}, .evaluation = {3, 5}});
    TrialRecord stale = trials[1];
    stale.model = "stale";
    store.add_trials("one", "best", 1, {trials[0], stale});
    store.add_trials("two", "best", 1, {trials[1]});
    store.add_trials("two", "best", 2, {trials[2]});
    store.add_trials("other", "best", 1, {trials[2]});
    const std::vector<TrialRecord> kept = store.trials_of(keys, "best", 1);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(exact_text(kept[0]), exact_text(trials[0]));
    EXPECT_EQ(exact_text(kept[1]), exact_text(trials[1])) << "the newest run's trial counts";
    EXPECT_TRUE(store.trials_of({.experiment = {1, 2}, .evaluation = {9, 9}}, "best", 1).empty());
    finish_empty(store, "two", "interrupted");
    EXPECT_EQ(store.trials_of(keys, "best", 1).size(), 2u) << "finishing a run keeps its keys";
    EXPECT_NE(message_of([&] { store.set_keys("absent", keys); }).find("no run `absent`"), std::string::npos);
}

TEST(Store, GivesTheTrialsOfAFinishedRunToAnotherNumberOfTrialsAndNotToARepetition) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    const std::vector<TrialRecord> trials = churn_run().searches[0].seeds[0].trials;
    const ExperimentKeys few{.experiment = {1, 2}, .evaluation = {3, 4}}, more{.experiment = {1, 3}, .evaluation = {3, 4}};
    begin_empty(store, "stopped", few);
    store.add_trials("stopped", "best", 1, {trials[1]});
    begin_empty(store, "few", few);
    store.add_trials("few", "best", 1, {trials[0]});
    finish_empty(store, "few", "done");
    EXPECT_EQ(store.trials_of(more, "best", 1).size(), 2u);
    EXPECT_TRUE(store.trials_of(few, "best", 1).empty()) << "to run it once more is to begin anew";
    begin_empty(store, "again", few);
    store.add_trials("again", "best", 1, {trials[2]});
    EXPECT_EQ(store.trials_of(few, "best", 1).size(), 1u) << "what was stopped after that goes on";
}

TEST(Store, KeepsArtifacts) {
    const TemporaryDirectory directory;
    Store store(directory / "runs.db");
    store.begin_run(churn_run());
    const std::string bytes("MLPM\0\xff", 6);
    store.add_artifact(churn_run().id, "best", "first");
    store.add_artifact(churn_run().id, "best", bytes);
    EXPECT_EQ(store.artifact(churn_run().id, "best"), bytes);
    EXPECT_EQ(store.artifact(churn_run().id, "worst"), std::nullopt);
    EXPECT_NE(message_of([&] { store.add_artifact("absent", "best", bytes); }).find("FOREIGN KEY"), std::string::npos);
    query(directory / "runs.db", "UPDATE artifacts SET bytes = x'00'");
    EXPECT_NE(message_of([&] { store.artifact(churn_run().id, "best"); }).find("is damaged"), std::string::npos);
}

TEST(Store, AnswersSql) {
    const TemporaryDirectory directory;
    const std::string path = directory / "runs.db";
    Store(path).finish_run(churn_run());
    EXPECT_EQ(query(path, "SELECT count(*) FROM trials WHERE model = 'forest'"), "6");
    EXPECT_EQ(query(path, "SELECT round(avg(score), 4) FROM scores WHERE part = 'test' AND metric = 'mcc'"), "0.42");
    EXPECT_EQ(query(path, "SELECT round(score, 6) FROM trial_means WHERE seed = 2 AND model = 'logit'"), "0.44");
    EXPECT_EQ(query(path, "SELECT score FROM trial_means WHERE number = 2 LIMIT 1"), "NULL") << "a failed fold has no mean";
    EXPECT_EQ(query(path, "SELECT count FROM confusion WHERE true_class = 0 AND predicted_class = 1 LIMIT 1"), "10.0");
    EXPECT_EQ(query(path, "PRAGMA user_version"), "8");
    EXPECT_EQ(query(path, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(query(path, "PRAGMA foreign_key_check"), "no row");
}

TEST(Store, AnswersSqlAboutWhatASearchHasTaught) {
    const TemporaryDirectory directory;
    const std::string path = directory / "runs.db";
    RunRecord run = churn_run();
    SearchRecord& search = run.searches[0];
    search.space.resize(1);
    search.space[0].name = "forest.depth";
    search.space[0].kind = "integer";
    search.space[0].low = 2;
    search.space[0].high = 20;
    Store(path).finish_run(run);
    Store(path).finish_run(run);
    EXPECT_EQ(query(path, "SELECT trials FROM parameter_readings WHERE name = 'forest.depth'"), "6") << "once, though written twice";
    EXPECT_EQ(query(path, "SELECT importance FROM parameter_readings"), "NULL") << "of two configurations";
    EXPECT_EQ(query(path, "SELECT sum(trials) || ' ' || sum(failed) FROM parameter_effects"), "6 3");
    EXPECT_EQ(query(path, "SELECT count(*) FROM best_so_far WHERE trial = 0"), "3");
}

// What later versions added, taken away again.
void take_back_to_first_version(const std::string& path) {
    for (const char* table : {"drift",
                              "trial_rungs",
                              "rung_scores",
                              "trial_measures",
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
                              "epochs",
                              "winner_epochs",
                              "pretrained",
                              "pretrained_data",
                              "comparisons",
                              "compared_models",
                              "compared_scores"}) {
        query(path, std::string("DROP TABLE ") + table);
    }
    query(path, "DROP VIEW trial_means");
    query(path, "DROP INDEX runs_by_evaluation");
    query(path, "ALTER TABLE runs DROP COLUMN evaluation_key");
    for (const char* column : {"ask_seconds", "share_part", "share_whole", "given_up", "feasible", "reuse"}) {
        query(path, std::string("ALTER TABLE trials DROP COLUMN ") + column);
    }
    for (const char* column : {"remark", "scored_per_fitted", "folds_differ", "only_compared"}) {
        query(path, std::string("ALTER TABLE searches DROP COLUMN ") + column);
    }
    query(path, "CREATE VIEW trial_means AS SELECT * FROM trials");
    query(path, "PRAGMA user_version = 1");
}

TEST(Store, TakesAnEarlierVersionAlong) {
    const TemporaryDirectory directory;
    const std::string path = directory / "runs.db";
    Store(path).finish_run(churn_run());
    take_back_to_first_version(path);
    RunRecord later = churn_run();
    later.id += "2";
    later.data.at(0).drift = {{.column = "income", .type = "numeric", .psi = 0.5, .finding = "`income` differs"}};
    Store store(path);
    EXPECT_EQ(store.load_run(churn_run().id).data.at(0).drift.size(), 0U);
    store.finish_run(later);
    EXPECT_EQ(exact_text(store.load_run(later.id)), exact_text(later));
}

TEST(Store, RefusesFilesThatAreNotItsOwn) {
    const TemporaryDirectory directory;
    write_whole_file(directory / "text.db", std::string(5000, 'x'));
    EXPECT_NE(message_of([&] { Store(directory / "text.db"); }).find("text.db`: the file is not an SQLite database"), std::string::npos);
    query(directory / "other.db", "CREATE TABLE runs (x)");
    EXPECT_NE(message_of([&] { Store(directory / "other.db"); }).find("was not made by mlpc"), std::string::npos);
    Store(directory / "newer.db").begin_run(churn_run());
    query(directory / "newer.db", "PRAGMA user_version = 99");
    EXPECT_NE(message_of([&] { Store(directory / "newer.db"); }).find("written by a newer mlpc (store version 99"), std::string::npos);
    EXPECT_EQ(query(directory / "newer.db", "SELECT count(*) FROM runs"), "1") << "a refused file is left alone";
}

TEST(Store, SaysWhereItCannotWrite) {
    EXPECT_NE(message_of([] { Store("/proc/runs.db"); }).find("run store `/proc/runs.db`: the file cannot be opened or created"), std::string::npos);
}

TEST(Store, ManyMayOpenANewFileAtOnce) {
    const TemporaryDirectory directory;
    std::vector<std::string> messages(8);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < messages.size(); ++t) {
        threads.emplace_back([&, t] {
            messages[t] = message_of([&] {
                Store store(directory / "runs.db");
                RunRecord run = without_trials(churn_run());
                run.id = std::to_string(t);
                store.begin_run(run);
                store.add_trials(run.id, "best", 1, churn_run().searches[0].seeds[0].trials);
            });
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(messages, std::vector<std::string>(8, "no RunError"));
    EXPECT_EQ(Store(directory / "runs.db").list_runs().size(), 8u);
}

class SmallDisk {
public:
    explicit SmallDisk(const std::string& path) : path_(path) {
        std::filesystem::create_directory(path);
        mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=400k") == 0;
    }
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(path_.c_str(), MNT_DETACH);
        }
    }
    bool mounted() const { return mounted_; }

private:
    std::string path_;
    bool mounted_ = false;
};

TEST(Store, SaysThatTheDiskIsFullAndKeepsWhatItHad) {
    const TemporaryDirectory directory;
    const SmallDisk disk(directory / "disk");
    if (!disk.mounted()) {
        GTEST_SKIP() << "mounting a small file system needs root";
    }
    Store store(directory / "disk/runs.db");
    RunRecord run = without_trials(churn_run());
    store.begin_run(run);
    TrialRecord trial = churn_run().searches[0].seeds[0].trials[0];
    std::string message = "no RunError";
    std::uint64_t kept = 0;
    for (; kept < 10'000 && message == "no RunError"; ++kept) {
        trial.number = kept;
        message = message_of([&] { store.add_trials(run.id, "best", 1, std::vector(1, trial)); });
    }
    EXPECT_NE(message.find("disk/runs.db`: the disk is full"), std::string::npos) << message;
    EXPECT_EQ(store.load_run(run.id).searches[0].seeds[0].trials.size(), kept - 1);
    EXPECT_NE(message_of([&] { write_whole_file(directory / "disk/report.html", std::string(1 << 20, 'x')); }).find("No space left"),
              std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(directory / "disk/report.html"));
}

}  // namespace store_test

}  // namespace mlpc::test
