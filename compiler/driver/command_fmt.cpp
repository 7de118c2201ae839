#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/load_files.h"
#include "compiler/driver/unified_diff.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"
#include "runtime/core/error.h"
#include "runtime/core/whole_file.h"

#include <fmt/core.h>
#include <unistd.h>

namespace mlpc {

int command_fmt(const FmtOptions& options) {
    int code = exit_code::ok;
    for (const std::string& path : options.files) {
        Sources sources;
        Diagnostics diags;
        const FileId id = sources.add(path == "-" ? "standard input" : path, read_source(path));
        const ast::File file = parse(sources, id, diags);
        if (diags.has_errors()) {
            fmt::print(stderr, "{}", render_text(diags.sorted(), sources, colour_of(STDERR_FILENO)));
            code = exit_code::findings;
            continue;
        }
        const std::string& before = sources.text(id);
        const std::string after = print(file, before);
        const bool differs = before != after;
        if (options.diff) {
            fmt::print("{}", differs ? unified_diff(before, after, path) : "");
        }
        if (options.check && differs) {
            fmt::print(stderr, "{} is not in the canonical format: `mlpc fmt {}` writes it\n", path, path);
        }
        if (options.check || options.diff) {
            code = differs ? exit_code::findings : code;
        } else if (path == "-") {
            fmt::print("{}", after);
        } else if (differs) {
            write_whole_file(path, after);
        }
    }
    return code;
}

}  // namespace mlpc
