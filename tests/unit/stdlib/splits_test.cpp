#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

namespace mlpc {
namespace {

using Codes = std::vector<std::int32_t>;
using Named = std::map<std::string, ParamValue>;

ParamValue integer(std::int64_t value) { return {value}; }

std::unique_ptr<Splitter> splitter(const std::string& name, const Named& named = {}) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Splitter, name);
    ParamValues params = info.default_params();
    for (const auto& [param, value] : named) {
        params.at(info.find_param(param)) = value;
    }
    return info.make_splitter(params);
}

struct Data {
    std::size_t rows = 0;
    Codes strata, groups;
    std::vector<double> times;

    SplitInput input() const {
        return {.rows = rows,
                .strata = strata.empty() ? nullptr : &strata,
                .groups = groups.empty() ? nullptr : &groups,
                .times = times.empty() ? nullptr : &times};
    }
};

std::vector<Part> split(const std::string& name, const Named& named, const Data& data, std::uint64_t seed = 1) {
    return splitter(name, named)->split(data.input(), Rng::of_seed(seed));
}

// Unbalanced classes, at least `least` rows each.
Data random_data(std::mt19937& random, std::size_t least, std::size_t largest_group = 8) {
    Data data;
    const std::int32_t classes = 2 + static_cast<std::int32_t>(random() % 4);
    for (std::int32_t c = 0; c < classes; ++c) {
        data.strata.insert(data.strata.end(), least + random() % (1 + 60 * static_cast<std::size_t>(c)), c);
    }
    std::shuffle(data.strata.begin(), data.strata.end(), random);
    data.rows = data.strata.size();
    for (std::int32_t group = 0; data.groups.size() < data.rows; ++group) {
        const std::size_t size = std::min(1 + random() % largest_group, data.rows - data.groups.size());
        data.groups.insert(data.groups.end(), size, group);
    }
    std::shuffle(data.groups.begin(), data.groups.end(), random);
    for (std::size_t row = 0; row < data.rows; ++row) {
        data.times.push_back(static_cast<double>(random() % data.rows));
    }
    return data;
}

void expect_ascending_and_disjoint(const Part& part) {
    EXPECT_TRUE(std::is_sorted(part.train.begin(), part.train.end()));
    EXPECT_TRUE(std::is_sorted(part.scored.begin(), part.scored.end()));
    RowIndex both;
    std::set_intersection(part.train.begin(), part.train.end(), part.scored.begin(), part.scored.end(), std::back_inserter(both));
    EXPECT_TRUE(both.empty());
    EXPECT_EQ(std::set<std::uint32_t>(part.scored.begin(), part.scored.end()).size(), part.scored.size());
    EXPECT_EQ(std::set<std::uint32_t>(part.train.begin(), part.train.end()).size(), part.train.size());
}

// Every row is scored in exactly one fold and trains in all others.
void expect_partition(const std::vector<Part>& parts, std::size_t rows) {
    std::vector<int> scored(rows, 0);
    for (const Part& part : parts) {
        expect_ascending_and_disjoint(part);
        EXPECT_EQ(part.train.size() + part.scored.size(), rows);
        EXPECT_FALSE(part.scored.empty());
        for (const std::uint32_t row : part.scored) {
            ++scored.at(row);
        }
    }
    EXPECT_EQ(std::count(scored.begin(), scored.end(), 1), static_cast<std::ptrdiff_t>(rows));
}

void expect_groups_intact(const std::vector<Part>& parts, const Codes& groups) {
    for (const Part& part : parts) {
        std::set<std::int32_t> train;
        for (const std::uint32_t row : part.train) {
            train.insert(groups[row]);
        }
        for (const std::uint32_t row : part.scored) {
            EXPECT_EQ(train.count(groups[row]), 0u);
        }
    }
}

std::map<std::int32_t, double> counts(const Codes& codes, const RowIndex& rows) {
    std::map<std::int32_t, double> out;
    for (const std::int32_t code : codes) {
        out[code] += 0;
    }
    for (const std::uint32_t row : rows) {
        out[codes[row]] += 1;
    }
    return out;
}

std::pair<std::size_t, std::size_t> smallest_and_largest(const std::vector<Part>& parts) {
    const auto [low, high] =
        std::minmax_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.scored.size() < b.scored.size(); });
    return {low->scored.size(), high->scored.size()};
}

RowIndex all_rows(std::size_t rows) {
    RowIndex all;
    for (std::uint32_t row = 0; row < rows; ++row) {
        all.push_back(row);
    }
    return all;
}

