// A file: "MLPCENC1", the width as u64, the identity as two u64, then records: the row's key as two u64, its floats, and a checksum as u64, all
// little-endian.
#include "stdlib/pretrained/encoded_cache.h"

#include "runtime/core/bounded_folder.h"
#include "runtime/core/environment.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>

namespace mlpc::pretrained {

namespace {

namespace fs = std::filesystem;
static_assert(std::endian::native == std::endian::little, "numbers are kept as they lie in memory");

constexpr std::string_view cache_magic = "MLPCENC1";
constexpr std::size_t header_bytes = 32, key_bytes = 16, sum_bytes = 8;
constexpr std::uintmax_t most_cached_bytes = std::uintmax_t{4} << 30;  // of all files together

template <class T>
void put(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::uint64_t checksum(const char* bytes, std::size_t count) { return KeyBuilder().add_bytes(std::as_bytes(std::span(bytes, count))).key().low; }

std::string file_of(const std::string& folder, const Key& identity) { return folder + "/" + identity.hex() + ".rows"; }

std::string header_of(std::size_t width, const Key& identity) {
    std::string header(cache_magic);
    put(header, std::uint64_t{width});
    put(header, identity.high);
    put(header, identity.low);
    return header;
}

std::size_t bytes_of_record(std::size_t width) { return key_bytes + width * sizeof(float) + sum_bytes; }

bool has_its_checksum(const char* record, std::size_t bytes) {
    std::uint64_t sum = 0;
    std::memcpy(&sum, record + bytes - sum_bytes, sizeof sum);
    return sum == checksum(record, bytes - sum_bytes);
}

class OpenFile {
public:
    explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
        if (descriptor_ >= 0) {
            flock(descriptor_, LOCK_EX);
        }
    }
    ~OpenFile() {
        if (descriptor_ >= 0) {
            close(descriptor_);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

std::mutex counts_mutex;
std::map<std::string, EncodedCounts>& counts() {
    static std::map<std::string, EncodedCounts> all;
    return all;
}

}  // namespace

std::string cache_folder() {
    if (const char* named = std::getenv("MLPC_CACHE"); named != nullptr) {
        return named;
    }
    const std::string cache = environment_variable("XDG_CACHE_HOME"), home = environment_variable("HOME");
    if (cache.empty() && home.empty()) {
        return "";
    }
    return (cache.empty() ? home + "/.cache" : cache) + "/mlpc/encoded";
}

EncodedCache::EncodedCache(const std::string& folder, const Key& identity, std::size_t width) : folder_(folder), identity_(identity), width_(width) {
    if (folder_.empty()) {
        return;
    }
    std::error_code error;
    fs::create_directories(folder_, error);
    path_ = error ? "" : file_of(folder_, identity);
    read();
}

std::size_t EncodedCache::record_bytes() const { return bytes_of_record(width_); }

bool EncodedCache::is_sound(const char* record) const { return has_its_checksum(record, record_bytes()); }

void EncodedCache::read() {
    std::ifstream in(path_, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string bytes = text.str();
    const std::string header = bytes.substr(0, header_bytes);
    if (header != header_of(width_, identity_)) {
        return;
    }
    for (std::size_t at = header_bytes; at + record_bytes() <= bytes.size() && is_sound(bytes.data() + at); at += record_bytes()) {
        Key row;
        std::memcpy(&row.high, bytes.data() + at, sizeof row.high);
        std::memcpy(&row.low, bytes.data() + at + sizeof row.high, sizeof row.low);
        std::vector<float> numbers(width_);
        std::memcpy(numbers.data(), bytes.data() + at + key_bytes, width_ * sizeof(float));
        known_.emplace(row, std::move(numbers));
    }
}

bool EncodedCache::find(const Key& row, float* out) const {
    const std::lock_guard lock(mutex_);
    const auto at = known_.find(row);
    if (at == known_.end()) {
        return false;
    }
    std::copy(at->second.begin(), at->second.end(), out);
    return true;
}

std::string EncodedCache::record_of(const Key& row, const float* numbers) const {
    std::string record;
    record.reserve(record_bytes());
    put(record, row.high);
    put(record, row.low);
    record.append(reinterpret_cast<const char*>(numbers), width_ * sizeof(float));
    put(record, checksum(record.data(), record.size()));
    return record;
}

void EncodedCache::add(const std::vector<Key>& rows, const float* numbers) {
    std::string records;
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const float* own = numbers + i * width_;
        if (known_.emplace(rows[i], std::vector<float>(own, own + width_)).second) {
            records += record_of(rows[i], own);
        }
    }
    if (!records.empty() && !path_.empty()) {
        append(records);
    }
}

void EncodedCache::append(const std::string& records) {
    make_room(folder_, ".rows", path_, records.size(), most_cached_bytes);
    const OpenFile file(path_);
    struct stat status {};
    if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0) {
        return;
    }
    const std::string header = header_of(width_, identity_);
    std::string found(header_bytes, '\0');
    const bool begun = pread(file.descriptor(), found.data(), found.size(), 0) == static_cast<ssize_t>(found.size()) && found == header;
    std::uint64_t at = begun ? header_bytes : 0;
    // Behind the first damaged record nothing is read, so nothing may stand there.
    std::string record(record_bytes(), '\0');
    while (begun && pread(file.descriptor(), record.data(), record.size(), static_cast<off_t>(at)) == static_cast<ssize_t>(record.size()) &&
           is_sound(record.data())) {
        at += record.size();
    }
    const std::string written = (begun ? "" : header) + records;
    const bool whole = ftruncate(file.descriptor(), static_cast<off_t>(at)) == 0 &&
                       pwrite(file.descriptor(), written.data(), written.size(), static_cast<off_t>(at)) == static_cast<ssize_t>(written.size());
    if (!whole && ftruncate(file.descriptor(), static_cast<off_t>(at)) != 0) {
        path_.clear();
    }
}

std::optional<std::size_t> cached_width(const std::string& folder, const Key& identity) {
    const std::string path = file_of(folder, identity);
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    std::string header(header_bytes, '\0');
    std::uint64_t width = 0;
    if (error || !in.read(header.data(), header_bytes)) {
        return std::nullopt;
    }
    std::memcpy(&width, header.data() + cache_magic.size(), sizeof width);
    if (header != header_of(width, identity) || width > bytes / sizeof(float)) {
        return std::nullopt;
    }
    std::string record(bytes_of_record(width), '\0');
    const bool is_sound = in.read(record.data(), static_cast<std::streamsize>(record.size())) && has_its_checksum(record.data(), record.size());
    return is_sound ? std::optional(static_cast<std::size_t>(width)) : std::nullopt;
}

std::shared_ptr<EncodedCache> encoded_cache(const Key& identity, std::size_t width) {
    static std::mutex mutex;
    static std::map<std::pair<std::string, Key>, std::shared_ptr<EncodedCache>> all;
    const std::string folder = cache_folder();
    const std::lock_guard lock(mutex);
    std::shared_ptr<EncodedCache>& cache = all[{folder, identity}];
    cache = cache != nullptr ? cache : std::make_shared<EncodedCache>(folder, identity, width);
    return cache;
}

EncodedCounts encoded_counts(const std::string& name) {
    const std::lock_guard lock(counts_mutex);
    return counts()[name];
}

void count_encoded(const std::string& name, EncodedCounts more) {
    const std::lock_guard lock(counts_mutex);
    EncodedCounts& all = counts()[name];
    all.encoded += more.encoded;
    all.cached += more.cached;
}

}  // namespace mlpc::pretrained
