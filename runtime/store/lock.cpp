#include "runtime/store/lock.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mlpc {

namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;

// --- as text
Json to_json(const LockedData& data) {
    Json json = {{"source", data.source}, {"path", data.path}};
    for (const auto& [name, value] : data.arguments) {
        json["arguments"][name] = value;
    }
    json["sha256"] = data.sha256;
    json["rows"] = data.rows;
    for (const auto& [name, type] : data.columns) {
        json["columns"][name] = type;
    }
    for (const auto& [path, test] : data.test_files) {
        json["test_files"][path] = {{"sha256", test.sha256}, {"rows", test.rows}};
    }
    return json;
}

Json to_json(const LockedNetwork& network) {
    Json json = {
        {"source", network.source}, {"path", network.path}, {"sha256", network.sha256}, {"bytes", network.bytes}, {"licence", network.licence}};
    for (const auto& [name, sha256] : network.beside) {
        json["beside"][name] = sha256;
    }
    return json;
}

// Empty where there is none; stays as long as `json`.
const Json& object_of(const Json& json, const char* name) {
    static const Json none = Json::object();
    const auto found = json.find(name);
    return found == json.end() ? none : *found;
}

LockedData data_from(const Json& json) {
    LockedData data{.source = json.at("source"),
                    .path = json.at("path"),
                    .arguments = json.value("arguments", std::map<std::string, std::string>()),
                    .sha256 = json.at("sha256"),
                    .rows = json.at("rows"),
                    .columns = {},
                    .test_files = {}};
    for (const auto& [name, type] : object_of(json, "columns").items()) {
        data.columns.emplace_back(name, type.get<std::string>());
    }
    for (const auto& [path, test] : object_of(json, "test_files").items()) {
        data.test_files[path] = {.sha256 = test.at("sha256"), .rows = test.at("rows")};
    }
    return data;
}

LockedNetwork network_from(const Json& json) {
    return {.source = json.at("source"),
            .path = json.at("path"),
            .sha256 = json.at("sha256"),
            .bytes = json.at("bytes"),
            .licence = json.at("licence"),
            .beside = json.value("beside", std::map<std::string, std::string>())};
}

// --- what differs
std::string row_count(std::uint64_t rows) { return fmt::format("{} row{}", rows, rows == 1 ? "" : "s"); }
std::string short_hash(const std::string& sha256) { return sha256.substr(0, 12) + "…"; }

const std::string* type_of(const LockedData& data, const std::string& column) {
    const auto found = std::find_if(data.columns.begin(), data.columns.end(), [&](const auto& c) { return c.first == column; });
    return found == data.columns.end() ? nullptr : &found->second;
}

// "the column `a` is new", "the columns `a`, `b`, `c` and 9 more are new"
std::string columns_are(const std::vector<std::string>& names, const std::string& what) {
    constexpr std::size_t most_named = 3;
    std::vector<std::string> quoted;
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
        quoted.push_back("`" + names[i] + "`");
    }
    const std::string more = names.size() > most_named ? fmt::format(" and {} more", names.size() - most_named) : "";
    return fmt::format("the column{} {}{} {} {}", names.size() == 1 ? "" : "s", fmt::join(quoted, ", "), more, names.size() == 1 ? "is" : "are",
                       what);
}

void compare_columns(const LockedData& locked, const LockedData& seen, std::vector<std::string>& differences) {
    if (locked.columns.empty() || seen.columns.empty()) {
        return;
    }
    std::vector<std::string> added, removed;
    for (const auto& [name, type] : seen.columns) {
        const std::string* before = type_of(locked, name);
        if (before == nullptr) {
            added.push_back(name);
        } else if (*before != type) {
            differences.push_back(fmt::format("`{}` is locked as {}, and is {}", name, *before, type));
        }
    }
    for (const auto& [name, type] : locked.columns) {
        if (type_of(seen, name) == nullptr) {
            removed.push_back(name);
        }
    }
    if (!added.empty()) {
        differences.push_back(columns_are(added, "new"));
    }
    if (!removed.empty()) {
        differences.push_back(columns_are(removed, "gone"));
    }
    if (differences.empty() && locked.columns != seen.columns) {
        differences.emplace_back("the columns stand in another order");
    }
}

