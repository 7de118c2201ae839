#include "compiler/driver/experiment_keys.h"

#include "runtime/io/file_bytes.h"
#include "stdlib/pretrained/pretrained.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace mlpc {

namespace fs = std::filesystem;

namespace {

// Clauses of a search that decide which points are tried and how far: a point that is tried all the same finds the same.
const std::set<std::string_view> choosing_clauses = {"method", "prune", "first", "batch", "budget", "stop early", "failures"};

// The text without those spans. They come in order and may lie within each other.
std::string without(const std::string& text, std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    std::string kept;
    std::uint32_t at = 0;
    for (const Span& span : spans) {
        if (span.begin >= at) {
            kept += text.substr(at, span.begin - at);
        }
        at = std::max(at, span.end);
    }
    return kept + text.substr(at);
}

bool is_of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// All that could be a name, outside of strings.
void add_words(const std::string& text, std::set<std::string>& words) {
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i) {
                i += text[i] == '\\' ? 1 : 0;
            }
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && is_of_name(text[i])) {
            ++i;
        }
        if (i > begin) {
            words.insert(text.substr(begin, i - begin));
        } else {
            ++i;
        }
    }
}

std::vector<Span> choosing_spans(const ast::File& file) {
    std::vector<Span> spans;
    for (const ast::Declaration& declaration : file.declarations) {
        const auto* search = std::get_if<ast::Search>(&declaration.node);
        for (std::size_t c = 0; search != nullptr && c < search->clauses.size(); ++c) {
            if (choosing_clauses.contains(search->clauses[c].keyword)) {
                spans.push_back(search->clauses[c].span);
            }
        }
    }
    return spans;
}

// Names that stand anywhere but in comments, in what chooses points, and where a `param` is declared.
std::set<std::string> names_that_evaluate(const Compilation& c) {
    std::set<std::string> words;
    for (const ast::File& file : c.files) {
        std::vector<Span> left_out = choosing_spans(file);
        for (const ast::Comment& comment : file.comments) {
            left_out.push_back(comment.span);
        }
        for (const ast::Declaration& declaration : file.declarations) {
            if (const auto* param = std::get_if<ast::Param>(&declaration.node)) {
                left_out.push_back(param->name.span);
            }
        }
        add_words(without(c.sources.text(file.id), std::move(left_out)), words);
    }
    return words;
}

// A script that a program is given decides what it answers, as far as it lies among the files of the experiment.
void add_command_files(KeyBuilder& key, const ObjectiveSpec& objective) {
    for (const std::string& word : objective.command) {
        const fs::path file = fs::path(objective.folder) / word;
        std::error_code error;
        if (fs::is_regular_file(file, error)) {
            const Bytes bytes = read_file_bytes(file.string());
            key.add(bytes.size()).add_bytes(std::as_bytes(std::span(bytes)));
        }
    }
}

void add_inputs(KeyBuilder& key, const Experiment& experiment, const PreparedData& data) {
    for (const Dataset& dataset : data.datasets) {
        key.add(dataset.key);
    }
    for (const PretrainedRecord& source : data.pretrained) {
        key.add(source.name).add(source.sha256);
    }
    for (const PretrainedSpec& source : experiment.pretrained) {
        for (const auto& [name, sha256] : pretrained::hashes_beside(pretrained::source_of(*source.component, source.resolved_path, source.params))) {
            key.add(name).add(sha256);
        }
    }
    for (const ObjectiveSpec& objective : experiment.objectives) {
        add_command_files(key, objective);
    }
}

Key experiment_key(const Experiment& experiment, const Compilation& c, const PreparedData& data, const Overrides& overrides) {
    KeyBuilder key;
    key.add("experiment").add(MLPC_VERSION);
    for (const ast::File& file : c.files) {
        key.add(c.sources.text(file.id));
    }
    for (const auto& [name, value] : overrides) {
        key.add(name).add(value);
    }
    add_inputs(key, experiment, data);
    return key.key();
}

Key evaluation_key(const Experiment& experiment, const Compilation& c, const PreparedData& data, const Overrides& overrides) {
    const std::set<std::string> names = names_that_evaluate(c);
    KeyBuilder key;
    key.add("evaluation").add(MLPC_VERSION);
    for (const ast::File& file : c.files) {
        std::vector<Span> left_out = choosing_spans(file);
        for (const ast::Declaration& declaration : file.declarations) {
            const auto* param = std::get_if<ast::Param>(&declaration.node);
            if (param != nullptr && !names.contains(param->name.text)) {
                left_out.push_back(declaration.span);
            }
        }
        key.add(without(c.sources.text(file.id), std::move(left_out)));
    }
    for (const auto& [name, value] : overrides) {
        if (names.contains(name)) {
            key.add(name).add(value);
        }
    }
    add_inputs(key, experiment, data);
    return key.key();
}

}  // namespace

ExperimentKeys experiment_keys(const Experiment& experiment, const Compilation& c, const PreparedData& data, const Overrides& overrides) {
    return {.experiment = experiment_key(experiment, c, data, overrides), .evaluation = evaluation_key(experiment, c, data, overrides)};
}

}  // namespace mlpc
