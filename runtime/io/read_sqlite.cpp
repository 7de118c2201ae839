#include "runtime/core/error.h"
#include "runtime/io/file_bytes.h"
#include "runtime/io/query_table.h"
#include "runtime/io/readers.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>

namespace mlpc {
namespace {

class Database {
public:
    explicit Database(const std::string& path) : path_(path) {
        require_file(path);
        const int opened = sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
        if (opened != SQLITE_OK) {
            const std::string reason = handle_ == nullptr ? "there is no memory" : sqlite3_errmsg(handle_);
            sqlite3_close(handle_);
            throw RunError(fmt::format("{}: the database can't be opened: {}", path, reason));
        }
        // A schema may hold views and triggers; they get no functions that reach outside the file.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    }
    ~Database() { sqlite3_close(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    sqlite3* handle() const { return handle_; }
    [[noreturn]] void fail(const std::string& what) const { throw RunError(path_ + ": " + what); }
    [[noreturn]] void fail_query() const {
        if (sqlite3_errcode(handle_) == SQLITE_NOTADB) {
            fail("this is not an SQLite database");
        }
        fail(fmt::format("the query fails: {}", sqlite3_errmsg(handle_)));
    }

private:
    const std::string& path_;
    sqlite3* handle_ = nullptr;
};

using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

Statement prepare_query(const Database& database, const std::string& query) {
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v2(database.handle(), query.c_str(), static_cast<int>(query.size()), &handle, &tail) != SQLITE_OK) {
        database.fail_query();
    }
    Statement statement(handle, sqlite3_finalize);
    if (handle == nullptr || sqlite3_column_count(handle) == 0 || sqlite3_stmt_readonly(handle) == 0) {
        database.fail("the query must be a `select`, which changes nothing");
    }
    if (std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        database.fail("the query must be one statement");
    }
    return statement;
}

void add_cell(QueryTable& table, sqlite3_stmt* row, int c) {
    const auto column = static_cast<std::size_t>(c);
    switch (sqlite3_column_type(row, c)) {
        case SQLITE_INTEGER:
            table.add_integer(column, sqlite3_column_int64(row, c));
            return;
        case SQLITE_FLOAT:
            table.add_number(column, sqlite3_column_double(row, c));
            return;
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, c));
            table.add_text(column, {text, static_cast<std::size_t>(sqlite3_column_bytes(row, c))});
            return;
        }
        case SQLITE_BLOB:
            table.add_unreadable(column, "a blob");
            return;
        default:
            table.add_missing(column);
    }
}

}  // namespace

LoadedTable read_sqlite(const TableRequest& request) {
    const Database database(request.path);
    const Statement statement = prepare_query(database, text_argument(request, "query"));
    std::vector<std::string> names;
    for (int c = 0; c < sqlite3_column_count(statement.get()); ++c) {
        names.emplace_back(sqlite3_column_name(statement.get(), c));
    }
    QueryTable table(request, request.path, names);
    int state = sqlite3_step(statement.get());
    for (; state == SQLITE_ROW; state = sqlite3_step(statement.get())) {
        table.begin_row();
        for (int c = 0; c < static_cast<int>(names.size()); ++c) {
            add_cell(table, statement.get(), c);
        }
    }
    if (state != SQLITE_DONE) {
        database.fail_query();
    }
    return table.finish();
}

}  // namespace mlpc
