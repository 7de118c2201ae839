// A run that can't go on because of the user's data or machine (file gone, singular matrix); caught once, at the node wrapper.
#pragma once

#include "runtime/core/span.h"

#include <stdexcept>
#include <string>

namespace mlpc {

class RunError : public std::runtime_error {
public:
    explicit RunError(const std::string& what) : std::runtime_error(what) {}
};

// One that a line of the file is about.
class LocatedError : public RunError {
public:
    LocatedError(const std::string& what, Span where) : RunError(what), span(where) {}
    Span span;
};

// Ctrl-C or a budget: not a failure of the work itself.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error("cancelled") {}
};

}  // namespace mlpc
