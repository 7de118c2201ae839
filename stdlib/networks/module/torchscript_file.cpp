#include "stdlib/networks/module/torchscript_file.h"

#include "stdlib/networks/backend.h"
#include "stdlib/networks/module/pickle_check.h"
#include "stdlib/networks/module/zip_members.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace mlpc::networks {

namespace {

constexpr std::uint64_t most_code = 64 << 20;  // unpacked
constexpr int deepest_code = 200;              // brackets within brackets, or blocks within blocks: libtorch's parser is recursive

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        throw BackendError("the file cannot be read");
    }
    return std::move(text).str();
}

void check_nesting(const std::string& code, const std::string& member) {
    int depth = 0, deepest = 0;
    std::size_t indent = 0, deepest_indent = 0;
    bool at_line_start = true;
    for (const char c : code) {
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        deepest = std::max(deepest, depth);
        at_line_start = c == '\n' || (at_line_start && c == ' ');
        indent = c == '\n' ? 0 : indent + (at_line_start ? 1 : 0);
        deepest_indent = std::max(deepest_indent, indent);
    }
    if (deepest > deepest_code || deepest_indent > 4 * deepest_code) {
        throw BackendError("the code in " + member + " is nested too deeply");
    }
}

bool is_in(const std::string& member, std::string_view folder) {
    const std::size_t slash = member.find('/');
    return slash != std::string::npos && member.compare(slash + 1, folder.size(), folder) == 0;
}

}  // namespace

void check_torchscript_file(const std::string& path) {
    const std::string bytes = content_of(path);
    if (bytes.size() > 1 && bytes[0] == '\x80') {
        throw BackendError("the file is a pickle of Python, which can run any program: export the network with torch.jit.script(network).save(…)");
    }
    const std::vector<ZipMember> members = zip_members(bytes);
    const auto has = [&](std::string_view name) {
        return std::any_of(members.begin(), members.end(), [&](const ZipMember& m) { return is_in(m.name, name); });
    };
    if (!has("constants.pkl") || !has("code/") || !has("data.pkl")) {
        throw BackendError(has("data.pkl")
                               ? "the file holds weights without a network, as torch.save writes them: export with torch.jit.script(network).save(…)"
                               : "the file is a zip archive, but not TorchScript's: it has no code and no data.pkl");
    }
    std::uint64_t packed_code = 0;
    for (const ZipMember& member : members) {
        packed_code += member.deflated ? member.size : 0;
        if (packed_code > most_code) {
            throw BackendError("the file would unpack to more than 64 MB of code");
        }
    }
    for (const ZipMember& member : members) {
        const std::string content = unpacked(bytes, member);
        if (member.name.ends_with("pkl")) {
            check_pickle(content, member.name);
        } else if (is_in(member.name, "code/") && member.name.ends_with(".py")) {
            check_nesting(content, member.name);
        }
    }
}

}  // namespace mlpc::networks
