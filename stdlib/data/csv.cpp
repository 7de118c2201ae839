#include "stdlib/data/source.h"

namespace mlpc {

void add_csv(Catalog& catalog) {
    ComponentInfo info = sources::file_source("csv",
                                              "Reads a table whose cells are separated by commas and whose first row names the columns, plain or "
                                              "compressed with gzip or zstd",
                                              "csv(\"data/churn.csv\")");
    info.source = "Shafranovich: Common Format and MIME Type for Comma-Separated Values Files, RFC 4180 (2005)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
