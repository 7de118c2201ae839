// Tables from files, typed by the schema that the `.mlp` file declares.
#pragma once

#include "runtime/core/param.h"
#include "runtime/core/table.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mlpc {

// What the file declares about one column.
struct ColumnRequest {
    std::string name = {};
    ColumnType type = ColumnType::Numeric;
    bool optional = false;               // may be missing; else a missing cell is an error that names row and column
    Levels levels = {};                  // Ordinal: in order; a cell outside them is an error
    std::optional<Interval> range = {};  // numbers: `in 0..120`; ends may be infinite
    Levels allowed = {};                 // texts: `in {a, b}`; empty allows all
};
struct PatternRequest {
    std::string pattern;  // regular expression over whole column names; "" stands for `others`
    ColumnRequest like;   // its name is not used
};
struct TableRequest {
    std::string path;
    std::string format = "csv";                        // a source by its name in the language; gz and zst are recognised by their content
    std::map<std::string, ParamValue> arguments = {};  // of the source beside the path; a Word names an environment variable
    std::string folder = {};                           // where relative paths in arguments begin
    bool is_test_file = false;                         // other rows for the same data: files that arguments name belong to the first ones
    std::vector<ColumnRequest> columns = {};           // all must be in the file
    std::vector<PatternRequest> patterns = {};         // for columns not named above, in order
    std::vector<std::string> ignored = {};             // names, and patterns that begin with "^"
    bool target_may_be_absent = false;                 // for `predict`, whose absent_ok then names the target
    std::vector<std::string> absent_ok = {};           // columns named above that may be missing from the file
};
struct LoadedTable {
    Frame frame;                        // columns in the order of the file
    std::string sha256;                 // of the file as it lies on disk
    std::vector<ColumnRequest> schema;  // one per column of the frame, patterns resolved
};
// Throws RunError with path, row (as a person counts: the header is row 1), column and remedy.
// What is missing: in numbers, booleans and dates an empty cell and NA, N/A, NaN, null, None, ? in any case; in texts, categories and
// ordinals an empty cell and NA without quotes. The outer spaces of a cell without quotes are not part of it, except in `text` columns.
LoadedTable read_table(const TableRequest&);

// A column of the file matched nothing in the request: what `read_table` says then names it and suggests `ignore` or a type.

// `mlpc describe`: what a file holds, and the schema that suits it.
struct ColumnDescription {
    std::string name;
    ColumnType inferred = ColumnType::Numeric;
    std::size_t missing = 0, distinct = 0;
    double low = 0, high = 0, mean = 0;                    // numbers
    std::vector<std::pair<std::string, std::size_t>> top;  // most frequent values, at most 5
    bool whole_numbers = false;                            // numbers: without fractions
    bool looks_like_id = false;                            // text or integer, all distinct
    std::string note;                                      // in the user's terms, may be empty
};
struct TableDescription {
    std::string path;
    std::string format = "csv";
    std::size_t rows = 0;
    std::vector<ColumnDescription> columns = {};
};
// The source that the file's name suggests, csv where it suggests none.
std::string source_of(const std::string& path);
TableDescription describe_table(const std::string& path);
// A table for people, at most 100 columns wide; of many columns the first are shown and the others counted by type.
std::string to_text(const TableDescription&);
// The schema of a `data` declaration in the canonical format, from `{` to `}` (without target unless it is given).
std::string schema_block(const TableDescription&, const std::string& target = "");

}  // namespace mlpc
