// A fit that was not begun because it would take more than the file allows: its point fails, which says nothing against the experiment.
#pragma once

#include "runtime/core/error.h"

namespace mlpc {

class BeyondLimits : public RunError {
public:
    using RunError::RunError;
};

}  // namespace mlpc