TEST(Splits, KFoldsPartitionTheRowsIntoEqualFolds) {
    std::mt19937 random(1);
    for (int i = 0; i < 60; ++i) {
        const std::size_t k = 2 + random() % 9;
        const Data data{.rows = k + random() % 200, .strata = {}, .groups = {}, .times = {}};
        for (const bool shuffled : {true, false}) {
            const auto parts = split("k_fold", {{"k", integer(static_cast<std::int64_t>(k))}, {"shuffled", {shuffled}}}, data, random());
            ASSERT_EQ(parts.size(), k);
            expect_partition(parts, data.rows);
            const auto [low, high] = smallest_and_largest(parts);
            EXPECT_LE(high - low, 1u);
        }
    }
}

TEST(Splits, StratifiedFoldsHaveTheSharesOfTheWhole) {
    std::mt19937 random(2);
    for (int i = 0; i < 60; ++i) {
        const std::size_t k = 2 + random() % 6;
        const Data data = random_data(random, k);
        for (const bool shuffled : {true, false}) {
            const auto parts = split("stratified_k_fold", {{"k", integer(static_cast<std::int64_t>(k))}, {"shuffled", {shuffled}}}, data, random());
            expect_partition(parts, data.rows);
            const auto [low, high] = smallest_and_largest(parts);
            EXPECT_LE(high - low, 1u);
            const auto whole = counts(data.strata, all_rows(data.rows));
            for (const Part& part : parts) {
                for (const auto& [stratum, count] : counts(data.strata, part.scored)) {
                    EXPECT_LT(std::abs(count - whole.at(stratum) / static_cast<double>(k)), 1) << "class " << stratum;
                }
            }
        }
    }
}

TEST(Splits, GroupedFoldsKeepGroupsTogetherAndSizesNear) {
    std::mt19937 random(3);
    for (int i = 0; i < 60; ++i) {
        const std::size_t k = 2 + random() % 6;
        const Data data = random_data(random, 20);
        const auto sizes = counts(data.groups, all_rows(data.rows));
        const double largest = std::max_element(sizes.begin(), sizes.end(), [](auto& a, auto& b) { return a.second < b.second; })->second;
        for (const char* name : {"grouped_k_fold", "stratified_grouped_k_fold"}) {
            const auto parts = split(name, {{"k", integer(static_cast<std::int64_t>(k))}}, data, random());
            ASSERT_EQ(parts.size(), k);
            expect_partition(parts, data.rows);
            expect_groups_intact(parts, data.groups);
        }
        const auto [low, high] = smallest_and_largest(split("grouped_k_fold", {{"k", integer(static_cast<std::int64_t>(k))}}, data, random()));
        EXPECT_LE(static_cast<double>(high - low), largest);
    }
}

TEST(Splits, StratifiedGroupedFoldsComeNearToTheShares) {
    std::mt19937 random(4);
    for (int i = 0; i < 20; ++i) {
        const Data data = random_data(random, 100, 3);
        const auto whole = counts(data.strata, all_rows(data.rows));
        for (const Part& part : split("stratified_grouped_k_fold", {}, data, random())) {
            for (const auto& [stratum, count] : counts(data.strata, part.scored)) {
                EXPECT_NEAR(count / whole.at(stratum), 0.2, 0.03) << "class " << stratum;
            }
        }
    }
}

TEST(Splits, HoldoutsTakeTheirShare) {
    std::mt19937 random(5);
    for (int i = 0; i < 60; ++i) {
        const Data data = random_data(random, 30, 4);
        const double share = 0.1 + 0.01 * static_cast<double>(random() % 50);
        const double wanted = share * static_cast<double>(data.rows);
        const auto whole = counts(data.strata, all_rows(data.rows));
        for (const bool shuffled : {true, false}) {
            const Named params = {{"share", {share}}, {"shuffled", {shuffled}}};
            for (const char* name : {"holdout", "stratified_holdout", "grouped_holdout", "stratified_grouped_holdout"}) {
                const auto parts = split(name, params, data, random());
                ASSERT_EQ(parts.size(), 1u);
                expect_ascending_and_disjoint(parts[0]);
                EXPECT_EQ(parts[0].train.size() + parts[0].scored.size(), data.rows);
            }
            EXPECT_NEAR(static_cast<double>(split("holdout", params, data)[0].scored.size()), wanted, 0.5 + 1e-9);
            const auto stratified = split("stratified_holdout", params, data)[0];
            EXPECT_NEAR(static_cast<double>(stratified.scored.size()), wanted, 0.5 + 1e-9);
            const double exact_share = static_cast<double>(stratified.scored.size()) / static_cast<double>(data.rows);
            for (const auto& [stratum, count] : counts(data.strata, stratified.scored)) {
                EXPECT_LT(std::abs(count - exact_share * whole.at(stratum)), 1);
            }
            const auto grouped = split("grouped_holdout", params, data);
            expect_groups_intact(grouped, data.groups);
            EXPECT_NEAR(static_cast<double>(grouped[0].scored.size()), wanted, 4);
            const auto both = split("stratified_grouped_holdout", params, data);
            expect_groups_intact(both, data.groups);
            for (const auto& [stratum, count] : counts(data.strata, both[0].scored)) {
                EXPECT_NEAR(count / whole.at(stratum), share, 0.15);
            }
        }
    }
}

