#include "compiler/driver/pin_sources.h"

#include "runtime/core/content_sha256.h"

#include <filesystem>

namespace mlpc {

namespace {

struct Declared {
    const ast::Source* source = nullptr;
    Span whole;
};

std::optional<Declared> declaration_of(const PretrainedSpec& source, const std::vector<ast::File>& files) {
    for (const ast::File& file : files) {
        for (const ast::Declaration& declaration : file.declarations) {
            const auto* found = std::get_if<ast::Source>(&declaration.node);
            if (found != nullptr && found->name.span == source.span) {
                return Declared{found, declaration.span};
            }
        }
    }
    return std::nullopt;
}

Fix insertion(Span file, std::size_t at, std::string text) {
    const auto offset = static_cast<std::uint32_t>(at);
    return {.span = {.file = file.file, .begin = offset, .end = offset}, .replacement = std::move(text), .title = "pin it"};
}

// As the block's first line, or in a block of its own.
Fix pin(const Declared& declared, const std::string& sha256, const std::string& text) {
    const std::string clause = "sha256 \"" + sha256 + "\"";
    if (!declared.source->clauses.empty()) {
        const Span first = declared.source->clauses.front().span;
        return insertion(first, first.begin, clause + "\n  ");
    }
    const Span file = declared.source->file.span;
    const std::size_t brace = text.find('{', file.end);
    return brace < declared.whole.end ? insertion(file, brace + 1, "\n  " + clause + "\n") : insertion(file, file.end, " {\n  " + clause + "\n}");
}

}  // namespace

std::vector<Fix> pins(const Compilation& c) {
    std::vector<Fix> fixes;
    if (!c.plan) {
        return fixes;
    }
    for (const PretrainedSpec& source : c.plan->pretrained) {
        const std::optional<Declared> declared = declaration_of(source, c.files);
        if (declared && source.sha256.empty() && std::filesystem::exists(source.resolved_path)) {
            fixes.push_back(pin(*declared, content_sha256(source.resolved_path), c.sources.text(source.span.file)));
        }
    }
    return fixes;
}

}  // namespace mlpc