template <class T>
bool declared_elsewhere(const T& locked, const T& seen, std::vector<std::string>& differences) {
    if (locked.source != seen.source || locked.path != seen.path) {
        differences.push_back(fmt::format("{}(\"{}\") is locked, {}(\"{}\") is declared", locked.source, locked.path, seen.source, seen.path));
        return true;
    }
    return false;
}

void compare_content(const std::string& locked_sha256, std::uint64_t locked_rows, const std::string& sha256, std::uint64_t rows,
                     std::vector<std::string>& differences) {
    if (locked_rows != rows) {
        differences.push_back(
            fmt::format("{} {} locked, {} {} there", row_count(locked_rows), locked_rows == 1 ? "is" : "are", rows, rows == 1 ? "is" : "are"));
    }
    if (locked_sha256 != sha256) {
        differences.push_back(fmt::format("sha256 {} is locked, {} is there", short_hash(locked_sha256), short_hash(sha256)));
    }
}

// Test files that both name, with other content in them.
bool test_content_changed(const LockedData& locked, const LockedData& seen, std::vector<std::string>& differences) {
    bool changed = false;
    for (const auto& [path, test] : seen.test_files) {
        const auto before = locked.test_files.find(path);
        if (before == locked.test_files.end() || before->second.sha256 == test.sha256) {
            continue;
        }
        changed = true;
        differences.push_back(fmt::format("its test rows, `{}`, have changed", path));
        compare_content(before->second.sha256, before->second.rows, test.sha256, test.rows, differences);
    }
    return changed;
}

using Differences = std::pair<LockChange::Why, std::vector<std::string>>;

Differences compare(const LockedData& locked, const LockedData& seen) {
    Differences found{LockChange::Why::Declared, {}};
    if (declared_elsewhere(locked, seen, found.second)) {
        return found;
    }
    if (locked.arguments != seen.arguments) {
        found.second.push_back(fmt::format("the arguments of `{}` are declared otherwise", seen.source));
        return found;
    }
    compare_columns(locked, seen, found.second);
    compare_content(locked.sha256, locked.rows, seen.sha256, seen.rows, found.second);
    if (locked.sha256 != seen.sha256) {
        found.first = LockChange::Why::Content;
    }
    if (test_content_changed(locked, seen, found.second)) {
        found.first = LockChange::Why::Content;
    }
    if (found.second.empty()) {
        found.second.emplace_back("its test files are declared otherwise");
    }
    return found;
}

using Hashes = std::map<std::string, std::string>;
const std::string* sha256_of(const Hashes& files, const std::string& name) {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
}

void compare_beside(const Hashes& locked, const Hashes& seen, std::vector<std::string>& differences) {
    for (const auto& [name, sha256] : seen) {
        const std::string* before = sha256_of(locked, name);
        if (before == nullptr) {
            differences.push_back(fmt::format("`{}` beside it is new", name));
        } else if (*before != sha256) {
            differences.push_back(fmt::format("`{}` beside it: sha256 {} is locked, {} is there", name, short_hash(*before), short_hash(sha256)));
        }
    }
    for (const auto& [name, before] : locked) {
        if (sha256_of(seen, name) == nullptr) {
            differences.push_back(fmt::format("`{}` beside it is gone", name));
        }
    }
}

