#include "compiler/diagnostics/render.h"

#include <nlohmann/json.hpp>

namespace mlpc {

namespace {

using Json = nlohmann::ordered_json;

void put_place(Json& object, const Sources& sources, Span span) {
    const LineColumn begin = sources.position(span.file, span.begin);
    const LineColumn end = sources.position(span.file, span.end);
    object["file"] = sources.path(span.file);
    object["line"] = begin.line;
    object["column"] = begin.column;
    object["end_line"] = end.line;
    object["end_column"] = end.column;
    object["begin"] = span.begin;
    object["end"] = span.end;
}

Json label_json(const Label& label, const Sources& sources) {
    Json result;
    put_place(result, sources, label.span);
    result["text"] = label.text;
    return result;
}

Json fix_json(const Fix& fix, const Sources& sources) {
    Json result;
    put_place(result, sources, fix.span);
    result["replacement"] = fix.replacement;
    result["title"] = fix.title;
    return result;
}

Json record_json(const Diagnostic& diagnostic, const Sources& sources) {
    Json result;
    result["code"] = diagnostic.kind.code;
    result["severity"] = severity_name(diagnostic.kind.severity);
    result["message"] = diagnostic.message;
    put_place(result, sources, diagnostic.span);
    result["labels"] = Json::array();
    for (const Label& label : diagnostic.labels) {
        result["labels"].push_back(label_json(label, sources));
    }
    result["helps"] = diagnostic.helps;
    result["fixes"] = Json::array();
    for (const Fix& fix : diagnostic.fixes) {
        result["fixes"].push_back(fix_json(fix, sources));
    }
    return result;
}

}  // namespace

const char* severity_name(Severity severity) {
    switch (severity) {
        case Severity::Error:
            return "error";
        case Severity::Warning:
            return "warning";
        case Severity::Note:
            return "note";
    }
    return "";
}

std::string render_json(const std::vector<Diagnostic>& diagnostics, const Sources& sources) {
    Json records = Json::array();
    for (const Diagnostic& diagnostic : diagnostics) {
        records.push_back(record_json(diagnostic, sources));
    }
    return records.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mlpc
