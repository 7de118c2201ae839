#include "runtime/core/expression_value.h"

namespace mlpc::expressions {

std::vector<std::int64_t> distinct_ids(const Value& value, std::size_t rows) {
    std::vector<std::int64_t> ids(rows, -1);
    std::unordered_map<double, std::int64_t> id_of_number;
    std::vector<std::int32_t> id_of_code;
    if (value.is_text) {
        std::unordered_map<std::string, std::int32_t> id_of_text;  // two codes may have the same text
        id_of_code = each_level(
            value, [&](const std::string& text) { return id_of_text.try_emplace(text, static_cast<std::int32_t>(id_of_text.size())).first->second; });
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (value.missing(row)) {
            continue;
        }
        ids[row] = value.is_text ? id_of_code[static_cast<std::size_t>(value.code(row))]
                                 : id_of_number.try_emplace(value.number(row), static_cast<std::int64_t>(id_of_number.size())).first->second;
    }
    return ids;
}

}  // namespace mlpc::expressions
