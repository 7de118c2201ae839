#include "runtime/core/error.h"
#include "runtime/io/query_table.h"
#include "runtime/io/readers.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstdlib>
#include <memory>
#include <optional>

namespace mlpc {
namespace {

const std::string source_name = "postgres";

[[noreturn]] void fail(const std::string& what) { throw RunError(source_name + ": " + what); }

std::string without_newline(std::string text) {
    text.erase(text.find_last_not_of(" \n") + 1);
    return text;
}

using PostgresResult = std::unique_ptr<PGresult, void (*)(PGresult*)>;

class Connection {
public:
    // The address may hold a password: no message of ours quotes it, and libpq is asked to read it first, because its own message would.
    explicit Connection(const std::string& address) {
        check_address(address);
        const char* const keywords[] = {"client_encoding", "application_name", "connect_timeout", "dbname", nullptr};
        const char* const values[] = {"UTF8", "mlpc", "10", address.c_str(), nullptr};
        handle_ = PQconnectdbParams(keywords, values, 1);
        if (PQstatus(handle_) != CONNECTION_OK) {
            const std::string reason = handle_ == nullptr ? "there is no memory" : without_newline(PQerrorMessage(handle_));
            PQfinish(handle_);
            fail(reason +
                 "; say where the server is with `url: \"postgresql://user@host/database\"`, `url: env(\"NAME\")`, or the variable DATABASE_URL");
        }
        for (const char* setting : {"set datestyle to iso", "set timezone to 'UTC'", "begin read only"}) {
            const PostgresResult result(PQexec(handle_, setting), PQclear);
            if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
                fail_query(result.get());
            }
        }
    }
    ~Connection() { PQfinish(handle_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void send(const std::string& query) {
        if (PQsendQueryParams(handle_, query.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1 || PQsetSingleRowMode(handle_) != 1) {
            fail("the query can't be sent: " + without_newline(PQerrorMessage(handle_)));
        }
    }
    // The next row, or the empty result behind the last one; null at the end.
    PostgresResult next() { return {PQgetResult(handle_), PQclear}; }
    [[noreturn]] void fail_query(const PGresult* result) const { fail("the query fails: " + without_newline(PQresultErrorMessage(result))); }

private:
    static void check_address(const std::string& address) {
        char* reason = nullptr;
        PQconninfoOption* parsed = PQconninfoParse(address.c_str(), &reason);
        PQfreemem(reason);
        const bool is_address = parsed != nullptr || address.find_first_of(":/=") == std::string::npos;
        PQconninfoFree(parsed);
        if (!is_address) {
            fail("the address of the server is not written as libpq reads it: `postgresql://user@host:port/database` or `host=… dbname=…`");
        }
    }
    PGconn* handle_ = nullptr;
};

std::string address_of(const TableRequest& request) {
    const auto url = request.arguments.find("url");
    const auto* variable = url == request.arguments.end() ? nullptr : std::get_if<Word>(&url->second.value);
    if (variable == nullptr) {
        const std::string text = text_argument(request, "url");
        const char* usual = std::getenv("DATABASE_URL");
        return !text.empty() || usual == nullptr ? text : usual;
    }
    const char* value = std::getenv(variable->text.c_str());
    if (value == nullptr || *value == '\0') {
        fail(fmt::format("the environment variable {} is not set; it must hold the address of the server, `postgresql://user:password@host/database`",
                         variable->text));
    }
    return value;
}

void add_row(QueryTable& table, const PGresult* result) {
    constexpr Oid timestamp_with_zone = 1184;
    table.begin_row();
    for (int c = 0; c < PQnfields(result); ++c) {
        const auto column = static_cast<std::size_t>(c);
        if (PQgetisnull(result, 0, c) == 1) {
            table.add_missing(column);
            continue;
        }
        std::string text(PQgetvalue(result, 0, c), static_cast<std::size_t>(PQgetlength(result, 0, c)));
        if (PQftype(result, c) == timestamp_with_zone && text.ends_with("+00")) {
            text += ":00";
        }
        table.add_text(column, text);
    }
}

std::vector<std::string> names_of(const PGresult* result) {
    std::vector<std::string> names;
    for (int c = 0; c < PQnfields(result); ++c) {
        names.emplace_back(PQfname(result, c));
    }
    return names;
}

}  // namespace

LoadedTable read_postgres(const TableRequest& request) {
    if (!request.path.empty()) {
        throw RunError(request.path + ": a file can't hold the test rows of data from PostgreSQL; hold out a share, or a time, of the query's rows");
    }
    Connection connection(address_of(request));
    connection.send(text_argument(request, "query"));
    std::optional<QueryTable> table;
    for (PostgresResult result = connection.next(); result != nullptr; result = connection.next()) {
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) {
            if (status == PGRES_COMMAND_OK) {
                fail("the query must be a `select`, which changes nothing");
            }
            connection.fail_query(result.get());
        }
        if (!table) {
            table.emplace(request, source_name, names_of(result.get()));
        }
        if (status == PGRES_SINGLE_TUPLE) {
            add_row(*table, result.get());
        }
    }
    return table->finish();
}

}  // namespace mlpc
