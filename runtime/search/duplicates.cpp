// L107: rows that are equal in every feature and in the target.
#include "runtime/search/prepare.h"

#include <bit>
#include <unordered_map>

namespace mlpc {

std::vector<std::int32_t> first_equal_rows(const Frame& table, const DataSpec& data) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table.columns(); ++c) {
        bool counts = true;
        for (const ColumnSpec& spec : data.columns) {
            counts = counts && !(spec.name == table.column(c).name && !spec.is_feature() && !spec.target);
        }
        if (counts) {
            columns.push_back(c);
        }
    }
    // Rows are grouped column by column: two rows stay together as long as their cells agree.
    std::vector<std::int32_t> group(table.rows(), 0);
    for (std::size_t c : columns) {
        const bool numbers = holds_numbers(table.column(c).type);
        std::int32_t next = 0;
        std::unordered_map<std::uint64_t, std::unordered_map<std::uint64_t, std::int32_t>> by_group;
        std::vector<std::int32_t> refined(table.rows());
        for (std::size_t row = 0; row < table.rows(); ++row) {
            std::uint64_t cell = 0;
            if (numbers) {
                const double value = table.number(row, c);
                cell = value != value ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
            } else {
                cell = static_cast<std::uint32_t>(table.code(row, c));
            }
            auto [at, is_new] = by_group[static_cast<std::uint64_t>(group[row])].try_emplace(cell, next);
            next += is_new ? 1 : 0;
            refined[row] = at->second;
        }
        group = std::move(refined);
    }
    std::unordered_map<std::int32_t, std::int32_t> first;
    std::vector<std::int32_t> result(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        result[row] = first.try_emplace(group[row], static_cast<std::int32_t>(row)).first->second;
    }
    return columns.empty() ? std::vector<std::int32_t>() : result;
}

}  // namespace mlpc
