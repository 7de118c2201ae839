#include "runtime/store/lock.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace lock_test {

Lock sample() {
    Lock lock;
    lock.data["churn"] = {.source = "sqlite",
                          .path = "churn.db",
                          .arguments = {{"query", "select * from churn"}},
                          .sha256 = std::string(64, 'a'),
                          .rows = 500,
                          .columns = {{"plan", "category"}, {"age \"x\"", "numeric"}},
                          .test_files = {{"later.csv", {.sha256 = std::string(64, 'b'), .rows = 20}}}};
    lock.pretrained["glove"] = {
        .source = "word_vectors", .path = "glove.txt", .sha256 = std::string(64, 'c'), .bytes = 1u << 31, .licence = "PDDL", .beside = {}};
    return lock;
}

TEST(Lock, IsTheSameAfterItWasWrittenAndRead) {
    EXPECT_EQ(lock_from(to_text(sample()), "x.lock"), sample());
    EXPECT_EQ(to_text(lock_from(to_text(sample()), "x.lock")), to_text(sample()));
    EXPECT_EQ(lock_from(to_text(Lock()), "x.lock"), Lock());
    EXPECT_TRUE(changes(sample(), sample()).empty());
}

TEST(Lock, NamesWhatIsAnotherBesideANetwork) {
    Lock locked = sample();
    locked.pretrained["glove"].beside = {{"config.json", std::string(64, 'e')}, {"vocab.txt", std::string(64, 'f')}};
    EXPECT_EQ(lock_from(to_text(locked), "x.lock"), locked);
    Lock seen = locked;
    seen.pretrained["glove"].beside = {{"tokenizer.json", std::string(64, 'e')}, {"vocab.txt", std::string(64, '0')}};
    const std::vector<LockChange> found = changes(locked, seen);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].why, LockChange::Why::Content);
    EXPECT_EQ(
        found[0].detail,
        "`tokenizer.json` beside it is new; `vocab.txt` beside it: sha256 ffffffffffff… is locked, 000000000000… is there; `config.json` beside "
        "it is gone");
    EXPECT_EQ(following(locked, seen), locked);
    EXPECT_EQ(changes(sample(), seen).front().why, LockChange::Why::Declared) << "a lock that does not know of such files learns of them";
    EXPECT_EQ(following(sample(), seen), seen);
}

TEST(Lock, RefusesWhatIsNone) {
    for (const char* text : {"", "[]", "{}", "{\"version\": 1, \"data\": {\"x\": {}}}", "{\"version\": 1, \"data\": 7}", "{\"version\": 99}"}) {
        EXPECT_THROW(lock_from(text, "x.lock"), RunError) << text;
    }
}

// Other content must be accepted by somebody; what the experiment's file says needs nobody's word.
TEST(Lock, FollowsTheFileAndKeepsContent) {
    Lock seen = sample();
    seen.data["churn"].sha256 = std::string(64, 'd');
    seen.pretrained["glove"].licence = "CC0-1.0";
    seen.data["more"] = sample().data["churn"];
    const std::vector<LockChange> found = changes(sample(), seen);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].why, LockChange::Why::Content);
    EXPECT_EQ(found[0].detail, "sha256 aaaaaaaaaaaa… is locked, dddddddddddd… is there");
    EXPECT_EQ(found[1].why, LockChange::Why::Added);
    EXPECT_EQ(found[2].why, LockChange::Why::Declared);
    Lock expected = seen;
    expected.data["churn"] = sample().data["churn"];
    EXPECT_EQ(following(sample(), seen), expected);
    seen.data["churn"].arguments["query"] += " limit 10";
    EXPECT_EQ(changes(sample(), seen).front().why, LockChange::Why::Declared) << "the other rows are those that were asked for";
}

TEST(Lock, NamesWhatIsAnotherInTestRows) {
    Lock seen = sample();
    seen.data["churn"].test_files["later.csv"] = {.sha256 = std::string(64, 'e'), .rows = 21};
    const std::vector<LockChange> found = changes(sample(), seen);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].why, LockChange::Why::Content);
    EXPECT_NE(found[0].detail.find("`later.csv`, have changed; 20 rows are locked, 21 are there"), std::string::npos) << found[0].detail;
}

}  // namespace lock_test
}  // namespace mlpc
