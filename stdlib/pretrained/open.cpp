#include "runtime/core/content_sha256.h"
#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/pretrained/contents.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <mutex>

namespace mlpc::pretrained {

namespace {

namespace fs = std::filesystem;

// With the source's name before what is wrong.
template <class Ask>
auto ask(const Source& source, Ask question) {
    try {
        return question();
    } catch (const RunError& error) {
        throw RunError(fmt::format("`{}`: {}", source.name, error.what()));
    }
}

// What `compute` gives for it, once in a process: the networks of all trials look at the same object.
template <class T, class Compute>
const T& remembered(Source source, Compute compute) {
    // A network of ours may have another source as one of its layers.
    static std::recursive_mutex mutex;
    static std::map<std::string, T> all;
    source.width.reset();
    source.contents = nullptr;
    const std::string key = to_text(source);
    const std::lock_guard lock(mutex);
    auto at = all.find(key);
    if (at == all.end()) {
        at = all.emplace(key, compute(source)).first;
    }
    return at->second;
}

std::shared_ptr<const RowEncoder> open_now(const Source& source) {
    const ComponentInfo& format = format_of(source);
    check_file(source);
    return ask(source, [&] { return format.open_encoder(source.path, networks::params_of(format, source.params, 0)); });
}

Source measure_now(const Source& source) {
    Source measured = source;
    measured.width = static_cast<std::int64_t>(open(source)->width());
    measured.sha256 = file_sha256(source.path);
    measured.contents = ask(source, [&] { return contents_of(source); });
    return measured;
}

}  // namespace

const ComponentInfo& format_of(const Source& source) {
    const ComponentInfo* format = standard_library().find(ComponentKind::Pretrained, source.format);
    if (format == nullptr) {
        throw RunError(fmt::format("`{}` is in the format `{}`, which this mlpc does not know", source.name, source.format));
    }
    return *format;
}

void check_file(const Source& source) {
    if (!fs::exists(source.path)) {
        throw RunError(fmt::format("the file of `{}`, {}, is not there", source.name, source.path));
    }
    if (source.sha256.empty()) {
        return;
    }
    if (const std::string found = file_sha256(source.path); found != source.sha256) {
        throw RunError(
            fmt::format("the file of `{}`, {}, has the SHA-256 {}, and the experiment declares {}: it is another file than the one "
                        "that was looked at; if it should be this one, write its SHA-256 into the `source`",
                        source.name, source.path, found, source.sha256));
    }
}

std::string file_sha256(const std::string& path) {
    struct Known {
        std::uintmax_t size = 0;
        fs::file_time_type changed;
        std::string sha256;
    };
    static std::mutex mutex;
    static std::map<std::string, Known> known;
    std::error_code error;
    const std::uintmax_t size = fs::is_directory(path, error) ? 0 : fs::file_size(path, error);
    const fs::file_time_type changed = fs::last_write_time(path, error);
    const std::lock_guard lock(mutex);
    Known& entry = known[path];
    if (entry.sha256.empty() || entry.size != size || entry.changed != changed) {
        entry = {size, changed, content_sha256(path)};
    }
    return entry.sha256;
}

std::shared_ptr<const RowEncoder> open(const Source& source) { return remembered<std::shared_ptr<const RowEncoder>>(source, open_now); }

Source measured(Source source) { return remembered<Source>(std::move(source), measure_now); }

}  // namespace mlpc::pretrained
