// Applies the machine-applicable replacements of diagnostics: what `mlpc check --fix` writes.
#pragma once

#include "compiler/diagnostics/diagnostics.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mlpc {

struct FixedFile {
    FileId file;
    std::string text;
};

struct FixResult {
    std::vector<FixedFile> files;  // those that change, by id
    std::size_t applied = 0;       // diagnostics whose fixes are in the texts
    std::size_t left = 0;          // diagnostics whose fixes touch what another one changed: the next run's
};

// All fixes of a diagnostic are applied or none; of those that overlap the first diagnostic's win.
FixResult apply_fixes(const std::vector<Diagnostic>& diagnostics, const Sources& sources);
// Fixes that stand each for itself and heal no diagnostic.
FixResult apply_fixes(const std::vector<Fix>& fixes, const Sources& sources);

}  // namespace mlpc
