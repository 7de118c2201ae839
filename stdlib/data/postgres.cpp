#include "stdlib/data/source.h"

namespace mlpc {

namespace {

struct PostgresParams {
    std::string url, query;
};

}  // namespace

void add_postgres(Catalog& catalog) {
    ComponentInfo info = sources::source(
        "postgres", "Reads the rows that a query gives from a PostgreSQL server, in a transaction for reading only",
        "postgres(query: \"select churned, tenure from customers order by id\", url: env(\"DATABASE_URL\"))",
        specs_of<PostgresParams>(
            {field(&PostgresParams::url,
                   {.name = "url",
                    .doc = "The server, `postgresql://user@host/database`, without a password, or `env(\"NAME\")` for the environment variable that "
                           "holds it; left out, `DATABASE_URL` does, else libpq's own variables such as `PGHOST`"}),
             field(&PostgresParams::query, {.name = "query", .doc = sources::query_doc})}));
    info.source = "libpq, postgresql.org/docs/15/libpq.html";
    catalog.add(std::move(info));
}

}  // namespace mlpc