TEST(Splits, TheLastRowsAreHeldOutWhereNotShuffled) {
    const Data data{.rows = 10, .strata = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0}, .groups = {}, .times = {}};
    EXPECT_EQ(split("holdout", {{"share", {0.3}}, {"shuffled", {false}}}, data)[0].scored, (RowIndex{7, 8, 9}));
    EXPECT_EQ(split("stratified_holdout", {{"share", {0.5}}, {"shuffled", {false}}}, data)[0].scored, (RowIndex{5, 6, 7, 8, 9}));
}

TEST(Splits, AShareIsRoundedToTheNearestRow) {
    const Data data{.rows = 100, .strata = {}, .groups = {}, .times = {}};
    EXPECT_EQ(split("holdout", {{"share", {0.07}}}, data)[0].scored.size(), 7u);
}

TEST(Splits, ForwardNeverTrainsOnWhatIsNotOlderThanTheGap) {
    std::mt19937 random(6);
    for (int i = 0; i < 60; ++i) {
        const std::size_t k = 1 + random() % 5;
        const Data data = random_data(random, 40);
        const double gap = static_cast<double>(random() % 3);
        const auto parts = split("forward", {{"k", integer(static_cast<std::int64_t>(k))}, {"gap", {gap}}}, data);
        ASSERT_EQ(parts.size(), k);
        double last_scored = -1;
        std::size_t last_trained = 0;
        for (const Part& part : parts) {
            expect_ascending_and_disjoint(part);
            const auto time = [&](std::uint32_t a, std::uint32_t b) { return data.times[a] < data.times[b]; };
            const double newest = data.times[*std::max_element(part.train.begin(), part.train.end(), time)];
            const double oldest = data.times[*std::min_element(part.scored.begin(), part.scored.end(), time)];
            EXPECT_LT(newest, oldest - gap);
            EXPECT_GT(oldest, last_scored) << "rows of one time are scored together";
            last_scored = data.times[*std::max_element(part.scored.begin(), part.scored.end(), time)];
            EXPECT_GT(part.train.size(), last_trained) << "the window expands";
            last_trained = part.train.size();
            const auto older = std::count_if(data.times.begin(), data.times.end(), [&](double t) { return t < oldest - gap; });
            EXPECT_EQ(part.train.size(), static_cast<std::size_t>(older)) << "all that may train does";
        }
        EXPECT_EQ(last_scored, *std::max_element(data.times.begin(), data.times.end()));
    }
}

TEST(Splits, ForwardUsesEveryTimeWhereThereAreFew) {
    const Data data{.rows = 8, .strata = {}, .groups = {}, .times = {3, 3, 3, 3, 3, 1, 2, 4}};
    const auto parts = split("forward", {{"k", integer(3)}}, data);
    EXPECT_EQ(parts[0].train, (RowIndex{5}));
    EXPECT_EQ(parts[0].scored, (RowIndex{6}));
    EXPECT_EQ(parts[1].scored, (RowIndex{0, 1, 2, 3, 4}));
    EXPECT_EQ(parts[2].scored, (RowIndex{7}));
    EXPECT_THROW(split("forward", {{"k", integer(4)}}, data), RunError);
}

TEST(Splits, SinceTimeCutsAtTheDate) {
    const Data data{.rows = 5, .strata = {}, .groups = {}, .times = {5, 1, 3, 4, 2}};
    const auto part = split("since_time", {{"from", {4.0}}, {"gap", {1.0}}}, data)[0];
    EXPECT_EQ(part.train, (RowIndex{1, 4}));
    EXPECT_EQ(part.scored, (RowIndex{0, 3}));
    EXPECT_THROW(split("since_time", {{"from", {9.0}}}, data), RunError);
    EXPECT_THROW(split("since_time", {{"from", {1.0}}}, data), RunError);
}

TEST(Splits, TheSeedDecidesAndNothingElse) {
    std::mt19937 random(7);
    const Data data = random_data(random, 50);
    for (const char* name : {"k_fold", "stratified_k_fold", "grouped_k_fold", "stratified_grouped_k_fold", "holdout", "stratified_holdout",
                             "grouped_holdout", "stratified_grouped_holdout"}) {
        EXPECT_EQ(split(name, {}, data, 1)[0].scored, split(name, {}, data, 1)[0].scored) << name;
        EXPECT_NE(split(name, {}, data, 1)[0].scored, split(name, {}, data, 2)[0].scored) << name;
        EXPECT_EQ(split(name, {{"shuffled", {false}}}, data, 1)[0].scored, split(name, {{"shuffled", {false}}}, data, 2)[0].scored) << name;
    }
}

