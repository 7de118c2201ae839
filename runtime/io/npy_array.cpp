#include "runtime/io/npy_array.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cstdint>
#include <cstring>

namespace mlpc {
namespace {

class ArrayReader {
public:
    ArrayReader(std::string_view bytes, const std::string& place) : bytes_(bytes), place_(place) {}

    NpyArray run() {
        read_header();
        NpyArray array{.shape = shape_};
        check_shape();
        const std::size_t rows = array.rows(), columns = rows == 0 ? 0 : *checked_product(shape_) / rows;
        const ByteOrder order = type_.front() == '>' ? ByteOrder::Big : ByteOrder::Little;
        if (type_[1] == 'U' || type_[1] == 'S') {
            array.is_text = true;
            read_texts(array, order);
            return array;
        }
        array.numbers = matrix_of({.kind = kind(),
                                   .order = order,
                                   .layout = by_column_ ? Layout::ByColumn : Layout::ByRow,
                                   .rows = rows,
                                   .columns = columns,
                                   .bytes = bytes_});
        return array;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw RunError(place_ + ": " + what); }

    void read_header() {
        if (!bytes_.starts_with("\x93NUMPY") || bytes_.size() < 12) {
            fail("this is not a NumPy array, or only the beginning of one");
        }
        const bool short_size = bytes_[6] == 1;
        const std::size_t begin = short_size ? 10 : 12;
        std::uint32_t size = 0;
        std::memcpy(&size, bytes_.data() + 8, short_size ? 2 : 4);
        if (size > bytes_.size() - begin) {
            fail("the array's header is cut off");
        }
        header_ = bytes_.substr(begin, size);
        bytes_.remove_prefix(begin + size);
        read_type();
        by_column_ = after("'fortran_order':").starts_with("True");
        read_shape();
    }

    std::string_view after(std::string_view key) const {
        const std::size_t at = header_.find(key);
        if (at == std::string_view::npos) {
            fail(fmt::format("the array's header has no {}", key));
        }
        std::string_view rest = header_.substr(at + key.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        return rest;
    }

    void read_type() {
        const std::string_view rest = after("'descr':");
        if (!rest.starts_with('\'')) {
            fail("the array holds records; save each field as an array of its own");
        }
        type_ = rest.substr(1, rest.find('\'', 1) - 1);
        if (type_.size() > 1 && type_[1] == 'O') {
            fail("the array holds Python objects, which are programs and not read; save numbers or texts (`astype(float)`, `astype(str)`)");
        }
        const std::string_view digits = std::string_view(type_).substr(std::min<std::size_t>(2, type_.size()));
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), item_);
        if (type_.size() < 3 || error != std::errc() || end != digits.data() + digits.size()) {
            fail(fmt::format("the array's type {} is not read; numbers and texts are", shown(type_)));
        }
        item_ *= type_[1] == 'U' ? 4 : 1;
        if (type_[1] != 'U' && type_[1] != 'S') {
            kind();
        }
    }

    NumberKind kind() const {
        struct Named {
            std::string_view name;
            NumberKind kind;
        };
        static constexpr Named kinds[] = {{"b1", NumberKind::Boolean}, {"u1", NumberKind::UInt8},   {"i1", NumberKind::Int8},
                                          {"u2", NumberKind::UInt16},  {"i2", NumberKind::Int16},   {"u4", NumberKind::UInt32},
                                          {"i4", NumberKind::Int32},   {"u8", NumberKind::UInt64},  {"i8", NumberKind::Int64},
                                          {"f2", NumberKind::Float16}, {"f4", NumberKind::Float32}, {"f8", NumberKind::Float64}};
        for (const Named& named : kinds) {
            if (std::string_view(type_).substr(1) == named.name) {
                return named.kind;
            }
        }
        fail(fmt::format("the array's type {} is not read; numbers and texts are", shown(type_)));
    }

    void read_shape() {
        std::string_view rest = after("'shape':");
        if (!rest.starts_with('(')) {
            fail("the array's header has no shape");
        }
        rest.remove_prefix(1);
        while (!rest.empty() && rest.front() != ')') {
            std::size_t dimension = 0;
            const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), dimension);
            if (error != std::errc()) {
                fail("the array's shape is not readable");
            }
            shape_.push_back(dimension);
            rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
            rest.remove_prefix(std::min(rest.find_first_not_of(" ,L"), rest.size()));
        }
    }

    // Before anything of that size is allocated.
    void check_shape() const {
        std::vector<std::size_t> factors = shape_;
        factors.push_back(item_);
        const std::optional<std::size_t> wanted = checked_product(factors);
        if (!wanted || *wanted != bytes_.size()) {
            fail(fmt::format("the header promises the shape ({}) of {} bytes each, but {} bytes follow; the file is damaged or cut off",
                             fmt::join(shape_, ", "), item_, bytes_.size()));
        }
        if (!shape_.empty() && shape_.front() > 0 && *wanted / item_ / shape_.front() > max_array_columns) {
            fail(fmt::format("the shape ({}) makes more than 1,000,000 columns", fmt::join(shape_, ", ")));
        }
    }

    void read_texts(NpyArray& array, ByteOrder order) {
        if (shape_.size() != 1) {
            fail("an array of texts must have one dimension");
        }
        for (std::size_t row = 0; row < array.rows(); ++row) {
            const std::string_view cell = bytes_.substr(row * item_, item_);
            array.texts.push_back(type_[1] == 'U' ? wide_text(cell, order) : std::string(cell.substr(0, cell.find('\0'))));
        }
    }

    static std::string wide_text(std::string_view cell, ByteOrder order) {
        std::u32string points;
        for (std::size_t at = 0; at < cell.size(); at += 4) {
            std::uint32_t point = 0;
            std::memcpy(&point, cell.data() + at, 4);
            point = order == ByteOrder::Big ? __builtin_bswap32(point) : point;
            if (point == 0) {
                break;
            }
            points += static_cast<char32_t>(point);
        }
        return encode_utf8(points);
    }

    std::string_view bytes_, header_;
    const std::string& place_;
    std::string type_;
    std::size_t item_ = 0;
    bool by_column_ = false;
    std::vector<std::size_t> shape_;
};

}  // namespace

NpyArray read_npy_array(std::string_view bytes, const std::string& place) { return ArrayReader(bytes, place).run(); }

}  // namespace mlpc
