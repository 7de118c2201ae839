#include "compiler/driver/compile.h"

#include "compiler/driver/load_files.h"
#include "compiler/leakage/leakage.h"
#include "compiler/plan/passes/passes.h"

#include <filesystem>
#include <map>

namespace mlpc {

namespace {

// Each construct once, where it first stands.
void refuse_unavailable(const plan::Plan& plan, Diagnostics& diags) {
    std::map<std::string, Span> first;
    for (const plan::Unavailable& construct : plan.unavailable) {
        const auto [at, is_new] = first.try_emplace(construct.what, construct.span);
        const bool earlier = construct.span.file == at->second.file && construct.span.begin < at->second.begin;
        at->second = !is_new && earlier ? construct.span : at->second;
    }
    for (const auto& [what, span] : first) {
        diags.report(span, diag::NotRunnable, what);
    }
}

// Of the weights of pre-trained networks.
void refuse_outside(const plan::Plan& plan, const std::string& root, Diagnostics& diags) {
    for (const PretrainedSpec& source : plan.pretrained) {
        const std::filesystem::path below = std::filesystem::absolute(source.resolved_path).lexically_normal().lexically_relative(root);
        if (!source.resolved_path.empty() && (below.empty() || *below.begin() == "..")) {
            diags.report(source.path_span, diag::OutsideOfProject, source.path)
                .help("copy it below the folder of the experiment, or put a link to it there");
        }
    }
}

}  // namespace

Compilation compile(const std::string& path, const Catalog& catalog, const Overrides& overrides, CompileFor purpose) {
    Compilation c;
    c.files = load_files(path, c.sources, c.diags);                                 // text → syntax trees
    plan::Plan plan = build_plan(c.files, c.sources, catalog, overrides, c.diags);  // → names, types, spaces → plan
    refuse_outside(plan, project_root(path), c.diags);
    check_leakage(plan, c.diags);  // no evaluated row teaches
    if (purpose == CompileFor::Run) {
        refuse_unavailable(plan, c.diags);
    }
    if (c.diags.has_errors()) {
        return c;
    }
    for (const plan::Pass& pass : plan::all_passes) {
        pass.run(plan);
        verify(plan, pass.name);  // nor after any rewrite
    }
    c.plan = std::move(plan);
    return c;  // → lower() → run_experiment()
}

}  // namespace mlpc
