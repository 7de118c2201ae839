#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/duckdb_library.h"
#include "runtime/io/file_bytes.h"
#include "runtime/io/readers.h"
#include "runtime/io/table_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace mlpc {
namespace {

// Types of DuckDB, as duckdb.h numbers them.
enum DuckDbType {
    boolean = 1,
    tinyint = 2,
    ubigint = 9,
    single = 10,
    real = 11,
    timestamp = 12,
    date = 13,
    hugeint = 16,
    decimal = 19,
    timestamp_s = 20,
    timestamp_ns = 22,
    timestamp_tz = 31,
    uhugeint = 32
};

bool is_integer(int type) { return (type >= tinyint && type <= ubigint) || type == hugeint || type == uhugeint; }
bool is_moment(int type) { return type == timestamp || type == date || (type >= timestamp_s && type <= timestamp_ns); }

std::string quoted(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        out += c == quote ? std::string(2, c) : std::string(1, c);
    }
    return out + quote;
}

// A text of up to 12 bytes stands in the cell itself, a longer one behind a pointer.
std::string_view text_of(const char* cell) {
    std::uint32_t size = 0;
    std::memcpy(&size, cell, sizeof(size));
    constexpr std::uint32_t longest_inside = 12;
    if (size <= longest_inside) {
        return {cell + 4, size};
    }
    const char* outside = nullptr;
    std::memcpy(&outside, cell + 8, sizeof(outside));
    return {outside, size};
}

class ParquetResult {
public:
    ParquetResult(const DuckDbLibrary& library, const std::string& path, void* connection, const std::string& sql) : library_(library) {
        if (library_.query(connection, sql.c_str(), &result_) != 0) {
            const char* error = library_.result_error(&result_);
            const std::string reason = error == nullptr ? "unknown reason" : error;
            library_.destroy_result(&result_);
            throw RunError(fmt::format("{}: DuckDB can't read the file: {}", path, reason.substr(0, reason.find('\n'))));
        }
    }
    ~ParquetResult() { library_.destroy_result(&result_); }
    ParquetResult(const ParquetResult&) = delete;
    ParquetResult& operator=(const ParquetResult&) = delete;
    DuckDbResult* get() { return &result_; }

    // Calls f(chunk, rows) for each piece of the table.
    template <class F>
    void each_chunk(F f) {
        while (void* chunk = library_.fetch_chunk(result_)) {
            const std::uint64_t rows = library_.chunk_size(chunk);
            try {
                f(chunk, rows);
            } catch (...) {
                library_.destroy_chunk(&chunk);
                throw;
            }
            library_.destroy_chunk(&chunk);
            if (rows == 0) {
                break;
            }
        }
    }

private:
    const DuckDbLibrary& library_;
    DuckDbResult result_{};
};

class ParquetFile {
public:
    explicit ParquetFile(const std::string& path) : path_(path), library_(duckdb_library(path)) {
        if (path.find_first_of("*?[") != std::string::npos) {
            throw RunError(path + ": DuckDB would take the path for a pattern; rename the file, without `*`, `?` and `[`");
        }
        if (library_.open(nullptr, &database_) != 0 || library_.connect(database_, &connection_) != 0) {
            library_.close(&database_);
            throw RunError(path + ": DuckDB's library can't be started");
        }
        source_ = fmt::format(" from read_parquet({})", quoted(path, '\''));
        ParquetResult(library_, path_, connection_, "set threads = 1");
        ParquetResult(library_, path_, connection_, "set autoinstall_known_extensions = false");
        ParquetResult columns(library_, path_, connection_, "select *" + source_ + " limit 0");
        for (std::uint64_t c = 0; c < library_.column_count(columns.get()); ++c) {
            names_.emplace_back(library_.column_name(columns.get(), c));
            types_.push_back(library_.column_type(columns.get(), c));
        }
    }
    ~ParquetFile() {
        library_.disconnect(&connection_);
        library_.close(&database_);
    }
    ParquetFile(const ParquetFile&) = delete;
    ParquetFile& operator=(const ParquetFile&) = delete;
    const std::vector<std::string>& names() const { return names_; }

    // Returns the number of rows.
    std::size_t read_into(TableBuilder& table) const {
        std::vector<Wanted> wanted;
        std::string list;
        for (std::size_t c = 0; c < names_.size(); ++c) {
            if (table.column(c) != nullptr) {
                wanted.push_back({table.column(c), is_read_as_number(c, table.request(c)->type)});
                list += (list.empty() ? "" : ", ") + cell_of(c, wanted.back().number);
            }
        }
        std::size_t rows = 0;
        ParquetResult cells(library_, path_, connection_, "select " + (list.empty() ? "0" : list) + source_);
        cells.each_chunk([&](void* chunk, std::size_t count) {
            for (std::size_t c = 0; c < wanted.size(); ++c) {
                read_column(chunk, c, wanted[c], rows, count);
            }
            rows += count;
        });
        return rows;
    }

private:
    struct Wanted {
        ColumnReader* column = nullptr;
        bool number = false;
    };

    // Integers may be ids of more than 53 bits: as texts they keep every digit.
    bool is_read_as_number(std::size_t c, ColumnType wanted) const {
        const int type = types_[c];
        return type == single || type == real || (holds_numbers(wanted) && (type == boolean || is_integer(type) || type == decimal));
    }
    std::string cell_of(std::size_t c, bool number) const {
        const std::string name = quoted(names_[c], '"');
        if (types_[c] == timestamp_tz) {
            return fmt::format("cast(make_timestamp(epoch_us({})) as varchar)", name);
        }
        if (is_moment(types_[c])) {
            return fmt::format("cast(cast({} as timestamp) as varchar)", name);
        }
        return fmt::format("cast({} as {})", name, number ? "double" : "varchar");
    }
    void read_column(void* chunk, std::size_t c, const Wanted& wanted, std::size_t rows_before, std::size_t count) const {
        void* vector = library_.chunk_vector(chunk, c);
        const auto* data = static_cast<const char*>(library_.vector_data(vector));
        const std::uint64_t* validity = library_.vector_validity(vector);
        constexpr std::size_t text_bytes = 16;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t row = rows_before + i + 1;
            if (validity != nullptr && (validity[i / 64] >> (i % 64) & 1) == 0) {
                wanted.column->add_missing(row);
            } else if (wanted.number) {
                double value = 0;
                std::memcpy(&value, data + i * sizeof(double), sizeof(double));
                wanted.column->add_number(value, row);
            } else {
                wanted.column->add_text(text_of(data + i * text_bytes), true, row);
            }
        }
    }

    const std::string& path_;
    const DuckDbLibrary& library_;
    void* database_ = nullptr;
    void* connection_ = nullptr;
    std::string source_;
    std::vector<std::string> names_;
    std::vector<int> types_;
};

}  // namespace

LoadedTable read_parquet(const TableRequest& request) {
    require_file(request.path);
    const ParquetFile file(request.path);
    TableBuilder table(request, {.path = request.path, .names = file.names()}, 0);
    const std::size_t rows = file.read_into(table);
    return table.finish(rows, sha256_of_file(request.path));
}

}  // namespace mlpc
