#include "stdlib/data/source.h"

namespace mlpc {

void add_jsonl(Catalog& catalog) {
    ComponentInfo info = sources::file_source("jsonl",
                                              "Reads a text that holds one JSON object a line; fields of nested objects are named `outer.inner`, and "
                                              "a field that an object leaves out is missing",
                                              "jsonl(\"data/visits.jsonl\")");
    info.source = "Bray: The JavaScript Object Notation (JSON) Data Interchange Format, RFC 8259 (2017); JSON Lines, jsonlines.org";
    catalog.add(std::move(info));
}

}  // namespace mlpc
