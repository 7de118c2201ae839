#include "stdlib/data/source.h"

namespace mlpc {

void add_parquet(Catalog& catalog) {
    ComponentInfo info = sources::file_source("parquet", "Reads a Parquet file through DuckDB's library, which `./setup duckdb` fetches",
                                              "parquet(\"data/visits.parquet\")");
    info.source = "Raasveldt, Mühleisen: DuckDB: an Embeddable Analytical Database, SIGMOD (2019)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
