// NAME.lock beside an experiment: what its data and its pre-trained networks were when it ran, as text for a reviewer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlpc {

// More than anybody reads; the hash pins them all the same.
inline constexpr std::size_t most_locked_columns = 1'000;

// Rows that a split names as its test rows.
struct LockedTestFile {
    std::string sha256;
    std::uint64_t rows = 0;
    friend bool operator==(const LockedTestFile&, const LockedTestFile&) = default;
};
struct LockedData {
    std::string source, path;                      // as the file names them: "csv", "data/churn.csv"
    std::map<std::string, std::string> arguments;  // what else says which rows: query, table, labels; never an address, which may hold a password
    std::string sha256;                            // of the bytes; of the rows, where a query gives them
    std::uint64_t rows = 0;
    std::vector<std::pair<std::string, std::string>> columns;  // name, type, in the order of the source; none where there are too many
    std::map<std::string, LockedTestFile> test_files;          // by path
    friend bool operator==(const LockedData&, const LockedData&) = default;
};
struct LockedNetwork {
    std::string source, path, sha256;
    std::uint64_t bytes = 0;
    std::string licence;
    std::map<std::string, std::string> beside;  // SHA-256 of the files that count with it, a vocabulary, by name
    friend bool operator==(const LockedNetwork&, const LockedNetwork&) = default;
};
struct Lock {
    std::map<std::string, LockedData> data;  // by the name in the experiment
    std::map<std::string, LockedNetwork> pretrained;
    bool empty() const { return data.empty() && pretrained.empty(); }
    friend bool operator==(const Lock&, const Lock&) = default;
};

// One thing a line, in a fixed order: equal locks are equal texts.
std::string to_text(const Lock&);
// Throws RunError, with a remedy, where the text is no lock.
Lock lock_from(const std::string& text, const std::string& path);
// Nullopt where there is no such file.
std::optional<Lock> read_lock(const std::string& path);

struct LockChange {
    enum class Why {
        Content,    // other bytes under the same declaration: the experiment's file does not show it
        Declared,   // the experiment's file declares it otherwise
        Added,      // the experiment's file names it, the lock does not
        NoLongerIn  // the other way round
    };
    Why why = Why::Content;
    std::string name;
    std::string detail;  // what was locked and what is seen: "344 rows are locked, 345 are there; the column `mass` is new"
};
// In the order of names, data first.
std::vector<LockChange> changes(const Lock& locked, const Lock& seen);
// What is seen, but for content that changed under the same declaration: that stays as it was locked.
Lock following(const Lock& locked, const Lock& seen);

}  // namespace mlpc
