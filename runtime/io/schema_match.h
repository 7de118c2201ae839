// Which request of the schema each column of a source answers to.
#pragma once

#include "runtime/core/pattern.h"
#include "runtime/io/read.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mlpc {

// What a source says of its columns before a cell is read.
struct SourceColumns {
    const std::string& path;  // begins messages
    const std::vector<std::string>& names;
    std::string hint = {};                  // what may be wrong where none of the expected names is there; may be empty
    std::vector<std::string> offered = {};  // names that are there for the asking: not to declare them is no mistake
};
// A request for each column of the source, its pattern resolved; nullopt where it is ignored. Throws RunError where a column is asked for that
// is not there, is there and not asked for, or occurs twice.
std::vector<std::optional<ColumnRequest>> match_columns(const TableRequest& request, const SourceColumns& source);

}  // namespace mlpc
