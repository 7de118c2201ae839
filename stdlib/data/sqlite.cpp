#include "stdlib/data/source.h"

namespace mlpc {

namespace {

struct SqliteParams {
    std::string path, query;
};

}  // namespace

void add_sqlite(Catalog& catalog) {
    ComponentInfo info = sources::source("sqlite", "Reads the rows that a query gives from an SQLite database, which is opened for reading only",
                                         "sqlite(\"data/shop.db\", query: \"select churned, tenure from customers order by id\")",
                                         specs_of<SqliteParams>({field(&SqliteParams::path, {.name = "path", .doc = sources::path_doc}),
                                                                 field(&SqliteParams::query, {.name = "query", .doc = sources::query_doc})}));
    info.source = "SQLite, sqlite.org";
    catalog.add(std::move(info));
}

}  // namespace mlpc
