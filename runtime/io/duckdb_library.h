// DuckDB's library, loaded where a Parquet file is read: 70 MB that no other experiment needs.
#pragma once

#include <cstdint>
#include <string>

namespace mlpc {

// What is used of its C interface; handles are opaque. Names and layouts are those of duckdb.h 1.x.
struct DuckDbResult {
    std::uint64_t deprecated_columns, deprecated_rows, deprecated_changed;
    void* deprecated_data;
    char* deprecated_error;
    void* internal;
};
struct DuckDbLibrary {
    int (*open)(const char* path, void** database);
    void (*close)(void** database);
    int (*connect)(void* database, void** connection);
    void (*disconnect)(void** connection);
    int (*query)(void* connection, const char* sql, DuckDbResult* result);
    void (*destroy_result)(DuckDbResult* result);
    const char* (*result_error)(DuckDbResult* result);
    std::uint64_t (*column_count)(DuckDbResult* result);
    const char* (*column_name)(DuckDbResult* result, std::uint64_t column);
    int (*column_type)(DuckDbResult* result, std::uint64_t column);
    void* (*fetch_chunk)(DuckDbResult result);
    void (*destroy_chunk)(void** chunk);
    std::uint64_t (*chunk_size)(void* chunk);
    void* (*chunk_vector)(void* chunk, std::uint64_t column);
    void* (*vector_data)(void* vector);
    std::uint64_t* (*vector_validity)(void* vector);
};
// From the file that the environment variable MLPC_DUCKDB names; else from mlpc/libduckdb.so below XDG_DATA_HOME (~/.local/share); else where
// the system keeps libraries. Loaded once. Throws RunError that begins with `path` and says how to get it where there is none.
const DuckDbLibrary& duckdb_library(const std::string& path);

}  // namespace mlpc
