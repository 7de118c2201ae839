// What pre-trained networks have given for rows, kept in files, so that folds, trials and later runs ask no network twice for a row.
#pragma once

#include "runtime/core/digest.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace mlpc::pretrained {

// $MLPC_CACHE, else encoded/ below $XDG_CACHE_HOME/mlpc or ~/.cache/mlpc; empty: nothing is kept.
std::string cache_folder();

// One network under one set of parameters: records of one width in one file. What is damaged in it is as if it were not there, and is
// overwritten; a folder that cannot be written to keeps nothing. May be asked by many threads, and many processes may share a file.
class EncodedCache {
public:
    // `identity`: of all that decides what a row gives.
    EncodedCache(const std::string& folder, const Key& identity, std::size_t width);
    // Where the row is known, its numbers into `out`.
    bool find(const Key& row, float* out) const;
    // `numbers`: width() of each row.
    void add(const std::vector<Key>& rows, const float* numbers);

private:
    void read();
    std::string record_of(const Key& row, const float* numbers) const;
    bool is_sound(const char* record) const;
    std::size_t record_bytes() const;
    void append(const std::string& records);

    std::string folder_, path_;
    Key identity_;
    std::size_t width_;
    mutable std::mutex mutex_;
    std::unordered_map<Key, std::vector<float>, KeyHash> known_;
};

// Numbers a row that the file of a network has, where it is there and its first record is sound.
std::optional<std::size_t> cached_width(const std::string& folder, const Key& identity);

// The one in cache_folder(), the same object in one process.
std::shared_ptr<EncodedCache> encoded_cache(const Key& identity, std::size_t width);

// Rows asked for since the process began, by the network's name in the file.
struct EncodedCounts {
    std::uint64_t encoded = 0, cached = 0;
};
EncodedCounts encoded_counts(const std::string& name);
void count_encoded(const std::string& name, EncodedCounts more);

}  // namespace mlpc::pretrained
