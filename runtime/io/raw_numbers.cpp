#include "runtime/io/raw_numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace mlpc {
namespace {

struct Half {
    std::uint16_t bits;
};

template <class T>
double value_of(T number) {
    return static_cast<double>(number);
}
template <>
double value_of(Half half) {
    const int exponent = half.bits >> 10 & 0x1F, fraction = half.bits & 0x3FF;
    const double sign = (half.bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == 0x1F) {
        return fraction == 0 ? sign * std::numeric_limits<double>::infinity() : missing_number;
    }
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 0x400, exponent - 25));
}

template <class T>
double load(const char* bytes, ByteOrder order) {
    std::array<char, sizeof(T)> own;
    std::memcpy(own.data(), bytes, sizeof(T));
    if (order == ByteOrder::Big) {
        std::reverse(own.begin(), own.end());
    }
    T number;
    std::memcpy(&number, own.data(), sizeof(T));
    return value_of(number);
}

template <class T>
Matrix convert(const RawNumbers& raw) {
    Matrix out(static_cast<Eigen::Index>(raw.rows), static_cast<Eigen::Index>(raw.columns));
    const char* bytes = raw.bytes.data();
    if (raw.layout == Layout::ByColumn) {
        for (std::size_t i = 0; i < raw.rows * raw.columns; ++i) {
            out.data()[i] = load<T>(bytes + i * sizeof(T), raw.order);
        }
        return out;
    }
    // In blocks of rows, so that what is read again lies in the cache.
    constexpr std::size_t block = 64;
    for (std::size_t first = 0; first < raw.rows; first += block) {
        const std::size_t last = std::min(first + block, raw.rows);
        for (std::size_t c = 0; c < raw.columns; ++c) {
            double* column = out.data() + c * raw.rows;
            for (std::size_t row = first; row < last; ++row) {
                column[row] = load<T>(bytes + (row * raw.columns + c) * sizeof(T), raw.order);
            }
        }
    }
    return out;
}

}  // namespace

std::size_t bytes_of(NumberKind kind) {
    switch (kind) {
        case NumberKind::Boolean:
        case NumberKind::UInt8:
        case NumberKind::Int8:
            return 1;
        case NumberKind::UInt16:
        case NumberKind::Int16:
        case NumberKind::Float16:
            return 2;
        case NumberKind::UInt32:
        case NumberKind::Int32:
        case NumberKind::Float32:
            return 4;
        case NumberKind::UInt64:
        case NumberKind::Int64:
        case NumberKind::Float64:
            return 8;
    }
    return 0;
}

Matrix matrix_of(const RawNumbers& raw) {
    switch (raw.kind) {
        case NumberKind::Boolean:
        case NumberKind::UInt8:
            return convert<std::uint8_t>(raw);
        case NumberKind::Int8:
            return convert<std::int8_t>(raw);
        case NumberKind::UInt16:
            return convert<std::uint16_t>(raw);
        case NumberKind::Int16:
            return convert<std::int16_t>(raw);
        case NumberKind::UInt32:
            return convert<std::uint32_t>(raw);
        case NumberKind::Int32:
            return convert<std::int32_t>(raw);
        case NumberKind::UInt64:
            return convert<std::uint64_t>(raw);
        case NumberKind::Int64:
            return convert<std::int64_t>(raw);
        case NumberKind::Float16:
            return convert<Half>(raw);
        case NumberKind::Float32:
            return convert<float>(raw);
        case NumberKind::Float64:
            return convert<double>(raw);
    }
    return {};
}

std::optional<std::size_t> checked_product(std::span<const std::size_t> factors) {
    std::size_t product = 1;
    for (const std::size_t factor : factors) {
        if (__builtin_mul_overflow(product, factor, &product)) {
            return std::nullopt;
        }
    }
    return product;
}

}  // namespace mlpc
