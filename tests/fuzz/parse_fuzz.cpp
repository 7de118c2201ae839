// libFuzzer: any bytes parse without a crash, and what parses is formatted into a text that means the same.
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace mlpc {
namespace {

struct Parsed {
    explicit Parsed(const std::string& text) : file(parse(sources, sources.add("fuzz.mlp", text), diags)) {}
    Sources sources;
    Diagnostics diags;
    ast::File file;
};

void check(const std::string& text) {
    const Parsed parsed(text);
    const std::string formatted = print(parsed.file, text);
    if (parsed.diags.has_errors()) {
        return;
    }
    const Parsed again(formatted);
    const bool faithful = !again.diags.has_errors() && dump(again.file) == dump(parsed.file) && print(again.file, formatted) == formatted;
    if (!faithful) {
        std::abort();
    }
}

}  // namespace
}  // namespace mlpc

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    mlpc::check(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
