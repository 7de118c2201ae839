// Arrays of numbers as binary files hold them, as matrices.
#pragma once

#include "runtime/core/table.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace mlpc {

enum class NumberKind { Boolean, UInt8, Int8, UInt16, Int16, UInt32, Int32, UInt64, Int64, Float16, Float32, Float64 };
std::size_t bytes_of(NumberKind);

enum class ByteOrder { Little, Big };
enum class Layout { ByRow, ByColumn };
struct RawNumbers {
    NumberKind kind = NumberKind::UInt8;
    ByteOrder order = ByteOrder::Little;
    Layout layout = Layout::ByRow;
    std::size_t rows = 0, columns = 0;
    std::string_view bytes;  // rows × columns numbers
};
// Integers beyond 2^53 are rounded.
Matrix matrix_of(const RawNumbers&);
// The product of all; nullopt where it does not fit into 64 bits, so that no file can make us allocate by overflow.
std::optional<std::size_t> checked_product(std::span<const std::size_t> factors);

}  // namespace mlpc
