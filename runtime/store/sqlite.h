// SQLite behind three small types that throw RunError: a connection, a prepared statement, a transaction.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace mlpc {

class Database {
public:
    // Opens or creates the file in WAL mode with synchronous FULL, foreign keys and a busy timeout of ten seconds.
    explicit Database(const std::string& path);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Statements without parameters or results.
    void execute(const std::string& sql);
    // "run store PATH: what"
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void fail_with_last_error() const;
    sqlite3* handle() const { return handle_; }

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
};

// Doubles go in and come out bit for bit; NaN, which SQLite cannot hold, is NULL.
class Statement {
public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // Starts anew with these parameters.
    template <class... Values>
    Statement& with(const Values&... values) {
        sqlite3_reset(handle_);
        int position = 0;
        (bind(++position, values), ...);
        return *this;
    }
    // To the next row; false at the end.
    bool next();
    // with() and to the end, for statements that give no rows.
    template <class... Values>
    void run(const Values&... values) {
        with(values...);
        while (next()) {
        }
    }
    std::string text(int column) const;
    double real(int column) const;
    std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
    std::uint64_t unsigned_integer(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    bool boolean(int column) const { return integer(column) != 0; }

private:
    void bind(int position, std::string_view text);
    void bind(int position, double number);
    template <class T>
    requires std::is_integral_v<T>
    void bind(int position, T number) { check(sqlite3_bind_int64(handle_, position, static_cast<std::int64_t>(number))); }
    void check(int code) const;

    Database& database_;
    sqlite3_stmt* handle_ = nullptr;
};

// Rolled back unless commit() returns.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace mlpc