TEST(Splits, MembershipIsUniform) {
    const Data data{.rows = 12, .strata = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}, .groups = {}, .times = {}};
    for (const char* name : {"k_fold", "stratified_k_fold"}) {
        std::vector<double> scored_first(data.rows, 0);
        for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
            const auto parts = split(name, {{"k", integer(4)}}, data, seed);
            for (const std::uint32_t row : parts[0].scored) {
                scored_first[row] += 1;
            }
        }
        for (const double count : scored_first) {
            EXPECT_NEAR(count, 500, 80) << name;  // 4 standard deviations
        }
    }
}

std::string refusal(const std::string& name, const Named& named, const Data& data) {
    try {
        split(name, named, data);
    } catch (const RunError& error) {
        return error.what();
    }
    return "";
}

TEST(Splits, WhatCannotBeSplitIsRefusedWithCountsAndARemedy) {
    const Data few{.rows = 4, .strata = {0, 0, 0, 1}, .groups = {0, 0, 1, 1}, .times = {}};
    EXPECT_EQ(refusal("k_fold", {}, few), "4 rows can't be dealt to 5 folds: take fewer folds");
    EXPECT_EQ(refusal("stratified_k_fold", {{"k", integer(2)}}, few),
              "the rarest class has 1 row, too few to stratify over 2 parts: take fewer folds, join rare classes, or leave out `stratified`");
    EXPECT_EQ(refusal("grouped_k_fold", {{"k", integer(3)}}, few),
              "2 groups can't be spread over 3 parts: take fewer folds, or a finer `group` column");
    EXPECT_EQ(refusal("holdout", {{"share", {0.01}}}, few), "holding out 1% of 4 rows leaves one side empty: take another share, or more rows");
    EXPECT_NE(refusal("stratified_holdout", {}, few), "");
    const Data one{.rows = 2, .strata = {}, .groups = {0, 0}, .times = {}};
    EXPECT_NE(refusal("leave_one_group", {}, one), "");
    EXPECT_NE(refusal("by_column", {}, one), "");
    EXPECT_NE(refusal("grouped_holdout", {}, one), "");
}

TEST(Splits, MissingCodesAreRefused) {
    const Data holes{.rows = 5, .strata = {0, 0, 1, 1, 1}, .groups = {0, 1, -1, 0, 2}, .times = {1, 2, missing_number, 3, 4}};
    EXPECT_EQ(refusal("by_column", {}, holes), "1 of 5 rows have no fold: fill that column, or `filter` the rows out before the split");
    for (const char* name : {"grouped_holdout", "grouped_k_fold", "leave_one_group", "stratified_grouped_k_fold"}) {
        EXPECT_NE(refusal(name, {}, holes).find("1 of 5 rows have no group"), std::string::npos) << name;
    }
    for (const char* name : {"forward", "since_time"}) {
        EXPECT_NE(refusal(name, {}, holes).find("1 of 5 rows have no time"), std::string::npos) << name;
    }
}

ParamValue param_of(const nlohmann::json& value) {
    if (value.is_boolean()) {
        return {value.get<bool>()};
    }
    return value.is_number_integer() ? integer(value.get<std::int64_t>()) : ParamValue{value.get<double>()};
}

TEST(Splits, AsScikitLearnWhereDefinitionsCoincide) {
    const auto reference = ask_scikit_learn("stdlib/sklearn_splits.py");
    if (!reference) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    EXPECT_GE(reference->size(), 20u);
    for (const auto& c : *reference) {
        Data data{.rows = c["rows"], .strata = {}, .groups = {}, .times = {}};
        data.strata = c.value("strata", Codes{});
        data.groups = c.value("groups", Codes{});
        data.times = c.value("times", std::vector<double>{});
        Named named;
        for (const auto& [param, value] : c["params"].items()) {
            named[param] = param_of(value);
        }
        const auto parts = split(c["splitter"], named, data);
        ASSERT_EQ(parts.size(), c["parts"].size()) << c["splitter"];
        for (std::size_t fold = 0; fold < parts.size(); ++fold) {
            EXPECT_EQ(parts[fold].scored, c["parts"][fold]["scored"].get<RowIndex>()) << c["splitter"] << " fold " << fold;
            EXPECT_EQ(parts[fold].train, c["parts"][fold]["train"].get<RowIndex>()) << c["splitter"] << " fold " << fold;
        }
    }
}

}  // namespace
}  // namespace mlpc
