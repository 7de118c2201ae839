#include "stdlib/pretrained/onnx_session.h"

#include "runtime/core/environment.h"
#include "runtime/core/error.h"
#include "stdlib/pretrained/file_bytes.h"
#include "stdlib/pretrained/onnx_file.h"
#include "stdlib/pretrained/onnx_runtime_api.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <functional>

namespace mlpc::pretrained {
namespace {

constexpr std::size_t most_onnx_bytes = std::size_t{2} << 30;  // what a message of Protocol Buffers can have

std::string runtime_file() { return library_file("MLPC_ONNXRUNTIME", "libonnxruntime.so.1"); }

class Library {
public:
    static const Library& get() {
        static const Library library;
        return library;
    }
    const ort::Api& api() const { return *api_; }
    const ort::Env& env() const { return *env_; }
    const ort::MemoryInfo& memory() const { return *memory_; }
    ort::Allocator& allocator() const { return *allocator_; }
    void check(ort::Status* status) const {
        if (status == nullptr) {
            return;
        }
        const std::string what = api_->error_message(status);
        api_->release_status(status);
        throw RunError(what);
    }

private:
    // Never unloaded: its logger lives as long as the process.
    Library() {
        void* handle = dlopen(runtime_file().c_str(), RTLD_NOW | RTLD_LOCAL);
        if (handle == nullptr) {
            throw RunError(
                fmt::format("networks in ONNX files are run by ONNX Runtime, which is not there: `./setup onnx` fetches it, or MLPC_ONNXRUNTIME "
                            "names the libonnxruntime.so to use ({})",
                            dlerror()));
        }
        const auto base = reinterpret_cast<const ort::ApiBase* (*)()>(dlsym(handle, "OrtGetApiBase"));
        api_ = base == nullptr ? nullptr : base()->api(ort::api_version);
        if (api_ == nullptr) {
            throw RunError(fmt::format("`{}` is no ONNX Runtime of version 1.13 or later; get another one with `./setup onnx`", runtime_file()));
        }
        check(api_->create_env(ort::log_fatal, "mlpc", &env_));
        check(api_->create_cpu_memory(ort::arena_allocator, ort::default_memory, &memory_));
        check(api_->default_allocator(&allocator_));
    }