Differences compare(const LockedNetwork& locked, const LockedNetwork& seen) {
    Differences found{LockChange::Why::Declared, {}};
    if (declared_elsewhere(locked, seen, found.second)) {
        return found;
    }
    if (locked.sha256 != seen.sha256) {
        if (locked.bytes != seen.bytes) {
            found.second.push_back(fmt::format("{} bytes are locked, {} are there", locked.bytes, seen.bytes));
        }
        found.second.push_back(fmt::format("sha256 {} is locked, {} is there", short_hash(locked.sha256), short_hash(seen.sha256)));
        found.first = LockChange::Why::Content;
    }
    // A lock of before these files were locked says nothing of them.
    if (locked.beside != seen.beside && !locked.beside.empty()) {
        compare_beside(locked.beside, seen.beside, found.second);
        found.first = LockChange::Why::Content;
    }
    if (found.first == LockChange::Why::Content) {
        return found;
    }
    if (locked.beside != seen.beside) {
        found.second.emplace_back("the files beside it are not in the lock");
    }
    if (locked.licence != seen.licence) {
        found.second.push_back(fmt::format("the licence \"{}\" is locked, \"{}\" is declared", locked.licence, seen.licence));
    }
    return found;
}

template <class T>
void add_changes(const std::map<std::string, T>& locked, const std::map<std::string, T>& seen, std::vector<LockChange>& out) {
    for (const auto& [name, now] : seen) {
        const auto before = locked.find(name);
        if (before == locked.end()) {
            out.push_back({LockChange::Why::Added, name, "it is not in the lock"});
        } else if (!(before->second == now)) {
            const auto [why, differences] = compare(before->second, now);
            out.push_back({why, name, fmt::format("{}", fmt::join(differences, "; "))});
        }
    }
    for (const auto& [name, before] : locked) {
        if (!seen.contains(name)) {
            out.push_back({LockChange::Why::NoLongerIn, name, "it is locked, and no longer in the experiment"});
        }
    }
}

template <class T>
void keep_changed_content(const std::map<std::string, T>& locked, std::map<std::string, T>& seen) {
    for (auto& [name, now] : seen) {
        const auto before = locked.find(name);
        if (before != locked.end() && !(before->second == now) && compare(before->second, now).first == LockChange::Why::Content) {
            now = before->second;
        }
    }
}

}  // namespace

std::string to_text(const Lock& lock) {
    Json json = {{"about", "what the experiment of this name has read; written by `mlpc run`, renewed by `mlpc run --relock`"},
                 {"version", format_version}};
    for (const auto& [name, data] : lock.data) {
        json["data"][name] = to_json(data);
    }
    for (const auto& [name, network] : lock.pretrained) {
        json["pretrained"][name] = to_json(network);
    }
    // A database's column need not have a name in UTF-8.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Lock lock_from(const std::string& text, const std::string& path) {
    const std::string remedy = "; restore it from version control, or write it anew: `mlpc run --relock`";
    try {
        const Json json = Json::parse(text);
        if (json.at("version").get<int>() > format_version) {
            throw RunError(fmt::format("{} was written by a newer mlpc; use that one{}", path, remedy));
        }
        Lock lock;
        for (const auto& [name, data] : object_of(json, "data").items()) {
            lock.data.emplace(name, data_from(data));
        }
        for (const auto& [name, network] : object_of(json, "pretrained").items()) {
            lock.pretrained.emplace(name, network_from(network));
        }
        return lock;
    } catch (const Json::exception&) {
        const bool merge = text.find("<<<<<<<") != std::string::npos;
        throw RunError(fmt::format("{} {}{}", path, merge ? "holds the marks of a merge" : "is not the JSON of a lock", remedy));
    }
}

std::optional<Lock> read_lock(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file && !std::filesystem::exists(path)) {
        return std::nullopt;
    }
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw RunError(fmt::format("{} cannot be read; a lock is a file that every user of the experiment may read", path));
    }
    return lock_from(text.str(), path);
}

std::vector<LockChange> changes(const Lock& locked, const Lock& seen) {
    std::vector<LockChange> out;
    add_changes(locked.data, seen.data, out);
    add_changes(locked.pretrained, seen.pretrained, out);
    return out;
}

Lock following(const Lock& locked, const Lock& seen) {
    Lock out = seen;
    keep_changed_content(locked.data, out.data);
    keep_changed_content(locked.pretrained, out.pretrained);
    return out;
}

}  // namespace mlpc
