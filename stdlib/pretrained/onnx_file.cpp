#include "stdlib/pretrained/onnx_file.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>

namespace mlpc::pretrained {
namespace {

constexpr int deepest = 16;  // graphs within graphs

[[noreturn]] void refuse(const std::string& what) { throw RunError("it is no whole ONNX model: " + what); }

// One field of a message of Protocol Buffers: https://protobuf.dev/programming-guides/encoding/
struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;  // where it is one number
    std::string_view bytes;   // where it is text, a message or packed numbers
    bool is_bytes = false;
};

class Message {
public:
    explicit Message(std::string_view bytes) : rest_(bytes) {}
    bool next(Field& field) {
        if (rest_.empty()) {
            return false;
        }
        const std::uint64_t tag = number();
        field = {.number = tag >> 3, .value = 0, .bytes = {}, .is_bytes = (tag & 7) == 2};
        switch (tag & 7) {
            case 0:
                field.value = number();
                break;
            case 1:
                take(8);
                break;
            case 2:
                field.bytes = take(number());
                break;
            case 5:
                take(4);
                break;
            default:
                refuse("its bytes are not those of Protocol Buffers");
        }
        if (field.number == 0) {
            refuse("its bytes are not those of Protocol Buffers");
        }
        return true;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1)[0]);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        refuse("its bytes are not those of Protocol Buffers");
    }
    bool empty() const { return rest_.empty(); }

private:
    std::string_view take(std::uint64_t count) {
        if (count > rest_.size()) {
            refuse("it is truncated");
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    std::string_view rest_;
};

// Bytes of a cell by onnx.proto's TensorProto.DataType, 0 where cells have no fixed size there.
std::uint64_t cell_bytes(std::uint64_t type) {
    constexpr std::uint64_t bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2, 1, 1, 1, 1};
    return type < std::size(bytes) ? bytes[type] : 0;
}

struct Tensor {
    std::string name;
    std::uint64_t type = 0, cells = 1, raw_bytes = 0;
    bool raw = false;
};

void multiply(Tensor& tensor, std::uint64_t extent) {
    if (static_cast<std::int64_t>(extent) < 0 || __builtin_mul_overflow(tensor.cells, extent, &tensor.cells)) {
        refuse(fmt::format("the tensor `{}` has an extent of {}", tensor.name, static_cast<std::int64_t>(extent)));
    }
}

void check_tensor(std::string_view bytes) {
    Tensor tensor;
    Message names(bytes);
    for (Field field; names.next(field);) {
        if (field.number == 8 && field.is_bytes) {
            tensor.name = field.bytes;
        }
    }
    Message message(bytes);
    for (Field field; message.next(field);) {
        switch (field.number) {
            case 1: {
                if (!field.is_bytes) {
                    multiply(tensor, field.value);
                }
                for (Message packed(field.bytes); !packed.empty();) {
                    multiply(tensor, packed.number());
                }
                break;
            }
            case 2:
                tensor.type = field.value;
                break;
            case 9:
                tensor.raw = true;
                tensor.raw_bytes = field.bytes.size();
                break;
            case 13:
                refuse(fmt::format("the cells of the tensor `{}` are in another file; save it as one file", tensor.name));
            case 14:
                if (field.value != 0) {
                    refuse(fmt::format("the cells of the tensor `{}` are in another file; save it as one file", tensor.name));
                }
                break;
            default:
                break;
        }
    }
    std::uint64_t wanted = 0;
    const std::uint64_t each = cell_bytes(tensor.type);
    if (tensor.raw && each != 0 && (__builtin_mul_overflow(tensor.cells, each, &wanted) || wanted != tensor.raw_bytes)) {
        refuse(fmt::format("the tensor `{}` has {} cells of {} bytes by its shape, and {} bytes", tensor.name, tensor.cells, each, tensor.raw_bytes));
    }
}

void check_graph(std::string_view bytes, int depth);

void check_attribute(std::string_view bytes, int depth) {
    Message message(bytes);
    for (Field field; message.next(field);) {
        if ((field.number == 5 || field.number == 10) && field.is_bytes) {
            check_tensor(field.bytes);
        } else if ((field.number == 6 || field.number == 11) && field.is_bytes) {
            check_graph(field.bytes, depth + 1);
        } else if (field.number == 22 || field.number == 23) {
            refuse("it has sparse tensors, which are not read");
        }
    }
}

void check_node(std::string_view bytes, int depth) {
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 5 && field.is_bytes) {
            check_attribute(field.bytes, depth);
        }
    }
}

void check_graph(std::string_view bytes, int depth) {
    if (depth > deepest) {
        refuse(fmt::format("its graphs are more than {} deep", deepest));
    }
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 1 && field.is_bytes) {
            check_node(field.bytes, depth);
        } else if (field.number == 5 && field.is_bytes) {
            check_tensor(field.bytes);
        } else if (field.number == 15) {
            refuse("it has sparse tensors, which are not read");
        }
    }
}

void check_function(std::string_view bytes) {
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 7 && field.is_bytes) {
            check_node(field.bytes, 0);
        }
    }
}

}  // namespace

void check_onnx_file(std::string_view bytes) {
    if (bytes.empty()) {
        refuse("it is empty");
    }
    int graphs = 0;
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 7 && field.is_bytes) {
            check_graph(field.bytes, 0);
            ++graphs;
        } else if (field.number == 25 && field.is_bytes) {
            check_function(field.bytes);
        }
    }
    if (graphs != 1) {
        refuse("it has no graph");
    }
}

}  // namespace mlpc::pretrained