    const ort::Api* api_ = nullptr;
    ort::Env* env_ = nullptr;
    ort::MemoryInfo* memory_ = nullptr;
    ort::Allocator* allocator_ = nullptr;
};

template <class T>
using Owned = std::unique_ptr<T, std::function<void(T*)>>;

Owned<ort::Session> open(const Library& library, const std::string& bytes) {
    const ort::Api& api = library.api();
    ort::SessionOptions* raw = nullptr;
    library.check(api.create_session_options(&raw));
    const Owned<ort::SessionOptions> options(raw, api.release_session_options);
    library.check(api.set_optimisation(raw, ort::all_optimisations));
    library.check(api.set_threads_inside(raw, 1));
    library.check(api.set_threads_between(raw, 1));
    ort::Session* session = nullptr;
    library.check(api.create_session_from_array(&library.env(), bytes.data(), bytes.size(), raw, &session));
    return {session, api.release_session};
}

std::vector<std::int64_t> extents_of(const Library& library, const ort::ShapeInfo* info) {
    std::size_t count = 0;
    library.check(library.api().dimension_count(info, &count));
    std::vector<std::int64_t> extents(count);
    library.check(library.api().extents(info, extents.data(), count));
    return extents;
}

std::string taken(const Library& library, char* name) {
    std::string text = name;
    library.check(library.api().free_memory(&library.allocator(), name));
    return text;
}

OnnxSession::Input input_of(const Library& library, ort::Session* session, std::size_t i) {
    const ort::Api& api = library.api();
    char* name = nullptr;
    library.check(api.input_name(session, i, &library.allocator(), &name));
    OnnxSession::Input input{.name = taken(library, name), .extents = {}};
    ort::TypeInfo* type = nullptr;
    library.check(api.input_type(session, i, &type));
    const Owned<ort::TypeInfo> owned(type, api.release_type_info);
    const ort::ShapeInfo* info = nullptr;
    library.check(api.tensor_info_of_type(type, &info));
    if (info == nullptr) {
        return input;
    }
    int cells = 0;
    library.check(api.cell_type(info, &cells));
    input.cells = cells == ort::float_cells   ? OnnxSession::Cells::Float
                  : cells == ort::int64_cells ? OnnxSession::Cells::Int64
                                              : OnnxSession::Cells::Other;
    input.extents = extents_of(library, info);
    return input;
}

std::size_t cells_in(const std::vector<std::int64_t>& extents) {
    std::size_t cells = 1;
    for (const std::int64_t extent : extents) {
        cells *= static_cast<std::size_t>(extent);
    }
    return cells;
}

// The cells stay the caller's.
Owned<ort::Value> value_of(const Library& library, const OnnxSession::Given& given) {
    const bool numbers = given.numbers != nullptr;
    void* cells = numbers ? static_cast<void*>(const_cast<float*>(given.numbers)) : const_cast<std::int64_t*>(given.codes);
    const std::size_t bytes = cells_in(given.extents) * (numbers ? sizeof(float) : sizeof(std::int64_t));
    ort::Value* value = nullptr;
    library.check(library.api().create_tensor_with_data(&library.memory(), cells, bytes, given.extents.data(), given.extents.size(),
                                                        numbers ? ort::float_cells : ort::int64_cells, &value));
    return {value, library.api().release_value};
}

OnnxSession::Output output_of(const Library& library, ort::Value* value) {
    const ort::Api& api = library.api();
    int tensor = 0, cells = 0;
    library.check(api.is_tensor(value, &tensor));
    if (tensor == 0) {
        throw RunError("it gives a sequence or a map where numbers are expected");
    }
    ort::ShapeInfo* info = nullptr;
    library.check(api.tensor_info(value, &info));
    const Owned<ort::ShapeInfo> owned(info, api.release_shape_info);
    library.check(api.cell_type(info, &cells));
    if (cells != ort::float_cells) {
        throw RunError("it gives cells that are no 32-bit floats; name another output: `features at \"OUTPUT\"`");
    }
    OnnxSession::Output output{extents_of(library, info), {}};
    void* data = nullptr;
    library.check(api.tensor_data(value, &data));
    const auto* numbers = static_cast<const float*>(data);
    output.numbers.assign(numbers, numbers + cells_in(output.extents));
    return output;
}

}  // namespace

struct OnnxSession::State {
    Owned<ort::Session> session;
    std::vector<Input> inputs;
    std::vector<std::string> outputs;
};

OnnxSession::OnnxSession(const std::string& path) : state_(std::make_unique<State>()) {
    const std::string bytes = file_bytes(path, most_onnx_bytes);
    check_onnx_file(bytes);
    const Library& library = Library::get();
    try {
        state_->session = open(library, bytes);
    } catch (const RunError& error) {
        throw RunError(fmt::format("ONNX Runtime refuses it: {}", error.what()));
    }
    ort::Session* session = state_->session.get();
    std::size_t inputs = 0, outputs = 0;
    library.check(library.api().input_count(session, &inputs));
    library.check(library.api().output_count(session, &outputs));
    for (std::size_t i = 0; i < inputs; ++i) {
        state_->inputs.push_back(input_of(library, session, i));
    }
    for (std::size_t i = 0; i < outputs; ++i) {
        char* name = nullptr;
        library.check(library.api().output_name(session, i, &library.allocator(), &name));
        state_->outputs.push_back(taken(library, name));
    }
}

OnnxSession::~OnnxSession() = default;

const std::vector<OnnxSession::Input>& OnnxSession::inputs() const { return state_->inputs; }
const std::vector<std::string>& OnnxSession::outputs() const { return state_->outputs; }

OnnxSession::Output OnnxSession::run(const std::vector<Given>& inputs, const std::string& output) const {
    const Library& library = Library::get();
    std::vector<Owned<ort::Value>> owned;
    std::vector<const ort::Value*> values;
    std::vector<const char*> names;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        owned.push_back(value_of(library, inputs[i]));
        values.push_back(owned.back().get());
        names.push_back(state_->inputs[i].name.c_str());
    }
    const char* wanted = output.c_str();
    ort::Value* given = nullptr;
    library.check(library.api().run(state_->session.get(), nullptr, names.data(), values.data(), values.size(), &wanted, 1, &given));
    const Owned<ort::Value> result(given, library.api().release_value);
    return output_of(library, given);
}

}  // namespace mlpc::pretrained
