#include "compiler/driver/reference.h"
#include "stdlib/networks/fitted_network.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc {

namespace {

struct Room {
    ComponentKind kind;
    const char* folder;
    const char* title;
    const char* about;
};
constexpr Room rooms[] = {
    {ComponentKind::Source, "sources", "Sources of data", "What a `data` declaration reads."},
    {ComponentKind::Step, "steps", "Steps", "What a `pipeline` or a `data` declaration does to columns or rows."},
    {ComponentKind::Model, "models", "Models", "What ends the chain of a `model`."},
    {ComponentKind::Metric, "metrics", "Metrics", "What `maximize`, `minimize` and `metrics` name."},
    {ComponentKind::Splitter, "splits", "Splits", "What the clauses of `split` mean."},
    {ComponentKind::Searcher, "search", "Search methods", "What `method` in a `search` names."},
    {ComponentKind::Pruner, "pruners", "Pruners", "What `prune` in a `search` names."},
    {ComponentKind::Layer, "layers", "Layers", "What a `network` is a chain of."},
    {ComponentKind::Optimiser, "optimisers", "Optimisers", "What `train` in a `network` names."},
    {ComponentKind::Schedule, "schedules", "Schedules", "What `schedule` in `train` names: the course of the rate of learning."},
    {ComponentKind::Loss, "losses", "Losses", "What `loss` in `train` names."},
    {ComponentKind::Augmentation, "augmentations", "Augmentations", "What `augment` in `train` names."},
    {ComponentKind::Pretrained, "pretrained", "Pre-trained networks", "What a `source` declaration reads."},
};

const Room& room_of(ComponentKind kind) {
    for (const Room& room : rooms) {
        if (room.kind == kind) {
            return room;
        }
    }
    throw std::logic_error("every kind of component has a room");
}

// A component's name as a file name: those of splits hold spaces.
std::string file_name(const std::string& name) {
    std::string file = name;
    for (char& c : file) {
        c = c == ' ' ? '_' : c;
    }
    return file + ".md";
}

// A cell of a Markdown table.
std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
        text.insert(at, 1, '\\');
    }
    return text;
}

std::string default_text(const ParamSpec& p) { return p.fallback.is_none() ? "none" : p.fallback.to_string(); }

std::string parameter_table(const ComponentInfo& info) {
    std::string text = "| parameter | type | default | `in default` | what it does |\n|---|---|---|---|---|\n";
    for (const ParamSpec& p : info.params) {
        const std::string fallback = p.type == ParamType::Expression ? "must be given" : fmt::format("`{}`", default_text(p));
        const std::string space = default_space_text(p);
        text +=
            fmt::format("| `{}` | {} | {} | {} | {}{} |\n", p.name, cell(type_text(p) + range_text(p.valid)), cell(fallback),
                        space.empty() ? "" : fmt::format("`{}`", cell(space)), cell(p.doc), p.path ? "; one fit answers every smaller value" : "");
    }
    if (info.named_expressions) {
        text += "| any name | row-wise expression | | | The column of that name that it makes |\n";
    }
    return text;
}

