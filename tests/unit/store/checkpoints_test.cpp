// Files of fits that were stopped: what is kept comes back whole or not at all, and they take no more room than they may.
#include "runtime/store/checkpoints.h"

#include "tests/unit/store/temporary_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mlpc::test {
namespace checkpoints_test {

namespace fs = std::filesystem;

constexpr Key one{1, 2}, two{1, 3};

class CheckpointFiles : public testing::Test {
protected:
    static CheckpointLimits at_once() { return {.worth_keeping = std::chrono::milliseconds(0), .spacing = 0, .spare_bytes = 0}; }
    std::string folder() const { return directory_ / "checkpoints"; }
    std::size_t files() const {
        return fs::exists(folder()) ? static_cast<std::size_t>(std::distance(fs::directory_iterator(folder()), fs::directory_iterator())) : 0;
    }
    TemporaryDirectory directory_;
};

TEST_F(CheckpointFiles, GiveBackWhatWasKeptLast) {
    const std::string state = std::string("a\0b", 3) + std::string(100'000, 'x');
    {
        Checkpoints run(folder(), at_once());
        const auto fit = run.of(one);
        EXPECT_EQ(fit->kept(), "");
        fit->keep("before");
        fit->keep(state);
    }
    Checkpoints again(folder(), at_once());
    EXPECT_EQ(again.of(one)->kept(), state);
    EXPECT_EQ(again.of(two)->kept(), "");
    EXPECT_EQ(again.used(), 0U);
    again.of(one)->went_on();
    EXPECT_EQ(again.used(), 1U);
}

TEST_F(CheckpointFiles, AreGoneWhenTheirRunHasEnded) {
    Checkpoints stopped(folder(), at_once());
    stopped.of(one)->keep("one");
    Checkpoints other(folder(), at_once());
    other.of(two)->keep("two");
    Checkpoints run(folder(), at_once());
    EXPECT_EQ(run.of(one)->kept(), "one");
    std::ofstream(folder() + "/" + one.hex() + ".fit.tmp-1-1") << "what a process that was killed had written";
    run.remove();
    EXPECT_EQ(run.of(one)->kept(), "");
    EXPECT_EQ(run.of(two)->kept(), "two") << "of another run";
    other.remove();
    EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(CheckpointFiles, AreNothingWhereTheyAreDamaged) {
    Checkpoints run(folder(), at_once());
    run.of(one)->keep("what a fit has learned");
    const std::string path = fs::directory_iterator(folder())->path().string();
    std::ifstream in(path, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    ASSERT_GT(whole.size(), 22U);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        for (const std::string& content : {changed, whole.substr(0, i)}) {
            std::ofstream(path, std::ios::binary) << content;
            EXPECT_EQ(run.of(one)->kept(), "") << i;
        }
    }
    run.of(one)->keep("again");
    EXPECT_EQ(run.of(one)->kept(), "again");
}

TEST_F(CheckpointFiles, AreWrittenWhenEnoughWasDone) {
    Checkpoints patient(folder(), {.worth_keeping = std::chrono::hours(1)});
    EXPECT_FALSE(patient.of(one)->is_due());
    Checkpoints run(folder(), {.worth_keeping = std::chrono::milliseconds(0), .spacing = 1e6});
    const auto fit = run.of(one);
    EXPECT_TRUE(fit->is_due());
    fit->keep("state");
    EXPECT_FALSE(fit->is_due()) << "the next one is as dear as this one was";
}

TEST_F(CheckpointFiles, TakeNoMoreRoomThanTheyMay) {
    CheckpointLimits limits = at_once();
    limits.most_bytes = 3000;
    Checkpoints run(folder(), limits);
    for (std::uint64_t i = 0; i < 5; ++i) {
        run.of({7, i})->keep(std::string(900, 'x'));
        for (const auto& entry : fs::directory_iterator(folder())) {  // so that the order of age does not rest on the clock's steps
            fs::last_write_time(entry.path(), fs::last_write_time(entry.path()) - std::chrono::seconds(10));
        }
    }
    EXPECT_EQ(files(), 3U);
    EXPECT_EQ(run.of({7, 0})->kept(), "");
    EXPECT_EQ(run.of({7, 4})->kept(), std::string(900, 'x'));
    run.of({7, 9})->keep(std::string(4000, 'x'));
    EXPECT_EQ(run.of({7, 9})->kept(), "");

    limits.spare_bytes = std::uintmax_t{1} << 60;
    Checkpoints on_full_disk(directory_ / "full", limits);
    on_full_disk.of(one)->keep("state");
    EXPECT_EQ(on_full_disk.of(one)->kept(), "");
}

TEST_F(CheckpointFiles, AreLeftOutWhereNoFolderCanBeMade) {
    std::ofstream(folder()) << "a file is in its place";
    Checkpoints run(folder(), at_once());
    run.of(one)->keep("state");
    EXPECT_EQ(run.of(one)->kept(), "");
    run.remove();
    EXPECT_TRUE(fs::is_regular_file(folder()));
}

}  // namespace checkpoints_test
}  // namespace mlpc::test
