// Programs as objectives: what they are told, how they are stopped and continued, and what is said where they fail.
#include "runtime/search/command_runner.h"

#include "runtime/core/error.h"
#include "runtime/core/objective.h"
#include "runtime/search/command_report.h"

#include <gtest/gtest.h>

#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace mlpc {
namespace {

namespace fs = std::filesystem;

class CommandRunnerTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("mlpc-command-" + std::to_string(getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    // A shell script that leaves its number in the file `started`, a line a start.
    ObjectiveSpec script(const std::string& body) const {
        ObjectiveSpec objective;
        objective.name = "objective";
        objective.parameters = {{"x", ParamValue{1.0}}};
        objective.command = {"sh", "-c", "echo $$ >> started\n" + body};
        objective.folder = folder_.string();
        objective.timeout_seconds = 60;
        return objective;
    }
    std::vector<int> started() const {
        std::ifstream file(folder_ / "started");
        std::vector<int> pids;
        for (int pid = 0; file >> pid;) {
            pids.push_back(pid);
        }
        return pids;
    }
    static ObjectiveResult at(CommandRunner& runner, const ObjectiveSpec& objective, Share share, double x = 1) {
        const ParamValues values{ParamValue{x}};
        return runner.evaluate(
            {.objective = objective, .values = values, .trial = 3, .seed = 7, .execution = 0, .share = share, .cancelled = nullptr});
    }
    static std::string failure_of(const ObjectiveSpec& objective, Share share = {}) {
        CommandRunner runner;
        try {
            at(runner, objective, share);
        } catch (const RunError& e) {
            return e.what();
        }
        return "";
    }

    fs::path folder_;
};

const std::string nine_steps =
    "for i in 1 2 3 4 5 6 7 8 9; do echo \"{\\\"step\\\": $i, \\\"of\\\": 9, \\\"value\\\": $i.5, \\\"size\\\": $i}\"; done\n";

// One that has ended and that nobody has waited for yet does not run any more.
bool is_running(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string stat{std::istreambuf_iterator<char>(file), {}};
    const std::size_t name_end = stat.rfind(')');
    return name_end != std::string::npos && stat.at(name_end + 2) != 'Z';
}
std::size_t alive(const std::vector<int>& pids) { return static_cast<std::size_t>(std::count_if(pids.begin(), pids.end(), is_running)); }

TEST_F(CommandRunnerTest, TellsWhatIsAskedOnStandardInput) {
    CommandRunner runner;
    at(runner, script("cat > told; echo 1"), {1, 3});
    std::ifstream file(folder_ / "told");
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, R"({"parameters":{"x":1.0},"trial":3,"seed":7,"execution":0,"share":{"part":1,"whole":3}})");
}

TEST_F(CommandRunnerTest, NestsParametersUnderTheAlternativesThatAreChosen) {
    ObjectiveSpec objective;
    objective.parameters = {{"opt", {}}, {"opt.sgd.rate", {}}, {"opt.sgd.decay", {}}, {"opt.sgd.decay.l2.by", {}}, {"opt.adam.rate", {}}, {"n", {}}};
    const auto json = [&](std::vector<ParamValue> values) { return parameters_json(objective, values); };
    EXPECT_EQ(json({{Word{"sgd"}}, {0.5}, {Word{"l2"}}, {0.25}, {}, {std::int64_t{3}}}),
              R"({"opt":{"sgd":{"rate":0.5,"decay":{"l2":{"by":0.25}}}},"n":3})");
    EXPECT_EQ(json({{Word{"sgd"}}, {0.5}, {}, {}, {}, {true}}), R"({"opt":{"sgd":{"rate":0.5,"decay":null}},"n":true})");
    EXPECT_EQ(json({{Word{"adam"}}, {}, {}, {}, {0.5}, {std::string("a\"b")}}), R"({"opt":{"adam":{"rate":0.5}},"n":"a\"b"})");
    EXPECT_EQ(json({{Word{"other"}}, {}, {}, {}, {}, {std::vector<ParamValue>{{1.5}, {Word{"w"}}}}}), R"({"opt":"other","n":[1.5,"w"]})");
}

