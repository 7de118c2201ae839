// One function per fitted object both writes and reads its state: `void archive(Archive& a) { a.field("mean", mean_); }`.
// The bytes are canonical (equal states, equal bytes): they are hashed by the leakage oracle and saved in .mlpm files. They hold no code.
#pragma once

#include "runtime/core/expression.h"
#include "runtime/core/table.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

class Archive {
public:
    static Archive writer() { return Archive({}, Mode::Write); }
    // Writes nothing, but counts what would be written.
    static Archive counter() { return Archive({}, Mode::Count); }
    // The bytes must outlive the reader.
    static Archive reader(std::span<const std::byte> bytes) { return Archive(bytes, Mode::Read); }

    bool reading() const { return mode_ == Mode::Read; }
    // Each value is preceded by its name and type: a reader that finds another one, a length beyond the input, or trailing
    // bytes throws RunError.
    void field(std::string_view name, bool&);
    void field(std::string_view name, std::int32_t&);
    void field(std::string_view name, std::int64_t&);
    void field(std::string_view name, std::uint64_t&);
    void field(std::string_view name, double&);
    void field(std::string_view name, std::string&);
    void field(std::string_view name, std::vector<double>&);
    void field(std::string_view name, std::vector<std::int32_t>&);
    void field(std::string_view name, std::vector<std::uint32_t>&);
    void field(std::string_view name, std::vector<std::string>&);
    void field(std::string_view name, Matrix&);
    void field(std::string_view name, Vector&);
    void field(std::string_view name, Expression&);
    // A sequence of parts that have `void archive(Archive&)` themselves.
    template <class T>
    requires requires(T& t, Archive& a) { t.archive(a); }
    void field(std::string_view name, std::vector<T>& parts) {
        std::uint64_t count = parts.size();
        field(name, count);
        if (reading()) {
            check_count(count);
            parts.resize(static_cast<std::size_t>(count));
        }
        for (T& part : parts) {
            part.archive(*this);
        }
    }
    // What `field` writes for a vector of these parts, which need not be copied into one.
    template <class T>
    requires requires(T& t, Archive& a) { t.archive(a); }
    void write_parts(std::string_view name, std::span<const T> parts) {
        std::uint64_t count = parts.size();
        field(name, count);
        for (const T& part : parts) {
            const_cast<T&>(part).archive(*this);  // a writer changes nothing
        }
    }
    std::span<const std::byte> bytes() const { return out_; }
    // How many bytes were written, or counted.
    std::size_t size() const { return mode_ == Mode::Count ? position_ : out_.size(); }
    bool at_end() const { return position_ == in_.size(); }

private:
    enum class Mode { Write, Count, Read };
    Archive(std::span<const std::byte> bytes, Mode mode) : in_(bytes), mode_(mode) {}
    void check_count(std::uint64_t count) const;  // a part takes at least a byte
    void header(std::string_view name, char type);
    void raw(void* data, std::size_t size);
    std::uint64_t remaining() const { return in_.size() - position_; }
    template <class T>
    void scalar(std::string_view name, char type, T& value);
    template <class T>
    void sequence(std::string_view name, char type, std::vector<T>& values);
    void number(double& value);
    void numbers(double* values, std::size_t count);
    void text(std::string& value);
    void length(std::uint64_t& count, std::uint64_t unit_bytes);
    void dimension(Eigen::Index& extent);
    void node(Expression& expression, int depth);
    std::vector<std::byte> out_;
    std::span<const std::byte> in_;
    std::size_t position_ = 0;
    Mode mode_;
};

}  // namespace mlpc
