// The objects of a JSONL text, one a line, as named cells.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace mlpc {

struct JsonCell {
    enum class Kind { Missing, Number, Text, List };
    Kind kind = Kind::Missing;
    double number = 0;
    std::string text = {};  // a number as it is written; true, false
};
// Fields of nested objects are named `outer.inner`.
using JsonCellSink = std::function<void(const std::string& name, const JsonCell&)>;
// Throws RunError "path: line 17: what", counting from 1, where the line is not one JSON object.
void read_json_row(std::string_view line, const std::string& path, std::size_t number, const JsonCellSink& sink);

}  // namespace mlpc
