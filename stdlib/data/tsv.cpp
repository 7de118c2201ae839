#include "stdlib/data/source.h"

namespace mlpc {

void add_tsv(Catalog& catalog) {
    ComponentInfo info = sources::file_source("tsv",
                                              "Reads a table whose cells are separated by tabs and whose first row names the columns, plain or "
                                              "compressed with gzip or zstd",
                                              "tsv(\"data/churn.tsv\")");
    info.source = "Lindner: Definition of tab-separated-values, IANA media type (1993)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
