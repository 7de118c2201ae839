// What an objective's program prints: a number, or a JSON object a line.
#pragma once

#include "runtime/engine/engine.h"

#include <string>

namespace mlpc {

struct CommandReport {
    ObjectiveResult result;
    bool is_step = false;  // of a part of the trial: it has `step` and `of`
};
// Whether a line is a report of a step, in contrast to other things that a program prints on its way.
bool is_step(const std::string& line);
// Throws RunError with a reason that follows the program's name: "printed `abc`, where …".
CommandReport read_report(const std::string& line);

}  // namespace mlpc
