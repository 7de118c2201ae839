// The reference of the language's components, derived from the catalog: docs/reference/ and `mlpc docs`.
#pragma once

#include "runtime/core/component.h"

#include <map>
#include <string>

namespace mlpc {

// "integer", "sqrt | log2 | number", and its range as ", 1..100": for tables and for the terminal.
std::string type_text(const ParamSpec&);
std::string range_text(const Range&);
// "1e-4..1e2 log" or "{a, b}"; empty where there is none.
std::string default_space_text(const ParamSpec&);

// A whole experiment on docs/reference/shop.csv in which the component's example stands; empty for a source and what is built on one, which
// need files of their own.
std::string example_experiment(const ComponentInfo&);

// Every page by its path below docs/reference, with the index README.md.
std::map<std::string, std::string> reference_pages(const Catalog&);

}  // namespace mlpc
