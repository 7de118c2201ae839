// How a source of data stands in the catalog; the reader of its files lies in runtime/io under the same name.
#pragma once

#include "runtime/core/component.h"

#include <string>
#include <utility>

namespace mlpc::sources {

// The arguments of a source that reads one file or folder.
struct PathParams {
    std::string path;
};
inline constexpr const char* path_doc = "Relative to the experiment's file";
inline constexpr const char* query_doc =
    "One `select`, which gives rows as they are and computes nothing over several of them (L118); with `order by`, so that a run can be repeated";

inline ComponentInfo source(std::string name, std::string summary, std::string example, std::vector<ParamSpec> params) {
    ComponentInfo info;
    info.name = std::move(name);
    info.kind = ComponentKind::Source;
    info.summary = std::move(summary);
    info.example = std::move(example);
    info.params = std::move(params);
    info.positional = 1;
    return info;
}
inline ComponentInfo file_source(std::string name, std::string summary, std::string example) {
    return source(std::move(name), std::move(summary), std::move(example),
                  specs_of<PathParams>({field(&PathParams::path, {.name = "path", .doc = path_doc})}));
}

}  // namespace mlpc::sources
