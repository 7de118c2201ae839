#include "compiler/diagnostics/explain.h"
#include "compiler/diagnostics/render.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mlpc {

namespace {

using Json = nlohmann::ordered_json;

bool needs_no_escape(char c) {
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter_or_digit || std::string_view("-._~/").find(c) != std::string_view::npos;
}

// SARIF wants URI references: a file name may hold spaces, colons and letters of any script.
std::string uri(const std::string& path) {
    std::string result = path.starts_with('/') ? "file://" : "";
    for (char c : path) {
        result += needs_no_escape(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return result;
}

Json artifact_location(const Sources& sources, FileId file) { return {{"uri", uri(sources.path(file))}}; }

Json region(const Sources& sources, Span span) {
    const LineColumn begin = sources.position(span.file, span.begin);
    const LineColumn end = sources.position(span.file, span.end);
    return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json physical_location(const Sources& sources, Span span) {
    return {{"artifactLocation", artifact_location(sources, span.file)}, {"region", region(sources, span)}};
}

Json related_locations(const Diagnostic& diagnostic, const Sources& sources) {
    Json result = Json::array();
    for (const Label& label : diagnostic.labels) {
        result.push_back({{"id", result.size()}, {"physicalLocation", physical_location(sources, label.span)}, {"message", {{"text", label.text}}}});
    }
    return result;
}

Json replacement(const Fix& fix, const Sources& sources) {
    return {{"deletedRegion", region(sources, fix.span)}, {"insertedContent", {{"text", fix.replacement}}}};
}

std::string fix_titles(const std::vector<Fix>& fixes) {
    std::vector<std::string> titles;
    for (const Fix& fix : fixes) {
        if (std::find(titles.begin(), titles.end(), fix.title) == titles.end()) {
            titles.push_back(fix.title);
        }
    }
    return fmt::format("{}", fmt::join(titles, "; "));
}

// SARIF's fixes are alternatives, a record's fixes are parts of one change, so they make one fix.
Json sarif_fix(const std::vector<Fix>& fixes, const Sources& sources) {
    std::vector<FileId> files;
    for (const Fix& fix : fixes) {
        if (std::find(files.begin(), files.end(), fix.span.file) == files.end()) {
            files.push_back(fix.span.file);
        }
    }
    Json changes = Json::array();
    for (FileId file : files) {
        Json replacements = Json::array();
        for (const Fix& fix : fixes) {
            if (fix.span.file == file) {
                replacements.push_back(replacement(fix, sources));
            }
        }
        changes.push_back({{"artifactLocation", artifact_location(sources, file)}, {"replacements", replacements}});
    }
    return {{"description", {{"text", fix_titles(fixes)}}}, {"artifactChanges", changes}};
}

std::string message_with_helps(const Diagnostic& diagnostic) {
    std::string result = diagnostic.message;
    for (const std::string& help : diagnostic.helps) {
        result += "\nhelp: " + help;
    }
    return result;
}

Json sarif_result(const Diagnostic& diagnostic, std::size_t rule_index, const Sources& sources) {
    Json result;
    result["ruleId"] = diagnostic.kind.code;
    result["ruleIndex"] = rule_index;
    result["level"] = severity_name(diagnostic.kind.severity);
    result["message"] = {{"text", message_with_helps(diagnostic)}};
    result["locations"] = Json::array({Json{{"physicalLocation", physical_location(sources, diagnostic.span)}}});
    if (!diagnostic.labels.empty()) {
        result["relatedLocations"] = related_locations(diagnostic, sources);
    }
    if (!diagnostic.fixes.empty()) {
        result["fixes"] = Json::array({sarif_fix(diagnostic.fixes, sources)});
    }
    return result;
}

Json sarif_rule(const DiagnosticKind& kind) {
    const auto page = explanation(kind.code);
    const std::string text(page.value_or(kind.format));
    const std::string title(page ? parse_explanation(*page).title : kind.format);
    Json rule;
    rule["id"] = kind.code;
    rule["shortDescription"] = {{"text", title}};
    rule["help"] = {{"text", text}, {"markdown", text}};
    rule["defaultConfiguration"] = {{"level", severity_name(kind.severity)}};
    return rule;
}

std::vector<DiagnosticKind> kinds_of(const std::vector<Diagnostic>& diagnostics) {
    std::vector<DiagnosticKind> kinds;
    for (const DiagnosticKind& kind : all_diagnostics()) {
        const auto is_kind = [&](const Diagnostic& d) { return std::string_view(d.kind.code) == kind.code; };
        if (std::any_of(diagnostics.begin(), diagnostics.end(), is_kind)) {
            kinds.push_back(kind);
        }
    }
    return kinds;
}

std::size_t index_of(const std::vector<DiagnosticKind>& kinds, std::string_view code) {
    const auto at = std::find_if(kinds.begin(), kinds.end(), [&](const DiagnosticKind& kind) { return kind.code == code; });
    return static_cast<std::size_t>(at - kinds.begin());
}

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const Sources& sources, std::string_view tool_version) {
    const std::vector<DiagnosticKind> kinds = kinds_of(diagnostics);
    Json rules = Json::array();
    for (const DiagnosticKind& kind : kinds) {
        rules.push_back(sarif_rule(kind));
    }
    Json results = Json::array();
    for (const Diagnostic& diagnostic : diagnostics) {
        results.push_back(sarif_result(diagnostic, index_of(kinds, diagnostic.kind.code), sources));
    }
    Json run;
    run["tool"]["driver"] = {{"name", "mlpc"}, {"version", tool_version}, {"rules", rules}};
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = results;

    Json log;
    log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = Json::array({run});
    return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mlpc
