#include "runtime/report/judgement.h"
#include "runtime/report/report.h"
#include "tests/unit/store/run_fixtures.h"

#include <gtest/gtest.h>
#include <cmath>

namespace mlpc::test {

namespace verdict_test {

// Mean scores of a winner; NaN leaves one out. Seeds and folds vary by `spread` around them.
struct Case {
    std::string name;
    bool greater = true;
    double train = NAN, validation = NAN, test = NAN, dummy = NAN;
    std::size_t seeds = 5;
    double spread = 0.01;
    Finding expected = Finding::Good;
    std::string says;  // a part of the paragraph
};

RunRecord run_of(const Case& c) {
    RunRecord run = churn_run();
    run.metrics = {"score"};
    run.metrics_greater = {c.greater};
    SearchRecord& search = run.searches[0];
    search.metric = "score";
    search.greater_is_better = c.greater;
    search.seeds.clear();
    for (std::size_t s = 0; s < c.seeds; ++s) {
        const double shift = c.spread * (static_cast<double>(s) - static_cast<double>(c.seeds - 1) / 2);
        SeedRecord& seed = search.seeds.emplace_back();
        seed.seed = s + 1;
        TrialRecord& trial = seed.trials.emplace_back();
        trial.model = "logit";
        trial.fold_scores = {c.validation + shift - c.spread, c.validation + shift, c.validation + shift + c.spread};
        trial.train_scores = {c.train};
        if (!std::isnan(c.test)) {
            seed.test_scores["score"] = c.test + shift;
        }
        if (!std::isnan(c.dummy)) {
            seed.dummy_scores["score"] = c.dummy;
        }
    }
    return run;
}

const std::vector<Case> cases = {
    {.name = "good", .train = 0.95, .validation = 0.93, .test = 0.92, .dummy = 0.5, .says = "96 % of what it gains over the dummy"},
    {.name = "forests fit their rows perfectly", .train = 1, .validation = 0.96, .test = 0.95, .dummy = 0.6, .says = "90 % of what it gains"},
    {.name = "by heart",
     .train = 0.99,
     .validation = 0.70,
     .test = 0.69,
     .dummy = 0.5,
     .expected = Finding::Overfits,
     .says = "59 % of what it gains"},
    {.name = "by heart, worse than the dummy",
     .train = 1,
     .validation = 0.48,
     .test = 0.47,
     .dummy = 0.5,
     .expected = Finding::Overfits,
     .says = "104 % of what"},
    {.name = "learns nothing",
     .train = 0.5,
     .validation = 0.5,
     .test = 0.49,
     .dummy = 0.5,
     .expected = Finding::Underfits,
     .says = "no better than the dummy"},
    {.name = "learns little",
     .train = 0.56,
     .validation = 0.55,
     .test = 0.55,
     .dummy = 0.5,
     .expected = Finding::Underfits,
     .says = "little better than the dummy"},
    {.name = "not told from the dummy",
     .train = 0.65,
     .validation = 0.63,
     .test = 0.51,
     .dummy = 0.5,
     .spread = 0.02,
     .expected = Finding::Underfits,
     .says = "cannot be told from the dummy"},
    {.name = "chosen on luck", .train = 0.9, .validation = 0.88, .test = 0.8, .dummy = 0.5, .expected = Finding::Optimistic, .says = "by 0.0800"},
    {.name = "a large unit, good",
     .greater = false,
     .train = 5200,
     .validation = 5400,
     .test = 5450,
     .dummy = 9000,
     .spread = 50,
     .says = "95 % of what"},
    {.name = "a large unit, by heart",
     .greater = false,
     .train = 900,
     .validation = 5400,
     .test = 5450,
     .dummy = 9000,
     .spread = 50,
     .expected = Finding::Overfits,
     .says = "56 % of what"},
    {.name = "a large unit, learns little",
     .greater = false,
     .train = 8500,
     .validation = 8600,
     .test = 8600,
     .dummy = 9000,
     .spread = 50,
     .expected = Finding::Underfits,
     .says = "little better"},
    {.name = "a small unit, chosen on luck",
     .greater = false,
     .train = 2e-6,
     .validation = 2.2e-6,
     .test = 4e-6,
     .dummy = 9e-6,
     .spread = 1e-8,
     .expected = Finding::Optimistic,
     .says = "Quote the test score"},
    {.name = "unbounded gain", .train = 120, .validation = 110, .test = 109, .dummy = 20, .spread = 1, .says = "90 % of what"},
    {.name = "one seed",
     .train = 0.95,
     .validation = 0.93,
     .test = 0.92,
     .dummy = 0.5,
     .seeds = 1,
     .says = "One seed only: how much these numbers vary from seed to seed is not known."},
    {.name = "one seed, chosen on luck",
     .train = 0.9,
     .validation = 0.88,
     .test = 0.7,
     .dummy = 0.5,
     .seeds = 1,
     .expected = Finding::Optimistic,
     .says = "One seed only"},
    {.name = "one seed, folds too wide to tell",
     .train = 0.9,
     .validation = 0.88,
     .test = 0.8,
     .dummy = 0.5,
     .seeds = 1,
     .spread = 0.1,
     .says = "One seed only"},
    {.name = "no test", .train = 0.95, .validation = 0.93, .expected = Finding::SelectionOnly, .says = "a selection score, not a performance (L101)"},
    {.name = "no test but a dummy", .train = 0.95, .validation = 0.93, .dummy = 0.5, .says = "a selection score, not a performance (L101)"},
    {.name = "no dummy", .train = 0.95, .validation = 0.93, .test = 0.93, .expected = Finding::NoBaseline, .says = "scored better by 0.0200"},
    {.name = "no dummy, chosen on luck",
     .train = 0.9,
     .validation = 0.88,
     .test = 0.7,
     .expected = Finding::Optimistic,
     .says = "Quote the test score"},
    {.name = "all failed", .validation = NAN, .test = NAN, .seeds = 0, .expected = Finding::NoWinner, .says = "No model was searched for"},
};

TEST(Verdict, JudgesByTrainValidationTestAndDummy) {
    for (const Case& c : cases) {
        const Judgement judgement = judge(run_of(c));
        EXPECT_EQ(name_of(judgement.finding), name_of(c.expected)) << c.name << "\n" << judgement.explanation;
        EXPECT_NE(judgement.explanation.find(c.says), std::string::npos) << c.name << "\n" << judgement.explanation;
        EXPECT_EQ(judgement.explanation.find("nan"), std::string::npos) << judgement.explanation;
    }
}

TEST(Verdict, DoesNotDependOnTheUnit) {
    for (Case c : cases) {
        if (c.greater) {
            continue;  // a share has no other unit
        }
        for (double* score : {&c.train, &c.validation, &c.test, &c.dummy, &c.spread}) {
            *score *= 1000;
        }
        EXPECT_EQ(name_of(judge(run_of(c)).finding), name_of(c.expected)) << c.name;
    }
}

TEST(Verdict, IsOneParagraphThatBeginsWithTheFinding) {
    EXPECT_EQ(verdict(churn_run()),
              "Good. The winner, logit, has mcc 0.4600 on its training rows, 0.4300 (0.4052 to 0.4548) in validation, 0.4200 (0.3952 to 0.4448) on "
              "the test rows; a dummy that ignores the features has 0.0000. 93 % of what it gains over the dummy on its training rows carries "
              "over to rows that it has not seen.");
}

TEST(Verdict, SaysThatNoTrialSucceeded) {
    RunRecord run = churn_run();
    for (SeedRecord& seed : run.searches[0].seeds) {
        seed.winner = seed.trials.size();
    }
    run.status = "failed";
    EXPECT_EQ(verdict(run),
              "No winner. No trial succeeded, so there is no score to judge. The first failure: churn.mlp:31: out of memory. The run failed: this is "
              "where it stood.");
}

TEST(Verdict, ComparesOuterFoldsOfANestedSearch) {
    RunRecord run = churn_run();
    run.metrics = {"mcc"};
    for (SeedRecord& seed : run.searches[0].seeds) {
        seed.outer_scores = {0.40, 0.42, 0.44};
        seed.test_scores.clear();
        seed.confusion.resize(0, 0);
    }
    EXPECT_NE(verdict(run).find("0.4200 on the outer folds"), std::string::npos) << verdict(run);
}

TEST(Verdict, LeavesValidationOutWhereItsMetricWasNotEvaluated) {
    RunRecord run = churn_run();
    run.metrics = {"accuracy"};
    for (SeedRecord& seed : run.searches[0].seeds) {
        seed.test_scores.erase("mcc");
    }
    const std::string text = verdict(run);
    EXPECT_NE(text.find("has accuracy 0.8300 on its training rows, 0.8100"), std::string::npos) << text;
    EXPECT_NE(text.find("The search went by mcc, which was not evaluated"), std::string::npos) << text;
    EXPECT_EQ(text.find("in validation"), std::string::npos) << text;
}

TEST(Verdict, NamesEveryModelThatWon) {
    RunRecord run = churn_run();
    run.searches[0].seeds[2].winner = 1;
    EXPECT_NE(verdict(run).find("The winner, logit or forest, has"), std::string::npos) << verdict(run);
}

}  // namespace verdict_test

}  // namespace mlpc::test
