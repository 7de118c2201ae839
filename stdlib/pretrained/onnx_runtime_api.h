// The front of ONNX Runtime's table of functions, as its public header onnxruntime_c_api.h (MIT licence) fixes it for all versions: an entry
// never moves. Only what is called here has a type.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mlpc::pretrained::ort {

struct Status;
struct Env;
struct Session;
struct SessionOptions;
struct RunOptions;
struct Value;
struct TypeInfo;
struct ShapeInfo;
struct MemoryInfo;
struct Allocator;

inline constexpr std::uint32_t api_version = 13;  // of libraries from 1.13 on
inline constexpr int log_fatal = 4, all_optimisations = 99;
inline constexpr int arena_allocator = 1, default_memory = 0;
inline constexpr int float_cells = 1, int64_cells = 7;

struct Api {
    void* errors[2];
    const char* (*error_message)(const Status*);
    Status* (*create_env)(int log_level, const char* log_id, Env**);
    void* environments[4];
    Status* (*create_session_from_array)(const Env*, const void* model, std::size_t bytes, const SessionOptions*, Session**);
    Status* (*run)(Session*, const RunOptions*, const char* const* input_names, const Value* const* inputs, std::size_t count,
                   const char* const* output_names, std::size_t output_count, Value** outputs);
    Status* (*create_session_options)(SessionOptions**);
    void* options[12];
    Status* (*set_optimisation)(SessionOptions*, int level);
    Status* (*set_threads_inside)(SessionOptions*, int);
    Status* (*set_threads_between)(SessionOptions*, int);
    void* custom_operators[4];
    Status* (*input_count)(const Session*, std::size_t*);
    Status* (*output_count)(const Session*, std::size_t*);
    void* overridable;
    Status* (*input_type)(const Session*, std::size_t, TypeInfo**);
    void* types[2];
    Status* (*input_name)(const Session*, std::size_t, Allocator*, char**);
    Status* (*output_name)(const Session*, std::size_t, Allocator*, char**);
    void* run_options[11];
    Status* (*create_tensor_with_data)(const MemoryInfo*, void* cells, std::size_t bytes, const std::int64_t* extents, std::size_t dimensions,
                                       int type, Value**);
    Status* (*is_tensor)(const Value*, int*);
    Status* (*tensor_data)(Value*, void**);
    void* strings[3];
    Status* (*tensor_info_of_type)(const TypeInfo*, const ShapeInfo**);
    void* shapes[4];
    Status* (*cell_type)(const ShapeInfo*, int*);
    Status* (*dimension_count)(const ShapeInfo*, std::size_t*);
    Status* (*extents)(const ShapeInfo*, std::int64_t*, std::size_t);
    void* symbolic[2];
    Status* (*tensor_info)(const Value*, ShapeInfo**);
    void* memory[3];
    Status* (*create_cpu_memory)(int allocator, int memory, MemoryInfo**);
    void* allocations[6];
    Status* (*free_memory)(Allocator*, void*);
    void* allocator_info;
    Status* (*default_allocator)(Allocator**);
    void* values[14];
    void (*release_status)(Status*);
    void (*release_memory_info)(MemoryInfo*);
    void (*release_session)(Session*);
    void (*release_value)(Value*);
    void* release_run_options;
    void (*release_type_info)(TypeInfo*);
    void (*release_shape_info)(ShapeInfo*);
    void (*release_session_options)(SessionOptions*);
};
static_assert(offsetof(Api, release_session_options) == 100 * sizeof(void*));
static_assert(offsetof(Api, create_tensor_with_data) == 49 * sizeof(void*));
static_assert(offsetof(Api, create_cpu_memory) == 69 * sizeof(void*));

struct ApiBase {
    const Api* (*api)(std::uint32_t version);
    const char* (*version)();
};

}  // namespace mlpc::pretrained::ort
