// The commands of `mlpc`: each takes its options and returns the exit code of the process.
#pragma once

#include "compiler/driver/run_lock.h"
#include "compiler/sema/build_plan.h"
#include "runtime/core/colour.h"

#include <atomic>
#include <string>
#include <vector>

namespace mlpc {

namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int findings = 1;
inline constexpr int usage = 2;
inline constexpr int gate_missed = 3;
inline constexpr int our_bug = 70;
inline constexpr int interrupted = 130;
}  // namespace exit_code

struct CheckOptions {
    std::vector<std::string> files;
    std::string format = "text";  // text, json, sarif
    bool fix = false;
    Overrides overrides;
};
int command_check(const CheckOptions&);

struct FmtOptions {
    std::vector<std::string> files;  // "-": standard input to standard output
    bool check = false, diff = false;
};
int command_fmt(const FmtOptions&);

int command_explain(const std::string& code);

struct PlanOptions {
    std::string file;
    Overrides overrides;
};
int command_plan(const PlanOptions&);
int command_emit(const std::string& stage, const std::string& file);

struct RunCommandOptions {
    std::string file;
    Overrides overrides;
    unsigned jobs = 0;            // 0: as many as there are processors
    std::string format = "text";  // text, json, jsonl
    std::string out;              // folder for outputs; empty: beside the file
    std::string memory = "256MB";
    bool share = true;
    bool allow_commands = false;  // objectives may start programs
    LockUse lock = LockUse::Follow;
    std::string typed;  // the command line, for the record
};
int command_run(const RunCommandOptions&);

struct ResultsOptions {
    std::string run;              // empty: list them
    std::string format = "text";  // text, json, html
};
int command_results(const ResultsOptions&);

int command_docs(const std::string& name);
// Writes the whole reference below the folder.
int command_write_docs(const std::string& folder);
int command_list(const std::string& kind);
int command_describe(const std::string& file);

struct NewOptions {
    std::string name, from, target;
};
int command_new(const NewOptions&);

struct PredictOptions {
    std::string model, data;
};
int command_predict(const PredictOptions&);

// Set by Ctrl-C; the second Ctrl-C ends the process at once.
const std::atomic<bool>& interrupted();
void catch_interrupts();

// Colours on a terminal, unless NO_COLOR is set.
Colour colour_of(int file_descriptor);
// Prints "error: …" on standard error.
void print_error(const std::string& message);

}  // namespace mlpc
