#include "runtime/store/sqlite.h"

#include "runtime/core/error.h"

#include <cerrno>
#include <cmath>
#include <filesystem>
#include <limits>

namespace mlpc {

namespace {

constexpr int busy_milliseconds = 10'000;

// Ten seconds of retries: SQLite does not call the busy handler while another connection switches the file to WAL.
void switch_to_wal(sqlite3* handle) {
    for (int waited = 0; waited < busy_milliseconds; waited += 10) {
        if (sqlite3_exec(handle, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr) != SQLITE_BUSY) {
            return;
        }
        sqlite3_sleep(10);
    }
}

}  // namespace

Database::Database(const std::string& path) : path_(path) {
    std::error_code ignored;  // SQLite reports the directory that could not be made
    if (const auto parent = std::filesystem::path(path).parent_path(); !parent.empty()) {
        std::filesystem::create_directories(parent, ignored);
    }
    try {
        if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr) != SQLITE_OK) {
            fail_with_last_error();
        }
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, busy_milliseconds);
        execute("PRAGMA foreign_keys = ON");
        switch_to_wal(handle_);
        execute("PRAGMA synchronous = FULL");
    } catch (...) {
        sqlite3_close(handle_);
        throw;
    }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail_with_last_error();
    }
}

void Database::fail(const std::string& what) const { throw RunError("run store `" + path_ + "`: " + what); }

void Database::fail_with_last_error() const {
    int code = handle_ == nullptr ? SQLITE_NOMEM : sqlite3_errcode(handle_) & 0xff;
    // The write-ahead index says "I/O error" where the file system says that it is full.
    if (code == SQLITE_IOERR && (sqlite3_system_errno(handle_) == ENOSPC || sqlite3_extended_errcode(handle_) == SQLITE_IOERR_SHMSIZE)) {
        code = SQLITE_FULL;
    }
    switch (code) {
        case SQLITE_FULL:
            fail("the disk is full; nothing of this write was kept, free some space and run again to continue");
        case SQLITE_CANTOPEN:
            fail("the file cannot be opened or created; its directory must exist and be writable");
        case SQLITE_READONLY:
            fail("the file or its directory is read-only");
        case SQLITE_NOTADB:
            fail("the file is not an SQLite database");
        case SQLITE_BUSY:
            fail("another process has kept it locked for ten seconds");
        default:
            fail(handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_));
    }
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
    check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(handle_); }

bool Statement::next() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        database_.fail_with_last_error();
    }
    sqlite3_reset(handle_);
    return false;
}

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

double Statement::real(int column) const {
    if (sqlite3_column_type(handle_, column) == SQLITE_NULL) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return sqlite3_column_double(handle_, column);
}

void Statement::bind(int position, std::string_view text) {
    check(sqlite3_bind_text64(handle_, position, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int position, double number) {
    check(std::isnan(number) ? sqlite3_bind_null(handle_, position) : sqlite3_bind_double(handle_, position, number));
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) {
        database_.fail_with_last_error();
    }
}

Transaction::Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    if (open_) {
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace mlpc