std::string types_text(ColumnTypes set) {
    std::vector<std::string> names;
    for (unsigned t = 0; (any_type >> t) != 0; ++t) {
        if ((set & (1u << t)) != 0) {
            names.emplace_back(name_of(static_cast<ColumnType>(t)));
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

bool needs_networks(const ComponentInfo& info) {
    switch (info.kind) {
        case ComponentKind::Layer:
        case ComponentKind::Optimiser:
        case ComponentKind::Schedule:
        case ComponentKind::Loss:
        case ComponentKind::Augmentation:
            return true;
        default:
            return info.blank_model && dynamic_cast<const networks::FittedNetwork*>(info.blank_model().get()) != nullptr;
    }
}

std::string facts(const ComponentInfo& info) {
    std::string text;
    const auto fact = [&](const char* what, const std::string& value) { text += fmt::format("- {}: {}\n", what, value); };
    if (info.kind == ComponentKind::Step) {
        fact("effect with its defaults", std::string(name_of(info.effect(info.default_params()))));
    }
    if (info.kind == ComponentKind::Step || info.kind == ComponentKind::Model) {
        fact("takes columns of type", types_text(info.accepts));
        fact("missing cells", info.takes_missing ? "may come in" : "must be imputed before");
        if (info.keeps_columns && info.keeps_columns(info.default_params())) {
            fact("columns with its defaults", "one comes out for each, under its name");
        }
        if (info.takes_sparse) {
            fact("sparse columns", "are read as they are");
        }
        if (info.random) {
            fact("random", "from a stream of its own, which the seed decides");
        }
    }
    if (needs_networks(info)) {
        fact("needs", "libtorch, which `./setup networks` installs");
    }
    if (!info.tasks.empty()) {
        std::vector<std::string> tasks;
        for (const Task t : info.tasks) {
            tasks.emplace_back(t == Task::Binary ? "two classes" : t == Task::Multiclass ? "many classes" : "numbers");
        }
        fact("predicts", fmt::format("{}", fmt::join(tasks, ", ")));
    }
    if (info.kind == ComponentKind::Metric) {
        const auto end = [](double value) { return std::isfinite(value) ? fmt::format("{}", value) : value < 0 ? "-∞" : "∞"; };
        fact("direction", info.greater_is_better ? "greater is better" : "smaller is better");
        fact("range", fmt::format("{} to {}", end(info.range.low), end(info.range.high)));
    }
    return text;
}

std::string page(const ComponentInfo& info) {
    std::string text = fmt::format("# {}\n\n{}.\n\n```mlp\n{}\n```\n\n{}", info.name, info.summary, info.example, facts(info));
    if (!info.params.empty() || info.named_expressions) {
        text += "\n## Parameters\n\n" + parameter_table(info);
    }
    if (const std::string experiment = example_experiment(info); !experiment.empty()) {
        text += fmt::format("\n## A whole experiment\n\nOn [shop.csv](../shop.csv):\n\n```mlp\n{}```\n", experiment);
    }
    if (!info.source.empty()) {
        text += fmt::format("\n## Source\n\n{}.\n", info.source);
    }
    return text;
}

std::string index(const std::vector<const ComponentInfo*>& all) {
    std::string text =
        "# Reference\n\nEvery component of this version, made from the catalog by `mlpc docs --write docs/reference`; a test fails where a page is "
        "stale. The experiments run on [shop.csv](shop.csv), the made-up sales of a shop.\n";
    for (const Room& room : rooms) {
        std::string rows;
        for (const ComponentInfo* info : all) {
            if (info->kind == room.kind) {
                rows += fmt::format("| [{}]({}/{}) | {} |\n", info->name, room.folder, file_name(info->name), cell(info->summary));
            }
        }
        if (!rows.empty()) {
            text += fmt::format("\n## {}\n\n{}\n\n| name | what it does |\n|---|---|\n{}", room.title, room.about, rows);
        }
    }
    return text;
}

}  // namespace

std::string type_text(const ParamSpec& p) {
    switch (p.type) {
        case ParamType::Boolean:
            return "true or false";
        case ParamType::Integer:
            return "integer";
        case ParamType::Real:
            return "number";
        case ParamType::Word:
            return fmt::format("{}", fmt::join(p.words, " | "));
        case ParamType::Text:
            return "text";
        case ParamType::Interval:
            return "range";
        case ParamType::WordOrReal:
            return fmt::format("{} | number", fmt::join(p.words, " | "));
        case ParamType::OptionalInteger:
            return "integer or none";
        case ParamType::OptionalReal:
            return "number or none";
        case ParamType::List:
            return "list";
        case ParamType::Expression:
            return "row-wise expression";
    }
    return "";
}

std::string range_text(const Range& r) {
    if (!std::isfinite(r.low) && !std::isfinite(r.high)) {
        return "";
    }
    const std::string low = std::isfinite(r.low) ? fmt::format("{}{}", r.open_low ? "above " : "", r.low) : "";
    const std::string high = std::isfinite(r.high) ? fmt::format("{}{}", r.open_high ? "below " : "", r.high) : "";
    return fmt::format(", {}..{}", low, high);
}

std::string default_space_text(const ParamSpec& p) {
    if (!p.search.words.empty()) {
        return fmt::format("{{{}}}", fmt::join(p.search.words, ", "));
    }
    return p.search.empty() ? "" : fmt::format("{}..{}{}", p.search.low, p.search.high, p.search.log ? " log" : "");
}

std::map<std::string, std::string> reference_pages(const Catalog& catalog) {
    const std::vector<const ComponentInfo*> all = catalog.all();
    std::map<std::string, std::string> pages{{"README.md", index(all)}};
    for (const ComponentInfo* info : all) {
        pages[fmt::format("{}/{}", room_of(info->kind).folder, file_name(info->name))] = page(*info);
    }
    return pages;
}

}  // namespace mlpc
