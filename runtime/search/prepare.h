// Reads the data of an experiment, checks them, and cuts them into the parts of its splits.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/results.h"
#include "runtime/engine/engine.h"
#include "runtime/io/read.h"
#include "runtime/search/findings.h"

#include <vector>

namespace mlpc {

struct PreparedData {
    std::vector<Dataset> datasets;                    // by DataId; only those that something uses are filled
    std::vector<Frame> tables;                        // after the steps of `data`; by DataId
    std::vector<std::vector<ColumnRequest>> schemas;  // of the file; by DataId
    std::vector<std::string> sha256;                  // of the file; by DataId
    std::vector<std::size_t> test_rows_from;          // first row that a test file brought; file rows where there is none
    std::vector<std::string> test_sha256;             // of the test file; by split; empty where it has none
    std::vector<std::size_t> test_file_rows;          // by split
    std::vector<SplitRows> splits;
    std::vector<PretrainedRecord> pretrained;
    std::vector<Finding> warnings;
};

// Reads every file that the experiment uses, and looks at no row yet: what a lock tells from an earlier run. Throws as `prepare` does.
PreparedData read_sources(const Experiment&);
// Throws RunError (with file:line of the declaration in front) and FindingsError. `allowed` codes are not looked for.
PreparedData prepare(const Experiment&, const Catalog&, const std::atomic<bool>* cancelled);
// The same of what has been read already.
PreparedData prepare(const Experiment&, const Catalog&, const std::atomic<bool>* cancelled, PreparedData sources);

// The target of a table: classes sorted (numbers by value), the positive one last. Throws RunError where a row has none, or one that its
// transform is not for; `file_rows` says which row of the file each is.
Target target_of(const Frame&, const ColumnSpec& target, const RowIndex& file_rows);

// The parts of one split, under every seed. `first_equal` is that of first_equal_rows: the split groups or drops duplicates by it where
// it says so.
SplitRows split_rows(const Experiment&, std::uint32_t split, const Frame& table, const Target&, std::size_t test_rows_from,
                     const std::vector<std::int32_t>& first_equal, const Catalog&);

// For each row the first row with the same features and target; itself where it is the first.
std::vector<std::int32_t> first_equal_rows(const Frame& table, const DataSpec&);

// L111: features that alone predict the target almost perfectly on these rows.
std::vector<Finding> perfect_features(const Frame& table, const Target&, const DataSpec&, const RowsRef& training);

// The data set with a file of its own that this one continues in the end.
DataId root_of(const Experiment&, DataId);

}  // namespace mlpc
