// A fix as whole lines taken away and put in: how a reader sees an edit.
#pragma once

#include "compiler/diagnostics/diagnostics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mlpc {

struct LineEdit {
    std::uint32_t line = 1;  // of the first line removed, or before which lines are added
    std::vector<std::string> removed, added;
};

// The lines that the fix changes, without those it leaves alike.
LineEdit line_edit(const Fix& fix, const Sources& sources);

}  // namespace mlpc
