// What the compiler has to say about a file, as records; text, JSON and SARIF are printed from these and nothing else.
#pragma once

#include "compiler/diagnostics/sources.h"
#include "runtime/core/span.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlpc {

enum class Severity { Error, Warning, Note };

// One row of diagnostics.def.
struct DiagnosticKind {
    const char* code;  // "L102"
    Severity severity;
    const char* format;  // fmt format of the message
};

// The types of a message's arguments are checked where it is reported.
template <class... Args>
struct DiagnosticOf : DiagnosticKind {};

namespace diag {
#define MLPC_DIAG(name, code, severity, format, ...) inline constexpr DiagnosticOf<__VA_ARGS__> name{{code, Severity::severity, format}};
#include "compiler/diagnostics/diagnostics.def"
}  // namespace diag

// All kinds, in the order of diagnostics.def.
const std::vector<DiagnosticKind>& all_diagnostics();

struct Label {
    Span span;
    std::string text;
};
// A machine-applicable replacement: `mlpc check --fix` applies it.
struct Fix {
    Span span;  // empty span: an insertion
    std::string replacement;
    std::string title;
};
struct Diagnostic {
    DiagnosticKind kind;
    Span span;
    std::string message;
    std::vector<Label> labels;       // second spans
    std::vector<std::string> helps;  // `help:` lines
    std::vector<Fix> fixes;

    Diagnostic& note(Span at, std::string text) {
        labels.push_back({at, std::move(text)});
        return *this;
    }
    Diagnostic& help(std::string text) {
        helps.push_back(std::move(text));
        return *this;
    }
    Diagnostic& fix(Span at, std::string replacement, std::string title) {
        fixes.push_back({at, std::move(replacement), std::move(title)});
        return *this;
    }
};

class Diagnostics {
public:
    // The returned reference is valid until the next report.
    template <class... Params, class... Args>
    Diagnostic& report(Span span, const DiagnosticOf<Params...>& kind, Args&&... args) {
        static_assert(sizeof...(Params) == sizeof...(Args), "as many arguments as diagnostics.def declares");
        return add(Diagnostic{kind, span, fmt::format(fmt::runtime(kind.format), Params(std::forward<Args>(args))...), {}, {}, {}});
    }
    // In order of file and position; the same record is kept once.
    std::vector<Diagnostic> sorted() const;
    bool has_errors() const;
    bool empty() const { return list_.empty(); }
    const std::vector<Diagnostic>& all() const { return list_; }
    // Drops what `keep` refuses: how `allow CODE because "…"` works.
    template <class Keep>
    void retain(Keep keep) {
        std::erase_if(list_, [&](const Diagnostic& d) { return !keep(d); });
    }

private:
    Diagnostic& add(Diagnostic);
    std::vector<Diagnostic> list_;
};

// The name among `candidates` that is nearest to `wanted` (Damerau-Levenshtein at most a third of its length), or empty.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates);

}  // namespace mlpc
