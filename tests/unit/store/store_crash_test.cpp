#include "runtime/store/store.h"
#include "tests/unit/store/run_fixtures.h"
#include "tests/unit/store/temporary_directory.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <optional>

namespace mlpc::test {

namespace store_crash_test {

constexpr std::uint64_t batch = 3;

std::vector<TrialRecord> trials_from(std::uint64_t first) {
    Rng rng = Rng::of_seed(first);
    std::vector<TrialRecord> trials;
    for (std::uint64_t i = 0; i < batch; ++i) {
        trials.push_back(random_trial(rng, first + i));
    }
    return trials;
}

// Adds batches for ever and acknowledges each, by its first number, through the pipe.
[[noreturn]] void add_until_killed(const std::string& path, std::uint64_t first, int acknowledge) {
    Store store(path);
    for (;; first += batch) {
        store.add_trials("run", "best", 1, trials_from(first));
        if (::write(acknowledge, &first, sizeof first) != sizeof first) {
            ::_exit(1);
        }
    }
}

// Kills the child some time after its first acknowledgement; the first number of the last batch that it acknowledged.
std::optional<std::uint64_t> last_acknowledged(const std::string& path, std::uint64_t first, std::uint64_t microseconds) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        add_until_killed(path, first, ends[1]);
    }
    ::close(ends[1]);
    pollfd wait{.fd = ends[0], .events = POLLIN, .revents = 0};
    ::poll(&wait, 1, 5000);
    ::usleep(static_cast<useconds_t>(microseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    std::optional<std::uint64_t> last;
    for (std::uint64_t number = 0; ::read(ends[0], &number, sizeof number) == sizeof number;) {
        last = number;
    }
    ::close(ends[0]);
    return last;
}

TEST(StoreCrash, LosesNoAcknowledgedTrialAndKeepsNoHalfBatch) {
    const TemporaryDirectory directory;
    const std::string path = directory / "runs.db";
    RunRecord run = churn_run();
    run.id = "run";
    run.searches[0].seeds.clear();
    Store(path).begin_run(run);
    Rng rng = Rng::of_seed(7);
    std::uint64_t first = 0;
    for (int kill = 0; kill < 20; ++kill) {
        const auto last = last_acknowledged(path, first, rng.below(20'000));
        ASSERT_TRUE(last.has_value());
        const RunRecord loaded = Store(path).load_run("run");
        const std::vector<TrialRecord>& trials = loaded.searches[0].seeds[0].trials;
        ASSERT_GE(trials.size(), *last + batch);
        ASSERT_EQ(trials.size() % batch, 0u);
        for (std::uint64_t number = first; number < trials.size(); ++number) {
            ASSERT_EQ(exact_text(trials[number]), exact_text(trials_from(number - number % batch)[number % batch]));
        }
        first = trials.size();
    }
}

}  // namespace store_crash_test

}  // namespace mlpc::test
