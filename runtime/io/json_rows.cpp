#include "runtime/io/json_rows.h"

#include "runtime/core/error.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace mlpc {
namespace {

class RowHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    RowHandler(const std::string& path, std::size_t line, const JsonCellSink& sink) : path_(path), line_(line), sink_(sink) {}

    bool null() override { return cell({}); }
    bool boolean(bool value) override { return cell({.kind = JsonCell::Kind::Text, .text = value ? "true" : "false"}); }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value), std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value), std::to_string(value)); }
    bool number_float(number_float_t value, const string_t& text) override { return number(value, text); }
    bool string(string_t& value) override { return cell({.kind = JsonCell::Kind::Text, .text = std::move(value)}); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override {
        if (lists_ > 0) {
            return true;
        }
        if (in_row_) {
            prefixes_.push_back(prefix_.size());
            prefix_ = key_ + ".";
        }
        in_row_ = true;
        return true;
    }
    bool key(string_t& name) override {
        if (lists_ == 0) {
            key_ = prefix_ + name;
        }
        return true;
    }
    bool end_object() override {
        if (lists_ == 0 && !prefixes_.empty()) {
            prefix_.resize(prefixes_.back());
            prefixes_.pop_back();
        }
        return true;
    }
    bool start_array(std::size_t) override {
        if (!in_row_) {
            fail(line_ == 1 ? "the line begins a JSON list; write one object a line, for instance with `jq -c '.[]'`"
                            : "the line is a JSON list and must be one object, such as {\"x\": 1}");
        }
        if (lists_++ == 0) {
            sink_(key_, {.kind = JsonCell::Kind::List});
        }
        return true;
    }
    bool end_array() override {
        --lists_;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
        const bool range = error.id == 406;
        fail(range ? "a number is larger than a number can be"
                   : fmt::format("this is not JSON from character {} on; each line must hold one object, such as {{\"x\": 1}}", position));
    }

private:
    bool number(double value, std::string text) { return cell({.kind = JsonCell::Kind::Number, .number = value, .text = std::move(text)}); }
    bool cell(const JsonCell& value) {
        if (!in_row_) {
            fail(fmt::format("the line holds {} and must be one object, such as {{\"x\": 1}}", shown(value.text.empty() ? "null" : value.text)));
        }
        if (lists_ == 0) {
            sink_(key_, value);
        }
        return true;
    }
    [[noreturn]] void fail(const std::string& what) const { throw RunError(fmt::format("{}: line {}: {}", path_, line_, what)); }

    const std::string& path_;
    std::size_t line_;
    const JsonCellSink& sink_;
    bool in_row_ = false;
    std::size_t lists_ = 0;
    std::string key_, prefix_;
    std::vector<std::size_t> prefixes_;  // lengths of the outer ones
};

}  // namespace

void read_json_row(std::string_view line, const std::string& path, std::size_t number, const JsonCellSink& sink) {
    RowHandler handler(path, number, sink);
    nlohmann::json::sax_parse(line, &handler);
}

}  // namespace mlpc
