#include "compiler/diagnostics/fixes.h"
#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/pin_sources.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"
#include "runtime/core/whole_file.h"
#include "stdlib/stdlib.h"

#include <fmt/core.h>
#include <unistd.h>

namespace mlpc {

namespace {

// A file that was in the canonical format stays so.
std::string with_layout(const Sources& sources, FileId id, const std::string& text) {
    const auto formatted = [](const std::string& path, const std::string& content) {
        Sources own;
        Diagnostics diags;
        const ast::File file = parse(own, own.add(path, content), diags);
        return diags.has_errors() ? content : print(file, content);
    };
    const std::string& before = sources.text(id);
    return formatted(sources.path(id), before) == before ? formatted(sources.path(id), text) : text;
}

std::size_t pin_file(const std::string& path, const Overrides& overrides) {
    const Compilation c = compile(path, standard_library(), overrides, CompileFor::Check);
    const FixResult fixed = apply_fixes(pins(c), c.sources);
    for (const FixedFile& file : fixed.files) {
        write_whole_file(c.sources.path(file.file), with_layout(c.sources, file.file, file.text));
    }
    return fixed.applied;
}

// Applies fixes until no more apply; returns how many were.
std::size_t fix_file(const std::string& path, const Overrides& overrides) {
    std::size_t applied = 0;
    for (int round = 0; round < 10; ++round) {
        const Compilation c = compile(path, standard_library(), overrides, CompileFor::Check);
        const FixResult fixed = apply_fixes(c.diags.sorted(), c.sources);
        if (fixed.applied == 0) {
            break;
        }
        for (const FixedFile& file : fixed.files) {
            write_whole_file(c.sources.path(file.file), file.text);
        }
        applied += fixed.applied;
    }
    return applied + pin_file(path, overrides);
}

}  // namespace

int command_check(const CheckOptions& options) {
    bool errors = false;
    for (const std::string& path : options.files) {
        if (options.fix && path != "-") {
            const std::size_t applied = fix_file(path, options.overrides);
            if (applied > 0) {
                fmt::print(stderr, "{}: fixed {}\n", path, applied);
            }
        }
        const Compilation c = compile(path, standard_library(), options.overrides, CompileFor::Check);
        const std::vector<Diagnostic> found = c.diags.sorted();
        errors = errors || c.diags.has_errors();
        if (options.format == "json") {
            fmt::print("{}\n", render_json(found, c.sources));
        } else if (options.format == "sarif") {
            fmt::print("{}\n", render_sarif(found, c.sources, MLPC_VERSION));
        } else {
            fmt::print(stderr, "{}", render_text(found, c.sources, colour_of(STDERR_FILENO)));
        }
    }
    return errors ? exit_code::findings : exit_code::ok;
}

}  // namespace mlpc
