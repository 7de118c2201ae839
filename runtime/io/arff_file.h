// An ARFF file: its header, and its data rows as cells.
#pragma once

#include "runtime/core/table.h"
#include "runtime/io/dictionary.h"
#include "runtime/io/text_file.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct ArffAttribute {
    enum class Kind { Number, Nominal, Text, Date };
    std::string name;
    Kind kind = Kind::Number;
    Dictionary levels = {};  // Nominal
};
struct ArffCell {
    std::string text;
    bool quoted = false;
    bool missing = false;
};

class ArffFile {
public:
    // Reads the header. Throws RunError.
    explicit ArffFile(const std::string& path);
    const std::string& path() const { return file_.path; }
    std::string sha256() const { return file_.sha256(); }
    const std::vector<ArffAttribute>& attributes() const { return attributes_; }
    // Fills a cell for each attribute; false at the end. Throws RunError where the row does not fit the header.
    bool next_row(std::vector<ArffCell>& cells);
    // The line of the row that was read last, from 1.
    std::size_t line() const { return line_; }
    [[noreturn]] void fail(const std::string& what) const;

private:
    bool next_line();
    void read_header();
    void read_attribute(std::string_view rest);
    ArffCell next_cell(std::string_view& rest, std::string_view stops) const;
    void read_dense(std::vector<ArffCell>& cells);
    void read_sparse(std::vector<ArffCell>& cells);

    TextFile file_;
    std::string_view left_, row_;
    std::size_t line_ = 0;
    std::vector<ArffAttribute> attributes_;
};

}  // namespace mlpc