TEST_F(CommandRunnerTest, GoesOnInTheSameProcess) {
    CommandRunner runner;
    const ObjectiveSpec objective = script(nine_steps + "echo '{\"value\": 10, \"size\": 10}'");
    const ObjectiveResult third = at(runner, objective, {1, 3});
    EXPECT_EQ(third.value, 3.5);
    EXPECT_EQ(third.share, (Share{3, 9}));
    EXPECT_EQ(third.reported.at("size"), 3);
    ASSERT_EQ(third.way.size(), 2U);
    EXPECT_EQ(third.way[1].second, 2.5);
    EXPECT_EQ(at(runner, objective, {1, 4}).value, 3.5) << "a share that it has passed is known";
    EXPECT_EQ(at(runner, objective, {2, 3}).value, 6.5);
    const ObjectiveResult whole = at(runner, objective, {});
    EXPECT_EQ(whole.value, 10);
    EXPECT_EQ(whole.way.size(), 8U);
    EXPECT_EQ(at(runner, objective, {}).value, 10);
    EXPECT_EQ(started().size(), 1U);
}

TEST_F(CommandRunnerTest, StartsAgainAProgramThatDoesItsShareAndEnds) {
    CommandRunner runner;
    const ObjectiveSpec objective = script(R"(part=$(sed 's/.*"part":\([0-9]*\).*/\1/'); echo "{\"step\": $part, \"of\": 9, \"value\": $part}")");
    EXPECT_EQ(at(runner, objective, {1, 9}).value, 1);
    EXPECT_EQ(at(runner, objective, {3, 9}).value, 3);
    EXPECT_EQ(at(runner, objective, {9, 9}).value, 9);
    EXPECT_EQ(at(runner, objective, {3, 9}).value, 9) << "what is known to a larger share answers for a smaller one";
    EXPECT_EQ(started().size(), 3U);
}

TEST_F(CommandRunnerTest, KeepsAFewProgramsStoppedAndBeginsOthersAnew) {
    CommandRunner runner;
    const ObjectiveSpec objective = script("echo '{\"step\": 1, \"of\": 2, \"value\": 1}'; sleep 0.01; echo 2");
    for (int i = 0; i < 40; ++i) {
        at(runner, objective, {1, 2}, i);
    }
    EXPECT_EQ(alive(started()), 32U);
    EXPECT_EQ(at(runner, objective, {}, 39).value, 2);
    EXPECT_EQ(started().size(), 40U);
    EXPECT_EQ(at(runner, objective, {}, 0).value, 2);
    EXPECT_EQ(started().size(), 41U);
}

TEST_F(CommandRunnerTest, LeavesNoProgramBehind) {
    {
        CommandRunner runner;
        at(runner, script("sleep 600 & echo $! >> started; echo '{\"step\": 1, \"of\": 2, \"value\": 1}'; sleep 600"), {1, 2});
        EXPECT_EQ(alive(started()), 2U);
    }
    for (int waits = 0; alive(started()) > 0 && waits < 200; ++waits) {
        usleep(10'000);  // a signal is sent at once and acts soon
    }
    EXPECT_EQ(alive(started()), 0U);
}

TEST_F(CommandRunnerTest, EndsWithTheProgramAlsoWhereAChildHoldsItsOutputOpen) {
    CommandRunner runner;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(at(runner, script("sleep 600 & echo 5"), {}).value, 5);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST_F(CommandRunnerTest, ReadsMuchOutputWithoutLosingTheResult) {
    CommandRunner runner;
    EXPECT_EQ(at(runner, script("i=0; while [ $i -lt 20000 ]; do echo 'a line of the log' >&2; echo 'and another one'; i=$((i+1)); done; echo 5"), {})
                  .value,
              5);
}

TEST_F(CommandRunnerTest, FailuresSayWhatTheProgramSaidLast) {
    EXPECT_TRUE(failure_of(script("echo one; echo two >&2; exit 3")).ends_with("failed with exit code 3: one | two"));
    EXPECT_NE(failure_of(script("kill -9 $$")).find("failed with signal 9 (Killed)"), std::string::npos);
    EXPECT_NE(failure_of(script("echo abc")).find("printed `abc` last, where a number or a JSON object is expected"), std::string::npos);
    EXPECT_NE(failure_of(script("true")).find("printed no result"), std::string::npos);
    EXPECT_NE(failure_of(script("echo '{\"step\": 1, \"of\": 4, \"value\": 1}'"), {1, 2}).find("ended at step 1 of 4"), std::string::npos);
    ObjectiveSpec slow = script("echo waiting; sleep 600");
    slow.timeout_seconds = 2;
    EXPECT_TRUE(failure_of(slow).ends_with("gave no result within 2 s: waiting")) << failure_of(slow);
    ObjectiveSpec absent = script("");
    absent.command = {"./absent --fast"};
    EXPECT_EQ(failure_of(absent),
              "`./absent --fast` cannot be started: No such file or directory (no shell splits it: each argument is a text of its own)");
}

TEST_F(CommandRunnerTest, StopsWhenItIsCancelled) {
    CommandRunner runner;
    const std::atomic<bool> cancelled{true};
    const ParamValues values{ParamValue{1.0}};
    const ObjectiveSpec objective = script("sleep 600");
    EXPECT_THROW(runner.evaluate({.objective = objective, .values = values, .share = {}, .cancelled = &cancelled}), Cancelled);
    EXPECT_EQ(alive(started()), 0U);
}

TEST(CommandReportTest, ReadsNumbersAndObjects) {
    EXPECT_EQ(read_report(" -1.5e3 ").result.value, -1500);
    EXPECT_EQ(read_report("+2").result.value, 2);
    const CommandReport report = read_report(R"({"value": 0.5, "size": 3, "good": true, "name": "net", "list": [1]})");
    EXPECT_FALSE(report.is_step);
    EXPECT_TRUE(report.result.share.is_whole());
    EXPECT_EQ(report.result.value, 0.5);
    EXPECT_EQ(report.result.reported, (std::map<std::string, double>{{"size", 3}, {"good", 1}}));
    const CommandReport step = read_report(R"({"step": 2, "of": 8, "value": 1})");
    EXPECT_TRUE(step.is_step);
    EXPECT_EQ(step.result.share, (Share{1, 4}));
    EXPECT_TRUE(std::isnan(read_report(R"({"loss": 1})").result.value));
}

TEST(CommandReportTest, RefusesWhatIsNoFiniteNumber) {
    for (const char* line :
         {"nan", "-inf", "1.5 s", "[1]", "\"1\"", R"({"value": null})", R"({"value": "1"})", R"({"value": NaN})", R"({"value": 1e999})",
          R"({"step": 1, "value": 1})", R"({"step": 3, "of": 2, "value": 1})", R"({"step": 0, "of": 2, "value": 1})"}) {
        EXPECT_THROW(read_report(line), RunError) << line;
    }
}

TEST(FormulaTest, HasAValueOrAReason) {
    using Op = Expression::Op;
    ObjectiveSpec objective;
    objective.name = "f";
    objective.parameters = {{"opt", {}}, {"opt.a.x", {}}, {"opt.b.x", {}}, {"opt.b.y", {}}};
    const auto name = [](const char* text) { return Expression{.op = Op::ColumnRef, .text = text}; };
    objective.formula = Expression{.op = Op::Divide, .operands = {name("a.x"), name("a.x")}};
    EXPECT_EQ(formula_value(objective, {{Word{"a"}}, {4.0}, {}, {}}), 1);
    EXPECT_THROW(formula_value(objective, {{Word{"a"}}, {0.0}, {}, {}}), RunError);
    EXPECT_THROW(formula_value(objective, {{Word{"b"}}, {}, {1.0}, {}}), RunError);
    objective.formula = Expression{.op = Op::Power, .operands = {Expression{.op = Op::Number, .number = 10}, name("y")}};
    EXPECT_THROW(formula_value(objective, {{Word{"b"}}, {}, {}, {1000.0}}), RunError);
    EXPECT_EQ(find_parameter(objective, "x"), std::nullopt);
    EXPECT_EQ(find_parameter(objective, "b.x"), 2U);
    EXPECT_EQ(find_parameter(objective, "y"), 3U);
    EXPECT_EQ(find_parameter(objective, "pt.b.x"), std::nullopt);
}

}  // namespace
}  // namespace mlpc
