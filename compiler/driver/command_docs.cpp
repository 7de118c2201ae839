// Reference pages and lists, derived from the catalog.
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/reference.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace mlpc {

namespace {

constexpr std::pair<const char*, ComponentKind> kinds[] = {
    {"steps", ComponentKind::Step},
    {"models", ComponentKind::Model},
    {"metrics", ComponentKind::Metric},
    {"splitters", ComponentKind::Splitter},
    {"searchers", ComponentKind::Searcher},
    {"pruners", ComponentKind::Pruner},
    {"sources", ComponentKind::Source},
    {"layers", ComponentKind::Layer},
    {"optimisers", ComponentKind::Optimiser},
    {"schedules", ComponentKind::Schedule},
    {"losses", ComponentKind::Loss},
    {"augmentations", ComponentKind::Augmentation},
    {"pretrained", ComponentKind::Pretrained},
};

std::string page(const ComponentInfo& info) {
    std::string text = fmt::format("{} ({})\n  {}.\n", info.name, name_of(info.kind), info.summary);
    if (!info.example.empty()) {
        text += fmt::format("\nexample\n  {}\n", info.example);
    }
    if (!info.params.empty() || info.named_expressions) {
        text += "\nparameters\n";
    }
    for (const ParamSpec& p : info.params) {
        text += fmt::format("  {}: {}{}, default {}\n      {}.\n", p.name, type_text(p), range_text(p.valid),
                            p.fallback.is_none() ? "none" : p.fallback.to_string(), p.doc);
        if (const std::string space = default_space_text(p); !space.empty()) {
            text += fmt::format("      searched by default: {}\n", space);
        }
    }
    if (info.named_expressions) {
        text += "  NAME: row-wise expression, any number of them\n";
    }
    if (info.kind == ComponentKind::Step) {
        text += fmt::format("\neffect with its defaults: {}\n", name_of(info.effect(info.default_params())));
    } else if (info.kind == ComponentKind::Model) {
        text += "\neffect: supervised\n";
    } else if (info.kind == ComponentKind::Metric) {
        text += fmt::format("\n{} is better; range {}..{}\n", info.greater_is_better ? "greater" : "smaller", info.range.low, info.range.high);
    }
    if (!info.source.empty()) {
        text += fmt::format("\nsource\n  {}\n", info.source);
    }
    return text;
}

}  // namespace

int command_docs(const std::string& name) {
    bool found = false;
    std::vector<std::string> known;
    for (const ComponentInfo* info : standard_library().all()) {
        known.push_back(info->name);
        if (info->name == name) {
            fmt::print("{}{}", found ? "\n" : "", page(*info));
            found = true;
        }
    }
    if (found) {
        return exit_code::ok;
    }
    const std::string near = did_you_mean(name, known);
    print_error(
        fmt::format("there is no component `{}`{}", name, near.empty() ? "; `mlpc list steps` lists some" : "; did you mean `" + near + "`?"));
    return exit_code::usage;
}

int command_write_docs(const std::string& folder) {
    namespace fs = std::filesystem;
    try {
        for (const auto& [path, text] : reference_pages(standard_library())) {
            const fs::path file = fs::path(folder) / path;
            fs::create_directories(file.parent_path());
            std::ofstream out(file, std::ios::binary);
            out << text;
            if (!out.flush()) {
                print_error(fmt::format("can't write `{}`: {}", file.string(), std::strerror(errno)));
                return exit_code::findings;
            }
        }
    } catch (const fs::filesystem_error& e) {
        print_error(fmt::format("can't write below `{}`: {}", folder, e.code().message()));
        return exit_code::findings;
    }
    return exit_code::ok;
}

int command_list(const std::string& kind) {
    std::vector<std::string> names;
    for (const auto& [plural, which] : kinds) {
        names.emplace_back(plural);
        if (kind != plural && kind != name_of(which) && kind + "s" != plural) {
            continue;
        }
        for (const ComponentInfo* info : standard_library().all()) {
            if (info->kind == which) {
                fmt::print("{:<28} {}\n", info->name, info->summary);
            }
        }
        return exit_code::ok;
    }
    print_error(fmt::format("there is no kind `{}`: kinds are {}", kind, fmt::join(names, ", ")));
    return exit_code::usage;
}

}  // namespace mlpc
