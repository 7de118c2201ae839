#include "runtime/core/archive.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

namespace mlpc {
namespace {

static_assert(std::endian::native == std::endian::little, "the bytes of an archive are those of a little-endian machine");
static_assert(std::numeric_limits<double>::is_iec559);

// Deeper trees than the parser lets through; a longer chain in a broken file would overflow the stack.
constexpr int deepest_expression = 1000;
// More rows or columns than any fitted state has: what a broken file could claim for an empty matrix.
constexpr std::uint64_t largest_extent = 1ull << 31;

}  // namespace

void Archive::raw(void* data, std::size_t size) {
    if (size == 0) {
        return;
    }
    if (mode_ == Mode::Count) {
        position_ += size;
        return;
    }
    if (!reading()) {
        const auto* bytes = static_cast<const std::byte*>(data);
        out_.insert(out_.end(), bytes, bytes + size);
        return;
    }
    if (size > remaining()) {
        throw RunError("the saved state ends too early");
    }
    std::memcpy(data, in_.data() + position_, size);
    position_ += size;
}

void Archive::header(std::string_view name, char type) {
    std::string own(name);
    char own_type = type;
    if (!reading()) {
        raw(&own_type, 1);
        text(own);
        return;
    }
    raw(&own_type, 1);
    text(own);
    if (own_type != type || own != name) {
        throw RunError(fmt::format("the saved state does not hold `{}` where it should", name));
    }
}

void Archive::check_count(std::uint64_t count) const {
    if (count > remaining()) {
        throw RunError("the saved state claims more parts than it has bytes");
    }
}

void Archive::length(std::uint64_t& count, std::uint64_t unit_bytes) {
    raw(&count, sizeof count);
    if (reading() && count > remaining() / unit_bytes) {
        throw RunError("the saved state claims a length beyond its end");
    }
}

void Archive::dimension(Eigen::Index& extent) {
    auto count = static_cast<std::uint64_t>(extent);
    raw(&count, sizeof count);
    if (count > largest_extent) {
        throw RunError("the saved state claims a matrix beyond its end");
    }
    extent = static_cast<Eigen::Index>(count);
}

void Archive::number(double& value) {
    double canonical = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
    raw(&canonical, sizeof canonical);
    value = canonical;
}

void Archive::numbers(double* values, std::size_t count) {
    if (reading()) {
        raw(values, count * sizeof(double));
        return;
    }
    if (mode_ == Mode::Count) {
        position_ += count * sizeof(double);
        return;
    }
    out_.reserve(out_.size() + count * sizeof(double));
    for (std::size_t i = 0; i < count; ++i) {
        number(values[i]);
    }
}

void Archive::text(std::string& value) {
    std::uint64_t size = value.size();
    length(size, 1);
    if (reading()) {
        value.resize(static_cast<std::size_t>(size));
    }
    raw(value.data(), value.size());
}

template <class T>
void Archive::scalar(std::string_view name, char type, T& value) {
    header(name, type);
    raw(&value, sizeof value);
}

template <class T>
void Archive::sequence(std::string_view name, char type, std::vector<T>& values) {
    header(name, type);
    std::uint64_t count = values.size();
    length(count, sizeof(T));
    if (reading()) {
        values.resize(static_cast<std::size_t>(count));
    }
    raw(values.data(), values.size() * sizeof(T));
}

void Archive::field(std::string_view name, bool& value) {
    auto byte = static_cast<std::uint8_t>(value ? 1 : 0);
    scalar(name, 'b', byte);
    if (byte > 1) {
        throw RunError(fmt::format("the saved state holds neither true nor false for `{}`", name));
    }
    value = byte == 1;
}
void Archive::field(std::string_view name, std::int32_t& value) { scalar(name, 'i', value); }
void Archive::field(std::string_view name, std::int64_t& value) { scalar(name, 'l', value); }
void Archive::field(std::string_view name, std::uint64_t& value) { scalar(name, 'u', value); }
void Archive::field(std::string_view name, double& value) {
    header(name, 'd');
    number(value);
}
void Archive::field(std::string_view name, std::string& value) {
    header(name, 's');
    text(value);
}
void Archive::field(std::string_view name, std::vector<double>& values) {
    header(name, 'D');
    std::uint64_t count = values.size();
    length(count, sizeof(double));
    if (reading()) {
        values.resize(static_cast<std::size_t>(count));
    }
    numbers(values.data(), values.size());
}
void Archive::field(std::string_view name, std::vector<std::int32_t>& values) { sequence(name, 'I', values); }
void Archive::field(std::string_view name, std::vector<std::uint32_t>& values) { sequence(name, 'U', values); }
void Archive::field(std::string_view name, std::vector<std::string>& values) {
    header(name, 'S');
    std::uint64_t count = values.size();
    length(count, sizeof(std::uint64_t));
    if (reading()) {
        values.resize(static_cast<std::size_t>(count));
    }
    for (std::string& value : values) {
        text(value);
    }
}
void Archive::field(std::string_view name, Matrix& value) {
    header(name, 'M');
    Eigen::Index rows = value.rows(), columns = value.cols();
    dimension(rows);
    dimension(columns);
    if (reading()) {
        // Both extents are below 2^32, so that the product can't overflow.
        if (static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(columns) > remaining() / sizeof(double)) {
            throw RunError("the saved state claims a matrix beyond its end");
        }
        value.resize(rows, columns);
    }
    numbers(value.data(), static_cast<std::size_t>(value.size()));
}
void Archive::field(std::string_view name, Vector& value) {
    header(name, 'V');
    auto count = static_cast<std::uint64_t>(value.size());
    length(count, sizeof(double));
    if (reading()) {
        value.resize(static_cast<Eigen::Index>(count));
    }
    numbers(value.data(), static_cast<std::size_t>(value.size()));
}
void Archive::field(std::string_view name, Expression& value) {
    header(name, 'E');
    node(value, 0);
}

// Spans stay out: where an expression stood in a file is no part of what was learned.
void Archive::node(Expression& expression, int depth) {
    if (depth > deepest_expression) {
        throw RunError("the saved state holds an expression nested too deeply");
    }
    auto op = static_cast<std::uint8_t>(expression.op);
    raw(&op, 1);
    if (op > static_cast<std::uint8_t>(Expression::Op::Aggregate)) {
        throw RunError("the saved state holds an expression of an unknown kind");
    }
    expression.op = static_cast<Expression::Op>(op);
    number(expression.number);
    text(expression.text);
    std::uint64_t count = expression.operands.size();
    length(count, sizeof(std::uint8_t) + sizeof(double) + 2 * sizeof(std::uint64_t));
    if (reading()) {
        expression.operands.resize(static_cast<std::size_t>(count));
    }
    for (Expression& operand : expression.operands) {
        node(operand, depth + 1);
    }
}

}  // namespace mlpc
