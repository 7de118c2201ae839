#include "runtime/search/pretrained_files.h"

#include "runtime/core/content_sha256.h"
#include "runtime/core/error.h"
#include "runtime/model/fitted_pipeline.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace mlpc {

namespace {

namespace fs = std::filesystem;

constexpr const char* model_extension = ".mlpm";

PretrainedRecord record_of(const PretrainedSpec& source) {
    PretrainedRecord record{.name = source.name,
                            .format = source.component->name,
                            .path = source.path,
                            .sha256 = content_sha256(source.resolved_path),
                            .pinned = !source.sha256.empty(),
                            .trained_on = source.trained_on,
                            .licence = source.licence};
    if (record.pinned && record.sha256 != source.sha256) {
        throw RunError(
            fmt::format("`{}` has the SHA-256 {}, and `{}` declares {}: it is another file than the one that was looked at; if it "
                        "should be this one, write its SHA-256 into the `source`",
                        source.path, record.sha256, source.name, source.sha256));
    }
    return record;
}

// What a saved model says of the data of its run: name and SHA-256.
std::vector<std::pair<std::string, std::string>> data_of_saved(const std::string& path) {
    std::vector<std::pair<std::string, std::string>> data;
    if (fs::path(path).extension() != model_extension) {
        return data;
    }
    const nlohmann::json provenance = nlohmann::json::parse(saved_provenance(path), nullptr, false);
    if (!provenance.is_object() || !provenance.contains("data")) {
        return data;
    }
    for (const nlohmann::json& one : provenance.at("data")) {
        data.emplace_back(one.value("name", ""), one.value("sha256", ""));
    }
    return data;
}

// Whether rows that are scored come from a file of this content: those of the test partition, or of outer folds.
bool scores_rows_of(const Experiment& e, std::uint32_t split, const PreparedData& data, const std::string& sha256) {
    const SplitSpec& spec = e.splits[split];
    DataId root = spec.data;
    while (e.data[root.index].base) {
        root = *e.data[root.index].base;
    }
    const std::string& whole = data.sha256[root.index];
    const bool test_file = spec.test.kind == TestSpec::Kind::File;
    const bool tested = spec.test.kind != TestSpec::Kind::None && (test_file ? data.test_sha256[split] : whole) == sha256;
    return tested || (spec.outer && whole == sha256);
}

}  // namespace

std::vector<PretrainedRecord> pretrained_files(const Experiment& e) {
    std::vector<PretrainedRecord> records;
    for (const PretrainedSpec& source : e.pretrained) {
        try {
            if (!fs::exists(source.resolved_path)) {
                throw RunError(fmt::format("there is no file `{}`", source.path));
            }
            records.push_back(record_of(source));
            source.component->open_encoder(source.resolved_path, source.params);  // what cannot be opened is refused before anything runs
            for (const auto& [name, sha256] : data_of_saved(source.resolved_path)) {
                records.back().trained_on.push_back(fmt::format("`{}` of an earlier run", name));
            }
        } catch (const RunError& error) {
            throw LocatedError(error.what(), source.path_span);
        }
    }
    return records;
}

void refuse_trained_on_test(const Experiment& e, const PreparedData& data) {
    std::vector<Finding> found;
    for (const PretrainedSpec& source : e.pretrained) {
        for (std::uint32_t split = 0; split < e.splits.size(); ++split) {
            const DataSpec& scored = e.data[e.splits[split].data.index];
            std::vector<std::pair<std::string, std::string>> trained_on = data_of_saved(source.resolved_path);
            for (const std::string& name : source.trained_on) {
                const fs::path path = fs::path(scored.folder) / name;
                if (fs::is_regular_file(path)) {
                    trained_on.emplace_back(name, content_sha256(path.string()));
                }
            }
            for (const auto& [name, sha256] : trained_on) {
                if (!sha256.empty() && scores_rows_of(e, split, data, sha256)) {
                    Finding leak;
                    leak.kind = Finding::Kind::TrainedOnTest;
                    leak.subject = source.name;
                    leak.detail = name;
                    leak.other = scored.name;
                    leak.span = source.span;
                    found.push_back(std::move(leak));
                }
            }
        }
    }
    if (!found.empty()) {
        throw FindingsError(std::move(found));
    }
}

}  // namespace mlpc
